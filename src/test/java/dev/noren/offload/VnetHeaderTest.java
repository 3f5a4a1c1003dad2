package dev.noren.offload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteOrder;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class VnetHeaderTest {
  @Test
  void everyFieldHasItsPlace() {
    assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN);
    byte[] bytes = new byte[VnetHeader.SIZE + 2];
    VnetHeader.write(bytes, 1, 0x01, 0x84, 0x0203, 0x8405, 0xf607, 0x0809);
    assertEquals("0001840302058407f6090800", HexFormat.of().formatHex(bytes));
    assertEquals(0x01, VnetHeader.flags(bytes, 1));
    assertEquals(0x84, VnetHeader.gsoType(bytes, 1));
    assertEquals(0x0203, VnetHeader.headerLength(bytes, 1));
    assertEquals(0x8405, VnetHeader.gsoSize(bytes, 1));
    assertEquals(0xf607, VnetHeader.checksumStart(bytes, 1));
    assertEquals(0x0809, VnetHeader.checksumOffset(bytes, 1));
  }

  @Test
  void clearWritesTenZeros() {
    byte[] bytes = HexFormat.of().parseHex("ffffffffffffffffffffffff");
    VnetHeader.clear(bytes, 1);
    assertArrayEquals(HexFormat.of().parseHex("ff00000000000000000000ff"), bytes);
  }
}
