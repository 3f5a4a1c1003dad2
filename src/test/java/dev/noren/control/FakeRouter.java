package dev.noren.control;

import dev.noren.config.Backup;
import dev.noren.config.ConfigError;
import dev.noren.config.ConfigException;
import dev.noren.config.ConfigStore.Loaded;
import dev.noren.config.Documents;
import dev.noren.config.HostPort;
import dev.noren.config.RouterConfig;
import dev.noren.config.RouterJson;
import dev.noren.config.StoredConfig;
import dev.noren.config.TunnelConfig;
import dev.noren.config.TunnelName;
import dev.noren.doctor.Diagnoses;
import dev.noren.doctor.Diagnosis;
import dev.noren.doctor.Symptom;
import dev.noren.status.Echoes;
import dev.noren.status.LogEntry;
import dev.noren.status.LogQuery;
import dev.noren.status.RouterStatus;
import dev.noren.status.Signal.Form;
import dev.noren.status.Statuses;
import dev.noren.status.TrafficDay;
import dev.noren.status.Trend;
import dev.noren.text.Sentence;
import dev.noren.update.UpdateState;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Writes down what it is asked, and answers what it is told to. */
public final class FakeRouter implements Operations, VisitDesk, MachineDesk, CertificateDesk {
  public static final StoredConfig STORED = stored();
  static final Outcome OUTCOME =
      new Outcome(
          8, "lan.address", true, List.of(Sentence.plain("remark")), Statuses.FULL.pending());

  static final Pair PAIR =
      new Pair(
          new TunnelName("shops"),
          true,
          "Ueno",
          "012345",
          "10.2.0.0/24",
          Sentence.plain("compare the six digits"),
          Instant.parse("2026-10-06T01:02:03Z"),
          List.of(Sentence.plain("Osaka does not know it yet")));

  private volatile CertificateDesk.Certificate certificate;
  public final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  public final List<LogEntry> entries = new ArrayList<>();
  public volatile StoredConfig stored = STORED;
  public volatile StoredConfig trial;
  public volatile Visitor visitor;
  public volatile RouterStatus status = Statuses.FULL;
  public volatile TrafficDay day = Statuses.DAY;
  public volatile List<Echoes> echoes = Statuses.ECHOES;
  public volatile Diagnosis diagnosis = Diagnoses.NONE;
  public volatile Pair pair = PAIR;
  public volatile UpdateState update = UpdateState.parse("idle");
  public volatile boolean tonight;
  public volatile News news =
      new News(
          Doing.IDLE,
          Instant.parse("2026-10-04T01:02:03Z"),
          "0.2.0",
          "Faster.",
          "速くなりました。",
          null,
          Sentence.plain("the last look failed"),
          Sentence.of("news.newer", "0.2.0"));

  /** Who is asked of updates in its place, or null. */
  public volatile UpdateDesk updates;

  /** A notice that did not arrive. */
  static final Tried TRIED =
      new Tried(
          Instant.parse("2026-10-06T01:02:03Z"),
          "test",
          "mail",
          false,
          Sentence.plain("Nobody listens."));

  public volatile IOException failure;
  public volatile RuntimeException mistake;

