package dev.noren.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TunnelNameTest {
  @ParameterizedTest
  @CsvSource({
    "hq.conf, hq",
    "/etc/wireguard/wg0.conf, wg0",
    "./a_b=c+d.e-f.conf, a_b=c+d.e-f",
    "../123456789012345.conf, 123456789012345",
    "conf.conf, conf",
  })
  void isTheFileNameWithoutItsEnd(String path, String name) {
    assertEquals(name, TunnelName.ofFile(path).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"hq", "hq.txt", ".conf", "1234567890123456.conf", "h q.conf", "a/.conf", "..conf"})
  void refusesOtherFiles(String path) {
    assertThrows(IllegalArgumentException.class, () -> TunnelName.ofFile(path));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a/b", "a b", "wg%d", "wg:0", "é", "a\n"})
  void refusesWhatIsNoName(String text) {
    assertThrows(IllegalArgumentException.class, () -> new TunnelName(text));
    assertFalse(TunnelName.looksLike(text));
  }

  @Test
  void saysThatANameIsTooLong() {
    String long16 = "1234567890123456";
    IllegalArgumentException thrown =
        assertThrows(IllegalArgumentException.class, () -> new TunnelName(long16));
    assertEquals(
        "\"1234567890123456\" is too long for an interface: 15 characters at most",
        thrown.getMessage());
    assertTrue(TunnelName.looksLike(long16.substring(1)));
  }
}
