package dev.noren.web;

import dev.noren.text.Sentence;

/**
 * One part of the way from a device to where it wants to.
 *
 * @param key which part: device, router, line, tunnel, far or beyond
 * @param title what people call it
 * @param term the technical term for it
 * @param state good, unsure, bad or off
 * @param value how it is, in words
 * @param detail its technical value, as an address; "" for none
 * @param quality how fast and how surely it answers, or null where nobody asks it
 */
record PartView(
    String key,
    Sentence title,
    Sentence term,
    String state,
    Sentence value,
    String detail,
    Sentence quality) {
  static final String GOOD = "good";
  static final String UNSURE = "unsure";
  static final String BAD = "bad";
  static final String OFF = "off";

  /** One that nobody asks. */
  PartView(String key, Sentence title, Sentence term, String state, Sentence value, String detail) {
    this(key, title, term, state, value, detail, null);
  }
}
