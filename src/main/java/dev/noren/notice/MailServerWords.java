package dev.noren.notice;

import dev.noren.text.Sentence;
import java.util.List;

/** What msmtp says of a mail that did not go out, in a sentence for the owner. */
public final class MailServerWords {
  /** Of sysexits.h: the server did not take the password. */
  private static final int NO_PERMISSION = 77;

  private static final String SAYS = "msmtp: ";
  private static final String SERVER = "server message: ";
  private static final int MOST_LETTERS = 200;

  private MailServerWords() {}

  /**
   * Why it did not go out.
   *
   * @param answered whether it is the server that has refused it, so that no other way helps
   */
  public record Why(Sentence says, boolean answered) {}

  /**
   * Reads what msmtp has printed.
   *
   * @param server how the server is called
   */
  public static Why of(int exitCode, String output, String server) {
    List<String> said =
        output
            .lines()
            .filter(line -> line.startsWith(SAYS))
            .map(line -> line.substring(SAYS.length()))
            .toList();
    String words =
        said.stream()
            .filter(line -> line.startsWith(SERVER))
            .map(line -> line.substring(SERVER.length()))
            .reduce((first, second) -> first + " " + second)
            .map(MailServerWords::line)
            .orElse(null);
    if (exitCode == NO_PERMISSION) {
      return new Why(
          words == null
              ? Sentence.of("notice.no-sign-in", server)
              : Sentence.of("notice.wrong-password", server, words),
          true);
    }
    if (said.stream().anyMatch(line -> line.contains("certificate"))) {
      return new Why(Sentence.of("notice.certificate", server, line(said.getFirst())), false);
    }
    if (words != null) {
      return new Why(Sentence.of("notice.server-says", server, words), true);
    }
    String first = said.isEmpty() ? "exit code " + exitCode : line(said.getFirst());
    return new Why(
        first.contains("TLS")
            ? Sentence.of("notice.no-tls", server, first)
            : Sentence.of("notice.mail-failed", server, first),
        false);
  }

  /** One line that is not too long. */
  static String line(String text) {
    String line = text.replaceAll("\\p{Cntrl}", " ").strip();
    return line.length() > MOST_LETTERS ? line.substring(0, MOST_LETTERS) + "…" : line;
  }
}
