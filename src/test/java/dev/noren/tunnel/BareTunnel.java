package dev.noren.tunnel;

import dev.noren.crypto.PublicKey;
import dev.noren.crypto.TransportAeads;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import dev.noren.protocol.Limits;
import dev.noren.protocol.handshake.Tai64n;
import dev.noren.protocol.peer.StagedPool;
import dev.noren.tunnel.TunnelChange.AllowedIpChange;
import dev.noren.tunnel.TunnelChange.PeerChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The slow side of one tunnel that is up, without a thread: what a change leads to happens when the
 * test calls for it. What is sent goes nowhere.
 */
final class BareTunnel {
  final Random random = new Random(7);
  final TestClock clock = new TestClock();
  final TunnelState state;
  final Sessions sessions;
  final Handshakes handshakes;
  final HandshakeLoop loop;
  final Configurator configurator;

  BareTunnel() {
    this(Limits.WHITEPAPER);
  }

  BareTunnel(Limits limits) {
    clock.stop();
    state = new TunnelState(limits, clock, TransportAeads.start());
    state.mtu = 1420;
    state.udp = new Sink();
    Requests requests = new Requests();
    sessions = new Sessions(state, random);
    handshakes = new Handshakes(state, sessions, this::timestamp, random, "bare");
    HandshakeQueue queue = new HandshakeQueue(limits.handshakeQueue());
    loop = new HandshakeLoop(state, handshakes, sessions, queue, requests, random);
    configurator = new Configurator(state, loop, requests, new StagedPool(limits.stagedBytes()));
  }

  private byte[] timestamp() {
    byte[] stamp = new byte[Tai64n.SIZE];
    Tai64n.write(clock.unixNs(), stamp, 0);
    return stamp;
  }

  void apply(PeerChange... peers) {
    apply(List.of(peers));
  }

  void apply(List<PeerChange> peers) {
    configurator.apply(new TunnelChange(null, false, null, null, false, peers), clock.nowNs());
  }

  /** The public key of a peer that nobody has the private key of. */
  static PublicKey key(int number) {
    byte[] bytes = new byte[PublicKey.SIZE];
    new Random(number).nextBytes(bytes);
    return PublicKey.of(bytes);
  }

  /** So many peers from this number on, each with so many prefixes of one family, all apart. */
  static List<PeerChange> peers(int first, int count, int prefixesEach, boolean v6) {
    List<PeerChange> peers = new ArrayList<>();
    for (int peer = first; peer < first + count; peer++) {
      List<AllowedIpChange> prefixes = new ArrayList<>();
      for (int i = 0; i < prefixesEach; i++) {
        prefixes.add(new AllowedIpChange(prefix(peer * prefixesEach + i, v6), false));
      }
      peers.add(new PeerChange(key(peer), false, false, null, null, null, true, prefixes));
    }
    return peers;
  }

  /** Prefixes that need a joining node each, in an order that is not that of their addresses. */
  private static Cidr prefix(int number, boolean v6) {
    int mixed = number * 0x9e3779b1;
    return v6
        ? new Cidr(IpAddress.v6((0xfd00L << 48) | (mixed & 0xffffffffL), 0), 64)
        : new Cidr(IpAddress.v4(mixed), 32);
  }
}
