package dev.noren.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DropInTest {
  private final Shell shell = new Shell();

  @ParameterizedTest
  @CsvSource({
    "wg0, wg0, false",
    "-f wg0, wg0, true",
    "--foreground wg0, wg0, true",
    "wg0 -f, wg0, true",
    "-- up, up, false",
    "-f -- up, up, true",
    "-- -f, -f, false",
    "upp, upp, false",
  })
  void isAnInterface(String line, String name, boolean foreground) {
    assertEquals(new DropIn(name, foreground, null), DropIn.recognise(line.split(" ")));
  }

  @ParameterizedTest
  @CsvSource({"up hq.conf", "up", "--help", "-h", "--version", "wg0 --help", "help", "--nonsense"})
  void isForTheParser(String line) {
    assertEquals(new DropIn(null, false, null), DropIn.recognise(line.split(" ")));
  }

  @Test
  void nothingIsForTheParser() {
    assertEquals(new DropIn(null, false, null), DropIn.recognise());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-f|the interface's name is missing",
        "--|the interface's name is missing",
        "shwo wg0|shwo is no command: did you mean show?",
        "frobnicate wg0|frobnicate is no command",
        "-f up|up is a command: for an interface of this name, noren -f -- up",
      })
  void saysWhatIsWrong(String line, String mistake) {
    assertEquals(Exit.USAGE, shell.run(line.split(" ")));
    assertEquals(
        "noren: " + mistake + (mistake.endsWith("?") ? "" : ".") + "\nTry noren --help.\n",
        shell.err);
    assertEquals(List.of(), shell.host.asked);
  }

  @Test
  void handsTheEnvironmentOn() {
    shell.environment.putAll(
        Map.of(
            "LOG_LEVEL",
            "verbose",
            "WG_TUN_FD",
            "3",
            "WG_UAPI_FD",
            "4",
            "WG_PROCESS_FOREGROUND",
            "1"));
    shell.host.code = 7;
    assertEquals(7, shell.run("wg0"));
    InterfaceRequest request = (InterfaceRequest) shell.host.asked.getFirst();
    assertEquals("wg0", request.name().text());
    assertTrue(request.foreground());
    assertEquals(LogLevel.DEBUG, request.logLevel());
    assertEquals(3, request.tunFd());
    assertEquals(4, request.uapiFd());
  }

  @Test
  void needsNoEnvironment() {
    assertEquals(Exit.DONE, shell.run("wg0"));
    InterfaceRequest request = (InterfaceRequest) shell.host.asked.getFirst();
    assertFalse(request.foreground());
    assertEquals(LogLevel.ERROR, request.logLevel());
    assertEquals(-1, request.tunFd());
    assertEquals(-1, request.uapiFd());
  }

  @ParameterizedTest
  @CsvSource({"silent, SILENT", "error, ERROR", "debug, DEBUG", "loud, ERROR"})
  void readsLogLevels(String word, LogLevel level) {
    assertEquals(level, LogLevel.of(word, LogLevel.ERROR));
  }

  @ParameterizedTest
  @CsvSource({"x", "-1", "1234567890"})
  void refusesWhatIsNoDescriptor(String text) {
    shell.environment.put("WG_TUN_FD", text);
    assertEquals(Exit.FAILED, shell.run("wg0"));
    assertEquals("noren: WG_TUN_FD is not the number of an open descriptor.\n", shell.err);
  }

  @Test
  void aNameThatIsTooLongFails() {
    assertEquals(Exit.FAILED, shell.run("sixteen-letters-"));
    assertEquals(
        "noren: \"sixteen-letters-\" is too long for an interface: 15 characters at most.\n",
        shell.err);
  }

  @Test
  void showsTheHostsSentence() {
    shell.host.failure = new IOException("wg0: the device is in use");
    assertEquals(Exit.FAILED, shell.run("wg0"));
    assertEquals("noren: wg0: the device is in use.\n", shell.err);
  }

  /** The drop-in must not pay for the parser: its class is not even loaded. */
  @Test
  void doesNotLoadTheParser() throws Exception {
    Process java =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-Xlog:class+load",
                "-cp",
                System.getProperty("java.class.path"),
                OnlyDropIn.class.getName())
            .redirectErrorStream(true)
            .start();
    List<String> lines;
    try (var reader = java.inputReader()) {
      lines = reader.lines().toList();
    }
    assertEquals(0, java.waitFor());
    assertTrue(lines.stream().anyMatch(line -> line.contains(" dev.noren.cli.DropIn ")));
    assertEquals(
        List.of(),
        Stream.of(lines)
            .flatMap(List::stream)
            .filter(l -> l.contains("picocli") || l.contains("gson"))
            .toList());
  }

  /** The program of {@link #doesNotLoadTheParser()}. */
  static final class OnlyDropIn {
    public static void main(String[] args) {
      System.exit(new Cli(new FakeHost(), Surroundings.ofProcess()).run("wg0"));
    }
  }
}
