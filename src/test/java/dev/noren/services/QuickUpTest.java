package dev.noren.services;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.plan.Action;
import dev.noren.plan.Step;
import dev.noren.plan.Step.Phase;
import dev.noren.plan.Undo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickUpTest {
  private FakeMachine fake;

  @BeforeEach
  void make(@TempDir Path folder) throws IOException {
    fake = new FakeMachine(folder);
  }

  private static Step step(Phase phase, String word, Undo.Scope scope) {
    return new Step(
        phase,
        Action.Command.of("ip", "do", word),
        List.of(new Undo(Action.Command.of("ip", "undo", word), scope)));
  }

  private static final List<Step> STEPS =
      List.of(
          step(Phase.BEFORE_INTERFACE, "1", Undo.Scope.MACHINE),
          step(Phase.AFTER_START, "2", Undo.Scope.INTERFACE),
          step(Phase.AFTER_START, "3", Undo.Scope.MACHINE),
          new Step(
              Phase.AFTER_START,
              null,
              List.of(
                  new Undo(Action.Command.of("nft", "a"), Undo.Scope.MACHINE),
                  new Undo(Action.Command.of("nft", "b"), Undo.Scope.MACHINE))),
          step(Phase.AFTER_START, "5", Undo.Scope.SHARED));

  private static void applyAll(QuickUp up) throws IOException {
    up.apply(STEPS, Phase.BEFORE_INTERFACE);
    up.apply(STEPS, Phase.AFTER_START);
  }

  private QuickUp begin(String name) throws IOException {
    return QuickUp.begin(name, fake.machine);
  }

  @Test
  void goesUpAndBackInReverse() throws IOException {
    try (QuickUp up = begin("hq")) {
      up.apply(STEPS, Phase.BEFORE_INTERFACE);
      assertEquals(List.of("ip do 1"), fake.calls());
      up.apply(STEPS, Phase.AFTER_START);
      assertEquals(List.of("ip do 2", "ip do 3", "ip do 5"), fake.calls());
      assertTrue(up.undo(Phase.AFTER_START));
      assertEquals(List.of("ip undo 5", "nft a", "nft b", "ip undo 3", "ip undo 2"), fake.calls());
      assertEquals(List.of("hq.undo"), fake.memory());
    }
    assertEquals(List.of("ip undo 1"), fake.calls());
    assertEquals(List.of(), fake.memory());
  }

  @Test
  void undoesOnlyWhatItCameTo() throws IOException {
    fake.script("ip", "[ \"$*\" != 'do 3' ] || { echo taken >&2; exit 2; }");
    try (QuickUp up = begin("hq")) {
      IOException thrown = assertThrows(IOException.class, () -> applyAll(up));
      assertEquals("ip do 3 failed: taken", thrown.getMessage());
      fake.calls();
    }
    // The step that failed may have been half done.
    assertEquals(List.of("ip undo 3", "ip undo 2", "ip undo 1"), fake.calls());
    assertEquals(List.of(), fake.memory());
  }

  @Test
  void theJournalIsWrittenBeforeTheStep() throws IOException {
    Path copy = fake.etc.resolve("copy");
    Path journal = fake.state.resolve("up/hq.undo");
    fake.script("ip", "[ \"$*\" != 'do 3' ] || cp " + journal + " " + copy);
    try (QuickUp up = begin("hq")) {
      applyAll(up);
      assertEquals(
          List.of(
              "noren undo 1",
              "MACHINE\tcommand\t\tip\tundo\t3",
              "done:",
              "MACHINE\tcommand\t\tip\tundo\t1"),
          Files.readAllLines(copy));
    }
  }

  @Test
  void whatFailsDoesNotStopTheRest() throws IOException {
    try (QuickUp up = begin("hq")) {
      applyAll(up);
      fake.calls();
      fake.script("nft", "exit 1");
      assertFalse(up.undo(Phase.AFTER_START));
      assertEquals(List.of("ip undo 5", "nft a", "nft b", "ip undo 3", "ip undo 2"), fake.calls());
    }
  }

  @Test
  void whatWentWithTheInterfaceIsNoFailure() throws IOException {
    try (QuickUp up = begin("hq")) {
      applyAll(up);
      fake.script("ip", "case \"$*\" in 'undo 2'|'link show dev hq') exit 1 ;; esac");
      assertTrue(up.undo(Phase.AFTER_START));
    }
  }

  @Test
  void theNameIsTakenOnlyOnce() throws IOException {
    try (QuickUp up = begin("hq")) {
      applyAll(up);
      IOException thrown = assertThrows(IOException.class, () -> begin("hq"));
      assertTrue(thrown.getMessage().startsWith("hq is already up: noren down hq ends it"));
      begin("branch").close();
    }
    begin("hq").close();
  }

  @Test
  void cleansUpAfterOneThatWasKilled() throws IOException {
    kill("hq");
    try (QuickUp up = begin("hq")) {
      assertEquals(List.of("ip undo 5", "nft a", "nft b", "ip undo 3", "ip undo 1"), fake.calls());
      assertEquals(List.of(), fake.memory());
      applyAll(up);
    }
  }

  @Test
  void downCleansUpAfterOneThatWasKilled() throws IOException {
    kill("hq");
    assertTrue(new QuickDown(fake.machine).run("hq"));
    assertEquals(List.of("ip undo 5", "nft a", "nft b", "ip undo 3", "ip undo 1"), fake.calls());
    assertEquals(List.of(), fake.memory());
    IOException thrown =
        assertThrows(IOException.class, () -> new QuickDown(fake.machine).run("hq"));
    assertEquals("hq is not up", thrown.getMessage());
  }

  @Test
  void whatAKilledOneHadNotComeToIsNoFailure() throws IOException {
    Path journal = fake.state.resolve("up/hq.undo");
    Path copy = fake.etc.resolve("copy");
    fake.script("ip", "[ \"$*\" != 'do 3' ] || cp " + journal + " " + copy);
    try (QuickUp up = begin("hq")) {
      applyAll(up);
    }
    fake.calls();
    for (String gone : List.of("3", "1")) {
      Files.copy(copy, journal);
      fake.script("ip", "[ \"$*\" != 'undo " + gone + "' ]");
      // The third was begun when the process was killed, the first was done.
      assertEquals(gone.equals("3"), new QuickDown(fake.machine).run("hq"));
      assertEquals(List.of("ip undo 3", "ip undo 1"), fake.calls());
      assertEquals(List.of(), fake.memory());
    }
  }

  /** Leaves what a killed process leaves: the journal, and a lock that nobody holds. */
  private void kill(String name) throws IOException {
    Path journal = fake.state.resolve("up/" + name + ".undo");
    String text;
    try (QuickUp up = begin(name)) {
      applyAll(up);
      text = Files.readString(journal);
    }
    Files.writeString(journal, text);
    fake.calls();
  }

  @Test
  void whatIsSharedStaysUntilTheLastOneGoes() throws IOException {
    QuickUp first = begin("a");
    QuickUp second = begin("b");
    applyAll(first);
    applyAll(second);
    fake.calls();
    first.close();
    assertFalse(fake.calls().contains("ip undo 5"));
    second.close();
    assertTrue(fake.calls().contains("ip undo 5"));
  }

  @Test
  void stopsBetweenStepsWhenCancelled() throws IOException {
    try (QuickUp up = begin("hq")) {
      up.apply(STEPS, Phase.BEFORE_INTERFACE);
      up.cancel();
      assertThrows(IOException.class, () -> up.apply(STEPS, Phase.AFTER_START));
      assertEquals(List.of("ip do 1"), fake.calls());
    }
  }

  @Test
  void hooksRunInAShellAndMayFail() throws IOException {
    Path made = fake.etc.resolve("made");
    List<Step> steps = new ArrayList<>();
    steps.add(
        new Step(
            Phase.BEFORE_INTERFACE, new Action.Hook("echo x > " + made + " && true"), List.of()));
    steps.add(new Step(Phase.BEFORE_INTERFACE, new Action.Hook("echo why >&2; exit 7"), List.of()));
    try (QuickUp up = begin("hq")) {
      IOException thrown =
          assertThrows(IOException.class, () -> up.apply(steps, Phase.BEFORE_INTERFACE));
      assertEquals("the hook \"echo why >&2; exit 7\" ended with 7: why", thrown.getMessage());
      assertEquals("x\n", Files.readString(made));
      assertEquals("sh -c", fake.calls().getFirst().substring(0, 5));
    }
    fake.script("bash", "");
    try (QuickUp up = begin("hq")) {
      up.apply(steps, Phase.BEFORE_INTERFACE);
      assertEquals("bash -c echo why >&2; exit 7", fake.calls().getLast());
    }
  }

  @Test
  void aStateFolderThatOthersMayWriteToIsRefused() throws IOException {
    Files.setPosixFilePermissions(
        fake.state.resolve("up"), PosixFilePermissions.fromString("rwxrwxr-x"));
    IOException thrown = assertThrows(IOException.class, () -> StateFolder.open(fake.state));
    assertEquals(
        "the state folder %1$s can't be used: %1$s can be written to by others, and keys are in it: chmod go-w %1$s"
            .formatted(fake.state + "/up"),
        thrown.getMessage());
  }

  @Test
  void aStateFolderIsForItsOwnerAlone() throws IOException {
    assertEquals(
        "rwx------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(fake.state.resolve("up"))));
  }
}
