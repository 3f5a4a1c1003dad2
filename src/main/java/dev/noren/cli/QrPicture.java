package dev.noren.cli;

import dev.noren.text.Sentence;
import io.nayuki.qrcodegen.DataTooLongException;
import io.nayuki.qrcodegen.QrCode;

/** A text as a QR code (ISO/IEC 18004) that a telephone reads from the terminal. */
final class QrPicture {
  /** The light margin that the standard asks for, modules. */
  private static final int MARGIN = 4;

  /**
   * Two modules, one above the other; the index is 2 where the upper one is drawn, plus the lower.
   */
  private static final String BLOCKS = " \u2584\u2580\u2588";

  /** Black on white, whatever colours the terminal has. */
  private static final String COLOURS = "\u001b[30;107m";

  private static final String RESET = "\u001b[0m";

  private QrPicture() {}

  /**
   * The picture, two rows of modules a line.
   *
   * @param coloured whether the terminal takes colours; else it is drawn in light blocks, as
   *     terminals are mostly dark
   * @throws CommandFailure where the text is too long
   */
  static String of(String text, boolean coloured) throws CommandFailure {
    QrCode code;
    try {
      // A screen has no stains; so a code with little to correct has larger modules.
      code = QrCode.encodeText(text, QrCode.Ecc.LOW);
    } catch (DataTooLongException e) {
      throw new CommandFailure(Sentence.of("qr.too-long"), e);
    }
    StringBuilder picture = new StringBuilder();
    for (int y = -MARGIN; y < code.size + MARGIN; y += 2) {
      picture.append(coloured ? COLOURS : "");
      for (int x = -MARGIN; x < code.size + MARGIN; x++) {
        // Outside the code all is light.
        int upper = code.getModule(x, y) == coloured ? 2 : 0;
        int lower = code.getModule(x, y + 1) == coloured ? 1 : 0;
        picture.append(BLOCKS.charAt(upper + lower));
      }
      picture.append(coloured ? RESET : "").append('\n');
    }
    return picture.toString();
  }
}
