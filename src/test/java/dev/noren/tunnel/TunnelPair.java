package dev.noren.tunnel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.crypto.PresharedKey;
import dev.noren.crypto.PrivateKey;
import dev.noren.crypto.PublicKey;
import dev.noren.crypto.TransportAeads;
import dev.noren.net.Bytes;
import dev.noren.net.Cidr;
import dev.noren.net.Endpoint;
import dev.noren.net.IpAddress;
import dev.noren.protocol.Limits;
import dev.noren.protocol.handshake.Tai64n;
import dev.noren.protocol.message.Transport;
import dev.noren.tunnel.TunnelChange.AllowedIpChange;
import dev.noren.tunnel.TunnelChange.PeerChange;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * Two whole tunnels, "a" with 10.0.0.1 and "b" with 10.0.0.2, over an internet in memory, each
 * knowing the other.
 */
public final class TunnelPair implements AutoCloseable {
  static final Endpoint A_OUTER = Endpoint.parse("192.0.2.1:1000");
  static final Endpoint B_OUTER = Endpoint.parse("192.0.2.2:2000");
  private static final long WAIT_MS = 10_000;

  /** Whether pairs in memory that are made from now on have segmentation offload. */
  static boolean offloads;

  final TestClock clock = new TestClock();
  public final MemoryNet net;
  final MemoryTun tunA;
  final MemoryTun tunB;
  public final Tunnel a;
  public final Tunnel b;
  final PrivateKey keyA;
  public final PrivateKey keyB;

  /** How often either tunnel asked for chance, which in production is slow and has a lock. */
  final AtomicInteger draws = new AtomicInteger();

  private final Random random;
  private CareLoops careLoops;

  private TunnelPair(Limits limits, long seed) {
    this(limits, seed, new MemoryNet(seed, offloads));
  }

  private TunnelPair(Limits limits, long seed, MemoryNet net) {
    this(limits, seed, net, net.at("192.0.2.1"), net.at("192.0.2.2"));
  }

  private TunnelPair(
      Limits limits, long seed, MemoryNet net, UdpOpener openerA, UdpOpener openerB) {
    this.net = net;
    random = new Random(seed);
    keyA = PrivateKey.generate(random);
    keyB = PrivateKey.generate(random);
    tunA = new MemoryTun("a", 1420, offloads);
    tunB = new MemoryTun("b", 1420, offloads);
    a = tunnel(tunA, openerA, limits);
    b = tunnel(tunB, openerB, limits);
  }

  private Tunnel tunnel(MemoryTun tun, UdpOpener opener, Limits limits) {
    return new Tunnel(tun, opener, limits, clock, timestamps(), chance(), TransportAeads.start());
  }

  private RandomGenerator chance() {
    Random source = new Random(random.nextLong());
    return () -> {
      draws.incrementAndGet();
      return source.nextLong();
    };
  }

  private Timestamps timestamps() {
    long[] last = new long[1];
    return () -> {
      last[0] = Math.max(last[0] + Tai64n.STEP_NS, clock.unixNs());
      byte[] stamp = new byte[Tai64n.SIZE];
      Tai64n.write(last[0], stamp, 0);
      return stamp;
    };
  }

  /** A pair that is up, but has not shaken hands. */
  static TunnelPair create(Limits limits, long seed) throws IOException {
    return start(new TunnelPair(limits, seed));
  }

  /**
   * A pair that is up, for which time passes only by {@link #pass}: what is due a nanosecond later
   * does not happen.
   */
  public static TunnelPair stopped(Limits limits) throws IOException {
    TunnelPair pair = new TunnelPair(limits, 1);
    pair.clock.stop();
    return start(pair);
  }

  /** A pair that is up over sockets that this opens, which reach each other at 127.0.0.1. */
  static TunnelPair overLoopback(UdpOpener opener) throws IOException {
    TunnelPair pair = new TunnelPair(Limits.WHITEPAPER, 1, new MemoryNet(1), opener, opener);
    pair.a.start();
    pair.b.start();
    pair.a.up();
    pair.b.up();
    PeerChange ofA = peer(pair.keyB.publicKey(), null, atLoopback(pair.b), "10.0.0.2/32");
    PeerChange ofB = peer(pair.keyA.publicKey(), null, atLoopback(pair.a), "10.0.0.1/32");
    pair.a.apply(pair.device(pair.keyA, null, ofA));
    pair.b.apply(pair.device(pair.keyB, null, ofB));
    return pair;
  }

  private static Endpoint atLoopback(Tunnel tunnel) {
    return Endpoint.of(IpAddress.parse("127.0.0.1"), tunnel.snapshot().listenPort());
  }

  private static TunnelPair start(TunnelPair pair) throws IOException {
    pair.a.start();
    pair.b.start();
    pair.a.apply(pair.device(pair.keyA, A_OUTER.port(), pair.peerOfA(PresharedKey.NONE)));
    pair.b.apply(pair.device(pair.keyB, B_OUTER.port(), pair.peerOfB(PresharedKey.NONE)));
    pair.a.up();
    pair.b.up();
    pair.careLoops = CareLoops.running();
    return pair;
  }

