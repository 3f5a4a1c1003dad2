package dev.noren.protocol.session;

import dev.noren.crypto.TransportKey;
import dev.noren.protocol.Limits;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A pair of transport keys with what belongs to them: indices, age, send counter and replay window
 * (WP 5.4.5, 5.4.6, 6.2). The send counter and the flags may be used from any thread; the window
 * belongs to the thread that receives.
 */
public final class Session {
  private static final VarHandle SENT = handle("sent", long.class);
  private static final VarHandle REKEY_ASKED = handle("rekeyAsked", boolean.class);

  private final TransportKey sendKey;
  private final TransportKey receiveKey;
  private final int localIndex;
  private final int remoteIndex;
  private final boolean initiator;
  private final long createdNs;
  private final ReplayWindow window = new ReplayWindow();
  private volatile long sent;
  private volatile boolean rekeyAsked;
  private volatile boolean retired;
  private volatile boolean wiped;

  /**
   * A session with fresh keys, which it owns from now on.
   *
   * @param localIndex the index that the far end's packets carry
   * @param remoteIndex the index that our packets carry
   * @param initiator whether we began the handshake
   * @param createdNs when the keys were derived
   */
  public Session(
      TransportKey sendKey,
      TransportKey receiveKey,
      int localIndex,
      int remoteIndex,
      boolean initiator,
      long createdNs) {
    this.sendKey = sendKey;
    this.receiveKey = receiveKey;
    this.localIndex = localIndex;
    this.remoteIndex = remoteIndex;
    this.initiator = initiator;
    this.createdNs = createdNs;
  }

  private static VarHandle handle(String name, Class<?> type) {
    try {
      return MethodHandles.lookup().findVarHandle(Session.class, name, type);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** The index that the far end's packets carry. */
  public int localIndex() {
    return localIndex;
  }

  /** The index that our packets carry. */
  public int remoteIndex() {
    return remoteIndex;
  }

  /** Whether we began the handshake, and so are the one who asks for the next. */
  public boolean isInitiator() {
    return initiator;
  }

  /** When the keys were derived. */
  public long createdNs() {
    return createdNs;
  }

  /** The key that seals. */
  public TransportKey sendKey() {
    return sendKey;
  }

  /** The key that opens. */
  public TransportKey receiveKey() {
    return receiveKey;
  }

  /** The counters accepted so far. */
  public ReplayWindow window() {
    return window;
  }

  /** Takes the next counter to send with: 0, 1, 2 and so on, unsigned, no two alike. */
  public long nextCounter() {
    return takeCounters(1);
  }

  /**
   * Takes so many counters that follow each other.
   *
   * @return the first of them
   */
  public long takeCounters(int count) {
    return (long) SENT.getAndAdd(this, (long) count);
  }

  /** How many counters were taken, which is also the next one; unsigned. */
  public long sentCounter() {
    return sent;
  }

  /** Whether it is too old to carry anything (WP 6.1): from {@code rejectAfterNs} on. */
  public boolean isExpired(long nowNs, Limits limits) {
    return nowNs - createdNs >= limits.rejectAfterNs();
  }

  /** Before a send: whether a packet may go out on this session (WP 6.1, 6.2). */
  public boolean maySend(long nowNs, Limits limits) {
    return !retired
        && !isExpired(nowNs, limits)
        && Long.compareUnsigned(sent, limits.rejectAfterMessages()) < 0;
  }

  /**
   * After a send: whether to ask for a new session, which is when the counter is above its limit,
   * or when we were the initiator and the session is too old (WP 6.2).
   */
  public boolean wantsRekey(long nowNs, Limits limits) {
    return Long.compareUnsigned(sent, limits.rekeyAfterMessages()) > 0
        || (initiator && nowNs - createdNs > limits.rekeyAfterNs());
  }

  /**
   * After a valid receive: whether to ask for a new session now, so that one who only receives is
   * not cut off (WP 6.2). True once in a session's life.
   */
  public boolean asksLateRekey(long nowNs, Limits limits) {
    return initiator && nowNs - createdNs > limits.lateRekeyNs() && askRekeyOnce();
  }

  /** True for the first caller only. */
  public boolean askRekeyOnce() {
    return !rekeyAsked && REKEY_ASKED.compareAndSet(this, false, true);
  }

  /**
   * After a packet was authenticated: whether its counter is below the reject limit and was not
   * seen before (WP 5.4.6, 6.1). From the receiving thread.
   */
  public boolean accept(long counter, Limits limits) {
    return Long.compareUnsigned(counter, limits.rejectAfterMessages()) < 0
        && window.accept(counter);
  }

  /**
   * After our private key changed: nothing more is sent, while the far end's packets still open.
   */
  public void retire() {
    retired = true;
  }

  /** Zeroes both keys, for good, also under a thread that is using them. */
  public void wipe() {
    retired = true;
    wiped = true;
    sendKey.wipe();
    receiveKey.wipe();
  }

  /** Whether the keys are gone: nothing opens any more, and what is sealed is not worth sending. */
  public boolean isWiped() {
    return wiped;
  }

  @Override
  public String toString() {
    return "session " + Integer.toHexString(localIndex);
  }
}
