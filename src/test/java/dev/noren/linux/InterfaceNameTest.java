package dev.noren.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InterfaceNameTest {
  @ParameterizedTest
  @ValueSource(strings = {"wg0", "a", "123456789012345", "shop-1.2_x=+", "..."})
  void ordinaryNamesPass(String name) throws LinuxException {
    assertEquals(name, InterfaceName.check(name));
  }

  @Test
  void aLongNameIsToldItsLimit() {
    LinuxException refused =
        assertThrows(LinuxException.class, () -> InterfaceName.check("1234567890123456"));
    assertEquals(Errno.ENAMETOOLONG, refused.errno());
    assertEquals(
        "the interface name \"1234567890123456\" is too long: at most 15 bytes",
        refused.getMessage());
  }

  @Test
  void theLimitIsInBytes() {
    LinuxException refused =
        assertThrows(LinuxException.class, () -> InterfaceName.check("暖簾暖簾暖簾"));
    assertEquals(Errno.ENAMETOOLONG, refused.errno());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {".", "..", "a/b", "a:b", "a b", "wg%d", "a\n", "a\u0000", "é", "a\u001b[2J"})
  void otherCharactersAreRefusedAndNotRepeatedRaw(String name) {
    LinuxException refused = assertThrows(LinuxException.class, () -> InterfaceName.check(name));
    assertEquals(Errno.EINVAL, refused.errno());
    assertEquals(
        "the interface name \""
            + name.replaceAll("[\\n\\u0000é\\u001b]", "?")
            + "\" is not allowed: use letters, digits and _ = + . - only",
        refused.getMessage());
  }

  @Test
  void anEmptyNameIsRefused() {
    LinuxException refused = assertThrows(LinuxException.class, () -> InterfaceName.check(""));
    assertEquals("the interface name is empty: give one, as in wg0", refused.getMessage());
  }
}
