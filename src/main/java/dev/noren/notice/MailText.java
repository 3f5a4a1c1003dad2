package dev.noren.notice;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.noren.config.NoticesConfig.Mail;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A notice as a mail (RFC 5322 and MIME), in ASCII alone whatever its language. */
public final class MailText {
  /** Of one encoded word, which has at most 75 letters (RFC 2047, 2): 45 bytes make 60. */
  private static final int WORD_BYTES = 45;

  private static final int LINE_LETTERS = 76;
  private static final int MOST_SUBJECT = 200;

  private MailText() {}

  /**
   * The whole mail, its lines ended as Unix has them.
   *
   * @param at when it is sent
   * @param box the box's name, by which its number is one of its own
   */
  public static String of(Notice notice, Mail mail, String box, Instant at, ZoneId zone) {
    List<String> lines = new ArrayList<>();
    lines.add("From: " + mail.sender());
    lines.add("To: " + mail.to());
    lines.add("Subject: " + header(notice.subject()));
    lines.add(
        "Date: "
            + DateTimeFormatter.ofPattern("EEE, d MMM uuuu HH:mm:ss Z", Locale.ROOT)
                .format(at.atZone(zone)));
    lines.add(
        "Message-ID: <%s.%d.%s@%s.noren>"
            .formatted(notice.id(), at.toEpochMilli(), notice.kind().word(), box));
    // So that nobody's absence answers it (RFC 3834, 5).
    lines.add("Auto-Submitted: auto-generated");
    lines.add("MIME-Version: 1.0");
    lines.add("Content-Type: text/plain; charset=utf-8");
    lines.add("Content-Transfer-Encoding: base64");
    lines.add("");
    lines.add(
        Base64.getMimeEncoder(LINE_LETTERS, new byte[] {'\n'})
            .encodeToString((notice.text() + "\n").replace("\n", "\r\n").getBytes(UTF_8)));
    return String.join("\n", lines) + "\n";
  }

  /** Printable ASCII as it is, anything else as encoded words. */
  private static String header(String text) {
    String line = text.replaceAll("\\p{Cntrl}", " ");
    String cut = line.length() > MOST_SUBJECT ? line.substring(0, MOST_SUBJECT) : line;
    if (US_ASCII.newEncoder().canEncode(cut) && !cut.contains("=?")) {
      return cut;
    }
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    cut.codePoints()
        .forEach(
            c -> {
              String letter = Character.toString(c);
              if ((word + letter).getBytes(UTF_8).length > WORD_BYTES) {
                words.add(word.toString());
                word.setLength(0);
              }
              word.append(letter);
            });
    words.add(word.toString());
    return words.stream()
        .map(each -> "=?UTF-8?B?" + Base64.getEncoder().encodeToString(each.getBytes(UTF_8)) + "?=")
        .collect(Collectors.joining("\n "));
  }
}
