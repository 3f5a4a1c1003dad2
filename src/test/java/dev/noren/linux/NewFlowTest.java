package dev.noren.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Messages as a kernel 6.18 sent them. */
class NewFlowTest {
  /** TCP from 127.0.0.1:41562 to 127.0.0.1:9, mark 0x6e720101. */
  private static final String TCP =
      "cc000000000100060000000000000000020000003400018014000180080001007f000001080002007f000001"
          + "1c000280050001000600000006000200a25a0000060003000009000034000280140001800800"
          + "01007f000001080002007f0000011c0002800500010006000000060002000009000006000300a25a0000"
          + "08000c00045da36508000300000000080800070000000078300004802c0001800500010001000000"
          + "050002000a000000050003000000000006000400030000000600050000000000080008006e720101";

  /** An echo request from fd00::1 to itself. */
  private static final String ECHO_6 =
      "dc0000000001000600000000000000000a000000540001802c00018014000300fd00000000000000"
          + "000000000000000114000400fd000000000000000000000000000001"
          + "24000280050001003a0000000600070052030000050008008000000005000900000000005400028"
          + "02c00018014000300fd00000000000000000000000000000114000400fd00000000000000000000"
          + "000000000124000280050001003a0000000600070052030000050008008100000005000900000000"
          + "0008000c00583cff8a0800030000000008080007000000001e080008006e720101";

  private static NewFlow read(String hex) {
    NativeBuffer buffer = Layouts.of("ffffffff" + hex);
    NetlinkMessage message = NetlinkMessage.received(buffer, 4, buffer.size());
    return message.next() ? NewFlow.read(message) : null;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  @Test
  void theKernelsMessageIsRead() {
    // Each of the four addresses another one.
    NewFlow flow =
        read(
            TCP.replaceFirst("080002007f000001", "08000200c6120010")
                .replaceFirst("(080001007f000001.*)080001007f000001", "$108000100c6120011")
                .replaceFirst("080002007f000001", "0800020064400702"));
    assertNotNull(flow);
    assertEquals(6, flow.protocol());
    assertEquals("7f000001", hex(flow.source()));
    assertEquals("c6120010", hex(flow.destination()));
    assertEquals(9, flow.port());
    assertEquals("c6120011", hex(flow.answersFrom()));
    assertEquals("64400702", hex(flow.answersTo()));
    assertEquals(0x6e720101, flow.mark());
  }

  @Test
  void aFlowOfIpv6MayHaveNoPort() {
    NewFlow flow = read(ECHO_6);
    assertNotNull(flow);
    assertEquals(58, flow.protocol());
    assertEquals("fd" + "00".repeat(14) + "01", hex(flow.source()));
    assertEquals(0, flow.port());
    assertEquals(0x6e720101, flow.mark());
  }

  @Test
  void withoutAMarkItHasNone() {
    assertEquals(0, read(TCP.replace("080008006e720101", "080063006e720101")).mark());
  }

  @Test
  void whatIsNoFlowOrHalfOfOneIsNone() {
    assertNull(read(TCP.replaceFirst("00010006", "02010006")), "it has ended");
    assertNull(read(TCP.replaceFirst("00010006", "00020006")), "of another subsystem");
    assertNull(read(TCP.replaceFirst("34000180", "34006380")), "without a source");
    assertNull(read(TCP.replaceFirst("34000280", "34006380")), "without answers");
    assertNull(read(TCP.replaceFirst("05000100", "05006300")), "without a protocol");
    assertNull(read(TCP.replaceFirst("080001007f000001", "070001007f000001")), "three bytes");
  }

  /** What the kernel never sends is nothing or a whole flow, and never an exception. */
  @Test
  void nonsenseIsSurvived() {
    Random random = new Random(7);
    int flows = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = HexFormat.of().parseHex(i % 2 == 0 ? TCP : ECHO_6);
      for (int j = random.nextInt(4); j >= 0; j--) {
        bytes[4 + random.nextInt(bytes.length - 4)] = (byte) random.nextInt();
      }
      NewFlow flow = read(hex(bytes));
      if (flow != null) {
        flows++;
        assertEquals(flow.source().length, flow.destination().length);
        assertEquals(flow.source().length, flow.answersFrom().length);
        assertEquals(flow.source().length, flow.answersTo().length);
      }
    }
    assertTrue(flows > 0 && flows < 20_000, flows + " flows");
  }
}
