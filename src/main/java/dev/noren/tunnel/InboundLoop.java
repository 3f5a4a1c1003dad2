package dev.noren.tunnel;

import dev.noren.crypto.AeadLane;
import dev.noren.crypto.TransportAead;
import dev.noren.net.Datagram;
import dev.noren.net.IpPacket;
import dev.noren.offload.Coalescer;
import dev.noren.offload.VnetHeader;
import dev.noren.protocol.Limits;
import dev.noren.protocol.message.CookieReply;
import dev.noren.protocol.message.Initiation;
import dev.noren.protocol.message.MessageType;
import dev.noren.protocol.message.Response;
import dev.noren.protocol.message.Transport;
import dev.noren.protocol.peer.Note;
import dev.noren.protocol.peer.Peer;
import dev.noren.protocol.session.Session;
import dev.noren.tun.TunDevice;
import dev.noren.udp.UdpSocket;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.tinylog.Logger;

/**
 * Carries datagrams from UDP to the TUN device, in the order of checks that WP 5.4.6 and 6.1 ask
 * for; handshake messages go on to the handshake loop. One thread, one buffer.
 */
final class InboundLoop implements Runnable {
  /** Receives, each of up to 64 datagrams, before what waits for its next packet is written. */
  private static final int BATCH = 16;

  /** Flows whose packets may wait for their next in one batch; each takes 64 KB. */
  private static final int FLOWS = 8;

  /** How long to wait for a socket while the interface is down, if nobody wakes us: 1 s. */
  private static final long DOWN_WAIT_NS = 1_000_000_000L;

  private final TunnelState state;
  private final TunDevice tun;
  private final Requests requests;
  private final HandshakeQueue handshakes;
  private final Sessions sessions;
  private final Counters counters;
  private final AeadLane lane;
  private final Coalescer coalescer;
  private final LoopMark mark = new LoopMark();
  private final Datagram datagram = new Datagram();

  /** Whether the last turn had a receive of several datagrams. */
  private boolean bulky;

  /** The session of which a packet of the present receive was already told to its peer. */
  private Session told;

  /** Whether one with data was told, too. */
  private boolean dataTold;

  private volatile Thread thread;

  InboundLoop(
      TunnelState state,
      TunDevice tun,
      Requests requests,
      HandshakeQueue handshakes,
      Sessions sessions) {
    this.state = state;
    this.tun = tun;
    this.requests = requests;
    this.handshakes = handshakes;
    this.sessions = sessions;
    this.counters = state.inboundCounters;
    this.lane = state.aeads.lane();
    this.coalescer =
        new Coalescer(
            this::write,
            tun.vnetHeaderBytes() > 0,
            (tun.offloads() & TunDevice.OFFLOAD_UDP4) != 0,
            FLOWS);
  }

  /** After the socket was replaced: looks at the new one. */
  void wake() {
    LockSupport.unpark(thread);
  }

  @Override
  public void run() {
    thread = Thread.currentThread();
    try {
      while (!state.stopped) {
        UdpSocket socket = state.udp;
        if (socket == null) {
          mark.waits();
          LockSupport.parkNanos(this, DOWN_WAIT_NS);
          continue;
        }
        mark.turn();
        if (!turn(socket) && !(bulky && turnAfterOthers(socket)) && state.receivesOn(socket)) {
          mark.waits();
          socket.await();
        }
      }
    } finally {
      mark.ends();
    }
  }

  /** Whether this loop gets on. */
  LoopMark mark() {
    return mark;
  }

  /** While there is much to carry; a lone packet's way would only become longer by it. */
  private boolean turnAfterOthers(UdpSocket socket) {
    TunnelState.letOthersRun();
    return turn(socket);
  }

  /** Carries what is there, but not for ever; true if there may be more. */
  boolean turn(UdpSocket socket) {
    bulky = false;
    boolean more = receiveBatch(socket);
    coalescer.flush();
    return more;
  }

  /** Receives until there is nothing or the batch is full; true if there may be more. */
  private boolean receiveBatch(UdpSocket socket) {
    long nowNs = state.clock.nowNs();
    for (int i = 0; i < BATCH; i++) {
      try {
        if (socket.receive(datagram) < 0) {
          return false;
        }
      } catch (IOException e) {
        if (state.receivesOn(socket) && !state.stopped) {
          Logger.warn("{}: receiving failed: {}", tun.name(), e.getMessage());
        }
        return false;
      }
      handle(datagram, nowNs);
    }
    return true;
  }

  /** Handles what one receive gave, and hands on all that came of it. */
  void receive(Datagram received, long nowNs) {
    handle(received, nowNs);
    coalescer.flush();
  }

  /** Handles what one receive gave: one datagram or several of one sender. Answers none itself. */
  private void handle(Datagram received, long nowNs) {
    int step = received.segmentBytes == 0 ? received.length : received.segmentBytes;
    int at = 0;
    bulky |= received.segmentBytes > 0;
    told = null;
    do {
      handle(received, at, Math.min(step, received.length - at), nowNs);
      at += step;
    } while (at < received.length);
  }

