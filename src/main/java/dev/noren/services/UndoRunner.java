package dev.noren.services;

import dev.noren.plan.Undo;
import java.io.IOException;
import java.util.List;
import org.tinylog.Logger;

/** Undoes things one by one. What can't be undone is logged and does not stop the rest. */
final class UndoRunner {
  private final Doer doer;
  private final UndoJournal journal;

  UndoRunner(Doer doer, UndoJournal journal) {
    this.doer = doer;
    this.journal = journal;
  }

  /** Undoes these, in their order, and says whether all could be. */
  boolean run(List<Undo> undos) {
    boolean clean = true;
    for (Undo undo : undos) {
      clean &= run(undo, true);
    }
    return clean;
  }

  /** Undoes what a step has perhaps left that failed; there may be nothing to undo. */
  void tryRun(List<Undo> undos) {
    undos.forEach(undo -> run(undo, false));
  }

  private boolean run(Undo undo, boolean certain) {
    try {
      if (undo.scope() != Undo.Scope.SHARED || !journal.othersHave(undo)) {
        doer.run(undo.action());
      }
      return true;
    } catch (IOException e) {
      if (undo.scope() == Undo.Scope.INTERFACE && interfaceIsGone()) {
        return true;
      }
      if (certain) {
        Logger.error("It could not be undone: {}.", e.getMessage());
      } else {
        Logger.debug("Nothing to undo: {}.", e.getMessage());
      }
      return false;
    }
  }

  private boolean interfaceIsGone() {
    try {
      return !doer.interfaceExists();
    } catch (IOException e) {
      return false;
    }
  }

  /** Writes down what is left to undo. */
  boolean save(List<Undo> left) {
    try {
      journal.save(left);
      return true;
    } catch (IOException e) {
      Logger.error("The undo journal can't be written: {}.", e.getMessage());
      return false;
    }
  }

  /**
   * Undoes what the journal of a process that is no more says. Its interface went with it: one of
   * that name is now somebody else's. What the process was just doing it may not have come to.
   */
  boolean recover() throws IOException {
    UndoJournal.Left left = journal.load();
    tryRun(left.begun());
    boolean clean = run(left.done());
    return save(List.of()) && clean;
  }
}
