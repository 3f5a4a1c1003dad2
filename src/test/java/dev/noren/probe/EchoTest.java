package dev.noren.probe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class EchoTest {
  private static final byte[] TOKEN = HexFormat.of().parseHex("0102030405060708");

  @Test
  void aRequestHasItsChecksum() {
    // 0800 + 1234 + 0005 + 0102 + 0304 + 0506 + 0708 = 2a4d, and its complement.
    assertArrayEquals(
        HexFormat.of().parseHex("0800d5b2123400050102030405060708"),
        Echo.request(false, 0x1234, 5, TOKEN));
    assertArrayEquals(
        HexFormat.of().parseHex("80000000123400050102030405060708"),
        Echo.request(true, 0x1234, 5, TOKEN));
  }

  private static int round(boolean v6, String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    return Echo.round(v6, bytes, bytes.length, 0x1234, TOKEN);
  }

  @Test
  void onlyOurReplyCounts() {
    String header = "45".repeat(20);
    assertEquals(5, round(false, header + "0000ffff123400050102030405060708"));
    assertEquals(5, round(true, "8100ffff123400050102030405060708"));
    assertEquals(-1, round(true, "8000ffff123400050102030405060708"), "the request");
    assertEquals(-1, round(true, "8100ffff123500050102030405060708"), "another id");
    assertEquals(-1, round(true, "8100ffff123400050102030405060709"), "another token");
    assertEquals(-1, round(true, "8100ffff1234000501020304050607"), "too short");
    assertEquals(-1, round(true, ""));
    assertEquals(-1, round(false, ""));
    assertEquals(-1, round(false, "4f"));
    assertEquals(-1, round(false, "8100ffff123400050102030405060708"));
  }
}