  private void handle(Datagram received, int at, int length, long nowNs) {
    switch (MessageType.of(received.bytes, at, length)) {
      case Transport.TYPE -> handleTransport(received, at, length, nowNs);
      case Initiation.TYPE, Response.TYPE, CookieReply.TYPE -> {
        if (handshakes.offer(received, at, length)) {
          requests.wake();
        } else {
          counters.drop(Drop.HANDSHAKE_QUEUE_FULL);
        }
      }
      default -> {
        counters.drop(Drop.BAD_LENGTH);
        // An empty one is how a Noren asks whether anybody listens.
        if (length > 0) {
          state.strangers.noWireGuard(received, nowNs);
        }
      }
    }
  }

  private void handleTransport(Datagram received, int at, int wireLength, long nowNs) {
    byte[] bytes = received.bytes;
    TunnelState.Entry entry = state.indices.get(Transport.receiver(bytes, at));
    if (entry == null || entry.session() == null) {
      counters.drop(Drop.UNKNOWN_INDEX);
      return;
    }
    Limits limits = state.limits;
    Session session = entry.session();
    if (session.isExpired(nowNs, limits)) {
      counters.drop(Drop.SESSION_EXPIRED);
      return;
    }
    long counter = Transport.counter(bytes, at);
    int start = at + Transport.CIPHERTEXT;
    int sealed = wireLength - Transport.CIPHERTEXT;
    byte[] out = coalescer.buffer();
    int place = coalescer.reserve(sealed - TransportAead.TAG_SIZE);
    int length = lane.aead().open(session.receiveKey(), counter, bytes, start, sealed, out, place);
    // Keys wiped meanwhile would have opened a packet that anybody could have sealed.
    if (length < 0 || session.isWiped()) {
      counters.drop(Drop.BAD_TRANSPORT);
      return;
    }
    if (!session.accept(counter, limits)) {
      boolean usedUp = Long.compareUnsigned(counter, limits.rejectAfterMessages()) >= 0;
      counters.drop(usedUp ? Drop.SESSION_EXPIRED : Drop.REPLAYED);
      return;
    }
    Peer peer = entry.peer();
    peer.traffic().inboundReceived(wireLength);
    // The same for all that one receive gave: one sender, one time.
    if (session != told) {
      authenticated(peer, session, received, nowNs);
      told = session;
      dataTold = false;
    }
    if (length > 0) {
      if (!dataTold) {
        peer.timers().dataReceived(nowNs);
        peer.traffic().dataReceived(nowNs);
        dataTold = true;
      }
      deliver(peer, out, place, length, nowNs);
    }
  }

  /** After a genuine, fresh packet: roaming, key confirmation, late rekey, timers. */
  private void authenticated(Peer peer, Session session, Datagram received, long nowNs) {
    if (!received.isFrom(peer.endpoint())) {
      peer.endpoint(received.toEndpoint());
    }
    List<Session> pushedOut = peer.confirm(session);
    if (pushedOut != null) {
      sessions.dropLater(pushedOut);
      requests.ask(peer, Requests.CONFIRMED);
    }
    if (session.asksLateRekey(nowNs, state.limits)) {
      requests.ask(peer, Requests.INITIATE);
    }
    peer.timers().authenticatedReceived(nowNs);
  }

  /** Checks the inner packet and hands it to the interface. */
  private void deliver(Peer peer, byte[] bytes, int start, int length, long nowNs) {
    int stated = IpPacket.totalLength(bytes, start, length);
    if (stated < 0) {
      counters.drop(Drop.BAD_INNER_PACKET);
      return;
    }
    if (state.allowedIps.ownerOfSource(bytes, start) != peer) {
      counters.drop(Drop.FOREIGN_SOURCE);
      noteForeign(peer, bytes, start, nowNs);
      return;
    }
    coalescer.add(stated);
  }

  /** What hosts say to their link alone strays into tunnels everywhere, and tells nothing. */
  private static void noteForeign(Peer peer, byte[] bytes, int start, long nowNs) {
    if (IpPacket.isSourceOfLink(bytes, start)) {
      return;
    }
    Note foreign = peer.troubled().foreign();
    foreign.happened(nowNs);
    if (foreign.wantsSource(nowNs)) {
      foreign.source(IpPacket.source(bytes, start), nowNs);
    }
  }

  private void write(byte[] buffer, int offset, int length) {
    int headerless = VnetHeader.SIZE - tun.vnetHeaderBytes();
    boolean taken;
    try {
      taken = tun.write(buffer, offset + headerless, length - headerless);
    } catch (IOException e) {
      taken = false;
    }
    if (!taken) {
      counters.drop(Drop.TUN_WRITE, VnetHeader.packets(buffer, offset, length));
    }
  }
}
