package dev.noren.tunnel;

import dev.noren.protocol.peer.Action;
import dev.noren.protocol.peer.Peer;
import dev.noren.protocol.session.Session;
import dev.noren.protocol.session.SessionSlots;
import dev.noren.tun.TunDevice;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.tinylog.Logger;

/**
 * The tunnel's slow thread: handshakes, timers, keepalives, staged packets, and every change of
 * configuration. It is the one writer of peers, sessions and indices. It sleeps until the next
 * deadline or until it is woken.
 */
final class HandshakeLoop implements Runnable {
  /** Messages handled before timers and requests have their turn. */
  private static final int BATCH = 32;

  private static final long NEVER = Long.MAX_VALUE;

  private final TunnelState state;
  private final Handshakes handshakes;
  private final Sessions sessions;
  private final HandshakeQueue queue;
  private final Requests requests;
  private final Counters counters;
  private final PacketSender sender;
  private final LoopMark mark = new LoopMark();
  private final Schedule schedule = new Schedule();
  private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final byte[] buffer =
      new byte[PacketSender.HEADROOM + TunDevice.MOST_BYTES + PacketSender.TAILROOM];

  HandshakeLoop(
      TunnelState state,
      Handshakes handshakes,
      Sessions sessions,
      HandshakeQueue queue,
      Requests requests,
      RandomGenerator random) {
    this.state = state;
    this.handshakes = handshakes;
    this.sessions = sessions;
    this.queue = queue;
    this.requests = requests;
    this.counters = state.handshakeCounters;
    this.sender = new PacketSender(state, random);
  }

  /** Has something done on this thread; from any thread. */
  void submit(Runnable task) {
    tasks.add(task);
    requests.wake();
  }

  @Override
  public void run() {
    requests.loop(Thread.currentThread());
    try {
      while (!state.stopped) {
        mark.turn();
        long nextNs = step(state.clock.nowNs());
        long waitNs = nextNs == NEVER ? NEVER : nextNs - state.clock.nowNs();
        if (waitNs > 0 && isQuiet()) {
          mark.waits();
          LockSupport.parkNanos(this, waitNs);
        }
      }
      runTasks();
    } finally {
      mark.ends();
    }
  }

  /** Whether this loop gets on. */
  LoopMark mark() {
    return mark;
  }

  private boolean isQuiet() {
    return queue.isEmpty() && requests.isEmpty() && tasks.isEmpty() && !state.stopped;
  }

  /** Does all that is due now; returns when to look again. */
  long step(long nowNs) {
    runTasks();
    receive(nowNs);
    serveRequests(nowNs);
    // After the requests: who pushes a session out asks only then, and we may sleep for long.
    sessions.dropPushedOut();
    fireTimers(nowNs);
    return schedule.nextNs();
  }

  private void runTasks() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  private void receive(long nowNs) {
    for (int i = 0; i < BATCH; i++) {
      if (queue.isLoaded()) {
        handshakes.loaded(nowNs);
      }
      HandshakeQueue.Message message = queue.poll();
      if (message == null) {
        return;
      }
      if (state.udp == null) {
        continue; // it came before we went down: its session's keys would outlive that
      }
      Peer complete = handshakes.receive(message, nowNs);
      if (complete != null) {
        sendStagedOrKeepalive(complete, nowNs);
      }
    }
  }

  private void serveRequests(long nowNs) {
    for (Peer peer = requests.next(); peer != null; peer = requests.next()) {
      int bits = peer.takeRequests();
      if (peer.isRemoved() || state.udp == null) {
        continue;
      }
      if ((bits & Requests.CONFIRMED) != 0) {
        handshakes.completed(peer, nowNs);
        sendStaged(peer, nowNs);
      }
      if ((bits & Requests.FLUSH) != 0) {
        sendStaged(peer, nowNs);
      }
      if ((bits & Requests.INITIATE) != 0) {
        handshakes.initiate(peer, false, nowNs);
      }
      if ((bits & Requests.TIMER) != 0) {
        schedule.plan(peer);
      }
    }
  }

  private void fireTimers(long nowNs) {
    for (Peer peer = schedule.takeDue(nowNs); peer != null; peer = schedule.takeDue(nowNs)) {
      fire(peer, peer.timers().poll(nowNs), nowNs);
      schedule.plan(peer);
    }
  }

