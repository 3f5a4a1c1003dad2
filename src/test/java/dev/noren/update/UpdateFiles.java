package dev.noren.update;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/** Files with new versions, as they look from outside. */
public final class UpdateFiles {
  /** What a signature and its comment look like; nobody's. */
  private static final String SIGNATURE =
      "untrusted comment: verify with noren.pub\n" + "RWQ" + "A".repeat(96) + "=\n";

  private UpdateFiles() {}

  /** The head's text. */
  static String text(String version, long rootBytes, long bootBytes) {
    return SIGNATURE
        + "noren-update 1\nversion %s\ntime 1790000000\nroot %d %s\nboot %d %s\n"
            .formatted(version, rootBytes, "ab".repeat(32), bootBytes, "01".repeat(32));
  }

  static byte[] head(String text) {
    return Arrays.copyOf(text.getBytes(US_ASCII), UpdateHead.BYTES);
  }

  /** A whole file. */
  public static byte[] file(String version, int rootBytes, int bootBytes) {
    byte[] head = head(text(version, rootBytes, bootBytes));
    byte[] file = Arrays.copyOf(head, (int) UpdateHead.parse(head).fileBytes());
    for (int i = UpdateHead.BYTES; i < file.length; i++) {
      file[i] = (byte) (i * 31 + i / 257);
    }
    return file;
  }
}
