package dev.noren.probe;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The beginning of a web server's answer (RFC 9112).
 *
 * @param status its number
 * @param at the time of day that the server has, or null
 * @param location where else it sends the asker, or ""
 * @param body the beginning of what it says
 */
public record WebAnswer(int status, Instant at, String location, String body) {
  private static final String HEAD_END = "\r\n\r\n";
  private static final int STATUS_AT = 9;
  private static final int STATUS_LENGTH = 3;

  /** Reads one; null where these bytes are none, or not yet its whole head. */
  static WebAnswer parse(byte[] bytes, int length) {
    String text = new String(bytes, 0, length, ISO_8859_1);
    int end = text.indexOf(HEAD_END);
    if (end < 0 || !text.matches("(?s)HTTP/1\\.[01] \\d{3}[ \r].*")) {
      return null;
    }
    Instant at = null;
    String location = "";
    for (String line : text.substring(0, end).split("\r\n", -1)) {
      int colon = line.indexOf(':');
      String name = colon < 0 ? "" : line.substring(0, colon).toLowerCase(Locale.ROOT);
      if (name.equals("date")) {
        at = time(line.substring(colon + 1).strip());
      } else if (name.equals("location")) {
        location = line.substring(colon + 1).strip();
      }
    }
    return new WebAnswer(
        Integer.parseInt(text.substring(STATUS_AT, STATUS_AT + STATUS_LENGTH)),
        at,
        location,
        text.substring(end + HEAD_END.length()));
  }

  private static Instant time(String text) {
    try {
      return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }
}