  private void fire(Peer peer, int actions, long nowNs) {
    if ((actions & Action.GIVE_UP) != 0) {
      int dropped = peer.staged().clear();
      counters.drop(Drop.HANDSHAKE_GIVEN_UP, dropped);
      Logger.debug("{} does not answer: gave up its handshake", peer);
    }
    if ((actions & Action.RETRANSMIT) != 0) {
      peer.forgetSource();
      handshakes.initiate(peer, true, nowNs);
    }
    if ((actions & Action.NEW_HANDSHAKE) != 0) {
      peer.forgetSource();
      handshakes.initiate(peer, false, nowNs);
    }
    if ((actions & Action.WIPE) != 0) {
      sessions.dropAll(peer);
    }
    if ((actions & (Action.KEEPALIVE | Action.PERSISTENT_KEEPALIVE)) != 0) {
      sendKeepalive(peer, nowNs);
    }
  }

  /** Sends what is staged, else a keepalive, as the initiator does on a new session. */
  private void sendStagedOrKeepalive(Peer peer, long nowNs) {
    if (peer.staged().isEmpty()) {
      sendKeepalive(peer, nowNs);
    } else {
      sendStaged(peer, nowNs);
    }
  }

  /** A keepalive goes only if nothing else waits; without a session it starts a handshake. */
  private void sendKeepalive(Peer peer, long nowNs) {
    if (!peer.staged().isEmpty()) {
      sendStaged(peer, nowNs);
      return;
    }
    Session session = PacketSender.usable(peer, nowNs, state.limits);
    if (session == null) {
      handshakes.initiate(peer, false, nowNs);
    } else {
      send(peer, session, 0, nowNs);
    }
  }

  private void sendStaged(Peer peer, long nowNs) {
    Session session = PacketSender.usable(peer, nowNs, state.limits);
    if (session == null) {
      if (!peer.staged().isEmpty()) {
        handshakes.initiate(peer, false, nowNs);
      }
      return;
    }
    peer.staged()
        .drain(
            packet -> {
              System.arraycopy(packet, 0, buffer, PacketSender.HEADROOM, packet.length);
              send(peer, session, packet.length, nowNs);
            });
  }

  private void send(Peer peer, Session session, int length, long nowNs) {
    int sealed = sender.seal(peer, session, buffer, 0, length, state.mtu, nowNs);
    if (sealed == 0) {
      counters.drop(Drop.SESSION_EXPIRED);
    } else if (state.send(buffer, sealed, peer, counters)) {
      peer.traffic().handshakeSent(sealed);
    }
    if (sealed == 0 || session.wantsRekey(nowNs, state.limits)) {
      handshakes.initiate(peer, false, nowNs);
    }
  }

  /** After the interface came up, or a peer was added to one that is up. */
  void start(Peer peer, long nowNs) {
    peer.timers().start(nowNs);
    schedule.plan(peer);
  }

  /**
   * After the ways out of the machine changed: the source is chosen anew, and the far end is told
   * at once where we are now, for it could else not reach us until we have something to say.
   */
  void rerouted(Peer peer, long nowNs) {
    peer.forgetSource();
    Session session = PacketSender.usable(peer, nowNs, state.limits);
    if (session != null && peer.endpoint() != null) {
      send(peer, session, 0, nowNs);
    }
  }

  /**
   * After our private key changed (or went): what was computed with the old one is forgotten,
   * sessions made with it still receive but send no more, and the next handshake may start at once.
   */
  void keyChanged(Peer peer) {
    sessions.dropPending(peer);
    peer.handshaking().wipe();
    SessionSlots slots = peer.sessions();
    for (Session session : new Session[] {slots.current(), slots.next()}) {
      if (session != null) {
        session.retire();
      }
    }
    peer.timers().allowInitiation();
  }

  /** After a peer was removed, or the interface went down: nothing of it goes on. */
  void stop(Peer peer) {
    peer.timers().stop();
    peer.staged().clear();
    sessions.dropAll(peer);
    peer.handshaking().stamper().forget();
    schedule.forget(peer);
    peer.timers().promise(NEVER);
  }
}
