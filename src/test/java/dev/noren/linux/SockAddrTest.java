package dev.noren.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SockAddrTest {
  @Test
  void v4IsLaidOutAsTheKernelReadsIt() {
    NativeBuffer buffer = Layouts.dirty(20);
    assertEquals(16, SockAddr.putV4(buffer, 2, 0xc0000201, 51820));
    assertEquals("ffff" + "0200" + "ca6c" + "c0000201" + "0000000000000000" + "ffff", all(buffer));
    assertEquals(SockAddr.AF_INET, SockAddr.family(buffer, 2));
    assertEquals(51820, SockAddr.port(buffer, 2));
    assertEquals(0xc0000201, SockAddr.v4Address(buffer, 2));
  }

  @Test
  void v6IsLaidOutAsTheKernelReadsIt() {
    NativeBuffer buffer = Layouts.dirty(32);
    assertEquals(28, SockAddr.putV6(buffer, 2, 0xfe80000000000001L, 0x0203040506070809L, 53, 7));
    assertEquals(
        "ffff"
            + "0a00"
            + "0035"
            + "00000000"
            + "fe800000000000010203040506070809"
            + "07000000"
            + "ffff",
        all(buffer));
    assertEquals(SockAddr.AF_INET6, SockAddr.family(buffer, 2));
    assertEquals(53, SockAddr.port(buffer, 2));
    assertEquals(0xfe80000000000001L, SockAddr.v6High(buffer, 2));
    assertEquals(0x0203040506070809L, SockAddr.v6Low(buffer, 2));
    assertEquals(7, SockAddr.v6Scope(buffer, 2));
  }

  private static String all(NativeBuffer buffer) {
    return Layouts.hex(buffer, 0, buffer.size());
  }
}
