package dev.noren.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.control.RecordJson;
import dev.noren.control.SignalText;
import dev.noren.doctor.Diagnoses;
import dev.noren.status.Condition;
import dev.noren.status.Health;
import dev.noren.status.RouterStatus;
import dev.noren.status.RouterStatus.Service;
import dev.noren.status.SignalFile;
import dev.noren.status.Statuses;
import dev.noren.text.Language;
import dev.noren.text.Sentence;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusCommandTest {
  private final Shell shell = new Shell();

  private static String golden(String name) throws IOException {
    try (var in = StatusCommandTest.class.getResourceAsStream("/cli/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"full", "unclaimed"})
  void aPersonReadsItAtAGlance(String name) throws IOException {
    shell.host.status = name.equals("full") ? Statuses.FULL : Statuses.UNCLAIMED;
    assertEquals(Exit.DONE, shell.run("status", "--state", "/s"));
    assertEquals(golden("status-" + name + ".txt"), shell.out);
    assertEquals(List.of("status /s"), shell.host.asked);
    String plain = shell.out;
    shell.environment.put("WG_COLOR_MODE", "always");
    shell.run("status");
    assertEquals(plain, shell.out.replaceAll("\u001b\\[[0-9;]*m", ""), "colours move nothing");
    assertTrue(plain.lines().allMatch(line -> Wrapping.width(line) <= Wrapping.WIDTH));
  }

  /** The same that the lights and the page say, in the reader's language. */
  @ParameterizedTest
  @ValueSource(strings = {"en", "ja"})
  void whatIsWrongIsSaidFirst(String language) {
    shell.host.status = Diagnoses.SILENT_STATUS;
    shell.environment.put("LANG", language.equals("ja") ? "ja_JP.UTF-8" : "C.UTF-8");
    shell.run("status");
    Condition condition = Diagnoses.SILENT_STATUS.condition();
    Language said = language.equals("ja") ? Language.JAPANESE : Language.ENGLISH;
    String text = shell.out.replaceAll("\\s+", "");
    for (String each :
        List.of(
            SignalText.says(SignalFile.TABLE.of(condition.health())).in(said),
            condition.finding().number(),
            condition.finding().says().in(said),
            condition.finding().next().in(said))) {
      assertTrue(text.contains(each.replaceAll("\\s+", "")), each + " is not in " + shell.out);
    }
  }

  @Test
  void programsGetAllOfIt() {
    shell.host.status = Statuses.FULL;
    shell.run("status", "--json");
    assertEquals(RecordJson.write(Statuses.FULL, true) + "\n", shell.out);
    shell.run("status", "--json", "--watch");
    assertEquals((RecordJson.write(Statuses.FULL, false) + "\n").repeat(2), shell.out);
  }

  @Test
  void watchingShowsItAnew() {
    shell.host.status = Statuses.UNCLAIMED;
    shell.run("status");
    String once = shell.out;
    shell.run("status", "--watch", "--state=/s");
    assertEquals((once + "\n").repeat(2), shell.out);
    assertEquals("watch " + Path.of("/s"), shell.host.asked.getLast());
  }

  @Test
  void watchingOnATerminalKeepsTheTopInSight() {
    shell.host.status = Statuses.FULL;
    shell.environment.put("WG_COLOR_MODE", "always");
    shell.run("status");
    List<String> all = shell.out.lines().toList();
    shell.host.terminalRows = all.size() + 1;
    shell.run("status", "--watch");
    assertEquals(2L * all.size(), shell.out.lines().count());
    shell.host.terminalRows = 12;
    shell.run("status", "--watch");
    List<String> lines = shell.out.lines().toList();
    assertEquals(2 * 11, lines.size());
    assertEquals("\u001b[H\u001b[2J" + all.getFirst(), lines.getFirst());
    assertEquals(all.get(9), lines.get(9));
    assertEquals(
        "... and " + (all.size() - 10) + " more lines: noren status shows them all", lines.get(10));
  }

  @Test
  void aStoppedRouterIsOneSentence() {
    shell.host.failure = new IOException("the router is not running: noren run starts it");
    assertEquals(Exit.FAILED, shell.run("status"));
    assertEquals("noren: the router is not running: noren run starts it.\n", shell.err);
    assertEquals("", shell.out);
  }

  @Test
  void aChangeOfThisSecondWasJustNow() {
    RouterStatus full = Statuses.FULL;
    shell.host.status =
        new RouterStatus(
            full.at(),
            full.since(),
            full.uptimeMs(),
            full.name(),
            new RouterStatus.Config(9, full.at(), "akira", "name"),
            full.role(),
            true,
            null,
            List.of(),
            true,
            List.of(),
            null,
            full.page(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            full.condition());
    shell.run("status");
    assertTrue(shell.out.contains("configuration: number 9, applied just now\n"), shell.out);
  }

  /** A device says what it is called, and nobody knows the device. */
  @Test
  void noNameSteersTheTerminal() {
    RouterStatus full = Statuses.FULL;
    String evil = "x\u001b[2J\u0007\n\u202etill";
    shell.host.status =
        new RouterStatus(
            full.at(),
            full.since(),
            full.uptimeMs(),
            evil,
            full.config(),
            full.role(),
            true,
            null,
            List.of(Sentence.plain(evil)),
            true,
            List.of(),
            null,
            new RouterStatus.Page(evil, List.of()),
            List.of(
                new RouterStatus.Lease(
                    full.leases().getFirst().mac(),
                    full.leases().getFirst().address(),
                    evil,
                    null,
                    null)),
            List.of(),
            List.of(new Service(evil, null, 2, evil)),
            List.of(),
            List.of(),
            new Condition(Health.DOWN_4, full.at(), Diagnoses.named(evil).finding()));
    shell.run("status");
    assertFalse(shell.out.matches("(?s).*[\u001b\u0007\u202e].*"), shell.out);
    assertTrue(shell.out.contains("x?[2J???till"), shell.out);
  }

  @Test
  void linesBreakBetweenWordsAndLongWordsWhereTheyMust() {
    String wrapped = Wrapping.wrap("  name: ", 4, "word ".repeat(30).strip());
    assertTrue(wrapped.lines().allMatch(line -> line.length() <= 80), wrapped);
    assertEquals(30, wrapped.split("word", -1).length - 1);
    assertTrue(wrapped.lines().skip(1).allMatch(line -> line.startsWith("    word")), wrapped);
    String broken = Wrapping.wrap("  ", 4, "本".repeat(100));
    assertTrue(broken.lines().allMatch(line -> Wrapping.width(line) <= 80), broken);
    assertEquals(100, broken.chars().filter(c -> c == '本').count());
  }
}
