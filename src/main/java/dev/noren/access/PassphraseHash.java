package dev.noren.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.noren.crypto.Argon2id;
import dev.noren.crypto.ConstantTime;
import java.util.Arrays;
import java.util.Base64;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is kept of a passphrase: its Argon2id hash, in the form that Argon2's reference program
 * prints, so that a later cost can differ from an earlier one.
 */
public final class PassphraseHash {
  /** Fits the heap of the smallest box; more passes make up for little memory (RFC 9106, 4). */
  private static final Argon2id.Cost COST = new Argon2id.Cost(7 * 1024, 5);

  private static final Pattern TEXT =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=([0-9]{1,7}),t=([0-9]{1,4}),p=1"
              + "\\$([A-Za-z0-9+/]{22})\\$([A-Za-z0-9+/]{43})");

  private final Argon2id.Cost cost;
  private final byte[] salt;
  private final byte[] hash;

  private PassphraseHash(Argon2id.Cost cost, byte[] salt, byte[] hash) {
    this.cost = cost;
    this.salt = salt;
    this.hash = hash;
  }

  /** The hash of a new passphrase; it takes a moment. */
  public static PassphraseHash of(String passphrase, RandomGenerator chance) {
    byte[] salt = new byte[Argon2id.SALT_BYTES];
    chance.nextBytes(salt);
    return new PassphraseHash(COST, salt, hash(passphrase, salt, COST));
  }

  /**
   * Reads what {@link #text} gave.
   *
   * @throws IllegalArgumentException where it is none
   */
  public static PassphraseHash parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("this is no hash of a passphrase");
    }
    Base64.Decoder decoder = Base64.getDecoder();
    return new PassphraseHash(
        new Argon2id.Cost(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))),
        decoder.decode(matcher.group(3)),
        decoder.decode(matcher.group(4)));
  }

  private static byte[] hash(String passphrase, byte[] salt, Argon2id.Cost cost) {
    byte[] bytes = passphrase.getBytes(UTF_8);
    try {
      return Argon2id.hash(bytes, salt, cost);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /** Whether this is the passphrase; it takes a moment. */
  public boolean matches(String passphrase) {
    return ConstantTime.equal(hash, 0, hash(passphrase, salt, cost), 0, hash.length);
  }

  /** As it is kept. */
  public String text() {
    Base64.Encoder encoder = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m=%d,t=%d,p=1$%s$%s"
        .formatted(
            cost.memoryKib(),
            cost.passes(),
            encoder.encodeToString(salt),
            encoder.encodeToString(hash));
  }

  /** Without the hash. */
  @Override
  public String toString() {
    return "PassphraseHash";
  }
}
