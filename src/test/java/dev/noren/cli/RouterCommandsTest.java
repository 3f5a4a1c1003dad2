package dev.noren.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.status.LogEntry;
import dev.noren.status.LogEntry.Kind;
import dev.noren.status.LogQuery;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code noren run} and {@code noren log}. */
class RouterCommandsTest {
  private static final Instant AT = Instant.parse("2026-10-05T08:00:00Z");

  private final Shell shell = new Shell();

  @Test
  void runAsksTheHost() {
    shell.environment.put("LOG_LEVEL", "debug");
    shell.host.code = 1;
    assertEquals(1, shell.run("run", "--state", "/s"));
    assertEquals(1, shell.run("run", "--open"));
    assertEquals(1, shell.run("run", "--state", "/s", "--board", "/b", "--updates", "/u"));
    assertEquals(
        List.of(
            new RunRequest(Path.of("/s"), null, null, false, LogLevel.DEBUG),
            new RunRequest(Path.of("/var/lib/noren"), null, null, true, LogLevel.DEBUG),
            new RunRequest(Path.of("/s"), Path.of("/b"), Path.of("/u"), false, LogLevel.DEBUG)),
        shell.host.asked);
    assertEquals(Exit.USAGE, shell.run("run", "hq.conf"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "log | | | 100",
        "log -n 5 --kind config | | CONFIG | 5",
        "log --since 90m | 2026-10-05T06:30:00Z | | 100",
        "log --since 12h | 2026-10-04T20:00:00Z | | 100",
        "log --since 7d | 2026-09-28T08:00:00Z | | 100",
        "log --since 2026-01-31 | 2026-01-31T00:00:00Z | | 100",
        "log --since 2026-01-31T08:09:10Z | 2026-01-31T08:09:10Z | | 100",
      })
  void whatIsAskedForIsUnderstood(String line, Instant since, Kind kind, int limit) {
    shell.now = AT;
    assertEquals(Exit.DONE, shell.run(line.split(" ")), shell.err);
    assertEquals(List.of(new LogQuery(since, kind, limit)), shell.host.asked);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "log --kind devices|there is no kind devices: did you mean device?",
        "log --kind weather|there is no kind weather: there are config, device, opened,"
            + " refused, signin, router",
        "log -n 0|0 is not a number of entries from 1 to 10000",
        "log --since soon|--since soon is no time: 90m, 12h and 7d are, and 2026-01-31, and"
            + " 2026-01-31T08:00:00Z",
      })
  void whatIsNotIsOneSentence(String line, String sentence) {
    assertEquals(Exit.USAGE, shell.run(line.split(" ")));
    assertTrue(shell.err.startsWith("noren: " + sentence), shell.err);
    assertEquals(List.of(), shell.host.asked);
  }

  @Test
  void entriesAreLines() {
    shell.host.entries =
        List.of(
            new LogEntry(
                AT.plusNanos(123_456_789),
                Kind.CONFIG,
                "root (local): akira",
                "saved as number 8: name"),
            new LogEntry(AT, Kind.REFUSED, "02:00:00:00:00:01", "x\u001b[2J"));
    shell.run("log");
    assertEquals(
        """
        2026-10-05T08:00:00Z  config   root (local): akira  saved as number 8: name
        2026-10-05T08:00:00Z  refused  02:00:00:00:00:01  x?[2J
        """,
        shell.out);
    shell.run("log", "--json");
    assertEquals(
        """
        {"at":"2026-10-05T08:00:00.123456789Z","kind":"config","who":"root (local): akira",\
        "what":"saved as number 8: name"}
        {"at":"2026-10-05T08:00:00Z","kind":"refused","who":"02:00:00:00:00:01",\
        "what":"x\\u001b[2J"}
        """,
        shell.out);
  }

  @Test
  void anEmptyLogIsNotSilence() {
    assertEquals(Exit.DONE, shell.run("log", "--since", "7d"));
    assertEquals("", shell.out);
    assertEquals("There are no such entries.\n", shell.err);
    shell.run("log", "--json");
    assertEquals("There are no such entries.\n", shell.err);
  }

  @Test
  void verifyingSaysWhatWasFound() {
    assertEquals(Exit.DONE, shell.run("log", "--verify", "--state=/s"));
    assertEquals("2 lines are as written\n", shell.out);
    assertEquals(List.of("verify /s"), shell.host.asked);
    shell.host.failure = new IOException("audit-2026-10.log, line 3 does not carry the hash");
    assertEquals(Exit.FAILED, shell.run("log", "--verify"));
    assertEquals("noren: audit-2026-10.log, line 3 does not carry the hash.\n", shell.err);
  }
}
