package dev.noren.services;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.plan.RouterFirewall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The start scripts by both shells that a router may have; the programs in a root of its own. */
class StartScriptsTest {
  private static final Duration TIME = Duration.ofSeconds(60);
  private static final Path OVERLAY = Path.of("rootfs-overlay").toAbsolutePath();

  @TempDir private Path root;
  private final CommandRunner commands = new CommandRunner();
  private Path log;

  @BeforeEach
  void install() throws IOException {
    log = Files.createFile(root.resolve("log"));
    for (String file :
        List.of("usr/lib/noren/service.sh", "usr/lib/noren/keep", "usr/share/noren/closed.nft")) {
      Files.createDirectories(root.resolve(file).getParent());
      Files.copy(OVERLAY.resolve(file), root.resolve(file));
    }
    String stays =
        """
        echo $$ >ROOT/running; trap 'echo ended >>ROOT/log; exit 0' TERM
        sleep 600 & while :; do wait; done
        """;
    program("usr/bin/noren", stays);
    program("usr/sbin/noren-helper", stays);
    program("usr/bin/setpriv", "while [ \"$1\" != -- ]; do shift; done; shift; exec \"$@\"\n");
    program("usr/bin/chown", "");
    program("usr/bin/logger", "exec cat >>ROOT/syslog\n");
    program("usr/bin/nft", "case $1 in -f) : >ROOT/stands ;; list) [ -e ROOT/stands ] ;; esac\n");
  }

