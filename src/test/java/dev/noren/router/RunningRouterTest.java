package dev.noren.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.NorenHost;
import dev.noren.audit.AuditLog;
import dev.noren.cli.Exit;
import dev.noren.cli.Terminal;
import dev.noren.config.Backup;
import dev.noren.config.ConfigStore;
import dev.noren.config.Documents;
import dev.noren.config.RouterConfig;
import dev.noren.config.RouterJson;
import dev.noren.config.RouterTunnel;
import dev.noren.config.StoredConfig;
import dev.noren.control.Confirmation;
import dev.noren.control.ControlSocket;
import dev.noren.doctor.Diagnoses;
import dev.noren.protocol.Limits;
import dev.noren.protocol.handshake.Tai64n;
import dev.noren.state.TimestampMark;
import dev.noren.status.LogEntry;
import dev.noren.status.LogEntry.Kind;
import dev.noren.status.Statuses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command line and the router's document, socket and log together; only the ports are not. */
@Timeout(60)
class RunningRouterTest {
  private static final Instant NOW = Instant.parse("2026-10-05T08:00:00Z");
  private static final String NEW_KEY = "gI6EdUSYvn8ugXOt8QQD6Yc+JyiZxIhp3GInSWRfWGE=";

  @TempDir Path folder;
  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final List<LogEntry> copied = new ArrayList<>();
  private Path state;
  private long nowNs;
  private TimestampMark mark;
  private LiveConfig live;
  private ControlSocket socket;
  private final Terminal terminal = new Terminal();
  private String out;
  private String err;

