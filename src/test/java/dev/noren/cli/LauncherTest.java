package dev.noren.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher script, with a small script in Java's place that reports how it was started. */
class LauncherTest {
  /** Longer than any machine needs: the tests wait for events, never for time. */
  private static final long GIVE_UP_SECONDS = 60;

  private static final String FAKE_JAVA =
      """
      #!/bin/sh
      {
        echo "args=$*"
        echo "cwd=$(pwd -P)"
        echo "umask=$(umask)"
        echo "cores=$(ulimit -c)"
        echo "pid=$$"
        echo "session=$(cut -d' ' -f6 /proc/$$/stat)"
        echo "stdin=$(readlink /proc/$$/fd/0)"
        echo "ready=${NOREN_READY_FD:-none}"
        for fd in ${WG_TUN_FD:-} ${WG_UAPI_FD:-}; do
          echo "fd$fd=$(readlink /proc/$$/fd/$fd)"
        done
      } >"$REPORT.new"
      mv "$REPORT.new" "$REPORT"
      case $FAKE in
        end) exit 7 ;;
        ready) eval "echo ready >&$NOREN_READY_FD" ;;
        silent) ;;
      esac
      exec sleep 600
      """;

  @TempDir Path folder;
  private Path install;
  private Path report;
  private Path temporary;
  private final Map<String, String> environment = new HashMap<>();

  private record Result(int exitCode, String output) {}

  @BeforeEach
  void install() throws IOException {
    install = Files.createDirectories(folder.resolve("install"));
    temporary = Files.createDirectories(folder.resolve("tmp"));
    report = folder.resolve("report");
    Files.createDirectories(install.resolve("target"));
    Files.writeString(install.resolve("target/noren.jar"), "");
    Files.copy(Path.of("noren"), install.resolve("noren"));
    assertTrue(install.resolve("noren").toFile().setExecutable(true));
    environment.put("NOREN_JAVA", script(folder.resolve("fake java/java")).toString());
    environment.put("REPORT", report.toString());
    environment.put("TMPDIR", temporary.toString());
    environment.put("FAKE", "end");
  }

  @AfterEach
  void endWhatStillRuns() throws IOException, InterruptedException {
    if (Files.exists(report)) {
      Optional<ProcessHandle> java = ProcessHandle.of(Long.parseLong(reported("pid")));
      java.ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  @Test
  void runsInFrontWithTheArgumentsAsTheyAre() throws Exception {
    assertEquals(7, noren("check", "a file.conf").exitCode());
    assertTrue(
        reported("args")
            .endsWith("-jar " + install.resolve("target/noren.jar") + " check a file.conf"),
        reported("args"));
    assertEquals("none", reported("ready"));
  }

  @Test
  void variablesOfItsOwnNamesInTheEnvironmentMeanNothing() throws Exception {
    environment.put("prefix", "/usr/local");
    environment.put("user_dir", "/elsewhere");
    assertEquals(7, noren("genkey").exitCode());
    assertFalse(reported("args").contains("/elsewhere"), reported("args"));
  }

  @Test
  void makesNoFileThatOthersMayWrite() throws Exception {
    List<String> command =
        List.of("sh", "-c", "umask 0; exec \"$0\" genkey", install.resolve("noren").toString());
    assertEquals(7, await(start(command)).exitCode());
    assertEquals("0022", reported("umask"));
  }

  @Test
  void keepsAUmaskThatIsStricter() throws Exception {
    List<String> command =
        List.of("sh", "-c", "umask 077; exec \"$0\" genkey", install.resolve("noren").toString());
    assertEquals(7, await(start(command)).exitCode());
    assertEquals("0077", reported("umask"));
  }

  /** Java's report of a crash has parts of its memory in it, and so may have keys. */
  @Test
  void whatACrashLeavesIsForNobodyElse() throws Exception {
    assertEquals(7, noren("genkey").exitCode());
    assertTrue(reported("args").contains(" -XX:ErrorFile=/dev/null "), reported("args"));
    assertEquals("0", reported("cores"));
    String state = folder.resolve("a state").toString();
    for (String[] arguments :
        new String[][] {{"run", "--state", state}, {"run", "--open", "--state=" + state}}) {
      Files.delete(report);
      assertEquals(7, noren(arguments).exitCode());
      assertTrue(
          reported("args").contains(" -XX:ErrorFile=" + state + "/crash.log "), reported("args"));
      assertEquals("0", reported("cores"));
      assertEquals("0077", reported("umask"));
    }
    assertEquals(7, noren("run").exitCode());
    assertTrue(reported("args").contains(" -XX:ErrorFile=/var/lib/noren/crash.log "));
  }

  @Test
  void becomesJavaInFront() throws Exception {
    Process process = start(List.of(install.resolve("noren").toString(), "genkey"));
    await(process);
    assertEquals(process.pid(), Long.parseLong(reported("pid")));
  }

  @Test
  void findsTheJarBesideWhatALinkPointsTo() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("noren"), install.resolve("noren"));
    assertEquals(7, await(start(List.of(link.toString(), "genkey"))).exitCode());
    assertTrue(reported("args").contains(install.resolve("target/noren.jar").toString()));
  }

