package dev.noren.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class MessageBlockTest {
  private final MessageBlock block = new MessageBlock(100);
  private final NativeBuffer buffer = block.buffer();

  @Test
  void thePointersLeadToThePartsOfTheBlock() {
    long base = buffer.address();
    assertEquals(base + 72, buffer.getLong(0));
    assertEquals(base + 56, buffer.getLong(16));
    assertEquals(1, buffer.getLong(24));
    assertEquals(base + 104, buffer.getLong(32));
    assertEquals(base + 168, buffer.getLong(56));
    assertEquals(100, block.dataSize());
    assertEquals(268, buffer.size());
  }

  @Test
  void whatIsSentIsSaidInFour() {
    block.toSend(16, 32, 50);
    assertEquals("10000000", Layouts.hex(buffer, 8, 4));
    assertEquals("2000000000000000", Layouts.hex(buffer, 40, 8));
    assertEquals("3200000000000000", Layouts.hex(buffer, 64, 8));
    assertEquals("00000000", Layouts.hex(buffer, 48, 4));
  }

  @Test
  void aReceiveIsGivenAllTheRoomAgain() {
    block.toSend(16, 32, 50);
    buffer.putInt(48, MessageBlock.MSG_TRUNC);
    assertEquals(MessageBlock.MSG_TRUNC, block.flags());
    assertEquals(32, block.controlLength());
    block.toReceive(100);
    assertEquals("20000000", Layouts.hex(buffer, 8, 4));
    assertEquals("4000000000000000", Layouts.hex(buffer, 40, 8));
    assertEquals("6400000000000000", Layouts.hex(buffer, 64, 8));
    assertEquals(0, block.flags());
  }
}
