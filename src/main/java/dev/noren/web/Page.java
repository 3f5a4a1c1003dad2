package dev.noren.web;

import dev.noren.text.Language;
import dev.noren.text.Sentence;
import java.util.List;

/**
 * What every page knows of itself.
 *
 * @param name which page: its template's name
 * @param title what it is called
 * @param language what it is written in
 * @param proof what it shows with each change, or "" before somebody signed in
 * @param box the box's name
 * @param assets where its files are
 */
record Page(
    String name, Sentence title, Language language, String proof, String box, Assets assets) {
  /** The pages that the navigation leads to, and where they are. */
  static final List<Link> LINKS =
      List.of(
          new Link("home", "/", Sentence.of("page.home")),
          new Link("devices", "/devices", Sentence.of("page.devices")),
          new Link("shops", "/shops", Sentence.of("page.shops")),
          new Link("tunnels", "/tunnels", Sentence.of("page.tunnels")),
          new Link("care", "/care", Sentence.of("page.care")));

  /** A page of the navigation. */
  record Link(String name, String path, Sentence title) {}

  /** The words of a row. */
  String say(String key, Object... arguments) {
    return Sentence.of(key, arguments).in(language);
  }

  /** The words of a sentence. */
  String say(Sentence sentence) {
    return sentence.in(language);
  }

  String asset(String file) {
    return assets.path(file);
  }

  boolean isSignedIn() {
    return !proof.isEmpty();
  }

  /** The other language's code. */
  String other() {
    return language == Language.JAPANESE ? "en" : "ja";
  }
}
