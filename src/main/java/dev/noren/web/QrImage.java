package dev.noren.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.noren.text.Refused;
import dev.noren.text.Sentence;
import io.nayuki.qrcodegen.DataTooLongException;
import io.nayuki.qrcodegen.QrCode;
import java.util.Base64;

/** A text as a QR code (ISO/IEC 18004) that a telephone reads from a page. */
final class QrImage {
  /** The light margin that the standard asks for, modules. */
  private static final int MARGIN = 4;

  private QrImage() {}

  /**
   * The picture as an address that an image takes: SVG within it.
   *
   * @throws IllegalArgumentException where the text is too long
   */
  static String of(String text) {
    QrCode code;
    try {
      // A screen has no stains; so a code with little to correct has larger modules.
      code = QrCode.encodeText(text, QrCode.Ecc.LOW);
    } catch (DataTooLongException e) {
      throw new Refused(Sentence.of("qr.too-long"), e);
    }
    int size = code.size + 2 * MARGIN;
    StringBuilder path = new StringBuilder();
    for (int y = 0; y < code.size; y++) {
      for (int x = 0; x < code.size; x++) {
        if (code.getModule(x, y)) {
          path.append("M%d %dh1v1h-1z".formatted(x + MARGIN, y + MARGIN));
        }
      }
    }
    String svg =
        ("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %1$d %1$d\""
                + " shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h%1$dv%1$dH0z\"/>"
                + "<path d=\"%2$s\"/></svg>")
            .formatted(size, path);
    return "data:image/svg+xml;base64," + Base64.getEncoder().encodeToString(svg.getBytes(UTF_8));
  }
}
