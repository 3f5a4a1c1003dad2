package dev.noren.control;

import dev.noren.config.Backup;
import dev.noren.config.ConfigException;
import dev.noren.config.ConfigStore.Loaded;
import dev.noren.config.HostPort;
import dev.noren.config.RouterConfig;
import dev.noren.config.RouterJson;
import dev.noren.config.StoredConfig;
import dev.noren.config.TunnelName;
import dev.noren.config.WgQuickFile;
import dev.noren.control.Answer.Stored;
import dev.noren.doctor.Symptom;
import dev.noren.status.LogEntry;
import dev.noren.status.LogQuery;
import dev.noren.status.Trend;
import dev.noren.text.Failed;
import dev.noren.text.Refused;
import dev.noren.text.Sentence;
import java.io.IOException;
import java.util.Base64;
import java.util.List;

/** Does what a request asks for. */
final class Requests {
  private static final int ENTRIES_A_LINE = 200;
  private static final int DEFAULT_LIMIT = 100;

  /** Takes the lines of an answer. */
  interface Writer {
    void write(Answer answer) throws IOException;
  }

  /** Waits until the next snapshot is due. */
  interface Pause {
    void pause() throws IOException;
  }

  private final Operations operations;
  private final Writer writer;
  private final Pause pause;

  Requests(Operations operations, Writer writer, Pause pause) {
    this.operations = operations;
    this.writer = writer;
    this.pause = pause;
  }

  /**
   * Answers one request.
   *
   * @throws IllegalArgumentException where it is none
   */
  void answer(Request request, String author) throws IOException, ConfigException {
    switch (needed(request.op(), "op")) {
      case "status" -> status(Boolean.TRUE.equals(request.watch()));
      case "day" -> writer.write(Answer.day(operations.day()));
      case "minutes" -> writer.write(Answer.trend(operations.trend(Trend.By.MINUTE)));
      case "hours" -> writer.write(Answer.trend(operations.trend(Trend.By.HOUR)));
      case "echoes" -> writer.write(Answer.echoes(operations.echoes()));
      case "diagnose" ->
          writer.write(Answer.diagnosis(operations.diagnose(Symptom.of(request.symptom()))));
      case "config" -> config(Boolean.TRUE.equals(request.secrets()));
      case "backup" -> writer.write(Answer.backup(operations.backup().write()));
      case "history" -> history();
      case "set" ->
          outcome(
              operations.set(
                  needed(request.path(), "path"), needed(request.value(), "value"), author));
      case "edit" -> {
        int number = needed(request.number(), "number");
        RouterConfig after =
            RouterJson.read(
                Sentence.of("file.configuration"), needed(request.document(), "document"));
        outcome(operations.edit(number, after, author));
      }
      case "replace" -> {
        String from = needed(request.from(), "from");
        outcome(
            operations.replace(
                Backup.read(from, needed(request.document(), "document")), from, author));
      }
      case "import" -> {
        TunnelName name = new TunnelName(needed(request.name(), "name"));
        outcome(
            operations.importTunnel(
                name, WgQuickFile.parse(name + ".conf", needed(request.conf(), "conf")), author));
      }
      case "rollback" -> outcome(operations.rollback(needed(request.number(), "number"), author));
      case "confirm" -> outcome(operations.confirm(author));
      case "log" -> log(request);
      case "invite", "join", "pairings", "accept", "refuse" -> pairing(request, author);
      case "update", "give-update", "try-update", "try-tonight" -> update(request, author);
      case "update-news", "look-for-update", "fetch-update" -> news(request, author);
      case "support" ->
          writer.write(
              Answer.support(
                  operations.support(
                      Boolean.TRUE.equals(request.hideAddresses()),
                      Boolean.TRUE.equals(request.card()),
                      author)));
      case "notices" -> writer.write(Answer.told(operations.notices()));
      case "test-notices" -> writer.write(Answer.tried(operations.testNotices(author)));
      case "lights", "identify", "test-lights", "reset" -> lights(request, author);
      default -> throw new Refused("request.op");
    }
  }