  @BeforeEach
  void start() throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    terminal.now = NOW;
    terminal.environment.put("SUDO_USER", "akira");
    state = Files.createDirectory(folder.resolve("state"));
    Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwx------"));
    AuditLog audit = new AuditLog(state, 365, copied::add);
    ConfigStore store = ConfigStore.in(state);
    mark = new TimestampMark(state, () -> 0);
    LiveConfig.Follower follower =
        new LiveConfig.Follower() {
          @Override
          public void follow(StoredConfig config) {}

          @Override
          public void settled() {}

          @Override
          public void happened(String who, String what) {
            audit.write(new LogEntry(NOW, Kind.CONFIG, who, what), nowNs);
          }
        };
    live =
        new LiveConfig(
            store, store.load().current(), mark, InstantSource.fixed(NOW), () -> nowNs, follower);
    socket =
        ControlSocket.in(
            state,
            new RouterOperations(
                thread,
                live,
                () -> Statuses.FULL,
                () -> Statuses.DAY,
                by -> Statuses.TREND,
                () -> Statuses.ECHOES,
                symptom -> Diagnoses.NONE,
                () -> "",
                audit,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                author -> {}));
    socket.start();
  }

  @AfterEach
  void stop() throws InterruptedException {
    socket.close();
    thread.shutdown();
    assertTrue(thread.awaitTermination(30, TimeUnit.SECONDS));
  }

  private int noren(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.add("--state=" + state);
    int code = terminal.run(new NorenHost(Limits.WHITEPAPER), all.toArray(String[]::new));
    out = terminal.out;
    err = terminal.err;
    return code;
  }

  private String backup() throws IOException {
    Path file = Files.writeString(folder.resolve("backup.json"), Documents.FULL);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file.toString();
  }

  private RouterConfig saved() throws IOException {
    return ConfigStore.in(state).load().current().config();
  }

  @Test
  void aChangeGoesThroughTheRouterAndIsConfirmed() throws IOException {
    assertEquals(Exit.DONE, noren("config", "import", backup()), err);
    assertTrue(out.startsWith("Being tried: import of backup.json: name, role"), out);
    assertTrue(
        out.endsWith(
            "\nIt is undone in 90 s (2026-10-05T08:01:30Z) unless you confirm it: noren config"
                + " confirm\n"),
        out);
    assertEquals(RouterConfig.DEFAULT, saved());
    assertEquals(Exit.FAILED, noren("config", "set", "name", "shop-2"));
    assertTrue(err.contains("is being tried"), err);
    assertEquals(Exit.DONE, noren("config", "confirm"), err);
    assertTrue(out.startsWith("Saved as number 1: import of backup.json: "), out);
    assertEquals(Exit.DONE, noren("config", "set", "name", "shop-2"), err);
    assertEquals("Saved as number 2: name\n", out);
    assertEquals("shop-2", saved().name());
    assertEquals(Exit.FAILED, noren("config", "confirm"));
    assertEquals(Exit.DONE, noren("config", "history"));
    assertTrue(out.contains(" (local): akira, command line  name\n"), out);
    noren("config", "export");
    assertEquals(Documents.FULL.replace("shop-1", "shop-2"), out);
    assertEquals(Exit.FAILED, noren("config", "set", "log.keepDays", "0"));
    assertEquals("the configuration, log.keepDays: 0 is not a whole number from 1 to 3650.\n", err);
  }

  @Test
  void whatNobodyConfirmsIsUndone() throws Exception {
    noren("config", "import", backup());
    nowNs = Confirmation.PATIENCE_NS;
    assertTrue(thread.submit(() -> live.undoIfDue()).get());
    assertEquals(Exit.FAILED, noren("config", "confirm"));
    assertEquals(RouterConfig.DEFAULT, saved());
    noren("log", "--kind", "config");
    assertEquals(2, out.lines().count(), out);
    assertTrue(out.contains("-  undone, as nobody confirmed it for 90 s: import of"), out);
  }

  @Test
  void statusAndLogComeOverTheSocket() throws IOException {
    assertEquals(Exit.DONE, noren("status"), err);
    assertTrue(out.startsWith("router: shop-1\n"), out);
    noren("config", "set", "name", "shop-2");
    noren("log");
    String running = out;
    assertEquals(1, running.lines().count(), running);
    assertEquals(Exit.DONE, noren("log", "--verify"));
    assertEquals("1 line is as written, from 2026-10 to 2026-10\n", out);
    socket.close();
    noren("log");
    assertEquals(running, out, "the files say the same while it is stopped");
    assertEquals(Exit.FAILED, noren("status"));
    assertEquals("noren: the router is not running: noren run starts it.\n", err);
    assertEquals(Exit.FAILED, noren("config", "confirm"));
    assertEquals(Exit.DONE, noren("config", "set", "name", "shop-3"), err);
    assertEquals("shop-3", saved().name());
  }

  /** The spare box's clock stands still in 1970, and still no far end has seen its timestamps. */
  @Test
  void aBoxThatIsRestoredStartsBeyondTheBackupsMark() throws Exception {
    noren("config", "import", backup());
    noren("config", "confirm");
    byte[] used = new byte[0];
    for (int i = 0; i < 100; i++) {
      used = mark.next();
    }
    assertEquals(Exit.DONE, noren("config", "export"), err);
    String text = out;
    assertTrue(text.endsWith(",\n  \"timestampMark\": \"" + mark.reserved() + "\"\n}\n"), text);
    Path file = Files.writeString(folder.resolve("export.json"), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    assertEquals(mark.reserved(), Backup.read("export.json", text).timestampMark());
    Path spare = folder.resolve("spare");
    assertEquals(
        Exit.DONE,
        new Terminal()
            .run(
                new NorenHost(Limits.WHITEPAPER),
                "config",
                "import",
                file.toString(),
                "--state=" + spare));
    assertEquals(Documents.FULL, RouterJson.write(ConfigStore.in(spare).load().current().config()));
    assertTrue(Tai64n.compare(new TimestampMark(spare, () -> 0).next(), 0, used, 0) > 0);
    Path other = Files.createDirectory(folder.resolve("other"));
    assertTrue(Tai64n.compare(new TimestampMark(other, () -> 0).next(), 0, used, 0) < 0);
    // Into a router that runs, whose timestamps are in its memory.
    Instant beyond = Instant.parse("2030-01-01T00:00:00Z");
    Files.writeString(file, text.replace(mark.reserved().toString(), beyond.toString()));
    assertEquals(Exit.DONE, noren("config", "import", file.toString()), err);
    assertTrue(Tai64n.toUnixNs(mark.next(), 0) > beyond.getEpochSecond() * 1_000_000_000L);
    Files.writeString(
        file, text.replaceFirst("(?<=timestampMark\": \")[^\"]+", "2130-01-01T00:00:00Z"));
    assertEquals(Exit.FAILED, noren("config", "import", file.toString()));
    assertEquals(
        file
            + ", timestampMark: \"2130-01-01T00:00:00Z\" is not a time from 1970 to 2099: far ends"
            + " would never forget it.\n",
        err);
  }

  @Test
  void aRouterThatIsEndingSaysSo() {
    thread.shutdown();
    IOException e =
        assertThrows(
            IOException.class,
            () ->
                new RouterOperations(
                        thread,
                        live,
                        () -> null,
                        () -> null,
                        by -> null,
                        () -> null,
                        symptom -> null,
                        () -> null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        author -> {})
                    .confirm("akira"));
    assertEquals("the router is ending", e.getMessage());
  }

  /** Each key of the document, and each that it ever had, in each form that keys have. */
  @Test
  void noLogHoldsASecret() throws Exception {
    noren("config", "import", backup());
    noren("config", "confirm");
    terminal.input = NEW_KEY;
    noren("config", "set", "tunnels[0].privateKey", "-");
    noren("config", "confirm");
    terminal.input = "sesame-open";
    noren("config", "set", "wan[1].password", "-");
    noren("config", "confirm");
    terminal.input = NEW_KEY.substring(1);
    assertEquals(Exit.FAILED, noren("config", "set", "tunnels[0].privateKey", "-"));
    noren("config", "rollback", "1");
    noren("config", "confirm");
    noren("config", "import", conf());
    List<String> secrets = new ArrayList<>(List.of("sesame-open", "horse"));
    keys(NEW_KEY, secrets);
    for (RouterTunnel tunnel : RouterJson.read("x", Documents.FULL).tunnels()) {
      keys(tunnel.privateKey().toBase64(), secrets);
      for (RouterTunnel.Peer peer : tunnel.peers()) {
        if (!peer.config().presharedKey().isNone()) {
          keys(peer.config().presharedKey().toBase64(), secrets);
        }
      }
    }
    assertTrue(secrets.size() > 10, secrets.size() + " to look for");
    StringBuilder logs = new StringBuilder(copied.toString());
    try (Stream<Path> files = Files.walk(state)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.startsWith(state.resolve("config"))) {
          logs.append(Files.readString(file)).append('\n');
        }
      }
    }
    assertTrue(logs.toString().contains("tunnels[0].privateKey"), "something is told of it");
    noren("log", "--json");
    logs.append(out);
    noren("config", "history", "2");
    logs.append(out);
    for (String secret : secrets) {
      assertFalse(logs.toString().contains(secret), "a secret is in a log");
    }
  }

  private String conf() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("branch.conf"),
            "[Interface]\nPrivateKey = " + NEW_KEY + "\nAddress = 10.7.0.2/32\nPostUp = x\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file.toString();
  }

  /** In base64 with and without its end, and in hexadecimal digits of both sizes. */
  private static void keys(String base64, List<String> into) {
    byte[] key = Base64.getDecoder().decode(base64);
    into.add(base64.substring(0, base64.length() - 1));
    into.add(HexFormat.of().formatHex(key));
    into.add(HexFormat.of().formatHex(key).toUpperCase(Locale.ROOT));
  }
}
