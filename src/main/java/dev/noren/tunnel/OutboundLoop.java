package dev.noren.tunnel;

import dev.noren.net.Bytes;
import dev.noren.net.IcmpUnreachable;
import dev.noren.net.IpPacket;
import dev.noren.protocol.peer.AllowedIps;
import dev.noren.protocol.peer.Peer;
import dev.noren.protocol.session.Session;
import dev.noren.tun.TunDevice;
import dev.noren.tun.TunGoneException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.random.RandomGenerator;
import org.tinylog.Logger;

/** Carries packets from the TUN device to the peers: one thread, one buffer. */
final class OutboundLoop implements Runnable {
  /** Packets handled between two looks at the clock. */
  private static final int BATCH = 64;

  /** Answers "unreachable" at most so often: 10 ms apart, as a flood is not to be mirrored. */
  private static final long UNREACHABLE_GAP_NS = 10_000_000;

  private final TunnelState state;
  private final TunDevice tun;
  private final Requests requests;
  private final Counters counters;
  private final PacketSender sender;
  private final byte[] buffer =
      new byte[PacketSender.HEADROOM + TunnelState.MAX_PACKET + PacketSender.TAILROOM];
  private final byte[] answer = new byte[IcmpUnreachable.MAX_SIZE];
  private long lastUnreachableNs = -UNREACHABLE_GAP_NS;

  OutboundLoop(TunnelState state, TunDevice tun, Requests requests, RandomGenerator jitter) {
    this.state = state;
    this.tun = tun;
    this.requests = requests;
    this.counters = state.outboundCounters;
    this.sender = new PacketSender(state, counters, jitter);
  }

  @Override
  public void run() {
    try {
      while (!state.stopped) {
        if (!readBatch()) {
          tun.await();
        }
      }
    } catch (TunGoneException e) {
      Logger.debug("{}: the interface is gone", tun.name());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads until there is nothing or the batch is full; true if there may be more. */
  private boolean readBatch() throws IOException {
    long nowNs = state.clock.nowNs();
    for (int i = 0; i < BATCH; i++) {
      int length = tun.read(buffer, PacketSender.HEADROOM);
      if (length < 0) {
        return false;
      }
      handle(length, nowNs);
    }
    return true;
  }

  /** Sends, stages or drops the packet in the buffer. */
  private void handle(int length, long nowNs) throws IOException {
    if (length == 0 || IpPacket.totalLength(buffer, PacketSender.HEADROOM, length) != length) {
      counters.drop(Drop.NOT_IP);
      return;
    }
    Peer peer = destinationPeer();
    if (peer == null) {
      counters.drop(Drop.NO_PEER);
      answerUnreachable(length, nowNs);
      return;
    }
    if (peer.endpoint() == null) {
      counters.drop(Drop.NO_ENDPOINT);
      answerUnreachable(length, nowNs);
      return;
    }
    Session session = PacketSender.usable(peer, nowNs, state.limits);
    if (session == null || !peer.staged().isEmpty()) {
      stage(peer, length, session == null, nowNs);
      return;
    }
    switch (sender.send(peer, session, buffer, length, nowNs)) {
      case SENT -> peer.traffic().outboundSent(sender.wireBytes());
      case SENT_REKEY -> {
        peer.traffic().outboundSent(sender.wireBytes());
        if (peer.timers().mayInitiate(nowNs)) {
          requests.ask(peer, Requests.INITIATE);
        }
      }
      case NO_SESSION -> stage(peer, length, true, nowNs);
      default -> throw new AssertionError();
    }
  }

  private void stage(Peer peer, int length, boolean needsHandshake, long nowNs) {
    if (!peer.staged().stage(buffer, PacketSender.HEADROOM, length)) {
      counters.drop(Drop.STAGED_OVERFLOW);
    }
    // Between two initiations nothing is gained by waking the handshake loop for every packet,
    // unless
    // a session came and the staged packets left just before this one was staged.
    if (!needsHandshake
        || peer.timers().mayInitiate(nowNs)
        || PacketSender.usable(peer, nowNs, state.limits) != null) {
      requests.ask(peer, Requests.FLUSH);
    }
  }

  private Peer destinationPeer() {
    AllowedIps<Peer> table = state.allowedIps;
    int at = PacketSender.HEADROOM;
    if (IpPacket.version(buffer, at) == 4) {
      return table.lookup4(Bytes.int32(buffer, at + IpPacket.V4_DESTINATION));
    }
    int destination = at + IpPacket.V6_DESTINATION;
    return table.lookup6(Bytes.int64(buffer, destination), Bytes.int64(buffer, destination + 8));
  }

  private void answerUnreachable(int length, long nowNs) throws IOException {
    if (nowNs - lastUnreachableNs < UNREACHABLE_GAP_NS) {
      return;
    }
    int answerLength = IcmpUnreachable.answer(buffer, PacketSender.HEADROOM, length, answer);
    if (answerLength > 0) {
      lastUnreachableNs = nowNs;
      tun.write(answer, 0, answerLength);
    }
  }
}
