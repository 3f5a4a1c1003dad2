package dev.noren.tunnel;

import dev.noren.crypto.PrivateKey;
import dev.noren.net.Endpoint;
import dev.noren.protocol.Limits;
import dev.noren.protocol.cookie.RateLimiter;
import dev.noren.protocol.handshake.InitiatorHandshake;
import dev.noren.protocol.handshake.ResponderHandshake;
import dev.noren.protocol.handshake.SessionKeys;
import dev.noren.protocol.message.CookieReply;
import dev.noren.protocol.message.Initiation;
import dev.noren.protocol.message.MessageType;
import dev.noren.protocol.message.Response;
import dev.noren.protocol.peer.Handshaking;
import dev.noren.protocol.peer.Peer;
import dev.noren.protocol.session.Session;
import dev.noren.udp.UdpSocket;
import java.util.random.RandomGenerator;
import org.tinylog.Logger;

/**
 * Makes and reads handshake messages and turns them into sessions. Nothing of a peer changes before
 * a message is authenticated. It belongs to the handshake loop.
 */
final class Handshakes {
  private final TunnelState state;
  private final Sessions sessions;
  private final Timestamps timestamps;
  private final RandomGenerator random;
  private final Counters counters;
  private final String name;
  private final RateLimiter rateLimiter = new RateLimiter();
  private final byte[] out = new byte[Initiation.SIZE];
  private boolean loadSeen;
  private long loadedUntilNs;

  Handshakes(
      TunnelState state,
      Sessions sessions,
      Timestamps timestamps,
      RandomGenerator random,
      String name) {
    this.state = state;
    this.sessions = sessions;
    this.timestamps = timestamps;
    this.random = random;
    this.counters = state.handshakeCounters;
    this.name = name;
  }

  /** After the queue was seen an eighth full. */
  void loaded(long nowNs) {
    loadSeen = true;
    loadedUntilNs = nowNs + state.limits.underLoadNs();
  }

  private boolean isLoaded(long nowNs) {
    return loadSeen && nowNs < loadedUntilNs;
  }

  /**
   * Sends an initiation, unless one or a response was sent within 5 s.
   *
   * @param retry whether this repeats one that was not answered
   */
  void initiate(Peer peer, boolean retry, long nowNs) {
    Limits limits = state.limits;
    if (!retry) {
      peer.timers().resetAttempts();
    }
    TunnelState.Identity me = state.identity;
    if (me == null || state.udp == null || !peer.timers().mayInitiate(nowNs)) {
      return;
    }
    peer.timers().initiationSent(nowNs, random.nextLong(limits.jitterNs() + 1));
    Handshaking handshaking = peer.handshaking();
    byte[] shared = handshaking.staticStatic(me.local().privateKey(), peer.publicKey());
    InitiatorHandshake handshake =
        shared == null
            ? null
            : InitiatorHandshake.start(
                me.local(),
                peer.publicKey(),
                shared,
                PrivateKey.generate(random),
                sessions.freshIndex(),
                timestamps.next(),
                out,
                0);
    if (handshake == null) {
      Logger.debug("{}: {} has a public key that can share no secret", name, peer);
      counters.drop(Drop.BAD_HANDSHAKE);
      return;
    }
    sessions.pending(peer, handshake);
    handshaking.stamper().stamp(out, 0, Initiation.SIZE, nowNs, limits);
    peer.timers().authenticatedSent(nowNs);
    if (state.send(out, Initiation.SIZE, peer, counters)) {
      peer.traffic().handshakeSent(Initiation.SIZE);
      Logger.debug("{}: sent a handshake initiation to {} at {}", name, peer, peer.endpoint());
    }
  }

  /** What a message led to, for the loop to go on with: a peer whose packets may now leave. */
  Peer receive(HandshakeQueue.Message message, long nowNs) {
    byte[] bytes = message.bytes();
    if (state.identity == null) {
      counters.drop(Drop.UNKNOWN_PEER);
      return null;
    }
    return switch (MessageType.of(bytes, 0, bytes.length)) {
      case Initiation.TYPE -> {
        if (passesMacs(message, Initiation.sender(bytes, 0), nowNs)) {
          receiveInitiation(bytes, message.from(), nowNs);
        }
        yield null;
      }
      case Response.TYPE ->
          passesMacs(message, Response.sender(bytes, 0), nowNs)
              ? receiveResponse(bytes, message.from(), nowNs)
              : null;
      case CookieReply.TYPE -> {
        receiveCookie(bytes, nowNs);
        yield null;
      }
      default -> null;
    };
  }

  /** mac1 always; under load also mac2, and the rate per source (WP 5.3, 5.4.7). */
  private boolean passesMacs(HandshakeQueue.Message message, int sender, long nowNs) {
    byte[] bytes = message.bytes();
    Endpoint from = message.from();
    var macs = state.identity.macs();
    if (!macs.hasMac1(bytes, 0, bytes.length)) {
      counters.drop(Drop.BAD_MAC1);
      state.strangers.otherKey(from.address(), nowNs);
      return false;
    }
    if (!isLoaded(nowNs)) {
      return true;
    }
    if (!macs.hasMac2(bytes, 0, bytes.length, from.address(), from.port(), nowNs)) {
      counters.drop(Drop.COOKIE_REQUIRED);
      macs.reply(
          bytes, 0, bytes.length, from.address(), from.port(), sender, nowNs, random, out, 0);
      UdpSocket socket = state.udp;
      if (socket != null) {
        socket.send(out, 0, CookieReply.SIZE, from);
      }
      return false;
    }
    if (!rateLimiter.allow(from.address(), nowNs)) {
      counters.drop(Drop.RATE_LIMITED);
      return false;
    }
    return true;
  }

