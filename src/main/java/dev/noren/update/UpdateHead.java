package dev.noren.update;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.noren.text.Refused;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a file with a new version begins with: a signature as signify(1) makes it, and what follows
 * in the file. Here it is only looked at so that who has chosen a wrong file hears so before all of
 * it was sent; whether it is genuine, whole and new enough the root helper finds out.
 *
 * @param version which version it has
 * @param timeSeconds of when that is, since 1970
 * @param rootBytes the root file system's length
 * @param bootBytes the length of what it boots with
 */
public record UpdateHead(String version, long timeSeconds, long rootBytes, long bootBytes) {
  /** The head's length; the rest of it is zero bytes. */
  public static final int BYTES = 4096;

  /** The most that a file may have, bytes. */
  public static final long MOST_FILE_BYTES = 200L << 20;

  /** What a version looks like. */
  static final String VERSION = "[0-9A-Za-z][0-9A-Za-z.+~_-]{0,63}";

  private static final Pattern TEXT =
      Pattern.compile(
          """
          untrusted comment: [ -~]*
          [A-Za-z0-9+/]+={0,2}
          noren-update 1
          version (V)
          time (N)
          root (N) [0-9a-f]{64}
          boot (N) [0-9a-f]{64}
          """
              .replace("V", VERSION)
              .replace("N", "[1-9][0-9]{0,11}"));

  /**
   * Reads the beginning of a file.
   *
   * @param start its first {@link #BYTES}, or all where it has fewer; what follows is not looked at
   * @throws Refused where the file is no such file
   */
  public static UpdateHead parse(byte[] start) {
    int end = 0;
    while (end < Math.min(start.length, BYTES) && start[end] != 0) {
      end++;
    }
    Matcher text = TEXT.matcher(new String(start, 0, end, US_ASCII));
    if (start.length < BYTES || !isZero(start, end) || !text.matches()) {
      throw new Refused("update.no-update");
    }
    return new UpdateHead(text.group(1), number(text, 2), number(text, 3), number(text, 4));
  }

  private static boolean isZero(byte[] bytes, int from) {
    for (int i = from; i < BYTES; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private static long number(Matcher text, int group) {
    return Long.parseLong(text.group(group));
  }

  /** How long the whole file has to be, bytes. */
  public long fileBytes() {
    return BYTES + padded(rootBytes) + padded(bootBytes);
  }

  private static long padded(long bytes) {
    return (bytes + BYTES - 1) / BYTES * BYTES;
  }

  /**
   * Compares the file's length with what the head says.
   *
   * @throws Refused where it is another, or more than a box takes
   */
  public void check(long bytes) {
    checkSize(Math.max(bytes, fileBytes()));
    if (bytes != fileBytes()) {
      throw new Refused("update.length", bytes, fileBytes());
    }
  }

  /**
   * Looks whether a box takes so much.
   *
   * @throws Refused where it is more
   */
  public static void checkSize(long bytes) {
    if (bytes > MOST_FILE_BYTES) {
      throw new Refused("update.too-large", MOST_FILE_BYTES >> 20);
    }
  }
}
