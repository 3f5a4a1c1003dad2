package dev.noren.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.noren.access.SealedText;
import dev.noren.access.Strength;
import dev.noren.config.Backup;
import dev.noren.config.ConfigException;
import dev.noren.control.MachineDesk;
import dev.noren.control.Operations;
import dev.noren.control.RecordJson;
import dev.noren.control.SupportDesk.Support;
import dev.noren.status.LogEntry;
import dev.noren.text.Past;
import dev.noren.text.Refused;
import dev.noren.text.Sentence;
import dev.noren.web.Route.Whom;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Supplier;

/** Backups, the log as a file, the time zone, a restart, and a new beginning. */
final class CareApi {
  /** A document is the longest. */
  private static final int RESTORE_BYTES = 8 << 20;

  /** How it is written down that somebody took a backup. */
  static final String BACKED_UP = "past.backed-up";

  private final Operations operations;
  private final MachineDesk machine;
  private final ChangeApi changes;
  private final Supplier<String> box;
  private final Journal journal;
  private final InstantSource clock;
  private final SecureRandom chance = new SecureRandom();

  /**
   * @param box the box's name
   */
  CareApi(
      Operations operations,
      MachineDesk machine,
      ChangeApi changes,
      Supplier<String> box,
      Journal journal,
      InstantSource clock) {
    this.operations = operations;
    this.machine = machine;
    this.changes = changes;
    this.box = box;
    this.journal = journal;
    this.clock = clock;
  }

  /** What seals a backup. */
  record Sealing(String passphrase) implements RecordJson.Sparse {
    /** Without the passphrase. */
    @Override
    public String toString() {
      return "Sealing[]";
    }
  }

  /** A sealed backup. */
  record Sealed(String file, String content) {}

  /** A backup that is to be taken. */
  record Restoring(String content, String passphrase) implements RecordJson.Sparse {
    /** Without what is secret. */
    @Override
    public String toString() {
      return "Restoring[]";
    }
  }

  /** A time zone, as in Asia/Tokyo. */
  record Zone(String zone) implements RecordJson.Sparse {}

  /** The box's name, typed to show that it is meant. */
  record Named(String name) implements RecordJson.Sparse {}

  /** Whether the internet's addresses are left out of a support file. */
  record Hiding(Boolean hideAddresses) implements RecordJson.Sparse {}

  /**
   * A support file.
   *
   * @param file what it is called
   * @param content what is in it
   * @param card whether it is on the box's card too, or why not; or null
   */
  record Supporting(String file, String content, Sentence card) {}

  List<Route> routes() {
    return List.of(
        new Route("POST", "/api/v1/backup", Whom.OWNER, this::backup),
        new Route("POST", "/api/v1/restore", Whom.OWNER, this::restore),
        new Route("POST", "/api/v1/support", Whom.OWNER, this::support),
        new Route("GET", "/api/v1/log.txt", Whom.OWNER, this::log),
        new Route("PUT", "/api/v1/time-zone", Whom.OWNER, this::timeZone),
        new Route("POST", "/api/v1/restart", Whom.OWNER, this::restart),
        new Route("POST", "/api/v1/reset", Whom.OWNER, this::reset));
  }

  private Reply backup(Call call) throws IOException {
    String passphrase = Call.needed(call.body(Sealing.class).passphrase(), "passphrase");
    Sentence why = Strength.problem(passphrase, List.of("noren", box.get()));
    if (why != null) {
      return Reply.error(422, why, call.language());
    }
    String sealed = SealedText.seal(operations.backup().write(), passphrase, chance);
    journal.signedIn(call.author(), Past.words(BACKED_UP));
    return Reply.json(new Sealed(box.get() + "-" + today() + ".noren", sealed), call.language());
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneId.systemDefault());
  }

  private Reply support(Call call) throws IOException {
    boolean hide = Boolean.TRUE.equals(call.body(Hiding.class).hideAddresses());
    Support made = operations.support(hide, true, call.author());
    return Reply.json(
        new Supporting(box.get() + "-support-" + today() + ".txt", made.text(), made.card()),
        call.language());
  }

  private Reply restore(Call call) throws IOException, ConfigException {
    Restoring given =
        RecordJson.read(new String(call.bytes(RESTORE_BYTES), UTF_8), Restoring.class);
    String content = Call.needed(given.content(), "content");
    if (SealedText.isSealed(content)) {
      content = SealedText.open(content, given.passphrase() == null ? "" : given.passphrase());
      if (content == null) {
        return Reply.error(422, Sentence.of("web.sealed"), call.language());
      }
    }
    Backup backup = Backup.read(Sentence.of("file.backup"), content);
    return ChangeApi.changed(
        operations.replace(backup, Past.words("past.backup"), call.author()), call);
  }

  private Reply log(Call call) throws IOException {
    StringBuilder text = new StringBuilder();
    for (LogEntry entry : changes.entries(null, Integer.MAX_VALUE)) {
      text.append(entry.at())
          .append('\t')
          .append(RecordJson.wordOf(entry.kind()))
          .append('\t')
          .append(entry.who())
          .append('\t')
          .append(entry.what())
          .append('\n');
    }
    return Reply.file(
        "noren-log.txt", "text/plain; charset=utf-8", text.toString().getBytes(UTF_8));
  }

  private Reply timeZone(Call call) throws IOException {
    String zone = Call.needed(call.body(Zone.class).zone(), "zone");
    if (!Zones.known().contains(zone)) {
      throw new Refused("web.zone", zone);
    }
    machine.timeZone(ZoneId.of(zone), call.author());
    return Reply.done();
  }

  private Reply restart(Call call) throws IOException {
    machine.restart(call.author());
    return Reply.done();
  }

  private Reply reset(Call call) throws IOException {
    if (!box.get().equals(call.body(Named.class).name())) {
      throw new Refused("web.reset-name", box.get());
    }
    operations.factoryReset(call.author());
    return Reply.done();
  }
}
