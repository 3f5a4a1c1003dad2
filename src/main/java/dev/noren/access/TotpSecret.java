package dev.noren.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.noren.crypto.MacKey;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.security.Key;
import java.util.random.RandomGenerator;

/**
 * The secret that a person's codes come from, which the person's telephone has too.
 *
 * @param base32 the secret in base32 (RFC 4648) without the signs that fill it up
 */
public record TotpSecret(String base32) {
  /** As long as the hash (RFC 4226, 4, R6). */
  private static final int BYTES = 20;

  private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int LETTER_BITS = 5;

  /**
   * The secret.
   *
   * @throws IllegalArgumentException with the reason, which says nothing of it
   */
  public TotpSecret {
    if (base32.isEmpty() || base32.chars().anyMatch(letter -> LETTERS.indexOf(letter) < 0)) {
      throw new IllegalArgumentException("is not base32: letters A to Z and digits 2 to 7");
    }
  }

  /** A new one. */
  public static TotpSecret generate(RandomGenerator chance) {
    byte[] bytes = new byte[BYTES];
    chance.nextBytes(bytes);
    return of(bytes);
  }

  static TotpSecret of(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    int bits = 0;
    int length = 0;
    for (byte each : bytes) {
      bits = ((bits << Byte.SIZE) | (each & 0xff)) & 0xffff;
      length += Byte.SIZE;
      while (length >= LETTER_BITS) {
        length -= LETTER_BITS;
        text.append(LETTERS.charAt((bits >>> length) & 31));
      }
    }
    if (length > 0) {
      text.append(LETTERS.charAt((bits << (LETTER_BITS - length)) & 31));
    }
    return new TotpSecret(text.toString());
  }

  /** The secret itself; bits that fill no byte are none of it. */
  byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int bits = 0;
    int length = 0;
    for (int i = 0; i < base32.length(); i++) {
      bits = ((bits << LETTER_BITS) | LETTERS.indexOf(base32.charAt(i))) & 0xffff;
      length += LETTER_BITS;
      if (length >= Byte.SIZE) {
        length -= Byte.SIZE;
        bytes.write(bits >>> length);
      }
    }
    return bytes.toByteArray();
  }

  Key key() {
    return MacKey.hmacSha1(bytes());
  }

  /**
   * What an app for codes takes, mostly as a QR code.
   *
   * @param issuer what the app shows them under: the box's name
   * @param person whose codes they are
   */
  public String uri(String issuer, String person) {
    return "otpauth://totp/%s:%s?secret=%s&issuer=%s&algorithm=SHA1&digits=%d&period=%d"
        .formatted(
            encoded(issuer),
            encoded(person),
            base32,
            encoded(issuer),
            Totp.DIGITS,
            Totp.STEP.toSeconds());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "TotpSecret";
  }
}
