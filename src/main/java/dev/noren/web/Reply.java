package dev.noren.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.noren.control.RecordJson;
import dev.noren.text.Language;
import dev.noren.text.Sentence;
import java.util.ArrayList;
import java.util.List;

/** An answer. */
final class Reply {
  static final String JSON = "application/json";

  /** The media type of a file as it is. */
  static final String BYTES = "application/octet-stream";

  private static final String HTML = "text/html; charset=utf-8";

  private final int status;
  private final String type;
  private final byte[] body;
  private final List<String> headers;

  /**
   * An answer.
   *
   * @param status HTTP's number
   * @param type the media type
   * @param body what is said; nothing for a redirection
   * @param headers further headers, each as in {@code Location: /}
   */
  Reply(int status, String type, byte[] body, List<String> headers) {
    this.status = status;
    this.type = type;
    this.body = body;
    this.headers = List.copyOf(headers);
  }

  int status() {
    return status;
  }

  String type() {
    return type;
  }

  /** What is said; it is not to be changed. */
  byte[] body() {
    return body;
  }

  List<String> headers() {
    return headers;
  }

  /** What could not be done. */
  record Problem(Sentence error, List<Wrong> errors, Long waitSeconds)
      implements RecordJson.Sparse {}

  /** One thing that is wrong with a document. */
  record Wrong(String path, Sentence reason) {}

  /** Nothing but that it was done. */
  record Done(boolean done) {}

  static Reply json(Record value, Language language) {
    return json(200, value, language);
  }

  static Reply json(int status, Record value, Language language) {
    return new Reply(
        status, JSON, (RecordJson.write(value, false, language) + "\n").getBytes(UTF_8), List.of());
  }

  static Reply done() {
    return json(new Done(true), Language.ENGLISH);
  }

  static Reply error(int status, Sentence sentence, Language language) {
    return json(status, new Problem(sentence, null, null), language);
  }

  static Reply wait(long seconds, Sentence sentence, Language language) {
    return json(429, new Problem(sentence, null, seconds), language)
        .with("Retry-After: " + seconds);
  }

  static Reply html(String page) {
    return new Reply(200, HTML, page.getBytes(UTF_8), List.of());
  }

  static Reply redirect(String to) {
    return new Reply(302, HTML, new byte[0], List.of("Location: " + to));
  }

  /** A file to be kept. */
  static Reply file(String name, String type, byte[] body) {
    return new Reply(
        200, type, body, List.of("Content-Disposition: attachment; filename=\"" + name + "\""));
  }

  /** The same with one header more. */
  Reply with(String header) {
    List<String> more = new ArrayList<>(headers);
    more.add(header);
    return new Reply(status, type, body, more);
  }

  /** The same with another status. */
  Reply as(int other) {
    return new Reply(other, type, body, headers);
  }
}
