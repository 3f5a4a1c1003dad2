package dev.noren.router;

import dev.noren.audit.AuditLog;
import dev.noren.config.Backup;
import dev.noren.config.ConfigException;
import dev.noren.config.ConfigStore.Loaded;
import dev.noren.config.HostPort;
import dev.noren.config.RouterConfig;
import dev.noren.config.StoredConfig;
import dev.noren.config.TunnelConfig;
import dev.noren.config.TunnelName;
import dev.noren.control.MachineDesk;
import dev.noren.control.MetricsDesk;
import dev.noren.control.NewsDesk;
import dev.noren.control.NoticeDesk;
import dev.noren.control.Operations;
import dev.noren.control.PairingDesk;
import dev.noren.control.SupportDesk;
import dev.noren.control.UpdateDesk;
import dev.noren.control.VisitDesk;
import dev.noren.doctor.Diagnosis;
import dev.noren.doctor.Symptom;
import dev.noren.status.Echoes;
import dev.noren.status.LogEntry;
import dev.noren.status.LogQuery;
import dev.noren.status.RouterStatus;
import dev.noren.status.TrafficDay;
import dev.noren.status.Trend;
import dev.noren.text.Failed;
import dev.noren.text.Sentence;
import java.io.IOException;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The running router's operations: any thread may call and waits while the router's one thread does
 * it, one after the other. The log alone is read by the caller.
 */
final class RouterOperations implements Operations, VisitDesk, MachineDesk, MetricsDesk {
  /** Longer than applying everything takes, with a DHCP client that does not want to end. */
  private static final long PATIENCE_SECONDS = 60;

  private final Executor routerThread;
  private final LiveConfig live;
  private final Supplier<RouterStatus> newest;
  private final Supplier<TrafficDay> day;
  private final Function<Trend.By, Trend> trend;
  private final Supplier<List<Echoes>> echoes;
  private final Function<Symptom, Diagnosis> doctor;
  private final Supplier<String> metrics;
  private final AuditLog audit;
  private final PairingDesk pairings;
  private final BoxLights lights;
  private final VisitDesk visits;
  private final MachineDesk machine;
  private final UpdateDesk updates;
  private final NewsDesk news;
  private final SupportDesk support;
  private final NoticeDesk notices;
  private final Resetter resetter;

  /** Has the box forget everything, on the router's thread. */
  interface Resetter {
    void reset(String author) throws IOException;
  }

  /**
   * The operations.
   *
   * @param routerThread runs what it is given on the router's thread, or rejects it where that has
   *     ended
   * @param newest makes the newest snapshot, on the router's thread
   * @param day what was carried in the last day, on the router's thread
   * @param trend how lines and tunnels fared for longer, on the router's thread
   * @param echoes how far ends answer, on the router's thread
   * @param doctor says what is wrong, by what somebody complains of, on the router's thread
   * @param metrics the metrics as Prometheus reads them, on the router's thread
   * @param pairings pairs with other shops, on the router's thread
   * @param lights the box's lights, which any thread may ask
   * @param visits lets a technician look, on the router's thread
   * @param machine what the machine is asked to do, on any thread
   * @param updates new versions, on any thread
   * @param news what newer versions there are, on any thread
   * @param support makes support files, on any thread
   * @param notices what the owner is told, on any thread
   */
  RouterOperations(
      Executor routerThread,
      LiveConfig live,
      Supplier<RouterStatus> newest,
      Supplier<TrafficDay> day,
      Function<Trend.By, Trend> trend,
      Supplier<List<Echoes>> echoes,
      Function<Symptom, Diagnosis> doctor,
      Supplier<String> metrics,
      AuditLog audit,
      PairingDesk pairings,
      BoxLights lights,
      VisitDesk visits,
      MachineDesk machine,
      UpdateDesk updates,
      NewsDesk news,
      SupportDesk support,
      NoticeDesk notices,
      Resetter resetter) {
    this.routerThread = routerThread;
    this.live = live;
    this.newest = newest;
    this.day = day;
    this.trend = trend;
    this.echoes = echoes;
    this.doctor = doctor;
    this.metrics = metrics;
    this.audit = audit;
    this.pairings = pairings;
    this.lights = lights;
    this.visits = visits;
    this.machine = machine;
    this.updates = updates;
    this.news = news;
    this.support = support;
    this.notices = notices;
    this.resetter = resetter;
  }

  @Override
  public Shown lights() {
    return lights.shown();
  }

  @Override
  public void identify(int seconds) {
    lights.identify(seconds);
  }

  @Override
  public int testLights() {
    return lights.test();
  }

  @Override
  public void factoryReset(String author) throws IOException {
    look(
        () -> {
          resetter.reset(author);
          return null;
        });
  }

