package dev.noren.config;

/**
 * One thing that is wrong in a file.
 *
 * @param file the file's name as the user gave it
 * @param line the line, from 1; 0 where the file as a whole is meant
 * @param key the key as WireGuard writes it, or null where none is meant
 * @param reason why it is refused and what would be right; never a secret
 */
public record ConfigError(String file, int line, String key, String reason) {
  /** One sentence, as in {@code hq.conf, line 3, ListenPort: is not a number from 0 to 65535}. */
  @Override
  public String toString() {
    return file
        + (line > 0 ? ", line " + line : "")
        + (key != null ? ", " + key : "")
        + ": "
        + reason;
  }
}
