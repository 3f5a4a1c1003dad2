package dev.noren.cli;

import dev.noren.config.Form;
import dev.noren.config.Suggestion;
import dev.noren.text.Refused;
import dev.noren.text.Sentence;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

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
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Which one a word of the document means.
   *
   * @throws IllegalArgumentException with a sentence, where it means none
   */
  static Form.Kind kind(String word) {
    for (Form.Kind kind : Form.Kind.values()) {
      if (word(kind).equals(word)) {
        return kind;
      }
    }
    List<String> words = Arrays.stream(Form.Kind.values()).map(FormWords::word).toList();
    String near = Suggestion.nearest(word, words);
    throw near != null
        ? new Refused("form.no-kind-near", Wrapping.clean(word), near)
        : new Refused("form.no-kind", Wrapping.clean(word), words);
  }
}
