package dev.noren.router;

import dev.noren.access.Guard;
import dev.noren.access.OwnerAccess;
import dev.noren.audit.AuditLog;
import dev.noren.config.ConfigStore;
import dev.noren.config.ConfigStore.Loaded;
import dev.noren.config.RouterConfig;
import dev.noren.control.Confirmation;
import dev.noren.control.ControlClient;
import dev.noren.control.ControlSocket;
import dev.noren.control.Presence;
import dev.noren.control.SupportDesk.Support;
import dev.noren.doctor.CutWatch;
import dev.noren.forms.SignInPlan;
import dev.noren.linux.KernelClock;
import dev.noren.mdns.LocalName;
import dev.noren.plan.Deed;
import dev.noren.plan.Marks;
import dev.noren.plan.RouterPlan;
import dev.noren.probe.FarEchoes;
import dev.noren.process.Readiness;
import dev.noren.process.Termination;
import dev.noren.protocol.Limits;
import dev.noren.services.Applier;
import dev.noren.services.CommandRunner;
import dev.noren.services.Keytool;
import dev.noren.services.PlanJournal;
import dev.noren.services.Privileges;
import dev.noren.services.RootHelper;
import dev.noren.services.SignedInSets;
import dev.noren.services.Signify;
import dev.noren.services.Supervisor;
import dev.noren.services.Sweep;
import dev.noren.services.Wget;
import dev.noren.state.DeviceDays;
import dev.noren.state.FactoryReset;
import dev.noren.state.GreatestTime;
import dev.noren.state.MachineId;
import dev.noren.state.WallClock;
import dev.noren.state.ZoneFile;
import dev.noren.status.Echoes;
import dev.noren.status.HealthWatch;
import dev.noren.text.Failed;
import dev.noren.text.Language;
import dev.noren.text.Past;
import dev.noren.web.PageServer;
import dev.noren.web.SignInServer;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.tinylog.Logger;

/**
 * {@code noren run}: makes the router's parts, starts them in order, and ends them in reverse. The
 * firewall is first, and stays when all else is gone.
 */
public final class RouterProcess {
  /** A slow card may take so long to take a support file, milliseconds. */
  private static final long CARD_MS = 40_000;

  private final Path state;
  private final Path board;
  private final UpdateSource newVersions;
  private final Limits limits;
  private final InstantSource clock;
  private final CommandRunner commands = new CommandRunner();
  private final Inbox inbox = new Inbox();

  /** That somebody presses the box's button: for whoever has to know that he is in front of it. */
  private final Presence presence = new Presence();

  private Router router;
  private volatile RouterOperations operations;

  /**
   * Of the state folder that is given; nothing runs yet.
   *
   * @param board the file that says what the board has, or null for nothing
   * @param updates the file that says where the list of versions is, or null for nowhere
   */
  public RouterProcess(Path state, Path board, Path updates, Limits limits) {
    this.state = state;
    this.board = board;
    this.newVersions = UpdateSource.read(updates);
    this.limits = limits;
    this.clock = WallClock.of(System.getenv());
  }