  private void receiveInitiation(byte[] bytes, Endpoint from, long nowNs) {
    TunnelState.Identity me = state.identity;
    ResponderHandshake handshake = ResponderHandshake.read(me.local(), bytes, 0);
    if (handshake == null) {
      counters.drop(Drop.BAD_HANDSHAKE);
      return;
    }
    Peer peer = state.peers.get(handshake.remote());
    if (peer == null) {
      counters.drop(Drop.UNKNOWN_PEER);
      state.strangers.unknownKey(handshake.remote(), from.address(), nowNs);
      Logger.debug("{}: a handshake from {} with an unknown public key", name, from);
    } else if (accept(peer, handshake, nowNs)) {
      respond(peer, handshake, from, nowNs);
    }
    handshake.wipe();
  }

  /** Authenticates the initiation and checks that it is new; changes the peer only if it is. */
  private boolean accept(Peer peer, ResponderHandshake handshake, long nowNs) {
    Handshaking handshaking = peer.handshaking();
    byte[] shared = handshaking.staticStatic(state.identity.local().privateKey(), peer.publicKey());
    byte[] timestamp = shared == null ? null : handshake.openTimestamp(shared);
    if (timestamp == null) {
      counters.drop(Drop.BAD_HANDSHAKE);
      return false;
    }
    if (!handshaking.isNewer(timestamp)) {
      counters.drop(Drop.REPLAYED_HANDSHAKE);
      peer.oldCall(timestamp, nowNs);
      Logger.debug("{}: {} sent an initiation that is not newer than its last", name, peer);
      return false;
    }
    if (handshaking.isTooSoon(nowNs, state.limits)) {
      counters.drop(Drop.HANDSHAKE_FLOOD);
      return false;
    }
    handshaking.initiationAccepted(timestamp, nowNs);
    return true;
  }

  private void respond(Peer peer, ResponderHandshake handshake, Endpoint from, long nowNs) {
    Limits limits = state.limits;
    SessionKeys keys =
        handshake.respond(
            peer.presharedKey(), PrivateKey.generate(random), sessions.freshIndex(), out, 0);
    if (keys == null) {
      counters.drop(Drop.BAD_HANDSHAKE);
      return;
    }
    peer.endpoint(from);
    peer.timers().authenticatedReceived(nowNs);
    peer.traffic().handshakeReceived(Initiation.SIZE);
    peer.timers().responseSent(nowNs);
    peer.answered(nowNs);
    sessions.responded(peer, session(keys, false, nowNs));
    peer.timers().sessionDerived(nowNs);
    peer.handshaking().stamper().stamp(out, 0, Response.SIZE, nowNs, limits);
    peer.timers().authenticatedSent(nowNs);
    if (state.send(out, Response.SIZE, peer, counters)) {
      peer.traffic().handshakeSent(Response.SIZE);
      Logger.debug("{}: answered the handshake of {} at {}", name, peer, from);
    }
  }

  private Peer receiveResponse(byte[] bytes, Endpoint from, long nowNs) {
    TunnelState.Entry entry = state.indices.get(Response.receiver(bytes, 0));
    if (entry == null || entry.handshake() == null) {
      counters.drop(Drop.UNKNOWN_INDEX);
      return null;
    }
    Peer peer = entry.peer();
    SessionKeys keys =
        entry.handshake().finish(bytes, 0, state.identity.local(), peer.presharedKey());
    if (keys == null) {
      counters.drop(Drop.BAD_HANDSHAKE);
      peer.troubled().badResponses().happened(nowNs);
      Logger.debug("{}: the response of {} does not decrypt", name, peer);
      return null;
    }
    peer.endpoint(from);
    peer.timers().authenticatedReceived(nowNs);
    peer.traffic().handshakeReceived(Response.SIZE);
    sessions.initiated(peer, session(keys, true, nowNs));
    peer.timers().sessionDerived(nowNs);
    completed(peer, nowNs);
    return peer;
  }

  private static Session session(SessionKeys keys, boolean initiator, long nowNs) {
    return new Session(
        keys.send(), keys.receive(), keys.localIndex(), keys.remoteIndex(), initiator, nowNs);
  }

  /** After either end may send on the new session. */
  void completed(Peer peer, long nowNs) {
    peer.timers().handshakeComplete(nowNs);
    peer.completed();
    peer.lastHandshakeUnixNs(state.clock.unixNs());
    Logger.debug("{}: handshake with {} at {} is complete", name, peer, peer.endpoint());
  }

  private void receiveCookie(byte[] bytes, long nowNs) {
    TunnelState.Entry entry = state.indices.get(CookieReply.receiver(bytes, 0));
    if (entry == null) {
      counters.drop(Drop.UNKNOWN_INDEX);
    } else if (!entry.peer().handshaking().stamper().accept(bytes, 0, nowNs)) {
      counters.drop(Drop.BAD_COOKIE);
    }
  }
}
