package dev.noren.tunnel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Whether a loop gets on: it counts its turns, each of which is many packets, and says when it
 * waits for something to do, and how it has ended. The loop writes, which is one store a turn; one
 * other thread looks.
 */
final class LoopMark {
  /** Even, as of one that never comes to the end of its turn. */
  private static final long ENDED = -2;

  private static final VarHandle TURNS;

  static {
    try {
      TURNS = MethodHandles.lookup().findVarHandle(LoopMark.class, "turns", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Two a turn; odd while the loop waits. */
  private volatile long turns = 1;

  /** The looker's own: what was there last, and when that was new. */
  private long seen = -1;

  private long seenNs;

  /** A turn begins. */
  void turn() {
    TURNS.setRelease(this, ((long) TURNS.get(this) + 2) & ~1L);
  }

  /** From now on until the next turn it waits. */
  void waits() {
    TURNS.setRelease(this, (long) TURNS.get(this) | 1L);
  }

  /** The loop is at its end, whatever it was at when that came: from now on it never gets on. */
  void ends() {
    TURNS.setRelease(this, ENDED);
  }

  /**
   * How long the loop has been in one turn, or ended, nanoseconds, as far as the looker could see.
   */
  long stuckNs(long nowNs) {
    long now = turns;
    if ((now & 1) != 0 || now != seen) {
      seen = now;
      seenNs = nowNs;
      return 0;
    }
    return nowNs - seenNs;
  }
}
