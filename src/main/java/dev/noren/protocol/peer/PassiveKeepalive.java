package dev.noren.protocol.peer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The timer that answers data with a keepalive if nothing else goes out (WP 6.5). Deadline and
 * notes are one atomic number, so that data which arrives while the timer fires is either noted by
 * it or arms it anew: nanoseconds shifted left by two, with two bits below.
 */
final class PassiveKeepalive {
  /** More data came while it was pending. */
  private static final long ANOTHER = 1;

  /** It was re-armed for "another": the next send is the keepalive it just asked for. */
  private static final long OWN_SEND_PENDING = 2;

  private static final int NOTE_BITS = 2;
  private static final long NONE = Deadline.NONE;
  private static final VarHandle WORD;

  static {
    try {
      WORD = MethodHandles.lookup().findVarHandle(PassiveKeepalive.class, "word", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private volatile long word = NONE;

  /** When it is due, or {@link Deadline#NONE}. */
  long atNs() {
    long seen = word;
    return seen == NONE ? NONE : seen >>> NOTE_BITS;
  }

  /** After data came: arms it, true then, or notes "another" if it is pending. */
  boolean received(long atNs) {
    while (true) {
      long seen = word;
      if (seen == NONE) {
        if (WORD.compareAndSet(this, NONE, atNs << NOTE_BITS)) {
          return true;
        }
      } else if ((seen & ANOTHER) != 0 || WORD.compareAndSet(this, seen, seen | ANOTHER)) {
        return false;
      }
    }
  }

  /** After anything authenticated went out: cancels it, unless that was its own keepalive. */
  void sent() {
    long seen = word;
    if (seen != NONE) {
      boolean own = (seen & OWN_SEND_PENDING) != 0;
      WORD.compareAndSet(this, seen, own ? seen & ~OWN_SEND_PENDING : NONE);
    }
  }

  /** Takes it away with its notes. */
  void clear() {
    word = NONE;
  }

  /** Fires it once if it is due; if "another" was noted, it is then due again at the next time. */
  boolean expire(long nowNs, long nextNs) {
    while (true) {
      long seen = word;
      if (seen == NONE || nowNs < seen >>> NOTE_BITS) {
        return false;
      }
      boolean another = (seen & ANOTHER) != 0;
      long next = another ? nextNs << NOTE_BITS | OWN_SEND_PENDING : NONE;
      if (WORD.compareAndSet(this, seen, next)) {
        return true;
      }
    }
  }
}
