package dev.noren.web;

import dev.noren.config.ConfigException;
import dev.noren.config.Differences;
import dev.noren.config.RouterConfig;
import dev.noren.config.RouterJson;
import dev.noren.config.StoredConfig;
import dev.noren.control.ConfigDesk.Outcome;
import dev.noren.control.Operations;
import dev.noren.control.RecordJson;
import dev.noren.status.LogEntry;
import dev.noren.status.LogEntry.Kind;
import dev.noren.status.LogQuery;
import dev.noren.text.Past;
import dev.noren.text.Refused;
import dev.noren.text.Sentence;
import dev.noren.web.Route.Whom;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The document, its changes and its history, and the log. */
final class ChangeApi {
  private static final int LOG_LINES = 200;
  private static final int MOST_LOG_LINES = 10_000;

  private final Operations operations;

  ChangeApi(Operations operations) {
    this.operations = operations;
  }

  /** The document in force, without its secrets. */
  record Document(int number, Instant savedAt, String author, String change, String document) {
    static Document of(StoredConfig stored) {
      return new Document(
          stored.number(),
          stored.savedAt(),
          stored.author(),
          stored.change(),
          RouterJson.writeHidden(stored.config()));
    }
  }

  /** The documents that are kept, the newest first. */
  record History(List<Entry> entries) {}

  /**
   * A document that is kept.
   *
   * @param author whose doing it was
   * @param change what it changed, in short
   * @param differences from the one before it that is kept, without a secret
   */
  record Entry(
      int number,
      Instant savedAt,
      Sentence author,
      Sentence change,
      boolean inForce,
      List<Field> differences) {}

  /**
   * A field of the document that was changed.
   *
   * @param path where it is in the document
   * @param says what happened to it
   */
  record Field(String path, Sentence says) {}

  /**
   * An entry of the log.
   *
   * @param who whose doing it was
   * @param what what happened
   */
  record Happening(Instant at, Kind kind, Sentence who, Sentence what) {
    static Happening of(LogEntry entry) {
      return new Happening(
          entry.at(), entry.kind(), Past.who(entry.who()), Past.what(entry.what()));
    }
  }

  /** What a change led to. */
  record Changed(int number, Sentence change, List<Sentence> remarks, Long secondsToConfirm)
      implements RecordJson.Sparse {
    static Changed of(Outcome outcome) {
      return new Changed(
          outcome.number(),
          Past.what(outcome.change()),
          outcome.remarks(),
          outcome.pending() == null ? null : (Long) outcome.pending().secondsLeft());
    }
  }

  /** One value of the document. */
  record Value(String path, String value) {}

  /** A part of the log, the oldest first. */
  record Log(List<Happening> entries) {}

  List<Route> routes() {
    return List.of(
        new Route("GET", "/api/v1/config", Whom.OWNER, this::config),
        new Route("POST", "/api/v1/config/value", Whom.OWNER, this::set),
        new Route("POST", "/api/v1/changes/confirm", Whom.OWNER, this::confirm),
        new Route("POST", "/api/v1/changes/undo", Whom.OWNER, this::undo),
        new Route("GET", "/api/v1/history", Whom.OWNER, this::history),
        new Route("POST", "/api/v1/history/{number}/rollback", Whom.OWNER, this::rollback),
        new Route("GET", "/api/v1/log", Whom.OWNER, this::log));
  }

  private Reply config(Call call) throws IOException {
    return Reply.json(Document.of(operations.load().current()), call.language());
  }

  private Reply set(Call call) throws IOException, ConfigException {
    Value value = call.body(Value.class);
    return changed(operations.set(value.path(), value.value(), call.author()), call);
  }

  static Reply changed(Outcome outcome, Call call) {
    return Reply.json(Changed.of(outcome), call.language());
  }

  private Reply confirm(Call call) throws IOException {
    return changed(operations.confirm(call.author()), call);
  }

  /** Back to the document that was saved last; nothing changes where no other one is tried. */
  private Reply undo(Call call) throws IOException, ConfigException {
    int saved = operations.load().current().number();
    return changed(operations.rollback(saved, call.author()), call);
  }

  private Reply history(Call call) throws IOException {
    return Reply.json(new History(entries()), call.language());
  }

  List<Entry> entries() throws IOException {
    int current = operations.load().current().number();
    List<Entry> entries = new ArrayList<>();
    RouterConfig before = null;
    for (StoredConfig stored : operations.history()) {
      entries.add(
          new Entry(
              stored.number(),
              stored.savedAt(),
              Past.who(stored.author()),
              Past.what(stored.change()),
              stored.number() == current,
              before == null ? List.of() : fields(before, stored.config())));
      before = stored.config();
    }
    return entries.reversed();
  }

  private static List<Field> fields(RouterConfig before, RouterConfig after) {
    return Differences.between(before, after).stream()
        .map(each -> new Field(each.path(), each.says()))
        .toList();
  }

  private Reply rollback(Call call) throws IOException, ConfigException {
    return changed(operations.rollback(number(call.variable("number")), call.author()), call);
  }

  private static int number(String text) {
    if (!text.matches("[0-9]{1,9}")) {
      throw new Refused("web.number", text);
    }
    return Integer.parseInt(text);
  }

  private Reply log(Call call) throws IOException {
    String limit = call.query("limit");
    return Reply.json(
        new Log(happenings(call.query("kind"), limit == null ? LOG_LINES : number(limit))),
        call.language());
  }

  List<Happening> happenings(String kind, int limit) throws IOException {
    return entries(kind, limit).stream().map(Happening::of).toList();
  }

  /** When somebody took a backup last, as far as the log says; or null. */
  Instant lastBackup() throws IOException {
    String said = Past.words(CareApi.BACKED_UP);
    return operations.log(new LogQuery(null, Kind.SIGNIN, LogQuery.MOST)).stream()
        .filter(entry -> entry.what().equals(said))
        .map(LogEntry::at)
        .reduce(null, (before, next) -> next);
  }

  /** As they were written down, for machines. */
  List<LogEntry> entries(String kind, int limit) throws IOException {
    return operations.log(new LogQuery(null, kind(kind), Math.clamp(limit, 1, MOST_LOG_LINES)));
  }

  private static Kind kind(String word) {
    if (word == null || word.isEmpty()) {
      return null;
    }
    Kind kind = RecordJson.constantOf(Kind.values(), word);
    if (kind == null) {
      throw new Refused("web.kind", word);
    }
    return kind;
  }
}
