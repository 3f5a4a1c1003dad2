package dev.noren.services;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.noren.config.RouterConfig;
import dev.noren.config.RouterJson;
import dev.noren.linux.Fd;
import dev.noren.plan.RouterFacts;
import dev.noren.plan.RouterPlan;
import dev.noren.plan.ServicePlan;
import dev.noren.status.Health;
import dev.noren.status.Rhythm;
import dev.noren.status.SignalFile;
import dev.noren.street.Wait;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real helper by both shells that a router may have; its programs are scripts. */
class RootHelperTest {
  private static final Path SCRIPT =
      Path.of("rootfs-overlay/usr/sbin/noren-helper").toAbsolutePath();

  /** Runs the scripts of its options file as pppd does: in /, with six arguments. */
  private static final String FAKE_PPPD =
      """
      word() { sed -n "s/^$1 //p" "$options"; }
      options=$(pwd)/$2
      run() {
        script=$(word "$1")
        (cd / && DNS1=198.51.100.53 DNS2='198.51.100.54;$(id)' \
          "$script" "$(word ifname)" - 0 198.51.100.20 198.51.100.1 "$(word ipparam)")
      }
      trap 'run ip-down-script; kill $child; exit 0' TERM
      run ip-up-script
      echo up
      sleep 600 &
      child=$!
      wait
      """;

  @TempDir private Path folder;
  private final CommandRunner commands = new CommandRunner();
  private final List<Process> processes = new ArrayList<>();
  private Path state;
  private Path log;
  private int requests;

  @BeforeEach
  void make() throws IOException {
    state = Files.createDirectory(folder.resolve("state"));
    Path bin = Files.createDirectory(folder.resolve("bin"));
    log = Files.createFile(folder.resolve("log"));
    for (String program : List.of("date", "reboot", "pppd")) {
      Path file = bin.resolve(program);
      Files.writeString(
          file,
          "#!/bin/sh\necho \"%s $*\" >>%s\n%s"
              .formatted(program, log, program.equals("pppd") ? FAKE_PPPD : ""));
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }
  }

  @AfterEach
  void end() throws Exception {
    for (Process process : processes) {
      List<ProcessHandle> children = process.descendants().toList();
      process.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
      children.forEach(ProcessHandle::destroyForcibly);
    }
    // One that was made after they were counted has the folder's name among its arguments.
    ProcessHandle.allProcesses()
        .filter(each -> each.info().commandLine().orElse("").contains(folder.toString()))
        .forEach(ProcessHandle::destroyForcibly);
  }