  public static TunnelPair create() throws IOException {
    return create(Limits.WHITEPAPER, 1);
  }

  PeerChange peerOfA(PresharedKey psk) {
    return peer(keyB.publicKey(), psk, B_OUTER, "10.0.0.2/32", "fd00::2/128");
  }

  PeerChange peerOfB(PresharedKey psk) {
    return peer(keyA.publicKey(), psk, A_OUTER, "10.0.0.1/32", "fd00::1/128");
  }

  TunnelChange device(PrivateKey key, Integer port, PeerChange... peers) {
    return new TunnelChange(key, false, port, null, false, List.of(peers));
  }

  static TunnelChange peers(PeerChange... peers) {
    return new TunnelChange(null, false, null, null, false, List.of(peers));
  }

  static PeerChange peer(PublicKey key, PresharedKey psk, Endpoint endpoint, String... prefixes) {
    List<AllowedIpChange> allowed =
        Arrays.stream(prefixes)
            .map(prefix -> new AllowedIpChange(Cidr.parse(prefix), false))
            .toList();
    return new PeerChange(key, false, false, psk, endpoint, null, false, allowed);
  }

  /** A packet each way arrives unchanged. */
  public void ping() {
    byte[] there = packet("10.0.0.1", "10.0.0.2", 100);
    tunA.send(there);
    byte[] got = tunB.receive(WAIT_MS);
    assertNotNull(got, "a packet from a to b: drops at a " + a.drops() + ", at b " + b.drops());
    assertArrayEquals(there, got);
    byte[] back = packet("10.0.0.2", "10.0.0.1", 333);
    tunB.send(back);
    got = tunA.receive(WAIT_MS);
    assertNotNull(got, "a packet from b to a: drops at a " + a.drops() + ", at b " + b.drops());
    assertArrayEquals(back, got);
  }

  /** An IPv4 packet of this total length with random content. */
  byte[] packet(String source, String destination, int length) {
    byte[] packet = new byte[length];
    random.nextBytes(packet);
    IpAddress from = IpAddress.parse(source);
    IpAddress to = IpAddress.parse(destination);
    if (from.v6()) {
      packet[0] = 0x60;
      Bytes.putInt16(packet, 4, length - 40);
      packet[6] = 17;
      System.arraycopy(from.toBytes(), 0, packet, 8, 16);
      System.arraycopy(to.toBytes(), 0, packet, 24, 16);
    } else {
      packet[0] = 0x45;
      Bytes.putInt16(packet, 2, length);
      Bytes.putInt16(packet, 6, 0);
      packet[9] = 17;
      System.arraycopy(from.toBytes(), 0, packet, 12, 4);
      System.arraycopy(to.toBytes(), 0, packet, 16, 4);
    }
    return packet;
  }

  /** Lets both finish what they were given, then so much time pass, and both do what is due. */
  void pass(long ns) throws IOException {
    calm();
    clock.forward(ns);
    calm();
  }

  /**
   * Waits until nothing is left to do now: what was not sent or delivered then will not be, unless
   * time passes or something new comes.
   */
  public void calm() throws IOException {
    int before;
    do {
      before = net.count();
      assertTrue(eventually(() -> tunA.isIdle() && tunB.isIdle() && net.isIdle()), "packet loops");
      // A change of nothing makes each handshake loop go round once more.
      a.apply(peers());
      b.apply(peers());
      assertTrue(eventually(careLoops::areParked), "care loops");
    } while (net.count() != before);
  }

  /** A far end of b's, with 10.0.0.N inside, that does only what the test says. */
  Puppet puppet(int number) throws IOException {
    Puppet puppet = new Puppet(this, number, PrivateKey.generate(random));
    b.apply(peers(puppet.asPeer(PresharedKey.NONE)));
    return puppet;
  }

  /** Where b thinks that a peer is, or null. */
  Endpoint endpointAtB(PublicKey peer) {
    return b.snapshot().peers().stream()
        .filter(snapshot -> snapshot.publicKey().equals(peer))
        .findFirst()
        .orElseThrow()
        .endpoint();
  }

  /**
   * Lets the passive keepalive that follows a ping go by, so that a jump of the clock does not look
   * like an unanswered packet.
   */
  void settle() throws IOException {
    int before = net.sentBy(A_OUTER, Transport.TYPE).size();
    pass(TimeUnit.SECONDS.toNanos(10));
    assertEquals(before + 1, net.sentBy(A_OUTER, Transport.TYPE).size(), "a's keepalive");
  }

  /** Waits until something holds; false if it does not within 10 s. */
  public static boolean eventually(BooleanSupplier condition) {
    long end = System.nanoTime() + WAIT_MS * 1_000_000;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        return false;
      }
      Thread.onSpinWait();
      try {
        Thread.sleep(1);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    a.close();
    b.close();
  }
}
