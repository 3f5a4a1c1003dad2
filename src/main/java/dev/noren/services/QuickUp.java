package dev.noren.services;

import dev.noren.net.IpAddress;
import dev.noren.plan.Action;
import dev.noren.plan.MachineFacts;
import dev.noren.plan.Step;
import dev.noren.plan.Undo;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import org.tinylog.Logger;

/**
 * Brings up what is around one tunnel, and takes it back. The caller makes the interface and starts
 * the tunnel between the two phases:
 *
 * <pre>
 *   try (QuickUp up = QuickUp.begin(name, machine)) {
 *     QuickPlan plan = QuickPlan.of(…, up.facts(endpoints));
 *     up.apply(plan.steps(), BEFORE_INTERFACE);
 *     try (… the tunnel, with plan.fwMark() …) {
 *       up.apply(plan.steps(), AFTER_START);
 *       … ready; wait for the end …
 *       up.undo(AFTER_START);
 *     }
 *   }
 * </pre>
 *
 * Methods may be called from any thread, one at a time.
 */
public final class QuickUp implements AutoCloseable {
  private final NameLock lock;
  private final UndoJournal journal;
  private final UndoRunner runner;
  private final Doer doer;
  private final Machine machine;
  private final Deque<Step> done = new ArrayDeque<>();
  private boolean lastIsHalfDone;
  private volatile boolean cancelled;

  private QuickUp(NameLock lock, String name, Machine machine) {
    this.lock = lock;
    this.machine = machine;
    this.journal = new UndoJournal(machine.folder(), name);
    this.doer = machine.doer(name);
    this.runner = new UndoRunner(doer, journal);
  }

  /**
   * Takes the name, and undoes what a killed predecessor left.
   *
   * @throws IOException with a sentence, where a tunnel of this name is already up
   */
  public static QuickUp begin(String name, Machine machine) throws IOException {
    NameLock lock = NameLock.tryTake(machine.folder(), name);
    if (!lock.isHeld()) {
      lock.close();
      throw new IOException(
          name + " is already up: noren down " + name + " ends it" + QuickDown.by(lock));
    }
    try {
      lock.sign();
      QuickUp up = new QuickUp(lock, name, machine);
      if (up.journal.exists()) {
        Logger.info("{} was not taken down the last time: undoing what is left.", name);
        up.runner.recover();
      }
      return up;
    } catch (IOException e) {
      lock.close();
      throw e;
    }
  }

  /**
   * Asks the machine for what the plan has to know.
   *
   * @param endpoints the peers' outer addresses, as far as they are known
   */
  public synchronized MachineFacts facts(Collection<IpAddress> endpoints) throws IOException {
    return new FactsReader(machine.commands()).read(endpoints, journal.sharedByOthers());
  }

  /**
   * Does the steps of one phase. When one fails, those before it stay until they are undone.
   *
   * @throws IOException with a sentence, from the step that failed
   */
  public synchronized void apply(List<Step> steps, Step.Phase phase) throws IOException {
    boolean begun = false;
    for (Step step : steps) {
      if (step.phase() != phase) {
        continue;
      }
      if (cancelled) {
        throw new IOException("it was ended while it was coming up");
      }
      boolean written = step.undos().stream().anyMatch(QuickUp::outlivesTheInterface);
      if (written) {
        journal.save(step.undos(), left());
      }
      done.push(step);
      lastIsHalfDone = true;
      Action action = step.action();
      if (action != null) {
        doer.run(action);
      }
      lastIsHalfDone = false;
      begun |= written;
    }
    if (begun) {
      journal.save(left());
    }
  }

  private static boolean outlivesTheInterface(Undo undo) {
    return undo.scope() != Undo.Scope.INTERFACE;
  }

  /** Lets {@link #apply} fail before its next step; may be called while it runs. */
  public void cancel() {
    cancelled = true;
  }

  /**
   * Undoes the steps of one phase, the last one first. What fails is logged, and the rest goes on.
   *
   * @return whether all of it could be undone
   */
  public synchronized boolean undo(Step.Phase phase) {
    boolean clean = true;
    while (!done.isEmpty() && done.peek().phase() == phase) {
      Step step = done.peek();
      if (lastIsHalfDone) {
        lastIsHalfDone = false;
        runner.tryRun(step.undos());
      } else {
        clean &= runner.run(step.undos());
      }
      done.pop();
      if (step.undos().stream().anyMatch(QuickUp::outlivesTheInterface)) {
        clean &= runner.save(left());
      }
    }
    return clean;
  }

  /** All that is still to be undone, in the order in which it will be. */
  private List<Undo> left() {
    List<Undo> undos = new ArrayList<>();
    done.forEach(step -> undos.addAll(step.undos()));
    return undos;
  }

  /** Undoes what is left and gives the name free. */
  @Override
  public synchronized void close() throws IOException {
    undo(Step.Phase.AFTER_START);
    undo(Step.Phase.BEFORE_INTERFACE);
    lock.close();
  }
}
