package dev.noren.protocol.cookie;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.crypto.PrivateKey;
import dev.noren.crypto.PublicKey;
import dev.noren.net.IpAddress;
import dev.noren.protocol.Limits;
import dev.noren.protocol.handshake.Transcript;
import dev.noren.protocol.message.CookieReply;
import dev.noren.protocol.message.Initiation;
import dev.noren.protocol.message.MessageType;
import dev.noren.protocol.message.Response;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.digests.Blake2sDigest;
import org.bouncycastle.crypto.modes.XChaCha20Poly1305;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CookieTest {
  private static final Limits LIMITS = Limits.WHITEPAPER;
  private static final long START = 5_000_000_000L;
  private static final long EXPIRED = START + LIMITS.cookieNs();
  private static final int INDEX = 0x0a0b0c0d;
  private static final IpAddress SOURCE = IpAddress.parse("192.0.2.7");
  private static final int PORT = 0xca6c;

  private final Random random = new Random(77);
  private final PublicKey me = PrivateKey.generate(random).publicKey();
  private final MacChecker checker = new MacChecker(me, LIMITS);
  private final MacStamper stamper = new MacStamper(me);
  private final byte[] message = new byte[Initiation.SIZE];
  private final byte[] reply = new byte[CookieReply.SIZE];

  CookieTest() {
    random.nextBytes(message);
  }

  private void stamp(long nowNs) {
    stamper.stamp(message, 0, message.length, nowNs, LIMITS);
  }

  private boolean hasMac1() {
    return checker.hasMac1(message, 0, message.length);
  }

  private boolean hasMac2(long nowNs) {
    return checker.hasMac2(message, 0, message.length, SOURCE, PORT, nowNs);
  }

  private void answer(long nowNs) {
    checker.reply(message, 0, message.length, SOURCE, PORT, INDEX, nowNs, random, reply, 0);
  }

  private boolean mac2IsZero() {
    return Arrays.equals(message, Initiation.MAC2, Initiation.SIZE, new byte[16], 0, 16);
  }

  /** Stamps, is answered with a cookie, and keeps it, all at one time. */
  private void takeCookie(long nowNs) {
    stamp(nowNs);
    answer(nowNs);
    assertTrue(stamper.accept(reply, 0, nowNs));
  }

  @ParameterizedTest
  @ValueSource(strings = {"psk.txt", "no-psk.txt", "wireguard-go.txt"})
  void mac1IsWhatTheTranscriptsHave(String file) {
    Transcript t = Transcript.of(file);
    PublicKey responder = PrivateKey.of(t.bytes("responder.private")).publicKey();
    PublicKey initiator = PrivateKey.of(t.bytes("initiator.private")).publicKey();
    assertStamped(t.bytes("initiation"), responder);
    assertStamped(t.bytes("response"), initiator);
  }

  private static void assertStamped(byte[] expected, PublicKey recipient) {
    byte[] stamped = new byte[expected.length + 9];
    Arrays.fill(stamped, (byte) 0x5a);
    System.arraycopy(expected, 0, stamped, 4, expected.length - 32);
    new MacStamper(recipient).stamp(stamped, 4, expected.length, START, LIMITS);
    assertArrayEquals(expected, Arrays.copyOfRange(stamped, 4, 4 + expected.length));
    assertTrue(new MacChecker(recipient, LIMITS).hasMac1(stamped, 4, expected.length));
    assertEquals((byte) 0x5a, stamped[3]);
    assertEquals((byte) 0x5a, stamped[4 + expected.length]);
  }

  @Test
  void mac1CoversEveryByteBeforeItAndNothingAfter() {
    stamp(START);
    assertTrue(hasMac1());
    for (int at = 0; at < Initiation.SIZE; at++) {
      message[at] ^= 4;
      assertEquals(at >= Initiation.MAC2, hasMac1(), "byte " + at);
      message[at] ^= 4;
    }
    assertFalse(
        new MacChecker(PrivateKey.generate(random).publicKey(), LIMITS)
            .hasMac1(message, 0, message.length),
        "a message for someone else");
  }

  @Test
  void aCookieGoesRoundAndMac2CoversEveryByteBeforeIt() {
    stamp(START);
    assertTrue(mac2IsZero());
    assertFalse(hasMac2(START));
    answer(START);
    assertEquals(CookieReply.TYPE, MessageType.of(reply, 0, reply.length));
    assertEquals(INDEX, CookieReply.receiver(reply, 0));
    assertTrue(stamper.accept(reply, 0, START));
    stamp(START);
    assertTrue(hasMac1());
    assertTrue(hasMac2(START));
    for (int at = 0; at < Initiation.SIZE; at++) {
      message[at] ^= 4;
      assertFalse(hasMac2(START), "byte " + at);
      message[at] ^= 4;
    }
    byte[] response = new byte[Response.SIZE];
    stamper.stamp(response, 0, response.length, START, LIMITS);
    assertTrue(checker.hasMac2(response, 0, response.length, SOURCE, PORT, START));
  }

  /** A mistake that others shipped: a cookie without the source port. */
  @Test
  void aCookieIsForOneAddressAndOnePort() {
    takeCookie(START);
    stamp(START);
    assertTrue(checker.hasMac2(message, 0, message.length, SOURCE, PORT, START));
    for (int bit = 0; bit < 16; bit++) {
      int port = PORT ^ (1 << bit);
      assertFalse(checker.hasMac2(message, 0, message.length, SOURCE, port, START), "port " + port);
    }
    for (String other : new String[] {"192.0.2.6", "192.0.3.7", "::ffff:192.0.2.7", "::c000:207"}) {
      assertFalse(
          checker.hasMac2(message, 0, message.length, IpAddress.parse(other), PORT, START), other);
    }
  }

  /** The reply, made again with Bouncy Castle alone. */
  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, 51820, c0000207ca6c",
    "192.0.2.7, 1, c00002070001",
    "2001:db8::7, 65535, 20010db8000000000000000000000007ffff",
  })
  void theReplyIsThePapers(String source, int port, String place)
      throws InvalidCipherTextException {
    byte[] chance = new byte[32 + 24];
    new Random(11).nextBytes(chance);
    stamp(START);
    byte[] out = new byte[3 + CookieReply.SIZE];
    checker.reply(
        message,
        0,
        message.length,
        IpAddress.parse(source),
        port,
        INDEX,
        START,
        new Replay(chance),
        out,
        3);

    byte[] nonce = Arrays.copyOfRange(chance, 32, 56);
    byte[] secret = Arrays.copyOf(chance, 32);
    byte[] cookie = blake2s(secret, 16, HexFormat.of().parseHex(place), new byte[0]);
    byte[] key = blake2s(null, 32, "cookie--".getBytes(US_ASCII), me.bytes());
    XChaCha20Poly1305 cipher = new XChaCha20Poly1305();
    byte[] mac1 = Arrays.copyOfRange(message, Initiation.MAC1, Initiation.MAC2);
    cipher.init(true, new AEADParameters(new KeyParameter(key), 128, nonce, mac1));
    byte[] sealed = new byte[32];
    int written = cipher.processBytes(cookie, 0, 16, sealed, 0);
    cipher.doFinal(sealed, written);
    assertEquals("000000" + "03000000" + "0d0c0b0a" + hex(nonce) + hex(sealed), hex(out));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] blake2s(byte[] key, int size, byte[] first, byte[] second) {
    Blake2sDigest digest = new Blake2sDigest(key, size, null, null);
    digest.update(first, 0, first.length);
    digest.update(second, 0, second.length);
    byte[] out = new byte[size];
    digest.doFinal(out, 0);
    return out;
  }

  /** Hands out the bytes it was given, in order. */
  private static final class Replay implements RandomGenerator {
    private final byte[] bytes;
    private int at;

    Replay(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public long nextLong() {
      throw new AssertionError("only whole arrays are drawn");
    }

    @Override
    public void nextBytes(byte[] out) {
      System.arraycopy(bytes, at, out, 0, out.length);
      at += out.length;
    }
  }

  @Test
  void theSecretChangesAtItsDeadline() {
    takeCookie(START);
    takeCookie(EXPIRED - 1); // the same secret in a young cookie: only the secret's age counts
    stamp(EXPIRED - 1);
    assertTrue(hasMac2(EXPIRED - 1));
    assertFalse(hasMac2(EXPIRED), "the secret is 120 s old");

    byte[] before = message.clone();
    answer(EXPIRED);
    assertFalse(
        checker.hasMac2(before, 0, before.length, SOURCE, PORT, EXPIRED), "another secret now");
    assertTrue(stamper.accept(reply, 0, EXPIRED));
    stamp(EXPIRED);
    assertTrue(hasMac2(EXPIRED));
  }

  @Test
  void theSecretStaysUntilItsDeadline() {
    takeCookie(START);
    stamp(START);
    byte[] early = message.clone();
    answer(EXPIRED - 1);
    assertTrue(checker.hasMac2(early, 0, early.length, SOURCE, PORT, EXPIRED - 1));
  }

  @Test
  void aCookieIsUsedUntilItsDeadline() {
    takeCookie(START);
    stamp(EXPIRED - 1);
    assertFalse(mac2IsZero());
    assertTrue(hasMac2(EXPIRED - 1));
    stamp(EXPIRED);
    assertTrue(mac2IsZero());
  }

  @Test
  void oneReplyIsAcceptedPerMac1() {
    assertFalse(stamper.accept(reply, 0, START), "nothing was sent yet");
    stamp(START);
    answer(START);
    byte[] first = reply.clone();
    assertTrue(stamper.accept(reply, 0, START));
    assertFalse(stamper.accept(reply, 0, START), "a replay");
    answer(START);
    assertFalse(stamper.accept(reply, 0, START), "another reply to the same message");
    random.nextBytes(message);
    stamp(START);
    assertFalse(stamper.accept(first, 0, START), "a reply to the message before");
    answer(START);
    assertTrue(stamper.accept(reply, 0, START));
  }

  @Test
  void aForgedReplyIsRefusedAndTheGenuineOneStillCounts() {
    stamp(START);
    answer(START);
    for (int at = CookieReply.NONCE; at < CookieReply.SIZE; at++) {
      reply[at] ^= 1;
      assertFalse(stamper.accept(reply, 0, START), "byte " + at);
      reply[at] ^= 1;
    }
    byte[] elsewhere = new byte[CookieReply.SIZE + 6];
    System.arraycopy(reply, 0, elsewhere, 6, CookieReply.SIZE);
    assertTrue(stamper.accept(elsewhere, 6, START));
    stamp(START);
    assertTrue(hasMac2(START));
  }

  @Test
  void aForgedReplyDoesNotTouchTheCookieThatIsKept() {
    takeCookie(START);
    stamp(START + 1);
    random.nextBytes(reply);
    assertFalse(stamper.accept(reply, 0, START + 1));
    stamp(START + 2);
    assertTrue(hasMac2(START + 2));
  }

  @Test
  void withoutASecretNoMac2IsRight() {
    stamp(START);
    byte[] zeroCookie = new byte[16];
    byte[] covered = Arrays.copyOf(message, Initiation.MAC2);
    System.arraycopy(
        blake2s(zeroCookie, 16, covered, new byte[0]), 0, message, Initiation.MAC2, 16);
    assertFalse(hasMac2(START));
    byte[] place = HexFormat.of().parseHex("c0000207ca6c");
    byte[] cookieOfNoSecret = blake2s(new byte[32], 16, place, new byte[0]);
    System.arraycopy(
        blake2s(cookieOfNoSecret, 16, covered, new byte[0]), 0, message, Initiation.MAC2, 16);
    assertFalse(hasMac2(START), "a secret of zeros is one that anyone can guess");
    assertFalse(hasMac2(0));
  }

  @Test
  void whatIsForgottenIsGone() {
    takeCookie(START);
    stamp(START);
    answer(START);
    stamper.forget();
    assertFalse(stamper.accept(reply, 0, START));
    stamp(START);
    assertTrue(mac2IsZero());
    assertTrue(hasMac1());
  }
}
