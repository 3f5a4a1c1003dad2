package dev.noren.protocol.peer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A timer as one atomic number: armed and cancelled by whoever sees the event, fired by the loop
 * that polls. Firing and cancelling take away only the deadline they have seen, so one that is
 * armed at the same moment stands.
 */
final class Deadline {
  /** Not pending. */
  static final long NONE = Long.MAX_VALUE;

  private static final VarHandle AT;

  static {
    try {
      AT = MethodHandles.lookup().findVarHandle(Deadline.class, "atNs", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private volatile long atNs = NONE;

  /** When it is due, or {@link #NONE}. */
  long atNs() {
    return atNs;
  }

  /** Sets it, whether it was pending or not. */
  void arm(long newNs) {
    atNs = newNs;
  }

  /** Sets it unless it is pending; false if it was. */
  boolean armIfIdle(long newNs) {
    return atNs == NONE && AT.compareAndSet(this, NONE, newNs);
  }

  /** Takes away what is pending. */
  void cancel() {
    long seen = atNs;
    if (seen != NONE) {
      AT.compareAndSet(this, seen, NONE);
    }
  }

  /** Fires it once if it is due. */
  boolean expire(long nowNs) {
    return expire(nowNs, NONE);
  }

  /** Fires it once if it is due, and sets it anew. */
  boolean expire(long nowNs, long nextNs) {
    long seen = atNs;
    return seen <= nowNs && AT.compareAndSet(this, seen, nextNs);
  }
}
