package dev.noren.tunnel;

import dev.noren.crypto.PrivateKey;
import dev.noren.crypto.TransportAeads;
import dev.noren.crypto.TransportKey;
import dev.noren.net.Cidr;
import dev.noren.net.Endpoint;
import dev.noren.net.IpAddress;
import dev.noren.protocol.Limits;
import dev.noren.protocol.peer.AllowedIps;
import dev.noren.protocol.peer.Peer;
import dev.noren.protocol.peer.StagedPool;
import dev.noren.protocol.session.Session;
import dev.noren.tun.TunMirror;
import dev.noren.udp.UdpSocket;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * Carries made-up packets of every kind through packet loops of its own, out over loopback and in
 * again, until HotSpot has compiled the way: or the first real packets would each take ten times as
 * long, and those of a kind that comes late once more. System calls and classes are the real
 * tunnel's, since what HotSpot compiles depends on what it has seen. No packet leaves the machine,
 * and the keys are forgotten with the rest.
 */
public final class Warmup {
  /**
   * What it takes until HotSpot has compiled all of the way for good, seen with PrintCompilation.
   */
  private static final int LONE_TURNS = 40_000;

  private static final int BULK_TURNS = 1_600;

  /** On a slow machine it ends sooner. */
  private static final long AT_MOST_NS = 5_000_000_000L;

  /** Where loopback is down, or somebody's firewall closes it, no packet comes back. */
  private static final int MOST_MISSES = 100;

  private static final IpAddress LOOPBACK_4 = IpAddress.parse("127.0.0.1");
  private static final IpAddress LOOPBACK_6 = IpAddress.parse("::1");

  private final TunMirror mirror;
  private final UdpSocket socket;
  private final TunnelState state;
  private final Peer peer;
  private final OutboundLoop outbound;
  private final InboundLoop inbound;
  private final BooleanSupplier wanted;
  private final long startNs;
  private int misses;
  private int carried;

  private Warmup(
      TunMirror mirror,
      UdpSocket socket,
      TransportAeads aeads,
      RandomGenerator random,
      BooleanSupplier wanted) {
    this.mirror = mirror;
    this.socket = socket;
    this.wanted = wanted;
    Limits limits = Limits.WHITEPAPER;
    state = new TunnelState(limits, TunnelClock.system(), aeads);
    state.udp = socket;
    state.mtu = mirror.device().mtu();
    Requests requests = new Requests();
    StagedPool pool = new StagedPool(limits.stagedBytes());
    peer = new Peer(PrivateKey.generate(random).publicKey(), limits, pool, () -> {});
    state.allowedIps =
        AllowedIps.<Peer>empty().with(Cidr.parse("0.0.0.0/0"), peer).with(Cidr.parse("::/0"), peer);
    Sessions sessions = new Sessions(state, random);
    outbound = new OutboundLoop(state, mirror.device(), requests, new SplittableRandom());
    inbound = new InboundLoop(state, mirror.device(), requests, new HandshakeQueue(1), sessions);
    sessions.initiated(peer, sessionWithItself(sessions.freshIndex(), random));
    startNs = state.clock.nowNs();
    peer.timers().start(startNs);
  }

  private Session sessionWithItself(int index, RandomGenerator random) {
    byte[] key = new byte[TransportKey.SIZE];
    random.nextBytes(key);
    long nowNs = state.clock.nowNs();
    return new Session(TransportKey.of(key), TransportKey.of(key), index, index, true, nowNs);
  }

  /**
   * Runs it on the calling thread: a few seconds of one core, five at most.
   *
   * @param opener opens a socket of the kind that the tunnel uses
   * @param offloads whether the tunnel's device has them
   * @param wanted asked between packets whether to go on
   * @return how many packets came back, super-packets counted once; 0 where loopback is closed
   * @throws IOException if no socket can be had
   */
  public static int run(
      UdpOpener opener,
      boolean offloads,
      TransportAeads aeads,
      RandomGenerator random,
      BooleanSupplier wanted)
      throws IOException {
    try (TunMirror mirror = new TunMirror(offloads);
        UdpSocket socket = opener.open(0, 0)) {
      Warmup warmup = new Warmup(mirror, socket, aeads, random, wanted);
      try {
        warmup.play();
      } finally {
        warmup.peer.sessions().sessions().forEach(Session::wipe);
      }
      return warmup.carried;
    }
  }

  private void play() throws IOException {
    WarmupPackets packets =
        new WarmupPackets(mirror.device().vnetHeaderBytes(), mirror.device().mtu());
    List<byte[]> lone = packets.lone();
    List<byte[]> bulk = packets.bulk();
    for (int turn = 0; turn < LONE_TURNS && goesOn(); turn++) {
      peer.endpoint(Endpoint.of(turn % 4 == 3 ? LOOPBACK_6 : LOOPBACK_4, socket.port()));
      carry(lone.get(turn % lone.size()));
      if (turn % (LONE_TURNS / BULK_TURNS) == 0) {
        carry(bulk.get(turn / (LONE_TURNS / BULK_TURNS) % bulk.size()));
      }
    }
  }

  private boolean goesOn() {
    return misses < MOST_MISSES
        && state.clock.nowNs() - startNs < AT_MOST_NS
        && wanted.getAsBoolean();
  }

  private void carry(byte[] packet) throws IOException {
    mirror.give(packet);
    mirror.device().await();
    outbound.turn();
    inbound.turn(socket);
    int before = carried;
    while (mirror.take() >= 0) {
      carried++;
    }
    misses = carried > before ? 0 : misses + 1;
  }
}
