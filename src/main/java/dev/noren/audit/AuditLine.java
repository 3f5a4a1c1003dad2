package dev.noren.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.noren.status.LogEntry;
import dev.noren.status.LogEntry.Kind;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;

/**
 * One line of the audit log, UTF-8, five columns with a tab between them:
 *
 * <pre>
 * time (RFC 3339) · kind · who · what · SHA-256 of the line before, 64 hexadecimal digits
 * </pre>
 *
 * <p>In who and what a backslash stands as {@code \\}, and each control character as {@code
 * \}{@code uXXXX}; so no text can look like a column or a line. The hash is over the bytes of the
 * line before without its line end, whatever they are; in the first line of all it is 64 zeros.
 *
 * @param entry what happened
 * @param before the hash
 */
record AuditLine(LogEntry entry, String before) {
  /** What the first line carries. */
  static final String NOTHING_BEFORE = "0".repeat(64);

  /** The most characters of a text, so that one entry can't fill the disk. */
  static final int MOST_TEXT = 500;

  private static final String DIGEST_FORM = "[0-9a-f]{64}";

  /** The hash of a line's bytes. */
  static String hash(byte[] line) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(line));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** The line's bytes, without its line end. */
  byte[] bytes() {
    return String.join(
            "\t",
            entry.at().toString(),
            word(entry.kind()),
            escaped(entry.who()),
            escaped(entry.what()),
            before)
        .getBytes(UTF_8);
  }

  static String word(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /** Reads a line, or gives null where it is none. */
  static AuditLine parse(byte[] line) {
    String[] columns = new String(line, UTF_8).split("\t", -1);
    if (columns.length != 5 || !columns[4].matches(DIGEST_FORM)) {
      return null;
    }
    try {
      LogEntry entry =
          new LogEntry(
              Instant.parse(columns[0]),
              Kind.valueOf(columns[1].toUpperCase(Locale.ROOT)),
              plain(columns[2]),
              plain(columns[3]));
      return new AuditLine(entry, columns[4]);
    } catch (DateTimeException | IllegalArgumentException e) {
      return null;
    }
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .limit(MOST_TEXT)
        .forEach(
            c -> {
              if (c == '\\') {
                escaped.append("\\\\");
              } else if (mustNotStand(c)) {
                escaped.append("\\u%04x".formatted(c));
              } else {
                escaped.appendCodePoint(c);
              }
            });
    return escaped.isEmpty() ? "-" : escaped.toString();
  }

  /** Also what breaks lines in some programs, and halves of characters, which UTF-8 has not. */
  private static boolean mustNotStand(int c) {
    return Character.isISOControl(c)
        || c == 0x2028
        || c == 0x2029
        || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }

  private static String plain(String escaped) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < escaped.length(); i++) {
      char c = escaped.charAt(i);
      if (c != '\\') {
        plain.append(c);
      } else if (escaped.startsWith("\\\\", i)) {
        plain.append('\\');
        i++;
      } else if (escaped.startsWith("\\u", i) && i + 6 <= escaped.length()) {
        plain.append((char) Integer.parseInt(escaped, i + 2, i + 6, 16));
        i += 5;
      } else {
        throw new IllegalArgumentException("a backslash stands alone");
      }
    }
    return plain.toString();
  }
}
