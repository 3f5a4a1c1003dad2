package dev.noren.status;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.noren.control.SignalText;
import dev.noren.status.Signal.Form;
import dev.noren.text.Language;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The lights as a picture for {@code docs/FLASHING.md}: ten seconds of each lamp, from left to
 * right. What the table says now is left in {@code target/status}; after a change, copy it.
 */
class LightsPictureTest {
  private static final int SECONDS = 10;
  private static final int PIXELS_A_SECOND = 16;
  private static final int ROW = 40;
  private static final int HEAD = 56;
  private static final int BAR = 9;
  private static final int LEFT = 20;
  private static final int GAP = 24;
  private static final int BARS = SECONDS * PIXELS_A_SECOND;

  @ParameterizedTest
  @CsvSource({"ENGLISH, en, ten seconds", "JAPANESE, ja, 10秒間"})
  void thePictureIsTheTable(Language language, String name, String ten) throws IOException {
    String picture = picture(language, ten);
    Path made = Path.of("target/status/lights." + name + ".svg");
    Files.createDirectories(made.getParent());
    Files.writeString(made, picture);
    assertEquals(Files.readString(Path.of("docs/lights." + name + ".svg")), picture);
  }

  private static String picture(Language language, String ten) {
    List<Signal> all = List.copyOf(SignalFile.TABLE.all());
    int height = HEAD + all.size() * ROW + 8;
    StringBuilder svg = new StringBuilder();
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 860 %1$d" width="860" height="%1$d" font-family="sans-serif">
        <rect width="860" height="%1$d" fill="#fff"/>
        """
            .formatted(height));
    text(svg, LEFT, 20, 14, "#555", ten);
    int x = LEFT;
    for (Form form : List.of(Form.THREE, Form.ONE)) {
      for (var lampName : SignalText.names(form)) {
        text(svg, x, 44, 14, "#000", lampName.in(language));
        x += BARS + GAP;
      }
    }
    for (int i = 0; i < all.size(); i++) {
      row(svg, all.get(i), HEAD + i * ROW, language);
    }
    return svg.append("</svg>\n").toString();
  }

  private static void row(StringBuilder svg, Signal signal, int y, Language language) {
    int x = LEFT;
    for (Lamp lamp : signal.three()) {
      bar(svg, x, y, lamp);
      x += BARS + GAP;
    }
    // One lamp of any colour does what one of one colour does.
    bar(svg, x, y, signal.rgb());
    text(svg, LEFT, y + BAR + 17, 13, "#000", SignalText.says(signal).in(language));
  }

  /** Dark is grey, and light has a frame: the picture says the same without colours. */
  private static void bar(StringBuilder svg, int x, int y, Lamp lamp) {
    rectangle(svg, x, y, BARS, "#ddd", "none");
    long end = SECONDS * 1_000L;
    for (long ms = 0; ms < end; ) {
      long next = Math.min(end, lamp.rhythm().nextEdgeMs(ms));
      if (lamp.rhythm().isOn(ms)) {
        rectangle(svg, x + pixels(ms), y, pixels(next) - pixels(ms), colour(lamp.colour()), "#000");
      }
      ms = next;
    }
  }

  private static int pixels(long ms) {
    return (int) (ms * PIXELS_A_SECOND / 1_000);
  }

  private static String colour(Lamp.Colour colour) {
    return switch (colour) {
      case GREEN -> "#2ecc40";
      case AMBER -> "#ffb000";
      case RED -> "#ff4136";
      case WHITE -> "#ffffff";
    };
  }

  private static void rectangle(
      StringBuilder svg, int x, int y, int width, String fill, String frame) {
    svg.append(
        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\" stroke=\"%s\"/>\n"
            .formatted(x, y, width, BAR, fill, frame));
  }

  private static void text(StringBuilder svg, int x, int y, int size, String fill, String text) {
    String escaped = text.replace("&", "&amp;").replace("<", "&lt;");
    svg.append(
        "<text x=\"%d\" y=\"%d\" font-size=\"%d\" fill=\"%s\">%s</text>\n"
            .formatted(x, y, size, fill, escaped));
  }
}
