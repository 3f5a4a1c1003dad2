package dev.noren.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class NativeBufferTest {
  @Test
  void networkOrderIsBigEndianAndTheRestIsTheMachines() {
    NativeBuffer buffer = new NativeBuffer(28);
    buffer.putShort(0, 0x0102);
    buffer.putNetworkShort(2, 0x0102);
    buffer.putInt(4, 0x01020304);
    buffer.putNetworkInt(8, 0x01020304);
    buffer.putLong(12, 0x0102030405060708L);
    buffer.putNetworkLong(20, 0x0102030405060708L);
    assertEquals(
        "0201" + "0102" + "04030201" + "01020304" + "0807060504030201" + "0102030405060708",
        Layouts.hex(buffer, 0, 28));
    assertEquals(0x0102, buffer.getShort(0));
    assertEquals(0x0102, buffer.getNetworkShort(2));
    assertEquals(0x01020304, buffer.getInt(4));
    assertEquals(0x01020304, buffer.getNetworkInt(8));
    assertEquals(0x0102030405060708L, buffer.getLong(12));
    assertEquals(0x0102030405060708L, buffer.getNetworkLong(20));
  }

  @Test
  void smallNumbersAreUnsigned() {
    NativeBuffer buffer = Layouts.dirty(2);
    assertEquals(255, buffer.getByte(0));
    assertEquals(65535, buffer.getShort(0));
    assertEquals(65535, buffer.getNetworkShort(0));
  }

  @Test
  void textEndsWithZero() {
    NativeBuffer text = NativeBuffer.ofText("暖簾");
    assertEquals("e69a96e7b0be00", Layouts.hex(text, 0, text.size()));
    assertEquals("暖簾", text.getText(0, text.size()));
    assertEquals("暖", text.getText(0, 3));
  }

  @Test
  void beginsAsZerosAndCanBeZeroedAgain() {
    NativeBuffer buffer = new NativeBuffer(4);
    assertEquals("00000000", Layouts.hex(buffer, 0, 4));
    buffer.putInt(0, -1);
    buffer.zero(1, 2);
    assertEquals("ff0000ff", Layouts.hex(buffer, 0, 4));
  }

  @Test
  void nothingIsWrittenPastTheEnd() {
    NativeBuffer buffer = new NativeBuffer(8);
    assertThrows(IndexOutOfBoundsException.class, () -> buffer.putLong(1, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> buffer.put(0, new byte[9], 0, 9));
    assertThrows(IndexOutOfBoundsException.class, () -> buffer.get(4, new byte[9], 0, 5));
  }
}
