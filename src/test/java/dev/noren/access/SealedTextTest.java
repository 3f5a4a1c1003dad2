package dev.noren.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealedTextTest {
  private static final String TEXT = "{\"name\": \"お店\"}\n".repeat(50);
  private static final SecureRandom CHANCE = new SecureRandom();

  @Test
  void onlyThePassphraseOpensIt() {
    String sealed = SealedText.seal(TEXT, "合言葉 one", CHANCE);
    assertTrue(SealedText.isSealed(sealed));
    assertFalse(sealed.contains("name"));
    assertTrue(sealed.lines().allMatch(line -> line.length() <= 130), "lines are short");
    assertEquals(TEXT, SealedText.open(sealed, "合言葉 one"));
    assertNull(SealedText.open(sealed, "合言葉 two"));
    assertNotEquals(sealed, SealedText.seal(TEXT, "合言葉 one", CHANCE));
  }

  @Test
  void aMailMayChangeItsLineEnds() {
    String sealed = SealedText.seal(TEXT, "x", CHANCE);
    assertEquals(TEXT, SealedText.open("\r\n" + sealed.replace("\n", "\r\n") + "\n\n", "x"));
  }

  @Test
  void whatWasChangedIsNotOpened() {
    String sealed = SealedText.seal(TEXT, "x", CHANCE);
    int at = sealed.length() / 2;
    char other = sealed.charAt(at) == 'A' ? 'B' : 'A';
    assertNull(SealedText.open(sealed.substring(0, at) + other + sealed.substring(at + 1), "x"));
    assertNull(SealedText.open(sealed.replace(" t=10 ", " t=11 "), "x"));
    assertNull(SealedText.open(sealed.lines().findFirst().orElseThrow() + "\nAAAA\n", "x"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "noren-sealed-1 argon2id",
        "noren-sealed-2 argon2id m=7168 t=10 salt=AAAAAAAAAAAAAAAAAAAAAA== nonce=AAAA\nAAAA",
      })
  void anotherFileIsNone(String text) {
    assertThrows(IllegalArgumentException.class, () -> SealedText.open(text, "x"));
  }

  /** A file from elsewhere can't have the box fill its memory. */
  @ParameterizedTest
  @ValueSource(strings = {"m=99999 t=10", "m=7168 t=99", "m=1 t=1", "m=7168 t=0"})
  void whatCostsTooMuchIsRefused(String cost) {
    String sealed = SealedText.seal(TEXT, "x", CHANCE).replace("m=7168 t=10", cost);
    assertThrows(IllegalArgumentException.class, () -> SealedText.open(sealed, "x"));
  }
}
