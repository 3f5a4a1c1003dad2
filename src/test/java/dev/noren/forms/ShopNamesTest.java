package dev.noren.forms;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ShopNamesTest {
  /** A letter beyond the first 65,536, which Java keeps as two units. */
  private static final String LETTER = "𠮷";

  @Test
  void aLetterIsKeptWholeOrNotAtAll() {
    assertEquals(LETTER.repeat(25), ShopNames.shown(LETTER.repeat(30)));
    assertEquals("a" + LETTER.repeat(24), ShopNames.shown("a" + LETTER.repeat(30)));
    assertEquals("a".repeat(49), ShopNames.shown("a".repeat(49) + LETTER));
  }

  @Test
  void nothingOfTheRestComesAfterWhereItEnds() {
    assertEquals("a".repeat(49), ShopNames.shown("a".repeat(49) + LETTER + "b"));
  }

  @Test
  void halfALetterIsNone() {
    String half = LETTER.substring(0, 1);
    assertEquals("ab", ShopNames.shown("a" + half + "b"));
    assertEquals("shop", ShopNames.shown(half));
  }

  @Test
  void nothingIsDoneToATerminal() {
    assertEquals("吉野屋 [31m2".replace("[", ""), ShopNames.shown("吉野屋\u001b\u202e [31m2\n"));
  }
}
