package dev.noren.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PacketInfoTest {
  /** Length 28, level IPPROTO_IP, type IP_PKTINFO, interface 3, 192.0.2.1, 192.0.2.255, padding. */
  private static final String V4 =
      "1c00000000000000"
          + "00000000"
          + "08000000"
          + "03000000"
          + "c0000201"
          + "c00002ff"
          + "00000000";

  /** Length 36, level IPPROTO_IPV6, type IPV6_PKTINFO, 2001:db8::5, interface 4, padding. */
  private static final String V6 =
      "2400000000000000"
          + "29000000"
          + "32000000"
          + "20010db8000000000000000000000005"
          + "04000000"
          + "00000000";

  /** A message of another level: length 20, SOL_SOCKET, type 29, four bytes of data, padding. */
  private static final String OTHER =
      "1400000000000000" + "01000000" + "1d000000" + "aabbccdd" + "00000000";

  @Test
  void v4IsWrittenAsTheKernelReadsIt() {
    NativeBuffer buffer = Layouts.dirty(40);
    assertEquals(32, PacketInfo.putV4(buffer, 8, 3, 0xc0000201));
    assertEquals(
        "1c00000000000000" + "00000000" + "08000000" + "03000000" + "c0000201" + "00000000",
        Layouts.hex(buffer, 8, 28));
    assertEquals(PacketInfo.V4_SPACE, ControlMessage.space(PacketInfo.V4_SIZE));
  }

  @Test
  void v6IsWrittenAsTheKernelReadsIt() {
    NativeBuffer buffer = Layouts.dirty(48);
    assertEquals(40, PacketInfo.putV6(buffer, 8, 4, 0x20010db800000000L, 5));
    assertEquals(V6.substring(0, 72), Layouts.hex(buffer, 8, 36));
    assertEquals(PacketInfo.V6_SPACE, ControlMessage.space(PacketInfo.V6_SIZE));
  }

  @Test
  void v4IsFoundBehindOthers() {
    NativeBuffer buffer = Layouts.of(OTHER + V4);
    int data = PacketInfo.findV4(buffer, 0, buffer.size());
    assertEquals(24 + 16, data);
    assertEquals(3, PacketInfo.v4Interface(buffer, data));
    assertEquals(0xc0000201, PacketInfo.v4Local(buffer, data));
    assertEquals(-1, PacketInfo.findV6(buffer, 0, buffer.size()));
  }

  @Test
  void v6IsFoundBehindOthers() {
    NativeBuffer buffer = Layouts.of(OTHER + V6);
    int data = PacketInfo.findV6(buffer, 0, buffer.size());
    assertEquals(24 + 16, data);
    assertEquals(0x20010db800000000L, PacketInfo.v6High(buffer, data));
    assertEquals(5, PacketInfo.v6Low(buffer, data));
    assertEquals(4, PacketInfo.v6Interface(buffer, data));
    assertEquals(-1, PacketInfo.findV4(buffer, 0, buffer.size()));
  }

  @Test
  void theLastMessageMayLackItsPadding() {
    NativeBuffer buffer = Layouts.of(V4);
    assertEquals(16, PacketInfo.findV4(buffer, 0, 28));
  }

  @Test
  void whatIsCutShortIsNotFound() {
    NativeBuffer buffer = Layouts.of(V4);
    assertEquals(-1, PacketInfo.findV4(buffer, 0, 0));
    assertEquals(-1, PacketInfo.findV4(buffer, 0, 15));
    assertEquals(-1, PacketInfo.findV4(buffer, 0, 27));
    NativeBuffer shorter = Layouts.of("1b" + V4.substring(2));
    assertEquals(-1, PacketInfo.findV4(shorter, 0, 32));
  }

  @Test
  void aLengthOfNonsenseEndsTheSearch() {
    assertEquals(-1, PacketInfo.findV4(Layouts.of("0000000000000000" + OTHER + V4), 0, 64));
    assertEquals(-1, PacketInfo.findV4(Layouts.of("ffffffffffffffff" + OTHER + V4), 0, 64));
    assertEquals(-1, PacketInfo.findV4(Layouts.of("ffffff7f00000000" + OTHER + V4), 0, 64));
  }
}
