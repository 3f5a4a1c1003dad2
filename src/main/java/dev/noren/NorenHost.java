package dev.noren;

import dev.noren.access.TotpSecret;
import dev.noren.audit.AuditFiles;
import dev.noren.cli.Exit;
import dev.noren.cli.FormFacts;
import dev.noren.cli.Host;
import dev.noren.cli.InterfaceRequest;
import dev.noren.cli.LogLevel;
import dev.noren.cli.NewTotp;
import dev.noren.cli.RunRequest;
import dev.noren.cli.StateOption;
import dev.noren.cli.UpRequest;
import dev.noren.config.ConfigStore;
import dev.noren.config.TunnelName;
import dev.noren.control.ConfigDesk;
import dev.noren.control.ControlClient;
import dev.noren.control.LightDesk;
import dev.noren.control.NewsDesk;
import dev.noren.control.NoticeDesk;
import dev.noren.control.PairingDesk;
import dev.noren.control.UpdateDesk;
import dev.noren.doctor.Diagnosis;
import dev.noren.doctor.Symptom;
import dev.noren.linux.ProcessIo;
import dev.noren.net.Cidr;
import dev.noren.process.InterfaceProcess;
import dev.noren.process.Readiness;
import dev.noren.process.Termination;
import dev.noren.protocol.Limits;
import dev.noren.router.RouterMemory;
import dev.noren.router.RouterProcess;
import dev.noren.router.StateConfig;
import dev.noren.router.SupportParts;
import dev.noren.services.Machine;
import dev.noren.services.QuickDown;
import dev.noren.state.DeviceDays;
import dev.noren.state.OwnerFiles;
import dev.noren.state.ReservedTime;
import dev.noren.state.WallClock;
import dev.noren.status.LogEntry;
import dev.noren.status.LogQuery;
import dev.noren.status.RouterStatus;
import dev.noren.status.RouterStatus.Line;
import dev.noren.text.Failed;
import dev.noren.text.Language;
import dev.noren.text.Sentence;
import dev.noren.tunnel.Tunnel;
import dev.noren.uapi.UapiClient;
import dev.noren.uapi.UapiServer;
import dev.noren.web.SignInClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.tinylog.configuration.Configuration;

/** What the command line asks for, done by the parts of the program. */
public final class NorenHost implements Host {
  /** Longer than a round of questions takes, nanoseconds. */
  private static final long DOCTOR_NS = 15_000_000_000L;

  private static final long DOCTOR_PAUSE_MS = 500;

  private final Limits limits;
  private Language language = Language.ENGLISH;

  public NorenHost(Limits limits) {
    this.limits = limits;
  }

  @Override
  public void speak(Language language) {
    this.language = language;
  }

  @Override
  public int runInterface(InterfaceRequest request) throws IOException {
    logAt(request.logLevel());
    String name = request.name().text();
    try (Termination termination = new Termination();
        InterfaceProcess process =
            InterfaceProcess.start(
                name,
                descriptor(request.tunFd()),
                descriptor(request.uapiFd()),
                Path.of(StateOption.DEFAULT),
                limits)) {
      process.endsWith(termination);
      return runToTheEnd(process.tunnel(), request.logLevel());
    }
  }