  private static StoredConfig stored() {
    try {
      RouterConfig config = RouterJson.read("full.json", Documents.FULL);
      return new StoredConfig(7, Instant.parse("2026-10-05T01:02:03Z"), "test", "all", config);
    } catch (ConfigException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Shown lights() throws IOException {
    done("lights");
    return new Shown("up", Form.THREE, 7L, List.of("the button is not there"));
  }

  @Override
  public void identify(int seconds) throws IOException {
    done("identify " + seconds);
  }

  @Override
  public int testLights() throws IOException {
    done("test-lights");
    return 4;
  }

  @Override
  public void factoryReset(String author) throws IOException {
    done("reset by " + author);
  }

  private Outcome done(String what) throws IOException {
    asked.add(what);
    if (failure != null) {
      throw failure;
    }
    if (mistake != null) {
      throw mistake;
    }
    return OUTCOME;
  }

  @Override
  public RouterStatus status() throws IOException {
    done("status");
    return status;
  }

  @Override
  public Trend trend(Trend.By by) throws IOException {
    done("trend " + by);
    return Statuses.TREND;
  }

  @Override
  public TrafficDay day() throws IOException {
    done("day");
    return day;
  }

  @Override
  public List<Echoes> echoes() throws IOException {
    done("echoes");
    return echoes;
  }

  @Override
  public Diagnosis diagnose(Symptom symptom) throws IOException {
    done(symptom == null ? "diagnose" : "diagnose " + symptom.key());
    return symptom == null ? diagnosis : Diagnoses.complained(diagnosis, symptom);
  }

  @Override
  public List<LogEntry> log(LogQuery query) throws IOException {
    done(query.toString());
    return entries;
  }

  @Override
  public Loaded load() throws IOException {
    done("load");
    return new Loaded(stored, List.of(Sentence.plain("a notice")), trial);
  }

  @Override
  public List<StoredConfig> history() throws IOException {
    done("history");
    return List.of(STORED, stored);
  }

  @Override
  public Outcome set(String path, String value, String author) throws IOException, ConfigException {
    if (path.equals("bad")) {
      throw new ConfigException(
          List.of(new ConfigError("the configuration", 0, "bad", Sentence.plain("is bad"))));
    }
    return done("set " + path + " to " + value + " by " + author);
  }

  @Override
  public Outcome edit(int basedOn, RouterConfig after, String author) throws IOException {
    return done("edit " + basedOn + " to " + after.name() + " by " + author);
  }

  @Override
  public Backup backup() throws IOException {
    done("backup");
    return new Backup(STORED.config(), STORED.savedAt());
  }

  @Override
  public Outcome replace(Backup backup, String from, String author) throws IOException {
    return done(
        "replace "
            + backup.config().name()
            + " beyond "
            + backup.timestampMark()
            + " from "
            + from
            + " by "
            + author);
  }

  @Override
  public Outcome importTunnel(TunnelName name, TunnelConfig file, String author)
      throws IOException {
    return done("import " + name + " with " + file.peers().size() + " by " + author);
  }

  @Override
  public Outcome rollback(int number, String author) throws IOException {
    return done("rollback to " + number + " by " + author);
  }

  @Override
  public Outcome confirm(String author) throws IOException {
    return done("confirm by " + author);
  }

  @Override
  public Invited invite(TunnelName form, String shop, HostPort far, String author)
      throws IOException {
    done("invite " + shop + " to " + form + " from " + far + " by " + author);
    return new Invited("noren1:x", STORED.savedAt(), List.of(Sentence.plain("remark")));
  }

  @Override
  public List<Sentence> join(String line, TunnelName form, String shop, String author)
      throws IOException {
    done("join " + shop + " in " + form + " by " + line + " by " + author);
    return List.of(Sentence.plain("remark"));
  }

  @Override
  public List<Pair> pairings() throws IOException {
    done("pairings");
    return List.of(pair);
  }

  @Override
  public Pair accept(TunnelName form, String author) throws IOException {
    done("accept " + form + " by " + author);
    return PAIR;
  }

  @Override
  public void refuse(TunnelName form, String author) throws IOException {
    done("refuse " + form + " by " + author);
  }

  @Override
  public VisitDesk.Opened openVisit(TunnelName form, String author) throws IOException {
    done("open visit by " + form + " by " + author);
    return new VisitDesk.Opened("[Interface]\n", 7200);
  }

  @Override
  public Visitor visit() throws IOException {
    if (failure != null) {
      throw failure;
    }
    return visitor;
  }

  @Override
  public void closeVisit(String author) throws IOException {
    done("close visit by " + author);
  }

  @Override
  public void restart(String author) throws IOException {
    done("restart by " + author);
  }

  @Override
  public void timeZone(ZoneId zone, String author) throws IOException {
    done("time zone " + zone + " by " + author);
  }

  @Override
  public CertificateDesk.Certificate certificate() {
    return certificate;
  }

  @Override
  public void makeCertificate(String author) throws IOException {
    done("certificate by " + author);
    certificate = new CertificateDesk.Certificate("AB:CD", Instant.parse("2028-01-02T03:04:05Z"));
  }

  @Override
  public void dropCertificate(String author) throws IOException {
    done("no certificate by " + author);
    certificate = null;
  }

  @Override
  public Update update() throws IOException {
    done("update");
    if (updates != null) {
      return updates.update();
    }
    boolean writes = update.kind() == UpdateState.Kind.WRITING;
    return new Update(
        "0.1.0",
        update.kind(),
        update.version(),
        writes ? update.percent() : null,
        tonight,
        update.says());
  }

  @Override
  public void giveUpdate(long offset, long of, byte[] part, String author) throws IOException {
    done("give " + part.length + " at " + offset + " of " + of + " by " + author);
    if (updates != null) {
      updates.giveUpdate(offset, of, part, author);
    }
  }

  @Override
  public void tryUpdate(String author) throws IOException {
    done("try by " + author);
    if (updates != null) {
      updates.tryUpdate(author);
    }
  }

  @Override
  public void tryTonight(boolean wanted, String author) throws IOException {
    done("tonight " + wanted + " by " + author);
    tonight = wanted;
    if (updates != null) {
      updates.tryTonight(wanted, author);
    }
  }

  @Override
  public News news() {
    return news;
  }

  @Override
  public void lookForUpdate(String author) throws IOException {
    done("look by " + author);
  }

  @Override
  public void fetchUpdate(String author) throws IOException {
    done("fetch by " + author);
  }

  @Override
  public Support support(boolean hideAddresses, boolean toCard, String author) throws IOException {
    done("support " + hideAddresses + " " + toCard + " by " + author);
    return new Support(
        "what helps\n", toCard ? Sentence.of("support.on-card", "noren-support.txt") : null);
  }

  @Override
  public Notices notices() throws IOException {
    done("notices");
    return new Notices("owner@shop.example", null, List.of("down"), 1, List.of(TRIED));
  }

  @Override
  public List<Tried> testNotices(String author) throws IOException {
    done("test notices by " + author);
    return List.of(TRIED);
  }
}
