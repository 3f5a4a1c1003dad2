package dev.noren.web;

import dev.noren.config.Form;
import dev.noren.text.Sentence;
import java.util.List;

/**
 * What the wizard says to somebody's answers.
 *
 * @param form the way of use
 * @param model how the ends are joined: equals, hub, calls-in or provider
 * @param cautions what to think of, as the table calls it
 * @param unfit why Noren is not the right thing, as the table calls it; empty where it is
 */
record Advice(Form.Kind form, String model, List<String> cautions, List<String> unfit) {
  Advice {
    cautions = List.copyOf(cautions);
    unfit = List.copyOf(unfit);
  }

  /**
   * A part of the picture of what is joined.
   *
   * @param name as the table calls it
   * @param encrypted whether the VPN encrypts from here to the next part
   */
  record Part(String name, boolean encrypted) {
    Sentence title() {
      return word("part", name);
    }

    Sentence term() {
      return word("term", name);
    }
  }

  /** The words for something that the table names. */
  static Sentence word(String what, String name) {
    String key = "advice." + what + "-" + name;
    return Sentence.of(key);
  }
}
