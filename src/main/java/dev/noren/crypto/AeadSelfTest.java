package dev.noren.crypto;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Packets that Bouncy Castle sealed: a tier must seal them alike, open them, and refuse them when
 * they are forged. Code is tested before it was compiled and after, as HotSpot puts other code in
 * its place.
 */
final class AeadSelfTest {
  /** Around whole blocks, and around what one call makes of key stream on various processors. */
  private static final int[] EDGES = {
    0, 1, 15, 16, 17, 31, 32, 63, 64, 65, 191, 192, 193, 255, 256, 448, 960, 961, 1024, 1420, 1500
  };

  private static final int RANDOM_LENGTHS = 40;
  private static final int MAX_RANDOM_LENGTH = 1500;
  private static final int[] LARGER = {1984, 4096, 9000, 65535};
  private static final int MARGIN = 37;

  private static final class Packet {
    final TransportKey key;
    final long counter;
    final byte[] plain;
    final byte[] sealed;

    Packet(TransportKey key, long counter, byte[] plain) {
      this.key = key;
      this.counter = counter;
      this.plain = plain;
      this.sealed = new byte[plain.length + TransportAead.TAG_SIZE];
      new BouncyAead().seal(key, counter, plain, 0, plain.length, sealed, 0);
    }
  }

  private final List<Packet> packets = new ArrayList<>();
  private final RandomGenerator chance;

  /** Makes the packets, of keys, counters, lengths and contents of chance. */
  AeadSelfTest(RandomGenerator chance) {
    this.chance = chance;
    for (int length : EDGES) {
      packets.add(packet(length));
    }
    for (int i = 0; i < RANDOM_LENGTHS; i++) {
      packets.add(packet(chance.nextInt(MAX_RANDOM_LENGTH + 1)));
    }
    for (int length : LARGER) {
      packets.add(packet(length));
    }
  }

  private Packet packet(int length) {
    byte[] keyBytes = new byte[TransportKey.SIZE];
    chance.nextBytes(keyBytes);
    TransportKey key = TransportKey.of(keyBytes);
    long counter = chance.nextLong();
    byte[] plain = new byte[length];
    chance.nextBytes(plain);
    return new Packet(key, counter, plain);
  }

  /** Whether the object does everything right with every packet. */
  boolean passes(TransportAead aead) {
    try {
      for (Packet packet : packets) {
        int offset = chance.nextInt(MARGIN);
        if (!seals(aead, packet, offset)
            || !opens(aead, packet, offset)
            || !refuses(aead, packet, offset)) {
          return false;
        }
      }
      return true;
    } catch (RuntimeException e) {
      return false;
    }
  }

  private static boolean seals(TransportAead aead, Packet packet, int offset) {
    int length = packet.plain.length;
    byte[] elsewhere = new byte[packet.sealed.length + 2 * MARGIN];
    aead.seal(packet.key, packet.counter, packet.plain, 0, length, elsewhere, offset);
    byte[] inPlace = framed(packet.plain, packet.sealed.length, offset);
    aead.seal(packet.key, packet.counter, inPlace, offset, length, inPlace, offset);
    byte[] expected = framed(packet.sealed, packet.sealed.length, offset);
    return Arrays.equals(elsewhere, expected) && Arrays.equals(inPlace, expected);
  }

  private static boolean opens(TransportAead aead, Packet packet, int offset) {
    int length = packet.plain.length;
    int sealedLength = packet.sealed.length;
    byte[] in = packet.sealed.clone();
    byte[] elsewhere = new byte[sealedLength + 2 * MARGIN];
    byte[] inPlace = framed(packet.sealed, sealedLength, offset);
    return aead.open(packet.key, packet.counter, in, 0, sealedLength, elsewhere, offset) == length
        && Arrays.equals(in, packet.sealed)
        && Arrays.equals(elsewhere, framed(packet.plain, sealedLength, offset))
        && aead.open(packet.key, packet.counter, inPlace, offset, sealedLength, inPlace, offset)
            == length
        && Arrays.equals(inPlace, offset, offset + length, packet.plain, 0, length);
  }

  /** Of chance, a byte of the packet and one of the tag; and a packet cut short by one. */
  private boolean refuses(TransportAead aead, Packet packet, int offset) {
    int length = packet.sealed.length;
    return refuses(aead, packet, offset, chance.nextInt(length), length)
        && refuses(aead, packet, offset, packet.plain.length + chance.nextInt(16), length)
        && refuses(aead, packet, offset, -1, length - 1);
  }

  private boolean refuses(
      TransportAead aead, Packet packet, int offset, int forgedByte, int length) {
    byte[] forged = framed(packet.sealed, packet.sealed.length, offset);
    if (forgedByte >= 0) {
      forged[offset + forgedByte] ^= (byte) (1 << chance.nextInt(8));
    }
    byte[] before = forged.clone();
    byte[] out = new byte[forged.length];
    return aead.open(packet.key, packet.counter, forged, offset, length, out, offset) == -1
        && ConstantTime.isZero(out)
        && aead.open(packet.key, packet.counter, forged, offset, length, forged, offset) == -1
        && Arrays.equals(forged, before);
  }

  /** The bytes at the offset, in zeros that must stay zeros. */
  private static byte[] framed(byte[] bytes, int room, int offset) {
    byte[] framed = new byte[room + 2 * MARGIN];
    System.arraycopy(bytes, 0, framed, offset, bytes.length);
    return framed;
  }
}
