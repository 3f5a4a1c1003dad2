package dev.noren.plan;

import java.util.List;

/**
 * One step up and how it is taken back. Steps are undone in reverse, each one's list in its own
 * order. An undo must be possible even where its action was only half done or not at all.
 *
 * @param phase when it comes
 * @param action what is done, or null for a step that only matters on the way back
 * @param undos what takes it back, perhaps nothing
 */
public record Step(Phase phase, Action action, List<Undo> undos) {
  /** The two halves of the way up, with the interface's making between them. */
  public enum Phase {
    /** Before the interface exists. */
    BEFORE_INTERFACE,
    /** The interface exists and is configured, but is still down. */
    AFTER_START
  }

  public Step {
    undos = List.copyOf(undos);
  }
}
