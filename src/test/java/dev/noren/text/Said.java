package dev.noren.text;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Pattern;

/** Sentences as they are said. */
public final class Said {
  private static final Pattern KANA = Pattern.compile("[\\p{IsHiragana}]");

  /** Words that no name, command or path of the document has. */
  private static final Pattern ENGLISH =
      Pattern.compile("(?i)\\b(the|is|are|was|were|not|its|give|nothing|than|which)\\b");

  private Said() {}

  /** In English. */
  public static List<String> english(List<Sentence> sentences) {
    return sentences.stream().map(Sentence::toString).toList();
  }

  /** Checks that a sentence is whole in Japanese, whatever goes into it. */
  public static void assertJapanese(Sentence sentence) {
    String said = sentence.in(Language.JAPANESE);
    assertTrue(KANA.matcher(said).find(), said);
    assertTrue(said.endsWith("。"), said);
    assertFalse(ENGLISH.matcher(said).find(), said);
    assertNotEquals(sentence.toString(), said);
  }
}
