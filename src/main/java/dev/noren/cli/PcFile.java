package dev.noren.cli;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A configuration as a technician's PC leaves it on a card: with a mark before the text, two ends
 * to a line, .txt behind the name, and remarks in letters that are not ours.
 */
final class PcFile {
  private static final String MARK = "\uFEFF";
  private static final String TEXT = ".txt";

  private PcFile() {}

  /** The name of the configuration that a file of this name may be, or null where it is none. */
  static String name(String file) {
    String name = file.toLowerCase(Locale.ROOT).endsWith(TEXT) ? cut(file, TEXT.length()) : file;
    String small = name.toLowerCase(Locale.ROOT);
    if (name.startsWith(".") || name.startsWith("~")) {
      return null;
    }
    if (small.endsWith(".json")) {
      return cut(name, ".json".length()) + ".json";
    }
    return small.endsWith(".conf") ? cut(name, ".conf".length()) + ".conf" : null;
  }

  private static String cut(String text, int characters) {
    return text.substring(0, text.length() - characters);
  }

  /** The text without all that; of a line in other letters only what stands before a #. */
  static String text(byte[] content) {
    StringBuilder text = new StringBuilder();
    int from = 0;
    while (from < content.length) {
      int to = from;
      while (to < content.length && content[to] != '\n') {
        to++;
      }
      text.append(line(content, from, to)).append('\n');
      from = to + 1;
    }
    return text.toString().startsWith(MARK) ? text.substring(1) : text.toString();
  }

  private static String line(byte[] content, int from, int to) {
    ByteBuffer bytes = ByteBuffer.wrap(content, from, to - from);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString().stripTrailing();
    } catch (CharacterCodingException e) {
      String line = new String(content, from, to - from, StandardCharsets.UTF_8);
      int remark = line.indexOf('#');
      return remark < 0 ? line.stripTrailing() : line.substring(0, remark).stripTrailing();
    }
  }
}