  private Process start(String shell) throws Exception {
    List<String> command = new ArrayList<>(List.of(shell.split(" ", -1)));
    assumeTrue(commands.find(command.getFirst()).isPresent(), "there is no " + shell);
    String group = commands.run("id", "-gn").strip();
    command.addAll(
        List.of(SCRIPT.toString(), state.toString(), group, folder + "/bin", folder + "/leds"));
    Process process = commands.start(command, folder, Map.of(), line -> {});
    processes.add(process);
    Path requests = state.resolve("helper/requests");
    for (int i = 0; i < 2000 && process.isAlive(); i++) {
      if (Files.exists(requests) && permissions(requests).equals("rw--w----")) {
        break;
      }
      Thread.sleep(5);
    }
    return process;
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  /** Sends a request with an id of its own, and waits for the answer to that. */
  private String ask(String request) throws Exception {
    requests++;
    String id = "%016x".formatted(requests);
    send((id + " " + request + "\n").getBytes(StandardCharsets.UTF_8));
    Path answer = state.resolve("helper/answer");
    for (int i = 0; i < 12_000; i++) {
      String said = Files.exists(answer) ? Files.readString(answer).strip() : "";
      if (said.startsWith(id + " ")) {
        return said.substring(id.length() + 1);
      }
      Thread.sleep(5);
    }
    throw new AssertionError("no answer to: " + request);
  }

  /**
   * Has it read all that was sent. While more waits than it reads at once, a request may lie across
   * the cut, and then it is none.
   */
  private void awaitCalm() throws Exception {
    Path answer = state.resolve("helper/answer");
    for (int i = 0; i < 60; i++) {
      requests++;
      String id = "%016x".formatted(requests);
      send((id + " calm\n").getBytes(StandardCharsets.UTF_8));
      for (int j = 0; j < 200; j++) {
        if (Files.exists(answer) && Files.readString(answer).startsWith(id)) {
          return;
        }
        Thread.sleep(5);
      }
    }
    throw new AssertionError("it answers nothing");
  }

  private List<String> calls() throws IOException {
    List<String> lines = Files.readAllLines(log);
    Files.writeString(log, "");
    return lines;
  }

  private void send(byte[] bytes) throws IOException {
    Files.write(state.resolve("helper/requests"), bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "busybox ash"})
  void doesWhatItsVerbsSay(String shell) throws Exception {
    start(shell);
    assertEquals("rwxr-x---", permissions(state.resolve("helper")));
    assertEquals("ok", ask("clock 1800000000"));
    assertEquals("ok", ask("reboot"));
    assertEquals(List.of("date -u -s @1800000000", "reboot "), awaitCalls(2));
    assertEquals("rw-r-----", permissions(state.resolve("helper/answer")));

    assertEquals(
        "ok", ask("pppd start ppp0 eth0 1454 shop@isp.example a\"b\\c$(id)`id`*'%20x%2520%25"));
    Path options = state.resolve("helper/pppd-ppp0.options");
    assertEquals("rw-------", permissions(options));
    String text = Files.readString(options);
    assertTrue(text.contains("\nnic-eth0\nifname ppp0\nuser \"shop@isp.example\"\n"), text);
    assertTrue(
        text.contains("\npassword \"a\\\"b\\\\c$(id)`id`*' x%20%\"\nmtu 1454\nmru 1454\n"), text);
    String first = pidOf("ppp0");
    awaitLease();
    assertEquals(
        "address=198.51.100.20\nprefix=32\ndns=198.51.100.53 198.51.100.54\n",
        Files.readString(lease()));
    assertEquals("rw-r-----", permissions(lease()));
    assertEquals("ok", ask("pppd start ppp0 eth0 1454 shop@isp.example x"));
    assertTrue(ProcessTable.read(Long.parseLong(first)).isEmpty(), "it takes its place");
    String second = pidOf("ppp0");
    awaitLease();
    assertEquals(
        List.of("pppd file ./pppd-ppp0.options", "pppd file ./pppd-ppp0.options"), awaitCalls(2));
    assertEquals("ok", ask("pppd stop ppp0"));
    assertTrue(ProcessTable.read(Long.parseLong(second)).isEmpty());
    assertFalse(Files.exists(options), "with the password");
    assertFalse(Files.exists(lease()), "what is down gives nothing");
    assertEquals("ok", ask("pppd stop ppp0"));
  }

  private void makeLed(String name) throws IOException {
    Path led = Files.createDirectories(folder.resolve("leds").resolve(name));
    for (String file : List.of("trigger", "brightness", "delay_on", "delay_off")) {
      Files.writeString(led.resolve(file), "before\n");
    }
  }

  private String led(String name) throws IOException {
    StringBuilder all = new StringBuilder();
    for (String file : List.of("trigger", "brightness", "delay_on", "delay_off")) {
      all.append(Files.readString(folder.resolve("leds").resolve(name).resolve(file)).strip());
      all.append(' ');
    }
    return all.toString().strip();
  }

  private void awaitLed(String name, String as) throws Exception {
    for (int i = 0; i < 4_000 && !led(name).equals(as); i++) {
      Thread.sleep(5);
    }
    assertEquals(as, led(name));
  }

  private List<String> helperFiles() throws IOException {
    try (var files = Files.list(state.resolve("helper"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "busybox ash"})
  void forgettingEndsEveryLineAndLeavesNoPassword(String shell) throws Exception {
    start(shell);
    assertEquals("ok", ask("pppd start ppp0 eth0 1454 user secret"));
    assertEquals("ok", ask("pppd start ppp-1 eth1 1454 user secret"));
    String pid = pidOf("ppp-1");
    assertTrue(helperFiles().contains("pppd-ppp-1.options"));
    assertEquals("refused: forget takes no argument", ask("forget ppp0"));
    assertEquals("ok", ask("forget"));
    assertEquals(List.of("answer", "requests"), helperFiles());
    assertTrue(ProcessTable.read(Long.parseLong(pid)).isEmpty());
    assertEquals("ok", ask("forget"), "also where there is nothing");
  }

  /** As after a power cut; what runs on, since only the helper was started again, stays. */
  @ParameterizedTest
  @ValueSource(strings = {"dash", "busybox ash"})
  void whatAPowerCutLeftIsDeletedAtTheStart(String shell) throws Exception {
    Process first = start(shell);
    assertEquals("ok", ask("pppd start ppp0 eth0 1454 user secret"));
    String runs = pidOf("ppp0");
    first.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
    Path helper = state.resolve("helper");
    for (String file : List.of("options", "log", "lease", "lease.new", "pid")) {
      Files.writeString(helper.resolve("pppd-ppp1." + file), "4711 1 another-boot secret\n");
    }
    Files.writeString(helper.resolve("pppd-ppp2.options"), "password secret\n");
    Files.delete(helper.resolve("requests"));
    start(shell);
    assertEquals("ok", ask("clock 1800000000"));
    assertEquals(
        List.of(), helperFiles().stream().filter(name -> name.matches(".*ppp[12].*")).toList());
    assertEquals(runs, pidOf("ppp0"));
    assertTrue(ProcessTable.read(Long.parseLong(runs)).isPresent());
    assertEquals("ok", ask("pppd stop ppp0"));
  }

  /** As long as somebody holds the FIFO they are his; then they say how he went. */
  @ParameterizedTest
  @ValueSource(strings = {"dash", "busybox ash"})
  void ledsSayHowTheRouterWent(String shell) throws Exception {
    makeLed("ACT");
    makeLed("pwr:red_1");
    start(shell);
    RootHelper helper = RootHelper.in(state);
    helper.ask("leds ACT pwr:red_1");
    assertEquals("none before before before", led("ACT"));
    assertTrue(permissions(folder.resolve("leds/ACT/brightness")).startsWith("rw-rw-"));
    assertEquals("rw--w----", permissions(state.resolve("helper/alive")));
    // The table's own rhythm of a fault, which the kernel blinks by itself.
    Rhythm fault = SignalFile.TABLE.of(Health.FAULT).one().rhythm();
    String blinks =
        "timer before " + fault.nextEdgeMs(0) + " " + (fault.periodMs() - fault.nextEdgeMs(0));
    try (Fd alive = helper.awaitPipe("alive")) {
      RootHelper.write(alive, "");
      Thread.sleep(50);
      assertEquals("none before before before", led("ACT"));
    }
    awaitLed("ACT", blinks);
    awaitLed("pwr:red_1", blinks);

    helper.ask("leds ACT");
    try (Fd alive = helper.awaitPipe("alive")) {
      RootHelper.write(alive, "bye\n");
    }
    awaitLed("ACT", "none 0 250 250");
    assertEquals(blinks, led("pwr:red_1"), "it was not asked for");
  }

  /** How many processes there are in the helper's folder, children of nobody too. */
  private long inFolder(String program) {
    return ProcessHandle.allProcesses()
        .filter(each -> each.info().commandLine().orElse("").contains(program))
        .filter(each -> state.resolve("helper").equals(folderOf(each)))
        .count();
  }

  private static Path folderOf(ProcessHandle process) {
    try {
      return Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/cwd"));
    } catch (IOException e) {
      return null; // it has ended
    }
  }

  /** Whoever asks anew, or says more than a word: nothing of the watch before is left. */
  @ParameterizedTest
  @ValueSource(strings = {"dash", "busybox ash"})
  void oneWatchEndsBeforeTheNextAndReadsNoMoreThanAWord(String shell) throws Exception {
    makeLed("ACT");
    start(shell);
    RootHelper helper = RootHelper.in(state);
    helper.ask("leds ACT");
    try (Fd before = helper.awaitPipe("alive")) {
      helper.ask("leds ACT");
      try (Fd alive = helper.awaitPipe("alive")) {
        assertFalse(before.isClosed());
        Wait.until("only one reads", () -> inFolder("head") == 1);
        assertEquals("none before before before", led("ACT"));
        RootHelper.write(alive, "byebyebye".repeat(400));
        awaitLed("ACT", "timer before 250 250");
      }
    }
    Wait.until("nobody reads", () -> inFolder("head") == 0);
    assertEquals("ok", ask("leds ACT"), "while nobody has opened it");
    assertEquals("ok", ask("leds ACT"));
    assertEquals("none before 250 250", led("ACT"));
    // The helper, what waits for requests, the watch, and what is to become its reader.
    Wait.until("only one watches", () -> inFolder("noren-helper") <= 4);
  }

  @Test
  void whatIsNoLedIsRefused() throws Exception {
    makeLed("ACT");
    start("dash");
    for (String names :
        List.of(
            "",
            " ..",
            " ../leds/ACT",
            " .ACT",
            " NONE",
            " ACT -n",
            " ACT;id",
            " *",
            " ACT ACT ACT ACT ACT ACT ACT ACT ACT")) {
      assertTrue(ask("leds" + names).startsWith("refused: "), names);
      assertEquals("before before before before", led("ACT"));
    }
  }

  @Test
  void whoAsksOfNobodyHearsSo() {
    assertEquals(
        "noren-helper, which does what only root may, does not run",
        assertThrows(IOException.class, () -> RootHelper.in(state).ask("reboot")).getMessage());
  }

  /** What is supervised is a script that has the helper run pppd. */
  @Test
  void aLineByPppoeIsSupervised() throws Exception {
    start("dash");
    RouterConfig config =
        RouterJson.read(
            "document",
            """
            {"schema": 1, "role": "router",
             "wan": [{"port": "eth0", "method": "pppoe", "user": "u%20", "password": "p \\"x"}]}
            """);
    RouterFacts facts =
        new RouterFacts(
            "machine",
            List.of(RouterFacts.Port.of("eth0", "02:00:00:00:00:01", true, 1500)),
            Map.of(),
            null,
            Set.of(),
            Map.of(),
            false);
    ServicePlan plan =
        RouterPlan.of(config, true, facts).services().stream()
            .filter(service -> service.name().equals("pppd-eth0"))
            .findFirst()
            .orElseThrow();
    Supervisor supervisor = new Supervisor(commands, state, Supervisor.GRACE, () -> {});
    try {
      supervisor.change(null, plan, 0);
      awaitLease();
      assertEquals(
          "198.51.100.20/32",
          new LeaseFiles(state).read(Map.of("ppp0", "eth0")).get("ppp0").address().toString());
      String options = Files.readString(state.resolve("helper/pppd-ppp0.options"));
      assertTrue(options.contains("\nuser \"u%20\"\npassword \"p \\\"x\"\n"), options);
      String first = pidOf("ppp0");
      ProcessHandle pppd = ProcessHandle.of(Long.parseLong(first)).orElseThrow();
      List<ProcessHandle> children = pppd.descendants().toList();
      pppd.destroyForcibly();
      children.forEach(ProcessHandle::destroyForcibly);
      awaitNoLease();
      long nowNs = 0;
      for (int i = 0; i < 2000 && !Files.exists(lease()); i++) {
        nowNs += TimeUnit.SECONDS.toNanos(1);
        supervisor.poll(nowNs);
        Thread.sleep(5);
      }
      assertNotEquals(first, pidOf("ppp0"));
      supervisor.stopAll();
      awaitNoLease();
    } finally {
      supervisor.stopAll();
    }
  }

  private Path lease() {
    return state.resolve("helper/pppd-ppp0.lease");
  }

  private void awaitNoLease() throws Exception {
    for (int i = 0; i < 2000 && Files.exists(lease()); i++) {
      Thread.sleep(5);
    }
    assertFalse(Files.exists(lease()), "what is down gives nothing");
  }

  private void awaitLease() throws Exception {
    for (int i = 0; i < 2000 && !Files.exists(lease()); i++) {
      Thread.sleep(5);
    }
    assertTrue(Files.exists(lease()), "the line gave nothing");
  }

  private String pidOf(String name) throws IOException {
    return Files.readString(state.resolve("helper/pppd-" + name + ".pid")).split(" ", 2)[0];
  }

  private List<String> awaitCalls(int count) throws Exception {
    List<String> all = new ArrayList<>(calls());
    for (int i = 0; i < 2000 && all.size() < count; i++) {
      Thread.sleep(5);
      all.addAll(calls());
    }
    return all;
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "busybox ash"})
  void hostileLinesDoNothing(String shell) throws Exception {
    start(shell);
    List<String> lines = new ArrayList<>();
    List<String> ends =
        List.of(
            "",
            " ",
            ";reboot",
            "&reboot",
            "|reboot",
            "$(reboot)",
            "`reboot`",
            "\nreboot",
            "\treboot",
            "'",
            "\"",
            "\\",
            "*",
            "?",
            "[a-z]*",
            "~",
            "{a,b}",
            "<x",
            ">x",
            "#",
            "!",
            "$",
            "${IFS}",
            "$((1/0))",
            "-",
            "--",
            "../x",
            "/etc/passwd",
            "é",
            "\u0000reboot",
            "\u001b[2J",
            "%s",
            "=x");
    for (String end : ends) {
      for (String start :
          List.of(
              "1 clock 1800000000",
              "1 clock ",
              "1 reboot ",
              "1 reboot",
              "1 pppd start ppp0",
              "1 pppd start ppp0" + end + " eth0 1454 u p" + end + "x",
              "1 pppd start ppp0 eth0" + end + " 1454 u p x",
              "1 pppd start ppp0 eth0 1454",
              "1 pppd stop ",
              "1 pppd ",
              "1 ",
              "",
              "Z",
              "reboot",
              "1 sh -c reboot",
              "1 eval reboot",
              "12345678901234567 reboot",
              "-e reboot")) {
        lines.add(start + (start.equals("1 reboot") ? "x" + end : end));
      }
    }
    lines.addAll(
        List.of(
            "1 clock 0",
            "1 clock -1",
            "1 clock 1699999999",
            "1 clock 4102444801",
            "1 clock 01800000000",
            "1 clock 18000000000000000000",
            "1 clock 1800000000 1",
            "1 clock 0x6B49D200",
            "1 pppd start ppp0 eth0 1279 u p",
            "1 pppd start ppp0 eth0 1501 u p",
            "1 pppd start Ppp0 eth0 1454 u p",
            "1 pppd start -x eth0 1454 u p",
            "1 pppd start pppppppppppppppp eth0 1454 u p",
            "1 pppd start ppp0 eth/0 1454 u p",
            "1 pppd start ppp0 eth0 1454 u " + "p".repeat(129),
            "1 pppd start ppp0 eth0 1454 u p q",
            "1 reboot now",
            "1 REBOOT",
            "1 clock " + "1".repeat(5000),
            "x".repeat(70_000)));
    assertTrue(lines.size() > 500);
    int sent = 0;
    for (String line : lines) {
      // These would be right, or are so once the rest is cut off: they are asked for elsewhere.
      String first = line.split("\n", 2)[0].strip();
      if (first.equals("1 clock 1800000000")
          || first.matches("[0-9a-f]{1,16} reboot")
          || line.matches("1 pppd start ppp0[ -]* eth0[ -]* 1454 u p[ x-]*")) {
        continue;
      }
      send((line + "\n").getBytes(StandardCharsets.UTF_8));
      sent++;
    }
    assertTrue(sent > 400, "sent " + sent);
    awaitCalm();
    assertEquals("ok", ask("clock 1900000000"));
    assertEquals(List.of("date -u -s @1900000000"), calls(), "and it is still there");
    try (var files = Files.list(state.resolve("helper"))) {
      assertEquals(
          List.of("answer", "requests"),
          files.map(file -> file.getFileName().toString()).sorted().toList());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "busybox ash"})
  void noiseDoesNothing(String shell) throws Exception {
    start(shell);
    Random random = new Random(20261126);
    for (int i = 0; i < 200; i++) {
      byte[] noise = new byte[random.nextInt(600)];
      random.nextBytes(noise);
      send(noise);
      send(new byte[] {'\n'});
    }
    awaitCalm();
    assertEquals("ok", ask("clock 1900000000"));
    assertEquals(List.of("date -u -s @1900000000"), calls());
  }

  @Test
  void saysWhatWasRefusedAndWhy() throws Exception {
    start("dash");
    assertEquals("refused: clock takes one number of seconds", ask("clock 5"));
    assertEquals("refused: there is no such verb", ask("poweroff"));
    assertEquals(
        "refused: pppd start takes a name, a device, an MTU, a user and a password",
        ask("pppd start ppp0 eth0 1454 a b p"));
    Files.delete(folder.resolve("bin/date"));
    Files.createSymbolicLink(folder.resolve("bin/date"), Path.of("/bin/false"));
    assertEquals("failed: the clock can't be set", ask("clock 1800000000"));
    assertEquals(List.of(), calls());
  }

  @Test
  void aFolderThatLeadsElsewhereIsRefused() throws Exception {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Files.createSymbolicLink(state.resolve("helper"), elsewhere);
    assertTrue(start("dash").waitFor(20, TimeUnit.SECONDS));
    try (var files = Files.list(elsewhere)) {
      assertEquals(0, files.count());
    }
  }
}
