package dev.noren.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeyParsingTest {
  private static final String BASE64 = "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=";

  private static final List<Function<String, Object>> BASE64_PARSERS =
      List.of(PublicKey::parseBase64, PrivateKey::parseBase64, PresharedKey::parseBase64);
  private static final List<Function<String, Object>> HEX_PARSERS =
      List.of(PublicKey::parseHex, PrivateKey::parseHex, PresharedKey::parseHex);

  @Test
  void bothTextsAgreeWithTheJdksCodecs() {
    Random random = new Random(99);
    for (int i = 0; i < 500; i++) {
      byte[] bytes = new byte[32];
      random.nextBytes(bytes);
      String base64 = Base64.getEncoder().encodeToString(bytes);
      String hex = HexFormat.of().formatHex(bytes);
      assertEquals(base64, PublicKey.of(bytes).toBase64());
      assertEquals(hex, PublicKey.of(bytes).toHex());
      assertArrayEquals(bytes, PublicKey.parseBase64(base64).bytes());
      assertArrayEquals(bytes, PublicKey.parseHex(hex).bytes());
      assertArrayEquals(bytes, PublicKey.parseHex(hex.toUpperCase(Locale.ROOT)).bytes());
      assertEquals(base64, PresharedKey.parseHex(hex).toBase64());
      assertEquals(hex, PresharedKey.parseBase64(base64).toHex());
    }
  }

  static List<String> wrongBase64() {
    List<String> wrong =
        new ArrayList<>(
            List.of(
                "",
                "=",
                BASE64.substring(1),
                BASE64 + "=",
                " " + BASE64.substring(1),
                BASE64.replace('=', 'A'),
                BASE64.replace("Dg=", "D=="),
                BASE64.replace("8Dg=", "8Dh="), // the last two bits are not zero
                BASE64.replace("8Dg=", "8Di=")));
    for (char c : "-_=.@[`{:\n\0\u00e9\u0141\uffff".toCharArray()) {
      wrong.add(c + BASE64.substring(1));
      wrong.add(BASE64.substring(0, 20) + c + BASE64.substring(21));
      wrong.add(BASE64.substring(0, 42) + c + "=");
    }
    return wrong;
  }

  @ParameterizedTest
  @MethodSource("wrongBase64")
  void refusesWrongBase64WithoutRepeatingIt(String text) {
    for (Function<String, Object> parser : BASE64_PARSERS) {
      assertRefused(parser, text, "44 characters of base64");
    }
  }

  static List<String> wrongHex() {
    String hex = PublicKey.parseBase64(BASE64).toHex();
    List<String> wrong =
        new ArrayList<>(List.of("", hex.substring(1), hex + "0", "0x" + hex.substring(2)));
    for (char c : "gG/:@`\0 \u0130\uff10".toCharArray()) {
      wrong.add(c + hex.substring(1));
      wrong.add(hex.substring(0, 63) + c);
    }
    return wrong;
  }

  @ParameterizedTest
  @MethodSource("wrongHex")
  void refusesWrongHexWithoutRepeatingIt(String text) {
    for (Function<String, Object> parser : HEX_PARSERS) {
      assertRefused(parser, text, "64 hexadecimal digits");
    }
  }

  private static void assertRefused(
      Function<String, Object> parser, String text, String expectation) {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> parser.apply(text));
    assertTrue(refusal.getMessage().contains(expectation), refusal.getMessage());
    assertNull(refusal.getCause(), "a cause could quote the key");
    for (int i = 0; i + 4 <= text.length(); i++) {
      assertFalse(refusal.getMessage().contains(text.substring(i, i + 4)));
    }
  }

  @Test
  void refusesAnythingBut32Bytes() {
    for (int size : new int[] {0, 31, 33}) {
      byte[] bytes = new byte[size];
      assertThrows(IllegalArgumentException.class, () -> PublicKey.of(bytes));
      assertThrows(IllegalArgumentException.class, () -> PrivateKey.of(bytes));
      assertThrows(IllegalArgumentException.class, () -> PresharedKey.of(bytes));
      assertThrows(IllegalArgumentException.class, () -> TransportKey.of(bytes));
    }
  }

  @Test
  void publicKeysAreValues() {
    PublicKey key = PublicKey.parseBase64(BASE64);
    byte[] bytes = key.bytes();
    assertEquals(key, PublicKey.of(bytes));
    assertEquals(key.hashCode(), PublicKey.of(bytes).hashCode());
    assertEquals(BASE64, key.toString());
    bytes[0] ^= 1;
    assertNotEquals(key, PublicKey.of(bytes));
    assertEquals(BASE64, key.toBase64(), "the copy that was handed out is not the key");
    byte[] message = new byte[40];
    key.copyTo(message, 5);
    assertEquals(key, PublicKey.of(message, 5));
  }

  @Test
  void noPresharedKeyIsAllZeros() {
    assertTrue(PresharedKey.NONE.isNone());
    assertTrue(PresharedKey.parseHex("00".repeat(32)).isNone());
    assertEquals(PresharedKey.NONE, PresharedKey.of(new byte[32]));
    assertFalse(PresharedKey.parseBase64(BASE64).isNone());
    PresharedKey none = PresharedKey.NONE;
    none.wipe();
    assertArrayEquals(new byte[32], none.bytes(), "NONE is everybody's, so it stays usable");
    assertSame(none, PresharedKey.NONE);
  }

  @Test
  void aWipedPresharedKeyDoesNotPassForNone() {
    PresharedKey key = PresharedKey.generate(new Random(5));
    assertEquals("(preshared key)", key.toString());
    key.wipe();
    assertFalse(key.isNone());
    assertNotEquals(PresharedKey.NONE, key);
    assertThrows(IllegalStateException.class, key::bytes);
  }
}
