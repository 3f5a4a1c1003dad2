package dev.noren.services;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandRunnerTest {
  private final CommandRunner runner = new CommandRunner();

  @Test
  void handsInputOverAndOutputBack() throws CommandException {
    assertEquals("hello\n", runner.run(List.of("cat"), "hello\n"));
    assertEquals("", runner.run("true"));
  }

  @Test
  void argumentsAreNeverReadByAShell() throws CommandException {
    assertEquals("$HOME;`id` *\n", runner.run("echo", "$HOME;`id` *"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "echo why >&2; exit 3|sh -c echo why >&2; exit 3 failed: why",
        "exit 3|sh -c exit 3 failed: exit code 3",
        "echo one; echo two >&2; exit 1|sh -c echo one; echo two >&2; exit 1 failed: one; two",
      })
  void saysWhatFailedAndWhy(String script, String sentence) {
    CommandException thrown =
        assertThrows(CommandException.class, () -> runner.run("sh", "-c", script));
    assertEquals(sentence, thrown.getMessage());
  }

  @Test
  void saysWhichLineOfABatchFailed() {
    String script = "echo 'File exists'; echo 'Command failed -:2'; exit 1";
    CommandException thrown =
        assertThrows(
            CommandException.class,
            () -> runner.run(List.of("sh", "-c", script), "route add a\nroute add b\n"));
    assertTrue(thrown.getMessage().endsWith("failed: File exists; route add b"));
  }

  @Test
  void saysThatAProgramIsMissing() {
    CommandException thrown =
        assertThrows(CommandException.class, () -> runner.run("no-such-program", "x"));
    assertEquals("no-such-program is not installed", thrown.getMessage());
  }

  @Test
  void endsWhatTakesTooLong() throws Exception {
    CommandException thrown =
        assertThrows(
            CommandException.class,
            () ->
                runner.tryRun(List.of("sh", "-c", "sleep 600 & wait"), "", Duration.ofSeconds(1)));
    assertEquals("sh -c sleep 600 & wait took longer than 1 s", thrown.getMessage());
    // Killed they all are, but the machine may take its time.
    for (ProcessHandle left : ProcessHandle.current().descendants().toList()) {
      left.onExit().get(60, TimeUnit.SECONDS);
    }
  }

  @Test
  void doesNotWaitForWhatACommandLeavesBehind() throws CommandException {
    String pid = runner.run("sh", "-c", "sleep 600 & echo $!").strip();
    ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroy);
  }

  @Test
  void linesAreHandedOnCutAndCleaned() {
    List<String> lines = new ArrayList<>();
    String text = "a\tb\n" + "x".repeat(5000) + "\n\u001b[2Jend";
    CommandRunner.readLines(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), lines::add);
    assertEquals(List.of("a b", "x".repeat(CommandRunner.MOST_LINE_CHARACTERS), " [2Jend"), lines);
  }

  @Test
  void findsProgramsWhateverPathSays() {
    assertEquals(
        List.of(Path.of("/mine"), Path.of("/usr/sbin")),
        CommandRunner.pathOf(Map.of("PATH", "/mine:relative::/usr/sbin")).subList(0, 2));
    assertTrue(CommandRunner.pathOf(Map.of()).contains(Path.of("/sbin")));
    assertEquals(Optional.empty(), runner.find("no-such-program"));
    assertTrue(runner.find("sh").isPresent());
  }
}
