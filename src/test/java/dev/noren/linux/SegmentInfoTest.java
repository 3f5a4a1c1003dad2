package dev.noren.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SegmentInfoTest {
  /** Length 20, level SOL_UDP, type UDP_GRO, 1452 bytes, padding. */
  private static final String GRO =
      "1400000000000000" + "11000000" + "68000000" + "ac050000" + "00000000";

  /** Length 20, level SOL_SOCKET, type UDP_GRO's number, 7, padding. */
  private static final String OTHER =
      "1400000000000000" + "01000000" + "68000000" + "07000000" + "00000000";

  @Test
  void itIsWrittenAsTheKernelReadsIt() {
    NativeBuffer buffer = Layouts.dirty(40);
    assertEquals(24, SegmentInfo.put(buffer, 8, 1452));
    assertEquals("1200000000000000" + "11000000" + "67000000" + "ac05", Layouts.hex(buffer, 8, 18));
    assertEquals("ffffffffffff", Layouts.hex(buffer, 26, 6));
    SegmentInfo.put(buffer, 8, 65535);
    assertEquals("ffff", Layouts.hex(buffer, 24, 2));
    assertEquals(SegmentInfo.SPACE, ControlMessage.space(SegmentInfo.SEGMENT_SIZE));
    assertEquals(SegmentInfo.SPACE, ControlMessage.space(SegmentInfo.GRO_SIZE));
  }

  @Test
  void itIsFoundBehindOthers() {
    NativeBuffer buffer = Layouts.of(OTHER + GRO);
    assertEquals(1452, SegmentInfo.find(buffer, 0, 48));
    assertEquals(1452, SegmentInfo.find(buffer, 0, 44));
    assertEquals(1452, SegmentInfo.find(buffer, 24, 24));
  }

  @Test
  void whatIsNotThereOrCutShortIsZero() {
    NativeBuffer buffer = Layouts.of(OTHER + GRO);
    assertEquals(0, SegmentInfo.find(buffer, 0, 0));
    assertEquals(0, SegmentInfo.find(buffer, 0, 24));
    assertEquals(0, SegmentInfo.find(buffer, 0, 43));
  }

  @Test
  void aMessageBlockHasRoomForItAndTheLocalAddress() {
    assertEquals(MessageBlock.CONTROL_SIZE, SegmentInfo.SPACE + PacketInfo.V6_SPACE);
  }
}
