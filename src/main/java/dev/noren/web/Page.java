package dev.noren.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.noren.text.Language;
import dev.noren.text.Sentence;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What every page knows of itself.
 *
 * @param name which page: its template's name
 * @param title what it is called
 * @param language what it is written in
 * @param proof what it shows with each change, or "" before somebody signed in
 * @param box the box's name
 * @param query what its address says that another language has to keep, each with & behind it
 * @param trial whether it shows a change that is undone unless somebody confirms it
 * @param assets where its files are
 */
record Page(
    String name,
    Sentence title,
    Language language,
    String proof,
    String box,
    String query,
    boolean trial,
    Assets assets) {
  /** The pages that the navigation leads to, and where they are. */
  static final List<Link> LINKS =
      List.of(
          new Link("home", "/", Sentence.of("page.home")),
          new Link("devices", "/devices", Sentence.of("page.devices")),
          new Link("shops", "/shops", Sentence.of("page.shops")),
          new Link("tunnels", "/tunnels", Sentence.of("page.tunnels")),
          new Link("check", "/check", Sentence.of("page.check")),
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

  /** The words of a sentence, or none where there is none. */
  String sayOr(Sentence sentence) {
    return sentence == null ? "" : say(sentence);
  }

  /** The words for something that the wizard's table names. */
  String word(String what, String name) {
    return say(Advice.word(what, name));
  }

  /** A name as a part of an address. */
  String encoded(String name) {
    return URLEncoder.encode(name, UTF_8).replace("+", "%20");
  }

  /** Several, with what the language puts between them. */
  String joined(List<?> several) {
    return several.stream()
        .map(Object::toString)
        .collect(Collectors.joining(language == Language.JAPANESE ? "、" : ", "));
  }

  /** A time of day with its date, as the box's clock has it. */
  String time(Instant time) {
    return Measures.time(time);
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