  /** A program that writes down how it was called. */
  private void program(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    String start = "#!/bin/sh\necho \"" + file.getFileName() + " $*\" >>ROOT/log\n";
    Files.writeString(file, (start + text).replace("ROOT", root.toString()));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  @AfterEach
  void stop() throws IOException {
    run("noren", "stop");
    run("noren-helper", "stop");
  }

  private CommandRunner.Result run(String script, String word) throws IOException {
    Path file = Path.of("init.d", script).toAbsolutePath();
    return commands.tryRun(List.of("env", "NOREN_ROOT=" + root, file.toString(), word), "", TIME);
  }

  private void expect(int code, String said, String script, String word) throws IOException {
    CommandRunner.Result result = run(script, word);
    assertEquals(said, result.output().strip());
    assertEquals(code, result.exitCode());
  }

  private List<String> calls(String program) throws IOException {
    return Files.readAllLines(log).stream().filter(line -> line.startsWith(program)).toList();
  }

  private void awaitCalls(String program, int count) throws Exception {
    for (int i = 0; i < 4000 && calls(program).size() < count; i++) {
      Thread.sleep(5);
    }
    assertEquals(count, calls(program).size(), Files.readString(log));
  }

  @Test
  void aBoardsFileIsHandedOnWhereThereIsOne() throws Exception {
    Path board = root.resolve("usr/share/noren/board");
    Files.createDirectories(board.getParent());
    Files.writeString(board, "form one\nlamp status class ACT\n");
    expect(0, "noren is started.", "noren", "start");
    awaitCalls("noren run", 1);
    assertEquals(
        List.of("noren run --state " + root + "/var/lib/noren --board " + board), calls("noren"));
  }

  @Test
  void theRouterIsStartedAsAUserOfItsOwnAndAgainWhenItDies() throws Exception {
    expect(3, "noren does not run.", "noren", "status");
    expect(0, "noren is started.", "noren", "start");
    awaitCalls("noren run", 1);
    assertEquals(List.of("noren run --state " + root + "/var/lib/noren"), calls("noren"));
    String dropped = calls("setpriv").getFirst();
    assertTrue(dropped.startsWith("setpriv --reuid noren --regid noren --init-groups"), dropped);
    assertTrue(
        dropped.contains(" --ambient-caps -all,+net_admin,+net_raw,+net_bind_service "), dropped);
    expect(0, "noren runs.", "noren", "status");
    expect(0, "noren runs already.", "noren", "start");

    killNoren();
    awaitCalls("noren run", 2);
    expect(0, "noren is stopped.", "noren", "stop");
    assertEquals(List.of("ended"), calls("ended"), "it was asked to");
    expect(3, "noren does not run.", "noren", "status");
    expect(0, "noren does not run.", "noren", "stop");
    assertEquals(List.of(), calls("nft"), "the firewall stays");
    assertTrue(Files.readString(root.resolve("syslog")).contains("noren ended with 137;"));
  }

  private void killNoren() throws Exception {
    long pid = Long.parseLong(Files.readString(root.resolve("running")).strip());
    ProcessHandle noren = ProcessHandle.of(pid).orElseThrow();
    List<ProcessHandle> children = new ArrayList<>(noren.descendants().toList());
    noren.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
  }

  @Test
  void restartsLeaveOne() throws Exception {
    expect(0, "noren-helper is started.", "noren-helper", "start");
    awaitCalls("noren-helper ", 1);
    expect(0, "noren-helper is stopped.\nnoren-helper is started.", "noren-helper", "restart");
    awaitCalls("noren-helper ", 2);
    assertEquals(
        "noren-helper " + root + "/var/lib/noren noren", calls("noren-helper ").getFirst());
    assertEquals(1, calls("ended").size());
  }

  @Test
  void aProcessWithTheRecordedNumberIsNotTakenForTheRouter() throws Exception {
    Files.createDirectories(root.resolve("run"));
    Files.writeString(root.resolve("run/noren.pid"), ProcessHandle.current().pid() + "\n");
    expect(3, "noren does not run.", "noren", "status");
    expect(0, "noren does not run.", "noren", "stop");
  }

  @Test
  void theFirewallIsClosedOnceAndNeverOpened() throws Exception {
    expect(3, "There is no firewall.", "noren-firewall", "status");
    expect(0, "The firewall is closed.", "noren-firewall", "start");
    expect(0, "The firewall stands already.", "noren-firewall", "restart");
    expect(0, "The firewall stays; noren run --open takes it away.", "noren-firewall", "stop");
    expect(0, "The firewall stands.", "noren-firewall", "status");
    assertEquals(List.of("nft -f " + root + "/usr/share/noren/closed.nft"), calls("nft -f"));
  }

  @Test
  void theClosedFirewallIsTheOneThatTheRouterBeginsWith() throws IOException {
    assertEquals(
        RouterFirewall.closed(), Files.readString(OVERLAY.resolve("usr/share/noren/closed.nft")));
  }

  /** Of the card's keys the kit gives those that are keys. */
  private void card(String keys) throws IOException {
    program("usr/lib/noren/kit", "printf '" + keys + "'\n");
    program("usr/bin/dropbear", "echo $$ >ROOT/running; exec sleep 600\n");
    program(
        "usr/bin/dropbearkey",
        "case $1 in -t) echo own >$4 ;; -y) echo 'Fingerprint: SHA256:x' ;; esac\n");
    Files.createDirectories(root.resolve("etc"));
    Files.writeString(
        root.resolve("etc/passwd"),
        "root:*:0:0:root:/root:/usr/sbin/nologin\nnoren:x:900:900::/:/usr/sbin/nologin\n");
  }

  private String rootsLine() throws IOException {
    return Files.readAllLines(root.resolve("etc/passwd")).getFirst();
  }

  @Test
  void withoutATechniciansKeyThereIsNoShell() throws Exception {
    card("");
    expect(0, "noren-shell: no technician's key lies on the card.", "noren-shell", "start");
    expect(3, "noren-shell does not run.", "noren-shell", "status");
    assertEquals(List.of(), calls("dropbear"));
    assertTrue(rootsLine().endsWith(":/usr/sbin/nologin"), rootsLine());
  }

  @Test
  void aTechniciansKeyOpensAShellThatTakesNothingElse() throws Exception {
    card("ssh-ed25519 AAAA him\\n");
    try {
      expect(0, "noren-shell is started.", "noren-shell", "start");
      awaitCalls("dropbear -F", 1);
      List<String> words = List.of(calls("dropbear -F").getFirst().split(" "));
      assertTrue(words.containsAll(List.of("-s", "-j", "-k")), words::toString);
      Path keys = root.resolve("run/noren-shell");
      assertEquals(keys.toString(), words.get(words.indexOf("-D") + 1));
      assertEquals("ssh-ed25519 AAAA him\n", Files.readString(keys.resolve("authorized_keys")));
      assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(keys)));
      Path own = root.resolve("data/shell/key");
      assertEquals(own.toString(), words.get(words.indexOf("-r") + 1));
      assertEquals("own\n", Files.readString(own));
      assertTrue(rootsLine().endsWith(":/bin/sh"), rootsLine());
    } finally {
      run("noren-shell", "stop");
    }
    assertTrue(rootsLine().endsWith(":/usr/sbin/nologin"), rootsLine());
    assertFalse(Files.exists(root.resolve("run/noren-shell")));
    Files.writeString(root.resolve("data/shell/key"), "of before\n");
    expect(0, "noren-shell is started.", "noren-shell", "start");
    run("noren-shell", "stop");
    assertEquals("of before\n", Files.readString(root.resolve("data/shell/key")));
  }

  @Test
  void otherWordsAreRefused() throws IOException {
    for (String script : List.of("noren", "noren-helper", "noren-firewall")) {
      assertEquals(2, run(script, "begin").exitCode());
    }
    assertFalse(Files.exists(root.resolve("run")), Map.of("log", Files.readString(log)).toString());
  }
}
