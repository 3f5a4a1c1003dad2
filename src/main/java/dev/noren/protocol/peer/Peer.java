package dev.noren.protocol.peer;

import dev.noren.crypto.PresharedKey;
import dev.noren.crypto.PublicKey;
import dev.noren.net.CidrList;
import dev.noren.net.Endpoint;
import dev.noren.protocol.Limits;
import dev.noren.protocol.cookie.MacStamper;
import dev.noren.protocol.session.Session;
import dev.noren.protocol.session.SessionSlots;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One far end: its keys, where it is, its sessions, timers and staged packets.
 *
 * <p>Who writes what: the pending handshake and everything in {@link Handshaking} belong to the
 * handshake loop, and so do the sessions, but for the inbound loop's confirming one; the endpoint
 * is replaced whole by whichever loop authenticated a packet from a new place; the rest is atomic.
 * The packet loops read one volatile field each.
 */
public final class Peer {
  // Fields, and not objects of java.util.concurrent.atomic, as there may be very many peers.
  private static final VarHandle SESSIONS = handle("sessions", SessionSlots.class);
  private static final VarHandle ENDPOINT = handle("endpoint", Endpoint.class);
  private static final VarHandle REQUESTS = handle("requests", int.class);
  private static final VarHandle TROUBLES = handle("troubles", Troubles.class);

  private final PublicKey publicKey;
  private final PeerTimers timers;
  private final StagedPackets staged;
  private final Handshaking handshaking;
  private final Traffic traffic = new Traffic();
  private volatile SessionSlots sessions = SessionSlots.EMPTY;
  private volatile Endpoint endpoint;
  private volatile int requests;
  private volatile CidrList allowedIps = CidrList.EMPTY;
  private volatile PresharedKey presharedKey = PresharedKey.NONE;
  private volatile Troubles troubles;
  private volatile long lastHandshakeUnixNs;
  private volatile boolean removed;

  /**
   * A peer without endpoint or session.
   *
   * @param onEarlierDeadline called, from any thread, when a timer is armed that is due before the
   *     handshake loop promised to look again
   */
  public Peer(PublicKey publicKey, Limits limits, StagedPool pool, Runnable onEarlierDeadline) {
    this.publicKey = publicKey;
    this.timers = new PeerTimers(limits, onEarlierDeadline);
    this.staged = new StagedPackets(limits.stagedPackets(), pool);
    this.handshaking = new Handshaking(new MacStamper(publicKey));
  }

  private static VarHandle handle(String name, Class<?> type) {
    try {
      return MethodHandles.lookup().findVarHandle(Peer.class, name, type);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  public PublicKey publicKey() {
    return publicKey;
  }

  public PeerTimers timers() {
    return timers;
  }

  public StagedPackets staged() {
    return staged;
  }

  /** What only the handshake loop may touch. */
  public Handshaking handshaking() {
    return handshaking;
  }

  public Traffic traffic() {
    return traffic;
  }

  /** What goes wrong with it, or null while nothing has. */
  public Troubles troubles() {
    return troubles;
  }

  /** After something went wrong with it: where that is written down, which is made once. */
  public Troubles troubled() {
    Troubles now = troubles;
    if (now == null) {
      TROUBLES.compareAndSet(this, null, new Troubles());
      now = troubles;
    }
    return now;
  }

  /** After a genuine initiation that is not newer than one before. */
  public void oldCall(byte[] timestamp, long nowNs) {
    troubled().oldCall(timestamp, handshaking.greatestTimestamp(), nowNs);
  }

  /** After an initiation of its was answered; the first one is as it should be. */
  public void answered(long nowNs) {
    if (handshaking.answeredAgain()) {
      troubled().answered().happened(nowNs);
    }
  }

  /** After a handshake with it came to its end. */
  public void completed() {
    handshaking.completed();
    Troubles now = troubles;
    if (now != null) {
      now.completed();
    }
  }

  /** The key mixed into the next handshake; {@link PresharedKey#NONE} without one. */
  public PresharedKey presharedKey() {
    return presharedKey;
  }

  public void presharedKey(PresharedKey key) {
    presharedKey = key;
  }

  /**
   * The prefixes that lead to it, in the order they were given: what {@link AllowedIps} says, kept
   * here too so that nobody needs to walk the whole table for them.
   */
  public CidrList allowedIps() {
    return allowedIps;
  }

  public void allowedIps(CidrList prefixes) {
    allowedIps = prefixes;
  }

  /** Where packets go to, or null while it is not known. */
  public Endpoint endpoint() {
    return endpoint;
  }

  public void endpoint(Endpoint where) {
    endpoint = where;
  }

  /** Lets the kernel choose the local address anew, for the case that the old one is gone. */
  public void forgetSource() {
    Endpoint now = endpoint;
    if (now != null) {
      // Whoever moved the peer in the meantime knows better.
      ENDPOINT.compareAndSet(this, now, now.withoutSource());
    }
  }

  public SessionSlots sessions() {
    return sessions;
  }

  /**
   * Moves the sessions on.
   *
   * @return whom that dropped
   */
  public List<Session> moveSessions(UnaryOperator<SessionSlots> move) {
    while (true) {
      SessionSlots before = sessions;
      SessionSlots after = move.apply(before);
      if (SESSIONS.compareAndSet(this, before, after)) {
        return before.droppedBy(after);
      }
    }
  }

  /**
   * After a valid packet on a session: if it was waiting for its first, it is the current one from
   * now on, before the packet is delivered, so that the answer to it leaves on the new keys.
   *
   * @return whom the rotation dropped, or null if the session was not waiting
   */
  public List<Session> confirm(Session session) {
    SessionSlots before = sessions;
    while (before.next() == session) {
      SessionSlots after = before.confirmed();
      if (SESSIONS.compareAndSet(this, before, after)) {
        return before.droppedBy(after);
      }
      before = sessions;
    }
    return null;
  }

  /** Unix time in nanoseconds of the last complete handshake; 0 before the first. */
  public long lastHandshakeUnixNs() {
    return lastHandshakeUnixNs;
  }

  public void lastHandshakeUnixNs(long unixNs) {
    lastHandshakeUnixNs = unixNs;
  }

  /** Adds a request to the handshake loop. */
  public boolean request(int bits) {
    return (int) REQUESTS.getAndBitwiseOr(this, bits) == 0;
  }

  /** Takes all requests, for the handshake loop. */
  public int takeRequests() {
    return requests == 0 ? 0 : (int) REQUESTS.getAndSet(this, 0);
  }

  /** Whether it was taken out of the tunnel; late events are then ignored. */
  public boolean isRemoved() {
    return removed;
  }

  /** After it was taken out of the tunnel. */
  public void markRemoved() {
    removed = true;
    staged.close();
  }

  @Override
  public String toString() {
    return "peer " + publicKey.toBase64().substring(0, 8) + "…";
  }
}
