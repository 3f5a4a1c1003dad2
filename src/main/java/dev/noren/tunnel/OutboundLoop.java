package dev.noren.tunnel;

import dev.noren.net.IcmpUnreachable;
import dev.noren.offload.Segmenter;
import dev.noren.offload.VnetHeader;
import dev.noren.protocol.peer.Peer;
import dev.noren.protocol.session.Session;
import dev.noren.tun.TunDevice;
import dev.noren.tun.TunGoneException;
import dev.noren.udp.UdpSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.random.RandomGenerator;
import org.tinylog.Logger;

/**
 * Carries packets from the TUN device to the peers: one thread, which reads until there is nothing
 * more, seals what it read in the send buffer, and lets go of it with as few system calls as it
 * takes.
 */
final class OutboundLoop implements Runnable {
  /** Reads between two looks at the clock, and at most so many before what was read is sent. */
  private static final int BATCH = 64;

  /** Answers "unreachable" at most so often: 10 ms apart, as a flood is not to be mirrored. */
  private static final long UNREACHABLE_GAP_NS = 10_000_000;

  private final TunnelState state;
  private final TunDevice tun;
  private final Requests requests;
  private final Counters counters;
  private final PacketSender sender;
  private final OutboundBatch batch;
  private final Segmenter segmenter = new Segmenter();
  private final LoopMark mark = new LoopMark();
  private final int[] lengths = new int[UdpSocket.MOST_SEGMENTS];
  private final byte[] in = new byte[VnetHeader.SIZE + TunDevice.MOST_BYTES];
  private final byte[] answer = new byte[IcmpUnreachable.MAX_SIZE];
  private byte[] segment;

  /** Whether the last turn had a packet that stands for many. */
  private boolean bulky;

  private long lastUnreachableNs = -UNREACHABLE_GAP_NS;

  OutboundLoop(TunnelState state, TunDevice tun, Requests requests, RandomGenerator jitter) {
    this.state = state;
    this.tun = tun;
    this.requests = requests;
    this.counters = state.outboundCounters;
    this.sender = new PacketSender(state, jitter);
    this.batch = new OutboundBatch(state, counters);
  }

  @Override
  public void run() {
    try {
      while (!state.stopped) {
        mark.turn();
        if (!turn() && !(bulky && turnAfterOthers())) {
          mark.waits();
          tun.await();
        }
      }
    } catch (TunGoneException e) {
      Logger.debug("{}: the interface is gone", tun.name());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      mark.ends();
    }
  }

  /** Whether this loop gets on. */
  LoopMark mark() {
    return mark;
  }

  /** While there is much to carry; a lone packet's way would only become longer by it. */
  private boolean turnAfterOthers() throws IOException {
    TunnelState.letOthersRun();
    return turn();
  }

  /** Carries what is there, but not for ever; true if there may be more. */
  boolean turn() throws IOException {
    bulky = false;
    boolean more = readBatch();
    batch.flush();
    return more;
  }

  /** Reads until there is nothing or the batch is full; true if there may be more. */
  private boolean readBatch() throws IOException {
    long nowNs = state.clock.nowNs();
    int headerBytes = tun.vnetHeaderBytes();
    // Without a vnet header of the device's own, the room before the packet holds one of zeros.
    int offset = VnetHeader.SIZE - headerBytes;
    for (int i = 0; i < BATCH; i++) {
      if (headerBytes == 0) {
        VnetHeader.clear(in, 0);
      }
      int length = tun.read(in, offset);
      if (length < 0) {
        return false;
      }
      handle(length - headerBytes, nowNs);
    }
    return true;
  }

