package dev.noren.control;

import dev.noren.config.ConfigError;
import dev.noren.control.ConfigDesk.Outcome;
import dev.noren.control.LightDesk.Shown;
import dev.noren.control.PairingDesk.Invited;
import dev.noren.control.PairingDesk.Pair;
import dev.noren.status.LogEntry;
import dev.noren.status.RouterStatus;
import dev.noren.text.Sentence;
import java.time.Instant;
import java.util.List;

/**
 * One line from the control socket.
 *
 * @param more true where another line belongs to the same answer
 * @param status what is running
 * @param stored a document that was saved
 * @param notices what is to be said about it
 * @param backup a document as text, with what another box needs besides
 * @param outcome what a change led to
 * @param entries a part of the log
 * @param invited an invitation
 * @param pairings the pairings that are under way
 * @param lights what the lights show
 * @param seconds how long each signal of a test is shown
 * @param error one sentence, where it could not be done
 * @param errors all that is wrong with a document, where that is why
 */
record Answer(
    Boolean more,
    RouterStatus status,
    Stored stored,
    List<Sentence> notices,
    String backup,
    Outcome outcome,
    List<LogEntry> entries,
    Invited invited,
    List<Pair> pairings,
    Shown lights,
    Integer seconds,
    Sentence error,
    List<Mistake> errors)
    implements RecordJson.Sparse {
  /**
   * A document that was saved.
   *
   * @param number its number
   * @param savedAt when
   * @param author who saved it, and from where
   * @param change what it changed
   * @param document the document as text
   */
  record Stored(int number, Instant savedAt, String author, String change, String document) {
    /** Leaves out the document, which may have secrets in it. */
    @Override
    public String toString() {
      return "Stored[number=" + number + "]";
    }
  }

  /**
   * One thing that is wrong with a document.
   *
   * @param file what the document is called
   * @param line the line, from 1; 0 where none is meant
   * @param key the path or key, or null where none is meant
   * @param reason why it is refused and what would be right
   */
  record Mistake(Sentence file, int line, Sentence key, Sentence reason) {
    static Mistake of(ConfigError error) {
      return new Mistake(error.file(), error.line(), error.place(), error.reason());
    }

    ConfigError error() {
      return new ConfigError(file, line, key == null ? null : key.toString(), reason);
    }
  }

  /** Leaves out what may have secrets in it. */
  @Override
  public String toString() {
    return "Answer[error=" + error + "]";
  }

  static Answer status(RouterStatus status, boolean more) {
    return new Answer(
        more ? true : null,
        status,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  static Answer stored(Stored stored, List<Sentence> notices, boolean more) {
    return new Answer(
        more ? true : null,
        null,
        stored,
        notices,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  static Answer backup(String document) {
    return new Answer(
        null, null, null, null, document, null, null, null, null, null, null, null, null);
  }

  static Answer outcome(Outcome outcome) {
    return new Answer(
        null, null, null, null, null, outcome, null, null, null, null, null, null, null);
  }

  static Answer entries(List<LogEntry> entries, boolean more) {
    return new Answer(
        more ? true : null,
        null,
        null,
        null,
        null,
        null,
        entries,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  static Answer invited(Invited invited) {
    return new Answer(
        null, null, null, null, null, null, null, invited, null, null, null, null, null);
  }

  static Answer pairings(List<Pair> pairings) {
    return new Answer(
        null, null, null, null, null, null, null, null, pairings, null, null, null, null);
  }

  static Answer remarks(List<Sentence> remarks) {
    return new Answer(
        null, null, null, remarks, null, null, null, null, null, null, null, null, null);
  }

  static Answer lights(Shown lights) {
    return new Answer(
        null, null, null, null, null, null, null, null, null, lights, null, null, null);
  }

  static Answer seconds(int seconds) {
    return new Answer(
        null, null, null, null, null, null, null, null, null, null, seconds, null, null);
  }

  static Answer error(Sentence sentence) {
    return new Answer(
        null, null, null, null, null, null, null, null, null, null, null, sentence, null);
  }

  static Answer errors(List<ConfigError> errors) {
    List<Mistake> mistakes = errors.stream().map(Mistake::of).toList();
    return new Answer(
        null, null, null, null, null, null, null, null, null, null, null, null, mistakes);
  }
}
