package dev.noren.control;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * That somebody is in front of the box: its button was pressed, shortly and let go. Who has to know
 * (a claim, say, that is to come from the shop and not from somewhere else) notes the time when he
 * begins and asks for a press since then. A press counts for one who asks, so that one press can't
 * confirm what two have begun. Times are those of {@link System#nanoTime}. Any thread may call.
 */
public final class Presence {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition came = lock.newCondition();
  private boolean pressed;
  private boolean taken;
  private long lastNs;

  /** The button was pressed. */
  public void pressed(long atNs) {
    lock.lock();
    try {
      pressed = true;
      taken = false;
      lastNs = atNs;
      came.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes the last press, at once.
   *
   * @param sinceNs when who asks has begun
   * @return whether there was one since then that nobody has taken
   */
  public boolean take(long sinceNs) {
    lock.lock();
    try {
      boolean counts = pressed && !taken && lastNs - sinceNs >= 0;
      taken |= counts;
      return counts;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for a press and takes it.
   *
   * @param sinceNs when who asks has begun; one that came since then counts too
   * @param patienceNs how long to wait, nanoseconds
   * @return whether one came
   */
  public boolean await(long sinceNs, long patienceNs) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long leftNs = patienceNs;
      while (!take(sinceNs)) {
        if (leftNs <= 0) {
          return false;
        }
        leftNs = came.awaitNanos(leftNs);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * How long ago the last press was, whoever has taken it, in whole seconds.
   *
   * @return null for never
   */
  public Long secondsAgo(long nowNs) {
    lock.lock();
    try {
      return pressed ? (Long) NANOSECONDS.toSeconds(nowNs - lastNs) : null;
    } finally {
      lock.unlock();
    }
  }
}
