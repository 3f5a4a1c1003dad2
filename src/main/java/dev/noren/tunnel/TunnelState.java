package dev.noren.tunnel;

import dev.noren.crypto.TransportAeads;
import dev.noren.net.Endpoint;
import dev.noren.protocol.Limits;
import dev.noren.protocol.cookie.MacChecker;
import dev.noren.protocol.handshake.InitiatorHandshake;
import dev.noren.protocol.handshake.LocalIdentity;
import dev.noren.protocol.peer.AllowedIps;
import dev.noren.protocol.peer.IndexTable;
import dev.noren.protocol.peer.Peer;
import dev.noren.protocol.peer.PeerTable;
import dev.noren.protocol.session.Session;
import dev.noren.udp.UdpSocket;
import java.util.concurrent.atomic.AtomicBoolean;
import org.tinylog.Logger;

/**
 * What the loops of one tunnel share: immutable objects, each behind one volatile field that the
 * handshake loop writes.
 */
final class TunnelState {
  /** Whether it was said; the warm-up's tunnel would say it as well. */
  private static final AtomicBoolean ONE_BY_ONE = new AtomicBoolean();

  /** Who a receiver index stands for: a handshake that waits, or a session. */
  record Entry(Peer peer, InitiatorHandshake handshake, Session session) {}

  /** Our keys, and what checks messages made for them. */
  record Identity(LocalIdentity local, MacChecker macs) {}

  final Limits limits;
  final TunnelClock clock;
  final TransportAeads aeads;
  final IndexTable<Entry> indices = new IndexTable<>();
  final Counters outboundCounters = new Counters();
  final Counters inboundCounters = new Counters();
  final Counters handshakeCounters = new Counters();
  final Strangers strangers = new Strangers();

  volatile Identity identity;
  volatile PeerTable peers = PeerTable.EMPTY;
  volatile AllowedIps<Peer> allowedIps = AllowedIps.empty();
  volatile UdpSocket udp;
  volatile int mtu;
  volatile boolean stopped;

  TunnelState(Limits limits, TunnelClock clock, TransportAeads aeads) {
    this.limits = limits;
    this.clock = clock;
    this.aeads = aeads;
  }

  /**
   * Whether this is the socket that is open now. Not by {@code equals}, which the interpreter looks
   * up anew at every call through an interface; and a loop's first frame is interpreted for ever.
   */
  @SuppressWarnings("ReferenceEquality")
  boolean receivesOn(UdpSocket socket) {
    return socket == udp;
  }

  /**
   * Lets others run first who have something to say: on a busy machine a loop then finds more to
   * carry at once, and need not be put to sleep and woken; on an idle one it returns at once.
   */
  @SuppressWarnings("ThreadPriorityCheck")
  static void letOthersRun() {
    Thread.yield();
  }

  /** How many packets were dropped for this reason, over all loops. */
  long drops(Drop reason) {
    return outboundCounters.get(reason)
        + inboundCounters.get(reason)
        + handshakeCounters.get(reason);
  }

  /**
   * Sends one datagram, from the buffer's start, to where the peer is.
   *
   * @return whether the network took it
   */
  boolean send(byte[] bytes, int length, Peer peer, Counters counters) {
    return send(bytes, length, length, peer, counters);
  }

  /**
   * Sends several datagrams, from the buffer's start, to where the peer is.
   *
   * @param segmentBytes the length of each but the last
   * @return whether the network took them
   */
  boolean send(byte[] bytes, int length, int segmentBytes, Peer peer, Counters counters) {
    Endpoint to = peer.endpoint();
    if (to == null) {
      counters.drop(Drop.NO_ENDPOINT, (length + segmentBytes - 1) / segmentBytes);
      return false;
    }
    UdpSocket socket = udp;
    int result =
        socket == null
            ? Integer.MAX_VALUE
            : socket.sendSegments(bytes, 0, length, segmentBytes, to);
    if (socket != null
        && length > segmentBytes
        && !socket.segments()
        && ONE_BY_ONE.compareAndSet(false, true)) {
      Logger.info(
          "datagrams leave one by one: segmentation offload is switched off, or was refused");
    }
    if (result == UdpSocket.SENT_WITHOUT_SOURCE) {
      peer.forgetSource();
      return true;
    }
    if (result != 0) {
      counters.drop(Drop.SEND_FAILED, (length + segmentBytes - 1) / segmentBytes);
      return false;
    }
    return true;
  }
}
