package dev.noren.cli;

import dev.noren.config.Form;
import dev.noren.text.Sentence;

/** The ways of use in words. */
final class FormWords {
  private FormWords() {}

  /** In plain words, with the technical term. */
  static Sentence wayOfUse(Form.Kind kind) {
    return Sentence.of(
        switch (kind) {
          case SITE -> "way.site";
          case REMOTE -> "way.remote";
          case CLOUD -> "way.cloud";
          case VDI -> "way.vdi";
          case ROUTER -> "way.router";
        });
  }

  /** As the document has it. */
  static String word(Form.Kind kind) {
    return EnumWords.word(kind);
  }

  /**
   * Which one a word of the document means.
   *
   * @throws IllegalArgumentException with a sentence, where it means none
   */
  static Form.Kind kind(String word) {
    return EnumWords.of(Form.Kind.values(), word, "form.no-kind", "form.no-kind-near");
  }
}