  private void pairing(Request request, String author) throws IOException, ConfigException {
    TunnelName form = request.form() == null ? null : new TunnelName(request.form());
    switch (request.op()) {
      case "invite" -> {
        HostPort far = request.far() == null ? null : HostPort.parse(request.far());
        writer.write(
            Answer.invited(operations.invite(needed(form, "form"), request.shop(), far, author)));
      }
      case "join" ->
          writer.write(
              Answer.remarks(
                  operations.join(
                      needed(request.invitation(), "invitation"), form, request.shop(), author)));
      case "pairings" -> writer.write(Answer.pairings(operations.pairings()));
      case "accept" ->
          writer.write(Answer.pairings(List.of(operations.accept(needed(form, "form"), author))));
      default -> {
        operations.refuse(needed(form, "form"), author);
        writer.write(Answer.remarks(List.of()));
      }
    }
  }

  private void lights(Request request, String author) throws IOException {
    switch (request.op()) {
      case "lights" -> writer.write(Answer.lights(operations.lights()));
      case "test-lights" -> writer.write(Answer.seconds(operations.testLights()));
      case "identify" -> {
        int seconds = needed(request.seconds(), "seconds");
        if (seconds < 0 || seconds > LightDesk.MOST_SECONDS) {
          throw new Refused("request.seconds", LightDesk.MOST_SECONDS);
        }
        operations.identify(seconds);
        writer.write(Answer.remarks(List.of()));
      }
      case "reset" -> {
        operations.factoryReset(author);
        writer.write(Answer.remarks(List.of()));
      }
      default -> throw new Refused("request.op");
    }
  }

  private void update(Request request, String author) throws IOException {
    switch (request.op()) {
      case "update" -> {
        writer.write(Answer.update(operations.update()));
        return;
      }
      case "give-update" -> give(request, author);
      case "try-update" -> operations.tryUpdate(author);
      default -> operations.tryTonight(needed(request.wanted(), "wanted"), author);
    }
    writer.write(Answer.remarks(List.of()));
  }

  private void news(Request request, String author) throws IOException {
    switch (request.op()) {
      case "update-news" -> {
        writer.write(Answer.news(operations.news()));
        return;
      }
      case "look-for-update" -> operations.lookForUpdate(author);
      default -> operations.fetchUpdate(author);
    }
    writer.write(Answer.remarks(List.of()));
  }

  private void give(Request request, String author) throws IOException {
    long offset = needed(request.offset(), "offset");
    long of = needed(request.of(), "of");
    byte[] part = bytes(needed(request.part(), "part"));
    try {
      operations.giveUpdate(offset, of, part, author);
    } catch (IllegalArgumentException e) {
      // The file is wrong, and not the request.
      throw new Failed(Sentence.of(e), e);
    }
  }

  private static byte[] bytes(String base64) {
    try {
      byte[] bytes = Base64.getDecoder().decode(base64);
      if (bytes.length <= UpdateDesk.MOST_PART_BYTES) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      throw new Refused(Sentence.of("request.part", UpdateDesk.MOST_PART_BYTES), e);
    }
    throw new Refused("request.part", UpdateDesk.MOST_PART_BYTES);
  }

  private static <T> T needed(T value, String name) {
    if (value == null) {
      throw new Refused("request.missing", name);
    }
    return value;
  }

  private void outcome(ConfigDesk.Outcome outcome) throws IOException {
    writer.write(Answer.outcome(outcome));
  }

  private void status(boolean watch) throws IOException {
    writer.write(Answer.status(operations.status(), watch));
    while (watch) {
      pause.pause();
      writer.write(Answer.status(operations.status(), true));
    }
  }

  private void config(boolean secrets) throws IOException {
    Loaded loaded = operations.load();
    writer.write(Answer.stored(stored(loaded.current(), secrets), loaded.notices(), false));
  }

  private void history() throws IOException {
    for (StoredConfig each : operations.history()) {
      writer.write(Answer.stored(stored(each, true), null, true));
    }
    writer.write(Answer.entries(null, false));
  }

  private static Stored stored(StoredConfig stored, boolean secrets) {
    return new Stored(
        stored.number(),
        stored.savedAt(),
        stored.author(),
        stored.change(),
        secrets ? RouterJson.write(stored.config()) : RouterJson.writeHidden(stored.config()));
  }

  private void log(Request request) throws IOException {
    int limit = request.limit() == null ? DEFAULT_LIMIT : request.limit();
    List<LogEntry> entries = operations.log(new LogQuery(request.since(), request.kind(), limit));
    int from = 0;
    for (; entries.size() - from > ENTRIES_A_LINE; from += ENTRIES_A_LINE) {
      writer.write(Answer.entries(entries.subList(from, from + ENTRIES_A_LINE), true));
    }
    writer.write(Answer.entries(entries.subList(from, entries.size()), false));
  }
}
