package dev.noren.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.noren.crypto.Argon2id;
import dev.noren.crypto.CookieAead;
import java.util.Arrays;
import java.util.Base64;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text that only a passphrase opens, in one line of head and then base64 of 76 letters a line:
 *
 * <pre>
 *   noren-sealed-1 argon2id m=7168 t=5 salt=BASE64 nonce=BASE64
 * </pre>
 *
 * The key is Argon2id (RFC 9106, version 1.3, one lane, 32 bytes) of the passphrase in UTF-8; the
 * text is sealed by XChaCha20-Poly1305 with the head, without its line end, as associated data.
 */
public final class SealedText {
  /** Fits the smallest box's heap; a backup can be tried at leisure, so there are more passes. */
  private static final Argon2id.Cost COST = new Argon2id.Cost(7 * 1024, 10);

  private static final int MOST_MEMORY_KIB = 8 * 1024;
  private static final int MOST_PASSES = 20;

  private static final Pattern HEAD =
      Pattern.compile(
          "noren-sealed-1 argon2id m=([0-9]{1,5}) t=([0-9]{1,2}) salt=([A-Za-z0-9+/=]{24})"
              + " nonce=([A-Za-z0-9+/=]{32})");

  private SealedText() {}

  /** Seals a text. */
  public static String seal(String text, String passphrase, RandomGenerator chance) {
    byte[] salt = new byte[Argon2id.SALT_BYTES];
    byte[] nonce = new byte[CookieAead.NONCE_SIZE];
    chance.nextBytes(salt);
    chance.nextBytes(nonce);
    Base64.Encoder encoder = Base64.getEncoder();
    String head =
        "noren-sealed-1 argon2id m=%d t=%d salt=%s nonce=%s"
            .formatted(
                COST.memoryKib(),
                COST.passes(),
                encoder.encodeToString(salt),
                encoder.encodeToString(nonce));
    byte[] plain = text.getBytes(UTF_8);
    byte[] sealed = new byte[plain.length + CookieAead.TAG_SIZE];
    byte[] key = key(passphrase, salt, COST);
    CookieAead.seal(key, nonce, plain, 0, plain.length, head.getBytes(UTF_8), sealed, 0);
    Arrays.fill(key, (byte) 0);
    return head + "\n" + Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(sealed) + "\n";
  }

  private static byte[] key(String passphrase, byte[] salt, Argon2id.Cost cost) {
    return Argon2id.hash(passphrase.getBytes(UTF_8), salt, cost);
  }

  /** Whether a text was sealed. */
  public static boolean isSealed(String text) {
    return text.startsWith("noren-sealed-");
  }

  /**
   * Opens what {@link #seal} made, whatever line ends it has got on the way.
   *
   * @return the text, or null where the passphrase is wrong or the file was changed
   * @throws IllegalArgumentException where it is no such file
   */
  public static String open(String text, String passphrase) {
    String[] parts = text.strip().split("\\R", 2);
    Matcher head = HEAD.matcher(parts[0].strip());
    if (parts.length != 2 || !head.matches()) {
      throw new IllegalArgumentException("this is no sealed backup of Noren");
    }
    Argon2id.Cost cost =
        new Argon2id.Cost(Integer.parseInt(head.group(1)), Integer.parseInt(head.group(2)));
    if (cost.memoryKib() < 8
        || cost.memoryKib() > MOST_MEMORY_KIB
        || cost.passes() < 1
        || cost.passes() > MOST_PASSES) {
      throw new IllegalArgumentException("this sealed backup asks for more memory than there is");
    }
    byte[] sealed = Base64.getMimeDecoder().decode(parts[1]);
    if (sealed.length < CookieAead.TAG_SIZE) {
      return null;
    }
    byte[] plain = new byte[sealed.length - CookieAead.TAG_SIZE];
    byte[] key = key(passphrase, Base64.getDecoder().decode(head.group(3)), cost);
    byte[] nonce = Base64.getDecoder().decode(head.group(4));
    boolean right =
        CookieAead.open(
            key, nonce, sealed, 0, sealed.length, head.group().getBytes(UTF_8), plain, 0);
    Arrays.fill(key, (byte) 0);
    return right ? new String(plain, UTF_8) : null;
  }
}