  /**
   * Runs until the process is told to end.
   *
   * @throws IOException with a sentence
   */
  public void run() throws IOException {
    Privileges.check();
    forget();
    ConfigStore store = ConfigStore.in(state);
    Loaded loaded = store.load();
    if (ControlClient.in(state, Language.ENGLISH).isRunning()) {
      throw new Failed("router.runs", state);
    }
    RouterConfig config = loaded.current().config();
    ZoneFile zones = new ZoneFile(state);
    zones.apply();
    loaded.notices().forEach(Logger::warn);
    Supervisor supervisor = new Supervisor(commands, state, Supervisor.GRACE, inbox::poke);
    RouterMemory memory = new RouterMemory(state);
    try (Termination termination = new Termination();
        SyslogCopy syslog = new SyslogCopy();
        GreatestTime greatest = new GreatestTime(state, clock);
        DeviceDays days = new DeviceDays(state);
        Reachability reachability = new Reachability(state);
        RouterTunnels tunnels = new RouterTunnels(state, limits, commands, name -> restart(name));
        MachineEyes eyes =
            new MachineEyes(state, new Today(greatest, loaded.current().savedAt()), inbox::poke);
        HistoryKeeper history =
            new HistoryKeeper(state, clock, KernelClock::isKept, System::nanoTime);
        FarEchoes echoes = new FarEchoes(new SecureRandom());
        LineWatches lines = new LineWatches(inbox::poke);
        Questions questions = new Questions(KnownPage.of(System.getenv()), clock);
        FarNames names = new FarNames(new NameServers(), System::nanoTime, inbox::poke);
        LocalName name = new LocalName(SetupPage.NAME, new SecureRandom())) {
      AuditLog audit = new AuditLog(state, config.log().keepDays(), syslog);
      Happenings happenings = new Happenings(audit, syslog, greatest, clock, System::nanoTime);
      Seen seen = new Seen(commands, state);
      Chronicle chronicle =
          new Chronicle(seen::leases, seen::rules, happenings, clock, System.nanoTime());
      Applier applier = new Applier(commands, supervisor, tunnels, System::nanoTime);
      PlanJournal journal = new PlanJournal(state, commands);
      OwnerAccess access = SetupPage.access(state);
      Visits visits =
          new Visits(
              state,
              () -> router.followed(),
              () -> router.plan().layout().ownPageAddresses(),
              () -> greatest.forExpiry(false),
              System::nanoTime,
              happenings::configured,
              access::closeVisit);
      PathSizes sizes = new PathSizes();
      World world =
          new World(
              eyes,
              memory,
              names,
              lines,
              MachineId.of(state),
              access::isClaimed,
              visits::current,
              sizes::passing);
      router =
          new Router(
              loaded.current(),
              world,
              memory,
              applier,
              journal,
              supervisor,
              tunnels,
              inbox,
              System::nanoTime,
              happenings,
              chronicle,
              new Destinations(seen::leases, happenings));
      LiveConfig live =
          new LiveConfig(
              store,
              loaded.current(),
              tunnels.time(),
              clock,
              System::nanoTime,
              router,
              new Confirmation(Patience.ns(System.getenv())));
      HealthWatch health = new HealthWatch(clock.instant());
      FarAnswers answering = new FarAnswers(echoes);
      history.asks(() -> answering.known(live.inForce().config(), router.plan().tunnels()));
      StatusMaker status =
          new StatusMaker(
              router,
              live,
              tunnels,
              names,
              name,
              supervisor,
              seen,
              reachability,
              chronicle,
              loaded,
              eyes,
              greatest,
              health,
              clock,
              history::carried);
      DevicesSeen devices =
          new DevicesSeen(
              days,
              // What is being tried may be undone, and then nothing is to have been forgotten.
              () -> live.pending() == null ? live.inForce().config() : null,
              tunnels::snapshots,
              eyes::today);
      SignIns signIns = signIns(happenings);
      RouterSight sight = new RouterSight(tunnels::stuckNs, new PageProbe(PageServer.PORT));
      Supplier<List<Echoes>> answers =
          () -> answering.look(live.inForce().config(), router.plan().tunnels());
      Enquiry enquiry =
          new Enquiry(
              router::plan,
              tunnels::snapshots,
              names,
              () -> FarAnswers.asked(live.inForce().config(), router.plan().tunnels()));
      PathCare paths = new PathCare(sizes, enquiry::ways, happenings::router, System::nanoTime);
      MachineGauges machine = new MachineGauges(Path.of("/"));
      CutWatch cuts = new CutWatch();
      LoadWatch load =
          new LoadWatch(
              new ProcessorWatch(machine::processors),
              history::usual,
              () -> answering.lately(live.inForce().config(), router.plan().tunnels()));
      TightWatch tight =
          new TightWatch(
              () -> live.inForce().config(),
              router::plan,
              eyes::ipv6,
              new RoutersHeard(Path.of("/"))::on);
      Consultation consultation =
          new Consultation(
              enquiry,
              new Evidence(status::make, tunnels::sights, answers, enquiry, load, cuts, tight),
              questions,
              System::nanoTime);
      ConditionKeeper keeper =
          new ConditionKeeper(health, cuts, consultation, happenings, clock, System::nanoTime);
      PairingSteps steps =
          new PairingSteps(
              live, () -> router.plan().layout(), tunnels::snapshots, greatest, new SecureRandom());
      PairingAnswers pairingAnswers = new PairingAnswers(steps);
      PairingCalls calls = new PairingCalls(steps);
      Pairings pairings = new Pairings(steps, pairingAnswers, calls, clock);
      try (BoxLights lights =
              BoxLights.start(
                  board, state, tunnels::stuckNs, presence, this::support, this::reset);
          NoticeKeeper notices = notices(happenings);
          PairingTalks talks = new PairingTalks(steps, pairingAnswers, calls, inbox);
          Updates updates =
              new Updates(
                  state,
                  RootHelper.in(state)::ask,
                  happenings::configured,
                  clock,
                  KernelClock::isKept,
                  sight);
          UpdateNews news = news(updates, happenings);
          ControlSocket door =
              ControlSocket.in(
                  state,
                  desk(
                      new RouterOperations(
                          inbox,
                          live,
                          status::make,
                          status::day,
                          history::trend,
                          answers,
                          consultation::diagnose,
                          new Metering(status::make, tunnels, consultation::known, answers, machine)
                              ::text,
                          audit,
                          pairings,
                          lights,
                          visits,
                          new MachineCare(RootHelper.in(state)::ask, zones, happenings::configured),
                          updates,
                          news,
                          new SupportFile(
                              state,
                              parts(tunnels),
                              updates::update,
                              request -> RootHelper.in(state).ask(request, CARD_MS),
                              lights::writing,
                              happenings::configured,
                              clock),
                          notices,
                          author -> reset(author, happenings, lights))));
          HttpDoors signInDoors =
              new HttpDoors(
                  "The sign-in", at -> SignInServer.start(at, signIns)::close, SignInServer.PORT);
          MetricsDoors metricsDoors = new MetricsDoors(operations);
          SetupPage page =
              new SetupPage(
                  access,
                  operations,
                  presence,
                  happenings,
                  name,
                  new PageCertificate(state, new Keytool(commands), happenings::configured, clock),
                  clock)) {
        termination.exitsWith(1);
        termination.calls(router::end);
        applier.apply(List.of(new Deed.Firewall("", RouterPlan.STOPPED.firewall())));
        applier.leaveBridgesAlone();
        new Sweep(commands, state, Supervisor.GRACE).run();
        journal.takeBack();
        happenings.router(Past.words("past.started"));
        names.start();
        door.start();
        Readiness.announce(true);
        Logger.info("The router runs: noren status says how it is.");
        router.run(
            live,
            () -> {
              status.look();
              lines.heard(tunnels.snapshots().values(), System.nanoTime());
              lights.looks(
                  keeper.look(status.signs(answering, updates.isUnderWay())),
                  live.inForce().config().leds());
              SignInPlan plan =
                  signIns.look(
                      live.inForce().config(),
                      eyes.today(),
                      SignedInSets.areIn(router.plan().firewall()));
              signInDoors.follow(plan.doors(), System.nanoTime());
              page.follow(router.plan().layout(), live.inForce().config());
              metricsDoors.follow(
                  router.plan().layout(), live.inForce().config().metrics(), page.names());
              sight.looks(router.plan().layout().pageAddresses());
              paths.look();
              // Before what comes of an update is written down, it is known who is told.
              notices.look(
                  health.now(),
                  live.inForce().config(),
                  router.plan().layout(),
                  chronicle.leases());
              updates.look();
              news.look(live.inForce().config().update());
              history.look();
              devices.look(System.nanoTime());
              visits.look();
              pairings.look();
              talks.look();
            });
        devices.lookAtOnce(System.nanoTime());
        router.stop();
        lights.stopped();
        happenings.router(Past.words("past.stopped"));
        Logger.info("The router has ended and its firewall stays: noren run --open takes it away.");
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
      termination.exitsWith(0);
    }
  }

  /** What was asked for before this start, if anything: only then nothing runs that would mind. */
  private void forget() throws IOException {
    if (!FactoryReset.isAsked(state) || ControlClient.in(state, Language.ENGLISH).isRunning()) {
      return;
    }
    new Sweep(commands, state, Supervisor.GRACE).run();
    new PlanJournal(state, commands).takeBack();
    forgetLines();
    FactoryReset.finish(state);
    Logger.info("Everything is forgotten, as somebody asked for: this is a new box.");
  }

  /** What pppd has of lines, passwords too, is root's: the helper has it. */
  private void forgetLines() {
    try {
      RootHelper.in(state).ask("forget", CARD_MS);
    } catch (IOException e) {
      Logger.info("What pppd may have left goes when noren-helper starts: {}.", e.getMessage());
    }
  }

  private UpdateNews news(Updates updates, Happenings happenings) throws IOException {
    Path folder = state.resolve(Updates.FOLDER);
    return new UpdateNews(
        folder,
        newVersions,
        new UpdateFetch(
            folder,
            newVersions,
            new Wget(commands),
            new Signify(commands),
            UpdateFetch.Limits.USUAL),
        updates,
        happenings::configured,
        new UpdateNews.Clocks(System::nanoTime, clock, KernelClock::isKept),
        new SecureRandom()::nextDouble);
  }

  /** Hears what is written down, from the first thing on. */
  private NoticeKeeper notices(Happenings happenings) {
    NoticePost post = new NoticePost(commands, state, null, new WaysOut(new SecureRandom()), clock);
    NoticeKeeper keeper =
        new NoticeKeeper(
            state, post, Patience.downNs(System.getenv()), happenings::configured, clock);
    happenings.tells(keeper::happened);
    return keeper;
  }

  private RouterOperations desk(RouterOperations made) {
    operations = made;
    return made;
  }

  private SupportParts parts(RouterTunnels tunnels) {
    return new SupportParts(
        state,
        SupportSources.of(() -> operations, () -> operations.look(tunnels::drops)),
        commands);
  }

  /** By the button. */
  private void support() {
    try {
      Support made = operations.support(false, true, "the button");
      Logger.info(
          "{}",
          made.card() == null
              ? "The button asks for a support file on the card, and there is no such card here."
              : made.card().toString());
    } catch (IOException | RuntimeException e) {
      Logger.error("No support file is on the card: {}.", e.getMessage());
    }
  }

  /** By the button. */
  private void reset() {
    try {
      operations.factoryReset("the button");
    } catch (IOException | RuntimeException e) {
      Logger.error("Nothing is forgotten: {}.", e.getMessage());
    }
  }

  /**
   * Has the next start forget everything, and comes to it: by a restart of the machine where the
   * root helper is there, else by an end of this process, which is started again.
   */
  private void reset(String author, Happenings happenings, BoxLights lights) throws IOException {
    FactoryReset.ask(state);
    lights.updating();
    happenings.configured(author, Past.words("past.forgotten"));
    Logger.warn("Everything is to be forgotten, as {} asked for.", author);
    Thread thread = new Thread(this::startAnew, "noren-restart");
    thread.setDaemon(true);
    thread.start();
  }

  private void startAnew() {
    try {
      RootHelper.in(state).ask("reboot");
    } catch (IOException e) {
      Logger.info("The machine is not restarted: {}. This program ends instead.", e.getMessage());
    }
    router.end();
  }

  private SignIns signIns(Happenings happenings) {
    return new SignIns(
        new Guard(UsedCodes.in(state, clock.instant())),
        new SignedInSets(commands),
        SignInTime.of(System.getenv()),
        inbox,
        happenings,
        clock,
        System::nanoTime);
  }

  /**
   * Takes the firewall away that a router has left, and whatever else of it is there.
   *
   * @throws IOException with a sentence, where a router runs
   */
  public static void open(Path state) throws IOException {
    Privileges.check();
    if (ControlClient.in(state, Language.ENGLISH).isRunning()) {
      throw new Failed("router.runs-open");
    }
    CommandRunner commands = new CommandRunner();
    new Sweep(commands, state, Supervisor.GRACE).run();
    new PlanJournal(state, commands).takeBack();
    String table = "table inet " + Marks.NFT_TABLE;
    // The first line makes it where it is not, so that the second can't fail.
    commands.run(List.of("nft", "-f", "-"), "add " + table + "\ndelete " + table + "\n");
    Logger.info("Noren's firewall is gone: nothing is held back any more.");
  }

  private void restart(String name) {
    try {
      inbox.execute(() -> router.tunnelEnded(name));
    } catch (RejectedExecutionException e) {
      Logger.debug("{}: the router is ending", name);
    }
  }
}
