package dev.noren.control;

import dev.noren.text.Past;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Who makes a change over the socket: what the kernel says of it, and then what it says itself. */
final class Author {
  private static final int MOST_CLAIMED = 100;
  private static final Path USERS = Path.of("/etc/passwd");

  private Author() {}

  /** As in {@code root (local): akira, ssh from 192.0.2.9}. */
  static String of(int user, String claim) {
    List<String> lines;
    try {
      lines = Files.readAllLines(USERS);
    } catch (IOException e) {
      lines = List.of();
    }
    return of(user, claim, lines);
  }

  static String of(int user, String claim, List<String> userLines) {
    String name =
        userLines.stream()
            .map(line -> line.split(":", -1))
            .filter(columns -> columns.length > 2 && columns[2].equals(Integer.toString(user)))
            .findFirst()
            .map(columns -> columns[0])
            .orElse(Past.words("author.user", user));
    return claim == null || claim.isBlank()
        ? Past.words("author.local", name)
        : Past.words("author.claims", name, shortened(claim));
  }

  private static String shortened(String claim) {
    StringBuilder line = new StringBuilder();
    claim
        .codePoints()
        .limit(MOST_CLAIMED)
        .forEach(c -> line.appendCodePoint(Character.isISOControl(c) ? '?' : c));
    return line.toString();
  }
}