  @Test
  void saysWhatToDoWithoutAJar() throws Exception {
    Files.delete(install.resolve("target/noren.jar"));
    Result result = noren("genkey");
    assertEquals(1, result.exitCode());
    assertTrue(result.output().contains("make build"), result.output());
  }

  @ParameterizedTest
  @ValueSource(strings = {"21.0.4", "25", "26-ea"})
  void takesJavaHomeWhereItIsNewEnough(String version) throws Exception {
    environment.remove("NOREN_JAVA");
    environment.put("JAVA_HOME", javaHome(version).toString());
    assertEquals(7, noren("genkey").exitCode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.8.0_402", "17.0.15", "20"})
  void passesOverAJavaHomeThatIsTooOld(String version) throws Exception {
    environment.remove("NOREN_JAVA");
    environment.put("JAVA_HOME", javaHome(version).toString());
    noren("genkey");
    assertFalse(Files.exists(report), "the Java that is too old ran");
  }

  @Test
  void namesAJavaThatDoesNotExist() throws Exception {
    environment.put("NOREN_JAVA", "/nonexistent/java");
    Result result = noren("genkey");
    assertEquals(1, result.exitCode());
    assertTrue(result.output().contains("/nonexistent/java"), result.output());
  }

  @Test
  void takesTheArchiveOfThisJava() throws Exception {
    Path archive = Files.createFile(install.resolve("target/noren-21.0.4+7-LTS.jsa"));
    takeJavaOf("21.0.4");
    assertEquals(7, noren("genkey").exitCode());
    assertTrue(reported("args").contains("-XX:SharedArchiveFile=" + archive), reported("args"));
  }

  @Test
  void findsTheVersionOfAJavaThatItWasGiven() throws Exception {
    Path archive = Files.createFile(install.resolve("target/noren-21.0.4+7-LTS.jsa"));
    environment.put("NOREN_JAVA", javaHome("21.0.4").resolve("bin/java").toString());
    assertEquals(7, noren("genkey").exitCode());
    assertTrue(reported("args").contains("-XX:SharedArchiveFile=" + archive), reported("args"));
  }

  @Test
  void leavesTheArchiveOfAnotherJavaAlone() throws Exception {
    Files.createFile(install.resolve("target/noren-21.0.4+7-LTS.jsa"));
    takeJavaOf("21.0.5");
    assertEquals(7, noren("genkey").exitCode());
    assertFalse(reported("args").contains("SharedArchiveFile"), reported("args"));
  }

  @Test
  void looksForNoArchiveOfAJavaThatTellsNoVersion() throws Exception {
    Files.createFile(install.resolve("target/noren-.jsa"));
    assertEquals(7, noren("genkey").exitCode());
    assertFalse(reported("args").contains("SharedArchiveFile"), reported("args"));
  }

  @Test
  void pointsJnaAtTheLibraryBesideTheJar() throws Exception {
    assertEquals(7, noren("genkey").exitCode());
    assertFalse(reported("args").contains("jna"), reported("args"));
    Path natives = Files.createDirectories(install.resolve("target/native/com/sun/jna"));
    assertEquals(7, noren("genkey").exitCode());
    assertTrue(
        reported("args").contains("-Djna.boot.library.path=" + natives + "/linux-x86-64:"),
        reported("args"));
  }

  @Test
  void givesATunnelAHeapForFewPeers() throws Exception {
    assertEquals("24576", heapKilobytes("-f hq"));
    assertEquals("24576", heapKilobytes("up missing.conf"));
  }

  /** 4 KB a peer and 128 bytes a prefix. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "up hq.conf",
        "up --allow-hooks hq.conf",
        "up --state /elsewhere hq.conf",
        "up ./hq.conf --state=x"
      })
  void givesATunnelAHeapForThePeersInItsFile(String arguments) throws Exception {
    String peer =
        """
        [peer] # the first
         allowedips=10.0.0.1/32,10.0.0.2/32, fd00::/64 # not this, and not this
        AllowedIPs = 10.0.0.3
        # AllowedIPs = 10.0.0.4
        """;
    Files.writeString(folder.resolve("hq.conf"), "[Interface]\n" + peer.repeat(100));
    assertEquals(Integer.toString(24_576 + 400 + 50), heapKilobytes(arguments));
  }

  /** 8 KB a peer and 256 bytes a prefix, by the newest document and no other. */
  @ParameterizedTest
  @ValueSource(strings = {"run --state box", "run --state=box", "run --open --state ./box"})
  void givesTheRouterAHeapForThePeersInItsDocument(String arguments) throws Exception {
    assertEquals("32768", heapKilobytes(arguments));
    Path documents = Files.createDirectories(folder.resolve("box/config"));
    String peer = "{\"publicKey\": \"x\", \"allowedIps\": [\"10.0.0.1/32\", \"fd00::/64\"]},";
    Files.writeString(documents.resolve("config-9.json"), "checksum\n" + peer);
    Files.writeString(documents.resolve("config-10.json"), "checksum\n" + peer.repeat(100));
    Files.writeString(documents.resolve("config-11.json.new"), peer.repeat(200));
    assertEquals(Integer.toString(32_768 + 800 + 50), heapKilobytes(arguments));
  }

  @Test
  void givesATunnelAHeapForThePeersThatTheEnvironmentExpects() throws Exception {
    environment.put("NOREN_PEERS", "0800");
    assertEquals(Integer.toString(24_576 + 3200 + 200), heapKilobytes("-f hq"));
    environment.put("NOREN_PREFIXES", "80000");
    assertEquals(Integer.toString(24_576 + 3200 + 10_000), heapKilobytes("-f hq"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"many", "-1", "12345678", "1;exit"})
  void refusesANumberOfPeersThatIsNone(String number) throws Exception {
    environment.put("NOREN_PEERS", number);
    Result result = noren("-f", "hq");
    assertEquals(1, result.exitCode());
    assertTrue(result.output().contains("NOREN_PEERS is " + number), result.output());
  }

  /** What has another name by now would be inlined again. */
  @Test
  void putsTheCompilersWallsBeforeMethodsThatExist() throws Exception {
    assertEquals(7, noren("-f", "hq").exitCode());
    List<MatchResult> walls =
        Pattern.compile("-XX:CompileCommand=dontinline,(\\S+)::(\\S+)")
            .matcher(reported("args"))
            .results()
            .toList();
    assertFalse(walls.isEmpty(), reported("args"));
    for (MatchResult wall : walls) {
      if (wall.group(1).endsWith(".*")) {
        String whole = wall.group(1).replaceFirst("\\.\\*$", "");
        assertTrue(Object.class.getModule().getPackages().contains(whole), wall.group());
        continue;
      }
      Class<?> owner = Class.forName(wall.group(1), false, getClass().getClassLoader());
      assertTrue(
          Stream.of(owner.getDeclaredMethods())
              .anyMatch(method -> method.getName().equals(wall.group(2))),
          wall.group());
    }
  }

  private String heapKilobytes(String arguments) throws Exception {
    assertEquals(7, noren(arguments.split(" ")).exitCode());
    return reported("args").replaceFirst(".*-Xmx(\\d+)k .*", "$1");
  }

  private void takeJavaOf(String version) throws IOException {
    environment.remove("NOREN_JAVA");
    environment.put("JAVA_HOME", javaHome(version).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"hq", "-- up", "up -d hq.conf", "up hq.conf --detach"})
  void goesToTheBackgroundAndReturnsWhenReady(String arguments) throws Exception {
    environment.put("FAKE", "ready");
    assertEquals(0, noren(arguments.split(" ")).exitCode());
    assertTrue(isAlive());
    assertEquals(reported("pid"), reported("session"));
    assertEquals("/", reported("cwd"));
    assertEquals("/dev/null", reported("stdin"));
    assertEquals("9", reported("ready"));
    assertTrue(reported("args").contains("-Duser.dir=" + folder), reported("args"));
    assertTrue(reported("args").endsWith(" " + arguments), reported("args"));
    assertNothingTemporary();
  }

  static Stream<String> foreground() {
    return Stream.concat(
        DropIn.COMMANDS.stream(),
        Stream.of(
            "-f hq",
            "hq -f",
            "--foreground hq",
            "-f -- hq",
            "up hq.conf",
            "show all dump",
            "check -d",
            "--help",
            "hq --help",
            "--version"));
  }

  @ParameterizedTest
  @MethodSource("foreground")
  void staysInFront(String arguments) throws Exception {
    assertEquals(7, noren(arguments.split(" ")).exitCode());
    assertEquals("none", reported("ready"));
  }

  @Test
  void staysInFrontWhenWireguardGosVariableSaysSo() throws Exception {
    environment.put("WG_PROCESS_FOREGROUND", "1");
    assertEquals(7, noren("hq").exitCode());
    assertEquals("none", reported("ready"));
  }

  @Test
  void returnsJavasExitCodeWhenItEndsBeforeItIsReady() throws Exception {
    assertEquals(7, noren("hq").exitCode());
    assertEquals("9", reported("ready"));
    assertNothingTemporary();
  }

  @Test
  void handsInheritedDescriptorsOnAndMovesItsOwnOutOfTheirWay() throws Exception {
    environment.put("FAKE", "ready");
    environment.put("WG_TUN_FD", "9");
    environment.put("WG_UAPI_FD", "4");
    Files.writeString(folder.resolve("tun"), "");
    Files.writeString(folder.resolve("uapi"), "");
    String command = "exec 9<tun 4<uapi; exec install/noren hq";
    assertEquals(0, await(start(List.of("sh", "-c", command))).exitCode());
    assertEquals(folder.resolve("tun").toRealPath().toString(), reported("fd9"));
    assertEquals(folder.resolve("uapi").toRealPath().toString(), reported("fd4"));
    assertEquals("8", reported("ready"));
  }

  @Test
  void endsJavaWhenItIsEndedWhileItWaits() throws Exception {
    environment.put("FAKE", "silent");
    Process process = start(List.of(install.resolve("noren").toString(), "hq"));
    while (!Files.exists(report)) {
      assertTrue(process.isAlive());
      Thread.onSpinWait();
    }
    process.destroy();
    assertEquals(143, await(process).exitCode());
    assertNotEquals(Long.toString(process.pid()), reported("pid"));
    assertFalse(isAlive());
    assertNothingTemporary();
  }

  private boolean isAlive() throws IOException {
    return ProcessHandle.of(Long.parseLong(reported("pid")))
        .map(ProcessHandle::isAlive)
        .orElse(false);
  }

  private void assertNothingTemporary() throws IOException {
    try (var files = Files.list(temporary)) {
      assertEquals(List.of(), files.toList());
    }
  }

  private Path javaHome(String version) throws IOException {
    Path home = folder.resolve("jdk");
    script(home.resolve("bin/java"));
    Files.writeString(
        home.resolve("release"),
        """
        IMPLEMENTOR="Test"
        JAVA_RUNTIME_VERSION="%s+7-LTS"
        JAVA_VERSION="%s"
        """
            .formatted(version, version));
    return home;
  }

  private static Path script(Path path) throws IOException {
    Files.createDirectories(path.getParent());
    Files.writeString(path, FAKE_JAVA);
    assertTrue(path.toFile().setExecutable(true));
    return path;
  }

  private Result noren(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(install.resolve("noren").toString()));
    command.addAll(List.of(arguments));
    return await(start(command));
  }

  private Process start(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    // To a file: a pipe would stay open as long as the Java in the background.
    builder.redirectErrorStream(true).redirectOutput(folder.resolve("output").toFile());
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("WG_") || name.startsWith("NOREN_"));
    builder.environment().putAll(environment);
    return builder.start();
  }

  private Result await(Process process) throws IOException, InterruptedException {
    try {
      assertTrue(process.waitFor(GIVE_UP_SECONDS, TimeUnit.SECONDS), "the launcher does not end");
    } finally {
      process.destroyForcibly();
    }
    return new Result(
        process.exitValue(), Files.readString(folder.resolve("output"), StandardCharsets.UTF_8));
  }

  private String reported(String key) throws IOException {
    for (String line : Files.readAllLines(report)) {
      if (line.startsWith(key + "=")) {
        return line.substring(key.length() + 1);
      }
    }
    throw new AssertionError("no " + key + " in the report");
  }
}
