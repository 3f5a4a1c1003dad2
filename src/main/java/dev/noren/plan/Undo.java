package dev.noren.plan;

/**
 * What takes a step back.
 *
 * @param action what is done
 * @param scope when it still makes sense
 */
public record Undo(Action action, Scope scope) {
  /** How long the thing to undo lives. */
  public enum Scope {
    /** It goes with the interface, so only while that is there. */
    INTERFACE,
    /** It stays until it is undone. */
    MACHINE,
    /** As {@link #MACHINE}, but not while another tunnel has the same to undo. */
    SHARED
  }

  static Undo ofInterface(Action action) {
    return new Undo(action, Scope.INTERFACE);
  }

  static Undo ofMachine(Action action) {
    return new Undo(action, Scope.MACHINE);
  }
}
