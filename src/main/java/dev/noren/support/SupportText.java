package dev.noren.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.function.UnaryOperator;

/** A support file as text: who reads it and what is in it, then part after part. */
public final class SupportText {
  /** No file is longer, bytes in UTF-8. */
  public static final int MOST_BYTES = 768 << 10;

  private static final String RULE = "=".repeat(72);

  private SupportText() {}

  /**
   * The whole file, or as much of it as may be.
   *
   * @param head what people read first
   * @param hiding takes out what is not to be seen, of each part's title and body
   */
  public static String of(String head, List<Part> parts, UnaryOperator<String> hiding) {
    StringBuilder text = new StringBuilder(head.stripTrailing()).append("\n\n");
    for (int i = 0; i < parts.size(); i++) {
      text.append("%3d. %s%n".formatted(i + 1, parts.get(i).title()).replace("\r", ""));
    }
    int bytes = text.toString().getBytes(UTF_8).length;
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i).bounded();
      String written =
          "\n%s\n%d. %s\n%s\n%s\n"
              .formatted(
                  RULE, i + 1, part.title(), RULE, hiding.apply(part.body()).stripTrailing());
      bytes += written.getBytes(UTF_8).length;
      if (bytes > MOST_BYTES) {
        return text.append("\n(the rest is left out: the file would be too long)\n").toString();
      }
      text.append(written);
    }
    return text.toString();
  }

  /** The same as a PC's editor wants it: with a mark before it, and two ends to a line. */
  public static String forPc(String text) {
    return "\uFEFF" + text.replace("\n", "\r\n");
  }
}