  /** Waits until the interface is deleted or the process is told to end. */
  private static int runToTheEnd(Tunnel tunnel, LogLevel logLevel) {
    Readiness.announce(logLevel == LogLevel.DEBUG);
    try {
      return switch (tunnel.awaitEnd()) {
        case CLOSED -> Exit.DONE;
        case INTERFACE_GONE -> {
          System.err.println("noren: " + tunnel.name() + " was deleted; nothing is left to do");
          yield Exit.DONE;
        }
        case FAILED -> Exit.FAILED;
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Exit.FAILED;
    }
  }

  private static OptionalInt descriptor(int number) {
    return number < 0 ? OptionalInt.empty() : OptionalInt.of(number);
  }

  private static void logAt(LogLevel level) {
    Configuration.set(
        "level",
        switch (level) {
          case SILENT -> "off";
          case ERROR -> "error";
          case INFO -> "info";
          case DEBUG -> "debug";
        });
  }

  @Override
  public int up(UpRequest request) throws IOException {
    logAt(request.logLevel());
    return new UpProcess(request, limits).run();
  }

  @Override
  public int down(TunnelName name, Path stateFolder) throws IOException {
    boolean clean = new QuickDown(Machine.here(stateFolder)).run(name.text());
    // A killed process leaves its socket, at which the wg tool would wonder.
    UapiServer.removeStale(name.text());
    return clean ? Exit.DONE : Exit.FAILED;
  }

  @Override
  public int runRouter(RunRequest request) throws IOException {
    logAt(request.logLevel());
    if (request.open()) {
      RouterProcess.open(request.stateFolder());
    } else {
      new RouterProcess(request.stateFolder(), request.board(), request.updates(), limits).run();
    }
    return Exit.DONE;
  }

  @Override
  public ConfigDesk config(Path stateFolder) throws IOException {
    ControlClient router = ControlClient.in(stateFolder, language);
    return router.isRunning()
        ? router
        : new StateConfig(
            ConfigStore.in(stateFolder),
            ReservedTime.in(stateFolder),
            WallClock.of(System.getenv()));
  }

  @Override
  public NewTotp newTotp(String box, String person) {
    TotpSecret secret = TotpSecret.generate(new SecureRandom());
    return new NewTotp(secret.base32(), secret.uri(box, person));
  }

  @Override
  public Instant signIn(URI at, String person, String code) throws IOException {
    return SignInClient.signIn(at, person, code, language);
  }

  @Override
  public FormFacts formFacts(Path stateFolder) throws IOException {
    ControlClient router = ControlClient.in(stateFolder, language);
    RouterStatus status = router.isRunning() ? router.status() : null;
    List<Cidr> networks = new ArrayList<>();
    Cidr shop = null;
    if (status == null) {
      shop = RouterMemory.chosenLan(stateFolder);
    } else {
      shop = status.lan() == null ? null : status.lan().address();
      status.lines().stream().map(Line::address).filter(Objects::nonNull).forEach(networks::add);
    }
    if (shop != null) {
      networks.add(shop);
    }
    Map<String, FormFacts.Days> days = new HashMap<>();
    DeviceDays.read(stateFolder)
        .forEach((key, each) -> days.put(key, new FormFacts.Days(each.known(), each.seen())));
    return new FormFacts(status, shop, networks, days);
  }

  @Override
  public PairingDesk pairing(Path stateFolder) {
    return ControlClient.in(stateFolder, language);
  }

  @Override
  public UpdateDesk updates(Path stateFolder) {
    return ControlClient.in(stateFolder, language);
  }

  @Override
  public NewsDesk news(Path stateFolder) {
    return ControlClient.in(stateFolder, language);
  }

  @Override
  public NoticeDesk notices(Path stateFolder) {
    return ControlClient.in(stateFolder, language);
  }

  @Override
  public String support(Path stateFolder, boolean hideAddresses, String author) throws IOException {
    ControlClient router = ControlClient.in(stateFolder, language);
    return router.isRunning()
        ? router.support(hideAddresses, false, author).text()
        : SupportParts.ofStopped(stateFolder).text(Instant.now(), hideAddresses);
  }

  @Override
  public LightDesk lights(Path stateFolder) {
    return ControlClient.in(stateFolder, language);
  }

  @Override
  public String setupCode(Path stateFolder) throws IOException {
    try {
      OwnerFiles files = new OwnerFiles(stateFolder);
      String code = files.setupCode();
      if (code == null && files.owner() == null) {
        throw new Failed("setup-code.none", stateFolder);
      }
      return code;
    } catch (AccessDeniedException e) {
      throw new Failed(Sentence.of("setup-code.denied", stateFolder), e);
    }
  }

  @Override
  public RouterStatus status(Path stateFolder) throws IOException {
    return ControlClient.in(stateFolder, language).status();
  }

  @Override
  public Diagnosis diagnose(Path stateFolder, Symptom symptom) throws IOException {
    ControlClient router = ControlClient.in(stateFolder, language);
    long untilNs = System.nanoTime() + DOCTOR_NS;
    Diagnosis diagnosis = router.diagnose(symptom);
    try {
      while (!diagnosis.settled() && System.nanoTime() - untilNs < 0) {
        Thread.sleep(DOCTOR_PAUSE_MS);
        diagnosis = router.diagnose(symptom);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return diagnosis;
  }

  @Override
  public void watchStatus(Path stateFolder, Consumer<RouterStatus> taker) throws IOException {
    ControlClient.in(stateFolder, language).watch(taker);
  }

  @Override
  public List<LogEntry> log(Path stateFolder, LogQuery query) throws IOException {
    ControlClient router = ControlClient.in(stateFolder, language);
    return router.isRunning() ? router.log(query) : new AuditFiles(stateFolder).entries(query);
  }

  @Override
  public Sentence verifyLog(Path stateFolder) throws IOException {
    return new AuditFiles(stateFolder).verify();
  }

  @Override
  public int terminalRows() {
    return ProcessIo.terminalRows();
  }

  @Override
  public List<String> interfaces() throws IOException {
    return UapiClient.interfaces();
  }

  @Override
  public String uapiGet(String name) throws IOException {
    return UapiClient.get(name);
  }
}
