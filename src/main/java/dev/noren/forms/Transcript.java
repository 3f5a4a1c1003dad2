package dev.noren.forms;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.noren.crypto.Blake2s;
import dev.noren.crypto.PresharedKey;
import dev.noren.crypto.PrivateKey;
import dev.noren.crypto.PublicKey;
import dev.noren.net.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * What both ends of a pairing have said, and the six digits that follow from it.
 *
 * <p>The attacker to think of has the invitation, stands in between, and has given the joiner
 * another one that leads to him; so he speaks with both ends, and wants both to show the same
 * digits. Were the digits a hash of keys and nonces that are sent in the open, he would finish with
 * one end first and then try nonces towards the other until the digits are the same: a million
 * tries, less than a second. Therefore:
 *
 * <ol>
 *   <li>The joiner sends its key and a hash of its nonce, the commitment. It says nothing of the
 *       nonce.
 *   <li>The inviter chooses its nonce only then, and takes no other joiner for this invitation from
 *       then on, so that there is no second try.
 *   <li>The joiner reveals its nonce, once. The inviter compares it with the commitment.
 * </ol>
 *
 * <p>So whoever stands in between has to fix what he says to either end before he knows what the
 * digits there will be, and has one chance in a million. The digits are of the very bytes of both
 * messages, which hold keys, networks and names, so that nothing of them can be changed either.
 *
 * <p>The joiner's nonce follows from its key for good, which nobody else has, and the invitation:
 * so a restart need not remember it.
 */
public final class Transcript {
  private static final byte[] NONCE = ascii("noren pairing nonce 1");
  private static final byte[] COMMITMENT = ascii("noren pairing commitment 1");
  private static final byte[] DIGITS = ascii("noren pairing digits 1");
  private static final byte[] SECRET = ascii("noren pairing secret 1");
  private static final long A_MILLION = 1_000_000;

  private final PublicKey inviter;
  private final PresharedKey presharedKey;
  private final String hello;
  private final String terms;
  private final String nonce;

  /**
   * @param inviter the inviter's key
   * @param presharedKey the invitation's
   * @param hello the joiner's message, as it was sent
   * @param terms the inviter's
   * @param nonce what the joiner has revealed, hexadecimal
   */
  public Transcript(
      PublicKey inviter, PresharedKey presharedKey, String hello, String terms, String nonce) {
    this.inviter = inviter;
    this.presharedKey = presharedKey;
    this.hello = hello;
    this.terms = terms;
    this.nonce = nonce;
  }

  /** The joiner's nonce, hexadecimal. */
  public static String nonce(PrivateKey joiner, String invitationId) {
    byte[] secret = joiner.bytes();
    String nonce = hex(hash(NONCE, secret, ascii(invitationId)));
    Arrays.fill(secret, (byte) 0);
    return nonce;
  }

  /** What binds the joiner to its nonce without telling it, hexadecimal. */
  public static String commitment(PublicKey joiner, String nonce) {
    return hex(hash(COMMITMENT, joiner.bytes(), ascii(nonce)));
  }

  /** The six digits that both ends show. */
  public String digits() {
    long number = Bytes.int64(whole(DIGITS), 0);
    return "%06d".formatted(Long.remainderUnsigned(number, A_MILLION));
  }

  /** The preshared key for good, which nobody knows who has only seen the invitation. */
  public PresharedKey secret() {
    return PresharedKey.of(whole(SECRET));
  }

  private byte[] whole(byte[] purpose) {
    byte[] secret = presharedKey.bytes();
    byte[] hash =
        hash(
            purpose,
            inviter.bytes(),
            secret,
            hello.getBytes(UTF_8),
            terms.getBytes(UTF_8),
            ascii(nonce));
    Arrays.fill(secret, (byte) 0);
    return hash;
  }

  /** Each part with its length before it, so that none can be taken for a part of another. */
  private static byte[] hash(byte[]... parts) {
    byte[][] framed = new byte[2 * parts.length][];
    for (int i = 0; i < parts.length; i++) {
      framed[2 * i] = new byte[8];
      Bytes.putInt64(framed[2 * i], 0, parts[i].length);
      framed[2 * i + 1] = parts[i];
    }
    byte[] hash = new byte[Blake2s.HASH_SIZE];
    Blake2s.hash(hash, framed);
    return hash;
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  static byte[] bytesOfHex(String text) {
    return HexFormat.of().parseHex(text);
  }
}
