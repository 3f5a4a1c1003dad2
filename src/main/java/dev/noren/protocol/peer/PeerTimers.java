package dev.noren.protocol.peer;

import dev.noren.protocol.Limits;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The five timers of one peer (WP 6): events go in with their time, due actions come out of {@link
 * #poll}. Events may come from any thread, and those of data packets are a few volatile accesses
 * without a lock or an allocation. One loop polls; it {@link #promise promises} when it will look
 * again, and is called only when something falls due before that.
 *
 * <p>Times are monotonic nanoseconds, 0 or more. "Authenticated" packets are initiations, responses
 * and transport packets with keepalives, never cookie replies. Timers are created stopped: until
 * {@link #start}, events leave no trace.
 */
public final class PeerTimers {
  private static final VarHandle PROMISED;

  static {
    try {
      PROMISED = MethodHandles.lookup().findVarHandle(PeerTimers.class, "promisedNs", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Limits limits;
  private final Runnable onEarlier;
  private final Deadline retransmit = new Deadline();
  private final PassiveKeepalive keepalive = new PassiveKeepalive();
  private final Deadline newHandshake = new Deadline();
  private final Deadline wipe = new Deadline();
  private final PersistentKeepalive persistent = new PersistentKeepalive();
  private final AtomicInteger attempts = new AtomicInteger();
  private volatile long nextInitiationNs;

  /** When the first initiation was sent that nothing has come of, or {@link Deadline#NONE}. */
  private volatile long unansweredSinceNs = Deadline.NONE;

  private volatile long promisedNs = Deadline.NONE;
  private volatile boolean running;

  /**
   * Timers, stopped.
   *
   * @param onEarlier wakes the loop; called from the thread of an event
   */
  public PeerTimers(Limits limits, Runnable onEarlier) {
    this.limits = limits;
    this.onEarlier = onEarlier;
  }

  /**
   * After the interface came up, or the peer was added to one that is: keepalives begin at once.
   */
  public void start(long nowNs) {
    if (!running) {
      reset(); // of what an event armed that was under way while they stopped
      running = true;
      armPersistent(nowNs);
    }
  }

  /** After the interface went down, or the peer was removed: nothing is due any more. */
  public void stop() {
    running = false;
    reset();
  }

  private void reset() {
    retransmit.arm(Deadline.NONE);
    keepalive.clear();
    newHandshake.arm(Deadline.NONE);
    wipe.arm(Deadline.NONE);
    persistent.clear();
    attempts.set(0);
    unansweredSinceNs = Deadline.NONE;
    allowInitiation();
  }

  /** After an initiation was sent, a retry too. */
  public void initiationSent(long nowNs, long jitterNs) {
    nextInitiationNs = nowNs + limits.rekeyTimeoutNs();
    if (unansweredSinceNs == Deadline.NONE) {
      unansweredSinceNs = nowNs;
    }
    arm(retransmit, nowNs + limits.rekeyTimeoutNs() + jitterNs);
  }

  /** After a response was sent: we do not initiate right after it either. */
  public void responseSent(long nowNs) {
    nextInitiationNs = nowNs + limits.rekeyTimeoutNs();
  }

  /** Whether the last initiation or response is long enough ago to initiate now (WP 5.1, 6.1). */
  public boolean mayInitiate(long nowNs) {
    return nowNs >= nextInitiationNs;
  }

  /** After our private key changed: an initiation may go out at once. */
  public void allowInitiation() {
    nextInitiationNs = 0;
  }

  /**
   * After the handshake is complete: the initiator has processed the response, or the responder has
   * received the first packet of the new session.
   */
  public void handshakeComplete(long nowNs) {
    retransmit.cancel();
    attempts.set(0);
    unansweredSinceNs = Deadline.NONE;
  }

  /** After keys were derived, confirmed or not. */
  public void sessionDerived(long nowNs) {
    arm(wipe, nowNs + limits.wipeAfterNs());
  }

  /** After a transport packet that is no keepalive was sent. */
  public void dataSent(long nowNs, long jitterNs) {
    long atNs = nowNs + limits.newHandshakeNs() + jitterNs;
    if (running && newHandshake.armIfIdle(atNs)) {
      callIfEarlier(atNs);
    }
  }

  /** After a valid transport packet that is no keepalive was received. */
  public void dataReceived(long nowNs) {
    long atNs = nowNs + limits.keepaliveNs();
    if (running && keepalive.received(atNs)) {
      callIfEarlier(atNs);
    }
  }

  /** After any authenticated packet was sent. */
  public void authenticatedSent(long nowNs) {
    if (running) {
      keepalive.sent();
      callIfEarlier(persistent.postpone(nowNs));
    }
  }

  /** After any authenticated packet was received. */
  public void authenticatedReceived(long nowNs) {
    if (running) {
      newHandshake.cancel();
      callIfEarlier(persistent.postpone(nowNs));
    }
  }

  /**
   * After the setting was made: 0 is off. Switched on, a keepalive is due at once; changed, it is
   * due after the new time.
   *
   * @throws IllegalArgumentException outside 0 to 65535
   */
  public void setPersistentKeepalive(int seconds, long nowNs) {
    int before = persistent.seconds();
    if (seconds == before) {
      return;
    }
    persistent.set(seconds);
    if (running) {
      armPersistent(before == 0 ? nowNs : persistent.after(nowNs));
    }
  }

  /** The setting in seconds, 0 for off. */
  public int persistentKeepaliveSeconds() {
    return persistent.seconds();
  }

  /** How many times the current handshake was retried. */
  public int attempts() {
    return attempts.get();
  }

  /**
   * For how long handshakes have been begun in vain, nanoseconds; 0 while none is under way. Other
   * than {@link #attempts} it goes on where keepalives want a handshake anew each time.
   */
  public long unansweredNs(long nowNs) {
    long sinceNs = unansweredSinceNs;
    return sinceNs == Deadline.NONE ? 0 : Math.max(0, nowNs - sinceNs);
  }

  /** When a handshake is wanted that is no retry. */
  public void resetAttempts() {
    attempts.set(0);
  }

  /** When a handshake is given up: keys are wiped in time even if no session ever came. */
  void armWipeIfIdle(long nowNs) {
    long atNs = nowNs + limits.wipeAfterNs();
    if (running && wipe.armIfIdle(atNs)) {
      callIfEarlier(atNs);
    }
  }

  /** Fires what is due, each once, and returns it as bits of {@link Action}. */
  public int poll(long nowNs) {
    if (!running) {
      return 0;
    }
    int due = retransmit.expire(nowNs) ? retry(nowNs) : 0;
    if (keepalive.expire(nowNs, nowNs + limits.keepaliveNs())) {
      due |= Action.KEEPALIVE;
    }
    if (newHandshake.expire(nowNs)) {
      resetAttempts();
      due |= Action.NEW_HANDSHAKE;
    }
    if (wipe.expire(nowNs)) {
      due |= Action.WIPE;
    }
    if (persistent.expire(nowNs)) {
      due |= Action.PERSISTENT_KEEPALIVE;
    }
    return due;
  }

  private int retry(long nowNs) {
    if (attempts.get() > limits.maxAttempts()) {
      keepalive.clear();
      unansweredSinceNs = Deadline.NONE;
      armWipeIfIdle(nowNs);
      return Action.GIVE_UP;
    }
    attempts.incrementAndGet();
    return Action.RETRANSMIT;
  }

  /** When {@link #poll} has something next, or {@link Long#MAX_VALUE} for never. */
  public long nextDeadlineNs() {
    if (!running) {
      return Deadline.NONE;
    }
    long next = Math.min(retransmit.atNs(), keepalive.atNs());
    next = Math.min(next, Math.min(newHandshake.atNs(), wipe.atNs()));
    return Math.min(next, persistent.atNs());
  }

  /**
   * The loop will poll at this time or earlier. An event that makes something due before it calls
   * {@code onEarlier}, once until the next promise. What came due between the loop's look at {@link
   * #nextDeadlineNs} and its promise calls it from here.
   */
  public void promise(long deadlineNs) {
    promisedNs = deadlineNs;
    callIfEarlier(nextDeadlineNs());
  }

  private void arm(Deadline deadline, long atNs) {
    if (running) {
      deadline.arm(atNs);
      callIfEarlier(atNs);
    }
  }

  private void armPersistent(long atNs) {
    persistent.arm(atNs);
    callIfEarlier(persistent.atNs());
  }

  /** The deadline is written before the promise is read, and the loop does it the other way. */
  private void callIfEarlier(long atNs) {
    long promised = promisedNs;
    while (atNs < promised) {
      if (PROMISED.compareAndSet(this, promised, atNs)) {
        onEarlier.run();
        return;
      }
      promised = promisedNs;
    }
  }
}
