package dev.noren.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TransportAeadTest {
  private static final HexFormat HEX = HexFormat.of();

  static List<TransportAead> tiers() throws TierUnavailableException {
    return UsableTiers.objects();
  }

  private static byte[] counting(int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }

  /** Made with OpenSSL: key 0 to 31, messages 0, 1 .. of 20 bytes. */
  private record Vector(long counter, String sealed) {}

  private static final List<Vector> VECTORS =
      List.of(
          new Vector(0, "18b94032a9e3a0d61b68566aa34e4028e8a0e1e6490dc5f5d50d1c58c39b7c68dd914f9a"),
          new Vector(1, "9f56f15cb12fa91f21bfa4575e989788d56cf91d61cd1a9afa96770a9d9cd561946f97f0"),
          new Vector(
              1L << 32, "537103750dde416a8ed8aaccc9c8ed9c5694d7095da8a343512597407035f25db0ad720f"),
          new Vector(
              0x0102030405060708L,
              "f048afe7af3cec1f6ca220c77f756fb7f017e0d77f44032430f4430321983698696ba8e5"),
          new Vector(
              Long.MIN_VALUE,
              "1a30a95233d9bd0531f63e0411d18314723b22145348c137c6af4eb808124c186e67405f"),
          new Vector(
              -1, "50825740a600b42b9b2af80927c9f872939e82f5ad2e3a1a4d50bc8e9a0cafd8d0eaa107"));

  /** A mistake that others shipped: a counter of 32 bits. */
  @ParameterizedTest
  @MethodSource("tiers")
  void allSixtyFourBitsOfTheCounterCount(TransportAead aead) {
    TransportKey key = TransportKey.of(counting(32));
    for (Vector vector : VECTORS) {
      byte[] sealed = new byte[36];
      aead.seal(key, vector.counter, counting(20), 0, 20, sealed, 0);
      assertEquals(vector.sealed, HEX.formatHex(sealed));
      byte[] opened = new byte[20];
      assertEquals(20, aead.open(key, vector.counter, sealed, 0, 36, opened, 0));
      assertArrayEquals(counting(20), opened);
      assertEquals(-1, aead.open(key, vector.counter ^ 1L << 40, sealed, 0, 36, opened, 0));
    }
  }

  @ParameterizedTest
  @MethodSource("tiers")
  void agreesWithBouncyCastleOnEveryLengthInPlaceAndElsewhere(TransportAead aead) {
    TransportAead bouncy = new BouncyAead();
    Random random = new Random(20260101);
    byte[] keyBytes = new byte[32];
    for (int length = 0; length <= 3100; length += length < 1100 ? 1 : 29) {
      random.nextBytes(keyBytes);
      TransportKey key = TransportKey.of(keyBytes);
      long counter = random.nextLong();
      int offset = random.nextInt(40);
      int end = offset + length + 16;
      byte[] plain = new byte[end + 40];
      random.nextBytes(plain);
      byte[] expected = plain.clone();
      bouncy.seal(key, counter, plain, offset, length, expected, offset);

      byte[] inPlace = plain.clone();
      aead.seal(key, counter, inPlace, offset, length, inPlace, offset);
      assertArrayEquals(expected, inPlace, "sealed in place, length " + length);
      byte[] elsewhere = plain.clone();
      byte[] in = plain.clone();
      aead.seal(key, counter, in, offset, length, elsewhere, offset + 3);
      assertArrayEquals(plain, in, "what is sealed to elsewhere stays");
      assertTrue(
          Arrays.equals(elsewhere, offset + 3, end + 3, expected, offset, end)
              && Arrays.equals(elsewhere, 0, offset + 3, plain, 0, offset + 3)
              && Arrays.equals(elsewhere, end + 3, end + 40, plain, end + 3, end + 40),
          "sealed elsewhere, length " + length);

      byte[] opened = expected.clone();
      assertEquals(length, aead.open(key, counter, expected, offset, length + 16, opened, 1));
      assertArrayEquals(inPlace, expected, "what is opened to elsewhere stays");
      assertTrue(
          Arrays.equals(opened, 1, 1 + length, plain, offset, end - 16)
              && Arrays.equals(opened, 1 + length, end + 40, expected, 1 + length, end + 40),
          "opened elsewhere, length " + length);
      assertEquals(length, aead.open(key, counter, inPlace, offset, length + 16, inPlace, offset));
      assertTrue(
          Arrays.equals(inPlace, 0, end - 16, plain, 0, end - 16)
              && Arrays.equals(inPlace, end, end + 40, plain, end, end + 40),
          "opened in place, length " + length);
    }
  }

  /** What a datagram's length says is never more than the array; less than a tag it may be. */
  @ParameterizedTest
  @MethodSource("tiers")
  void aBufferThatIsTooSmallIsAMistakeThatIsSeenBeforeAnythingIsWritten(TransportAead aead) {
    TransportKey key = TransportKey.of(counting(32));
    byte[] sealed = new byte[100 + 16];
    aead.seal(key, 1, counting(100), 0, 100, sealed, 0);
    byte[] small = new byte[99];
    assertThrows(
        IndexOutOfBoundsException.class, () -> aead.open(key, 1, sealed, 0, 116, small, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> aead.seal(key, 1, sealed, 0, 84, small, 0));
    assertArrayEquals(new byte[99], small);
    assertEquals(-1, aead.open(key, 1, sealed, 0, -1, small, 0));
    assertEquals(-1, aead.open(key, 1, sealed, 0, Integer.MIN_VALUE, small, 0));
  }

  @ParameterizedTest
  @MethodSource("tiers")
  void aForgedPacketWritesNothingAndDoesNotBlockTheGenuineOne(TransportAead aead) {
    TransportKey key = TransportKey.of(counting(32));
    byte[] sealed = new byte[64 + 16];
    aead.seal(key, 77, counting(64), 0, 64, sealed, 0);
    byte[] untouched = new byte[64];
    Arrays.fill(untouched, (byte) 0x5a);
    for (int i = 0; i < sealed.length; i++) {
      byte[] out = untouched.clone();
      sealed[i] ^= 0x40;
      assertEquals(-1, aead.open(key, 77, sealed, 0, sealed.length, out, 0), "byte " + i);
      assertArrayEquals(untouched, out, "no plaintext before the tag is right");
      byte[] forged = sealed.clone();
      assertEquals(-1, aead.open(key, 77, sealed, 0, sealed.length, sealed, 0));
      assertArrayEquals(forged, sealed, "nor in place");
      sealed[i] ^= 0x40;
      assertEquals(64, aead.open(key, 77, sealed, 0, sealed.length, out, 0));
      assertArrayEquals(counting(64), out);
    }
  }

  @ParameterizedTest
  @MethodSource("tiers")
  void theSameCounterOpensAndSealsAgain(TransportAead aead) {
    TransportKey key = TransportKey.of(counting(32));
    byte[] first = new byte[36];
    byte[] second = new byte[36];
    aead.seal(key, 5, counting(20), 0, 20, first, 0);
    aead.seal(key, 5, counting(20), 0, 20, second, 0);
    assertArrayEquals(first, second);
    byte[] out = new byte[20];
    for (int i = 0; i < 3; i++) {
      assertEquals(20, aead.open(key, 5, first, 0, 36, out, 0));
    }
  }

  @ParameterizedTest
  @MethodSource("tiers")
  void whatIsTooShortIsRefused(TransportAead aead) {
    TransportKey key = TransportKey.of(counting(32));
    byte[] sealed = new byte[36];
    aead.seal(key, 9, counting(20), 0, 20, sealed, 0);
    for (int length = 0; length < 36; length++) {
      assertEquals(-1, aead.open(key, 9, sealed, 0, length, new byte[36], 0), "length " + length);
    }
    byte[] empty = new byte[16];
    aead.seal(key, 10, empty, 0, 0, empty, 0);
    assertEquals(0, aead.open(key, 10, empty, 0, 16, empty, 16), "a keepalive is empty");
  }

  /** A mistake that others shipped: a crash on an oversized datagram. */
  @ParameterizedTest
  @MethodSource("tiers")
  void theLargestDatagramIsOpenedOrRefusedWithoutHarm(TransportAead aead) {
    TransportKey key = TransportKey.of(counting(32));
    byte[] packet = new byte[65535 + 16];
    new Random(8).nextBytes(packet);
    byte[] plain = packet.clone();
    assertEquals(-1, aead.open(key, 3, packet, 0, packet.length, packet, 0));
    aead.seal(key, 3, packet, 0, 65535, packet, 0);
    assertEquals(65535, aead.open(key, 3, packet, 0, packet.length, packet, 0));
    assertArrayEquals(Arrays.copyOf(plain, 65535), Arrays.copyOf(packet, 65535));
  }

  @ParameterizedTest
  @MethodSource("tiers")
  void aWipedKeySealsZerosAndOpensNothing(TransportAead aead) {
    TransportKey key = TransportKey.of(counting(32));
    byte[] sealed = new byte[36];
    aead.seal(key, 1, counting(20), 0, 20, sealed, 0);
    key.wipe();
    assertTrue(key.isWiped());
    byte[] out = new byte[20];
    assertEquals(-1, aead.open(key, 1, sealed, 0, 36, out, 0));
    byte[] anybodys = new byte[36];
    aead.seal(TransportKey.of(new byte[32]), 1, counting(20), 0, 20, anybodys, 0);
    assertEquals(-1, aead.open(key, 1, anybodys, 0, 36, out, 0), "not with a key of zeros");
    byte[] packet = counting(40);
    aead.seal(key, 2, packet, 0, 20, packet, 0);
    byte[] expected = counting(40);
    Arrays.fill(expected, 0, 36, (byte) 0);
    assertArrayEquals(expected, packet, "not even the plaintext is left");
    TransportKey alive = TransportKey.of(counting(32));
    assertEquals(20, aead.open(alive, 1, sealed, 0, 36, out, 0), "other keys go on");
  }

  @Test
  void aTransportKeyIsNeverShownNorSerialized() throws Exception {
    TransportKey key = TransportKey.of(counting(32));
    assertEquals("(transport key)", key.toString());
    try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
      assertThrows(NotSerializableException.class, () -> out.writeObject(key.secretKey()));
    }
  }

  @Test
  void theJdksCipherIsWhatOneBeginsWith() {
    TransportAead aead = TransportAeads.create();
    assertInstanceOf(CipherAead.class, aead);
    assertNotEquals(aead.name(), new BouncyAead().name());
  }
}