  /** Sends, stages or drops what was read: one packet, or one that stands for many. */
  private void handle(int length, long nowNs) throws IOException {
    if (!segmenter.begin(in, 0, VnetHeader.SIZE + length, TunDevice.MOST_BYTES)) {
      counters.drop(Drop.NOT_IP);
      return;
    }
    Peer peer = state.allowedIps.ownerOfDestination(in, VnetHeader.SIZE);
    if (peer == null || peer.endpoint() == null) {
      counters.drop(peer == null ? Drop.NO_PEER : Drop.NO_ENDPOINT, segmenter.remaining());
      answerUnreachable(length, nowNs);
      return;
    }
    Session session = PacketSender.usable(peer, nowNs, state.limits);
    if (session == null) {
      stage(peer, nowNs);
      return;
    }
    if (!peer.staged().isEmpty()) {
      sendStaged(peer, session, nowNs);
    }
    send(peer, session, nowNs);
  }

  /** Sends what waited for the session, lest what comes now overtake it. */
  private void sendStaged(Peer peer, Session session, long nowNs) {
    int mtu = state.mtu;
    peer.staged()
        .drain(
            packet -> {
              batch.room(peer, PacketSender.wireLength(packet.length, mtu));
              int at = batch.end();
              System.arraycopy(
                  packet, 0, batch.buffer(), at + PacketSender.HEADROOM, packet.length);
              int sealed =
                  sender.seal(peer, session, batch.buffer(), at, packet.length, mtu, nowNs);
              if (sealed == 0) {
                counters.drop(Drop.SESSION_EXPIRED);
                requests.ask(peer, Requests.INITIATE);
              } else {
                batch.added(sealed);
              }
            });
  }

  private void send(Peer peer, Session session, long nowNs) {
    int mtu = state.mtu;
    int wireLength = PacketSender.wireLength(segmenter.maxLength(), mtu);
    bulky |= segmenter.remaining() > 1;
    while (segmenter.remaining() > 0) {
      int room = batch.room(peer, wireLength);
      int at = batch.end() + PacketSender.HEADROOM;
      int count = segmenter.next(batch.buffer(), at, wireLength, lengths, 0, room);
      int sealed =
          sender.sealAll(
              peer, session, batch.buffer(), batch.end(), wireLength, lengths, count, mtu, nowNs);
      for (int i = 0; i < sealed; i++) {
        batch.added(PacketSender.wireLength(lengths[i], mtu));
      }
      if (sealed < count) {
        counters.drop(Drop.SESSION_EXPIRED, count - sealed + segmenter.remaining());
        requests.ask(peer, Requests.INITIATE);
        return;
      }
    }
    if (session.wantsRekey(nowNs, state.limits) && peer.timers().mayInitiate(nowNs)) {
      requests.ask(peer, Requests.INITIATE);
    }
  }

  private void stage(Peer peer, long nowNs) {
    if (segment == null) {
      segment = new byte[TunDevice.MOST_BYTES];
    }
    while (segmenter.next(segment, 0, segment.length, lengths, 0, 1) > 0) {
      if (!peer.staged().stage(segment, 0, lengths[0])) {
        counters.drop(Drop.STAGED_OVERFLOW);
      }
    }
    // Between two initiations nothing is gained by waking the handshake loop for every packet,
    // unless a session came and the staged packets left just before this one was staged.
    if (peer.timers().mayInitiate(nowNs)
        || PacketSender.usable(peer, nowNs, state.limits) != null) {
      requests.ask(peer, Requests.FLUSH);
    }
  }

  private void answerUnreachable(int length, long nowNs) throws IOException {
    if (nowNs - lastUnreachableNs < UNREACHABLE_GAP_NS) {
      return;
    }
    int answerBytes = IcmpUnreachable.answer(in, VnetHeader.SIZE, length, answer);
    if (answerBytes > 0) {
      lastUnreachableNs = nowNs;
      int headerBytes = tun.vnetHeaderBytes();
      VnetHeader.clear(in, 0);
      System.arraycopy(answer, 0, in, VnetHeader.SIZE, answerBytes);
      tun.write(in, VnetHeader.SIZE - headerBytes, headerBytes + answerBytes);
    }
  }
}