  private <T> T change(Callable<T> work) throws IOException, ConfigException {
    FutureTask<T> task = new FutureTask<>(work);
    try {
      routerThread.execute(task);
      return task.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (RejectedExecutionException | CancellationException e) {
      throw new Failed(Sentence.of("router.ending"), e);
    } catch (TimeoutException e) {
      task.cancel(false);
      throw new Failed(Sentence.of("router.silent", PATIENCE_SECONDS), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failed(Sentence.of("router.ending"), e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException failure -> throw failure;
        case ConfigException refusal -> throw refusal;
        case null, default -> throw new IllegalStateException(e.getCause());
      }
    }
  }

  /** Has something looked at on the router's thread, and waits for it. */
  <T> T look(Callable<T> work) throws IOException {
    try {
      return change(work);
    } catch (ConfigException e) {
      throw new IllegalStateException("nothing was given that could be wrong", e);
    }
  }

  @Override
  public RouterStatus status() throws IOException {
    return look(newest::get);
  }

  @Override
  public TrafficDay day() throws IOException {
    return look(day::get);
  }

  @Override
  public Trend trend(Trend.By by) throws IOException {
    return look(() -> trend.apply(by));
  }

  @Override
  public List<Echoes> echoes() throws IOException {
    return look(echoes::get);
  }

  @Override
  public Diagnosis diagnose(Symptom symptom) throws IOException {
    return look(() -> doctor.apply(symptom));
  }

  @Override
  public String metrics() throws IOException {
    return look(metrics::get);
  }

  @Override
  public List<LogEntry> log(LogQuery query) throws IOException {
    return audit.entries(query);
  }

  @Override
  public Loaded load() throws IOException {
    return look(live::load);
  }

  @Override
  public List<StoredConfig> history() throws IOException {
    return look(live::history);
  }

  @Override
  public Outcome set(String path, String value, String author) throws IOException, ConfigException {
    return change(() -> live.set(path, value, author));
  }

  @Override
  public Outcome edit(int basedOn, RouterConfig after, String author)
      throws IOException, ConfigException {
    return change(() -> live.edit(basedOn, after, author));
  }

  @Override
  public Backup backup() throws IOException {
    return look(live::backup);
  }

  @Override
  public Outcome replace(Backup backup, String from, String author)
      throws IOException, ConfigException {
    return change(() -> live.replace(backup, from, author));
  }

  @Override
  public Outcome importTunnel(TunnelName name, TunnelConfig file, String author)
      throws IOException, ConfigException {
    return change(() -> live.importTunnel(name, file, author));
  }

  @Override
  public Outcome rollback(int number, String author) throws IOException, ConfigException {
    return change(() -> live.rollback(number, author));
  }

  @Override
  public Outcome confirm(String author) throws IOException {
    return look(() -> live.confirm(author));
  }

  @Override
  public Invited invite(TunnelName form, String shop, HostPort far, String author)
      throws IOException, ConfigException {
    return change(() -> pairings.invite(form, shop, far, author));
  }

  @Override
  public List<Sentence> join(String line, TunnelName form, String shop, String author)
      throws IOException, ConfigException {
    return change(() -> pairings.join(line, form, shop, author));
  }

  @Override
  public List<Pair> pairings() throws IOException {
    return look(pairings::pairings);
  }

  @Override
  public Pair accept(TunnelName form, String author) throws IOException, ConfigException {
    return change(() -> pairings.accept(form, author));
  }

  @Override
  public void refuse(TunnelName form, String author) throws IOException, ConfigException {
    change(
        () -> {
          pairings.refuse(form, author);
          return null;
        });
  }

  @Override
  public Opened openVisit(TunnelName form, String author) throws IOException {
    return look(() -> visits.openVisit(form, author));
  }

  @Override
  public Visitor visit() throws IOException {
    return look(visits::visit);
  }

  @Override
  public void closeVisit(String author) throws IOException {
    look(
        () -> {
          visits.closeVisit(author);
          return null;
        });
  }

  @Override
  public void restart(String author) throws IOException {
    machine.restart(author);
  }

  @Override
  public void timeZone(ZoneId zone, String author) throws IOException {
    machine.timeZone(zone, author);
  }

  @Override
  public Update update() throws IOException {
    return updates.update();
  }

  @Override
  public void giveUpdate(long offset, long of, byte[] part, String author) throws IOException {
    updates.giveUpdate(offset, of, part, author);
  }

  @Override
  public void tryUpdate(String author) throws IOException {
    updates.tryUpdate(author);
  }

  @Override
  public void tryTonight(boolean wanted, String author) throws IOException {
    updates.tryTonight(wanted, author);
  }

  @Override
  public News news() throws IOException {
    return news.news();
  }

  @Override
  public void lookForUpdate(String author) throws IOException {
    news.lookForUpdate(author);
  }

  @Override
  public void fetchUpdate(String author) throws IOException {
    news.fetchUpdate(author);
  }

  @Override
  public Support support(boolean hideAddresses, boolean toCard, String author) throws IOException {
    return support.support(hideAddresses, toCard, author);
  }

  @Override
  public Notices notices() throws IOException {
    return notices.notices();
  }

  @Override
  public List<Tried> testNotices(String author) throws IOException {
    return notices.testNotices(author);
  }
}
