package dev.noren.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.GlobalHistogramBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import dev.noren.forms.DeviceFiles;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class QrPictureTest {
  private static final int SCALE = 4;

  static List<String> names() {
    return DeviceFiles.NAMES;
  }

  @ParameterizedTest
  @MethodSource("names")
  void aReaderReadsTheFile(String name) throws Exception {
    String text = DeviceFiles.text(name);
    assertEquals(text, read(QrPicture.of(text, true), true));
    assertEquals(text, read(QrPicture.of(text, false), false));
  }

  @Test
  void theLargestHasRoomOnAnEightyColumnTerminal() throws Exception {
    String picture = QrPicture.of(DeviceFiles.text("phone"), false);
    assertTrue(picture.lines().allMatch(line -> line.length() <= Wrapping.WIDTH), picture);
  }

  @Test
  void whatIsTooLongIsOneSentence() {
    CommandFailure e =
        assertThrows(CommandFailure.class, () -> QrPicture.of("x".repeat(3000), false));
    assertEquals("the text is too long for a QR code: take it as a file", e.getMessage());
  }

  /** Reads half blocks as a camera sees them. */
  static String read(String picture, boolean coloured) throws Exception {
    List<String> lines =
        picture.lines().map(line -> line.replaceAll("\u001b\\[[0-9;]*m", "")).toList();
    int width = lines.getFirst().length() * SCALE;
    int height = lines.size() * 2 * SCALE;
    int[] pixels = new int[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        char block = lines.get(y / (2 * SCALE)).charAt(x / SCALE);
        boolean upper = y / SCALE % 2 == 0;
        boolean drawn = block == '\u2588' || block == (upper ? '\u2580' : '\u2584');
        pixels[y * width + x] = drawn == coloured ? 0 : 0xff_ffff;
      }
    }
    return new QRCodeReader()
        .decode(
            new BinaryBitmap(
                new GlobalHistogramBinarizer(new RGBLuminanceSource(width, height, pixels))),
            Map.of(DecodeHintType.CHARACTER_SET, "UTF-8"))
        .getText();
  }
}
