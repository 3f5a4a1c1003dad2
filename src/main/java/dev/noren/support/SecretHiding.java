package dev.noren.support;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes secrets out of a text, wherever they have got into it: those that are known, and whatever
 * looks like a key, a hash of a passphrase or the secret of one-time codes. Of keys only those stay
 * that are known to be public.
 */
public final class SecretHiding {
  /** What stands in a secret's place. */
  public static final String HIDDEN = "(hidden)";

  /** Less is a word that stands elsewhere too. */
  private static final int LEAST_LETTERS = 4;

  /** A key of 32 bytes or more in base64, of either alphabet, padded or not. */
  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]{40,}={0,2}");

  /** A key of 32 bytes or more in hex. */
  private static final Pattern HEX = Pattern.compile("(?<![0-9A-Za-z])[0-9A-Fa-f]{64,}");

  /** The secret of one-time codes, in base32. */
  private static final Pattern BASE32 = Pattern.compile("(?<![0-9A-Za-z])[A-Z2-7]{16,}={0,6}");

  /** What is kept of a passphrase. */
  private static final Pattern HASH = Pattern.compile("\\$(argon2|2[aby]|[156y])[^\\s\"]*\\$\\S*");

  private final List<String> secrets;
  private final Set<String> publicKeys;

  /**
   * @param secrets those that are known
   * @param publicKeys keys that may be seen, in base64
   */
  public SecretHiding(Collection<String> secrets, Collection<String> publicKeys) {
    // The longest first: what is within another must not leave the other's rest.
    this.secrets =
        secrets.stream()
            .filter(secret -> secret.length() >= LEAST_LETTERS)
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
    this.publicKeys = Set.copyOf(publicKeys);
  }

  /** The text without them. */
  public String hide(String text) {
    String hidden = text;
    for (String secret : secrets) {
      hidden = hidden.replace(secret, HIDDEN);
    }
    hidden = HASH.matcher(hidden).replaceAll(Matcher.quoteReplacement(HIDDEN));
    hidden = BASE64.matcher(hidden).replaceAll(this::unlessPublic);
    hidden = HEX.matcher(hidden).replaceAll(HIDDEN);
    return BASE32.matcher(hidden).replaceAll(HIDDEN);
  }

  /** A path or a rule of dashes is no key: among so many letters of one there are both kinds. */
  private String unlessPublic(MatchResult found) {
    String text = found.group();
    boolean small = text.chars().anyMatch(c -> c >= 'a' && c <= 'z');
    boolean large = text.chars().anyMatch(c -> c >= 'A' && c <= 'Z');
    return small && large && !publicKeys.contains(text) ? HIDDEN : Matcher.quoteReplacement(text);
  }
}
