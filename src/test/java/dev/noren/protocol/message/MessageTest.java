package dev.noren.protocol.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageTest {
  /** Each field begins where the one before it ends, and the numbers are the whitepaper's. */
  @Test
  void offsetsAddUp() {
    int[] initiation = {
      Initiation.SENDER,
      Initiation.EPHEMERAL,
      Initiation.STATIC,
      Initiation.TIMESTAMP,
      Initiation.MAC1,
      Initiation.MAC2,
      Initiation.SIZE
    };
    assertArrayEquals(sums(4, 4, 32, 32 + 16, 12 + 16, 16, 16), initiation);
    assertArrayEquals(new int[] {4, 8, 40, 88, 116, 132, 148}, initiation);

    int[] response = {
      Response.SENDER,
      Response.RECEIVER,
      Response.EPHEMERAL,
      Response.EMPTY,
      Response.MAC1,
      Response.MAC2,
      Response.SIZE
    };
    assertArrayEquals(sums(4, 4, 4, 32, 16, 16, 16), response);
    assertArrayEquals(new int[] {4, 8, 12, 44, 60, 76, 92}, response);

    int[] cookieReply = {
      CookieReply.RECEIVER, CookieReply.NONCE, CookieReply.COOKIE, CookieReply.SIZE
    };
    assertArrayEquals(sums(4, 4, 24, 16 + 16), cookieReply);
    assertArrayEquals(new int[] {4, 8, 32, 64}, cookieReply);

    int[] transport = {Transport.RECEIVER, Transport.COUNTER, Transport.CIPHERTEXT};
    assertArrayEquals(sums(4, 4, 8), transport);
    assertEquals(32, Transport.MIN_SIZE);
    assertEquals(32, Transport.OVERHEAD);

    assertEquals(Initiation.MAC1, HandshakeMacs.mac1(Initiation.SIZE));
    assertEquals(Initiation.MAC2, HandshakeMacs.mac2(Initiation.SIZE));
    assertEquals(Response.MAC1, HandshakeMacs.mac1(Response.SIZE));
    assertEquals(Response.MAC2, HandshakeMacs.mac2(Response.SIZE));
  }

  private static int[] sums(int... sizes) {
    int[] sums = new int[sizes.length];
    int sum = 0;
    for (int i = 0; i < sizes.length; i++) {
      sum += sizes[i];
      sums[i] = sum;
    }
    return sums;
  }

  @ParameterizedTest
  @CsvSource({
    "1, 148, 1",
    "1, 147, 0",
    "1, 149, 0",
    "1, 92, 0",
    "2, 92, 2",
    "2, 91, 0",
    "2, 93, 0",
    "2, 148, 0",
    "3, 64, 3",
    "3, 63, 0",
    "3, 65, 0",
    "4, 32, 4",
    "4, 31, 0",
    "4, 33, 4",
    "4, 1452, 4",
    "0, 148, 0",
    "5, 148, 0",
    "-1, 148, 0",
    "0x101, 148, 0",
    "0x10001, 148, 0",
    "0x1000001, 148, 0",
    "0x4000000, 32, 0",
  })
  void theTypeIsThatOfTheFirstFourBytesIfTheLengthFits(String type, int length, int expected) {
    byte[] datagram = new byte[length + 7];
    LittleEndian.putInt32(datagram, 7, Integer.decode(type));
    assertEquals(expected, MessageType.of(datagram, 7, length));
  }

  @Test
  void lessThanATypeIsNoMessage() {
    byte[] datagram = {4, 0, 0, 0};
    for (int length = 0; length <= 4; length++) {
      assertEquals(MessageType.NONE, MessageType.of(datagram, 0, length));
    }
    assertEquals(MessageType.NONE, MessageType.of(new byte[0], 0, 0));
  }

  /** A mistake that others shipped: a crash on an oversized datagram. */
  @Test
  void anOversizedDatagramIsTransportOrNothing() {
    byte[] datagram = new byte[65535];
    for (int type = 0; type < 6; type++) {
      datagram[0] = (byte) type;
      assertEquals(type == 4 ? 4 : 0, MessageType.of(datagram, 0, datagram.length));
    }
  }

  /** A mistake that others shipped: a counter of 32 bits. */
  @Test
  void numbersAreLittleEndianAndWhole() {
    byte[] b = new byte[34];
    Transport.writeHeader(b, 2, 0xa1b2c3d4, 0x8182838485868788L);
    assertEquals("0000" + "04000000" + "d4c3b2a1" + "8887868584838281", hex(b, 18));
    assertEquals(0xa1b2c3d4, Transport.receiver(b, 2));
    assertEquals(0x8182838485868788L, Transport.counter(b, 2));

    Initiation.writeHeader(b, 1, 0x01020304);
    assertEquals("00" + "01000000" + "04030201", hex(b, 9));
    assertEquals(0x01020304, Initiation.sender(b, 1));

    Response.writeHeader(b, 1, 0x01020304, 0xf1f2f3f4);
    assertEquals("00" + "02000000" + "04030201" + "f4f3f2f1", hex(b, 13));
    assertEquals(0x01020304, Response.sender(b, 1));
    assertEquals(0xf1f2f3f4, Response.receiver(b, 1));

    CookieReply.writeHeader(b, 1, 0xf1f2f3f4);
    assertEquals("00" + "03000000" + "f4f3f2f1", hex(b, 9));
    assertEquals(0xf1f2f3f4, CookieReply.receiver(b, 1));
  }

  private static String hex(byte[] bytes, int length) {
    return HexFormat.of().formatHex(bytes, 0, length);
  }
}
