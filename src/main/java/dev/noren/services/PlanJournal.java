package dev.noren.services;

import dev.noren.plan.Action;
import dev.noren.plan.RouterPlan;
import dev.noren.plan.Undo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.tinylog.Logger;

/**
 * What takes the router's plan back, on disk before it is carried out, for a router that is killed:
 * addresses and routes of the main table look like anybody's, so nothing else tells whose they are.
 */
public final class PlanJournal {
  private static final String NAME = "router";

  private final UndoJournal journal;
  private final CommandRunner commands;

  /** What is on disk, as far as this process wrote it; most plans differ in nothing of it. */
  private List<List<String>> saved;

  /**
   * Opens that of a state folder.
   *
   * @throws IOException with a sentence, where the folder can't be used
   */
  public PlanJournal(Path state, CommandRunner commands) throws IOException {
    this.journal = new UndoJournal(StateFolder.open(state), NAME);
    this.commands = commands;
  }

  /**
   * Keeps what takes these plans back, before the way from one to the other begins.
   *
   * @throws IOException with a sentence
   */
  public void save(RouterPlan before, RouterPlan after) throws IOException {
    Set<List<String>> undoes = new LinkedHashSet<>(after.undoes());
    undoes.addAll(before.undoes());
    List<List<String>> wanted = List.copyOf(undoes);
    if (wanted.equals(saved)) {
      return;
    }
    List<Undo> undos = new ArrayList<>();
    wanted.forEach(each -> undos.add(new Undo(new Action.Command(each, ""), Undo.Scope.MACHINE)));
    journal.save(undos);
    saved = wanted;
  }

  /** Takes back what is there of it, and forgets it. */
  public void takeBack() {
    try {
      for (Undo undo : journal.load().all()) {
        if (undo.action() instanceof Action.Command command) {
          CommandRunner.Result result =
              commands.tryRun(command.arguments(), "", CommandRunner.USUAL_TIME);
          Logger.debug("{}: {}", command, result.exitCode() == 0 ? "done" : "nothing to do");
        }
      }
      journal.save(List.of());
    } catch (IOException e) {
      Logger.warn("What a killed router left can't be taken back: {}.", Sentences.reason(e));
    }
  }
}
