package dev.noren.control;

import dev.noren.config.ConfigError;
import dev.noren.control.ConfigDesk.Outcome;
import dev.noren.control.LightDesk.Shown;
import dev.noren.control.NewsDesk.News;
import dev.noren.control.NoticeDesk.Notices;
import dev.noren.control.NoticeDesk.Tried;
import dev.noren.control.PairingDesk.Invited;
import dev.noren.control.PairingDesk.Pair;
import dev.noren.control.SupportDesk.Support;
import dev.noren.control.UpdateDesk.Update;
import dev.noren.doctor.Diagnosis;
import dev.noren.status.Echoes;
import dev.noren.status.LogEntry;
import dev.noren.status.RouterStatus;
import dev.noren.status.TrafficDay;
import dev.noren.status.Trend;
import dev.noren.text.Sentence;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * One line from the control socket.
 *
 * @param more true where another line belongs to the same answer
 * @param status what is running
 * @param day what was carried in the last day
 * @param trend how lines and tunnels fared for longer
 * @param echoes how far ends answer
 * @param diagnosis what is wrong
 * @param stored a document that was saved
 * @param notices what is to be said about it
 * @param backup a document as text, with what another box needs besides
 * @param outcome what a change led to
 * @param entries a part of the log
 * @param invited an invitation
 * @param pairings the pairings that are under way
 * @param lights what the lights show
 * @param seconds how long each signal of a test is shown
 * @param update how far an update is
 * @param news what is known of newer versions
 * @param support a support file
 * @param told how notices go out
 * @param tried what became of a test of them
 * @param error one sentence, where it could not be done
 * @param errors all that is wrong with a document, where that is why
 */
record Answer(
    Boolean more,
    RouterStatus status,
    TrafficDay day,
    Trend trend,
    List<Echoes> echoes,
    Diagnosis diagnosis,
    Stored stored,
    List<Sentence> notices,
    String backup,
    Outcome outcome,
    List<LogEntry> entries,
    Invited invited,
    List<Pair> pairings,
    Shown lights,
    Integer seconds,
    Update update,
    News news,
    Support support,
    Notices told,
    List<Tried> tried,
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

  /** An answer in the making, of which all is null that is not given. */
  private static final class Draft {
    private Boolean more;
    private RouterStatus status;
    private TrafficDay day;
    private Trend trend;
    private List<Echoes> echoes;
    private Diagnosis diagnosis;
    private Stored stored;
    private List<Sentence> notices;
    private String backup;
    private Outcome outcome;
    private List<LogEntry> entries;
    private Invited invited;
    private List<Pair> pairings;
    private Shown lights;
    private Integer seconds;
    private Update update;
    private News news;
    private Support support;
    private Notices told;
    private List<Tried> tried;
    private Sentence error;
    private List<Mistake> errors;
  }

  private static Answer of(Consumer<Draft> content) {
    Draft draft = new Draft();
    content.accept(draft);
    return new Answer(
        draft.more,
        draft.status,
        draft.day,
        draft.trend,
        draft.echoes,
        draft.diagnosis,
        draft.stored,
        draft.notices,
        draft.backup,
        draft.outcome,
        draft.entries,
        draft.invited,
        draft.pairings,
        draft.lights,
        draft.seconds,
        draft.update,
        draft.news,
        draft.support,
        draft.told,
        draft.tried,
        draft.error,
        draft.errors);
  }

  /** Says in a part of an answer whether there is another; the last one says nothing of it. */
  private static Answer part(boolean more, Consumer<Draft> content) {
    return of(
        draft -> {
          draft.more = more ? true : null;
          content.accept(draft);
        });
  }

  static Answer status(RouterStatus status, boolean more) {
    return part(more, draft -> draft.status = status);
  }

  static Answer day(TrafficDay day) {
    return of(draft -> draft.day = day);
  }

  static Answer trend(Trend trend) {
    return of(draft -> draft.trend = trend);
  }

  static Answer echoes(List<Echoes> echoes) {
    return of(draft -> draft.echoes = echoes);
  }

  static Answer diagnosis(Diagnosis diagnosis) {
    return of(draft -> draft.diagnosis = diagnosis);
  }

  static Answer stored(Stored stored, List<Sentence> notices, boolean more) {
    return part(
        more,
        draft -> {
          draft.stored = stored;
          draft.notices = notices;
        });
  }

  static Answer backup(String document) {
    return of(draft -> draft.backup = document);
  }

  static Answer outcome(Outcome outcome) {
    return of(draft -> draft.outcome = outcome);
  }

  static Answer entries(List<LogEntry> entries, boolean more) {
    return part(more, draft -> draft.entries = entries);
  }

  static Answer invited(Invited invited) {
    return of(draft -> draft.invited = invited);
  }

  static Answer pairings(List<Pair> pairings) {
    return of(draft -> draft.pairings = pairings);
  }

  static Answer remarks(List<Sentence> remarks) {
    return of(draft -> draft.notices = remarks);
  }

  static Answer lights(Shown lights) {
    return of(draft -> draft.lights = lights);
  }

  static Answer seconds(int seconds) {
    return of(draft -> draft.seconds = seconds);
  }

  static Answer update(Update update) {
    return of(draft -> draft.update = update);
  }

  static Answer news(News news) {
    return of(draft -> draft.news = news);
  }

  static Answer support(Support support) {
    return of(draft -> draft.support = support);
  }

  static Answer told(Notices told) {
    return of(draft -> draft.told = told);
  }

  static Answer tried(List<Tried> tried) {
    return of(draft -> draft.tried = tried);
  }

  static Answer error(Sentence sentence) {
    return of(draft -> draft.error = sentence);
  }

  static Answer errors(List<ConfigError> errors) {
    return of(draft -> draft.errors = errors.stream().map(Mistake::of).toList());
  }
}
