package dev.noren.config;

import dev.noren.text.Sentence;

/**
 * One thing that is wrong in a file.
 *
 * @param file the file's name as the user gave it, or what it is called where it is none
 * @param line the line, from 1; 0 where the file as a whole is meant
 * @param key the key as WireGuard writes it or the path in a document, or null where none is meant
 * @param reason why it is refused and what would be right; never a secret
 */
public record ConfigError(Sentence file, int line, String key, Sentence reason) {
  /** Of a file that the user named. */
  public ConfigError(String file, int line, String key, Sentence reason) {
    this(Sentence.plain(file), line, key, reason);
  }

  /** One sentence, as in {@code hq.conf, line 3, ListenPort: is not a number from 0 to 65535}. */
  public Sentence sentence() {
    if (key == null) {
      return line > 0
          ? Sentence.of("error.line", file, line, reason)
          : Sentence.of("error.file", file, reason);
    }
    return line > 0
        ? Sentence.of("error.line-key", file, line, shown(key), reason)
        : Sentence.of("error.key", file, shown(key), reason);
  }

  /** The key to be shown, or null: words stand in it for a name that could be a secret. */
  public Sentence place() {
    return key == null ? null : shown(key);
  }

  private static Sentence shown(String path) {
    int hidden = path.indexOf(Json.NOT_SHOWN);
    return hidden < 0
        ? Sentence.plain(path)
        : Sentence.of(
            "path.with",
            path.substring(0, hidden),
            Sentence.of("path.not-shown"),
            shown(path.substring(hidden + Json.NOT_SHOWN.length())));
  }

  /** The sentence in English. */
  @Override
  public String toString() {
    return sentence().toString();
  }
}
