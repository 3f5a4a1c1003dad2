package dev.noren.tunnel;

import dev.noren.crypto.PrivateKey;
import dev.noren.crypto.TransportAeads;
import dev.noren.net.Endpoint;
import dev.noren.offload.TestPacket;
import dev.noren.protocol.Limits;
import dev.noren.protocol.handshake.Tai64n;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The packets' whole way but for the system calls: two tunnels with all their threads, from the TUN
 * device of one to that of the other, over devices that allocate nothing. One operation is one
 * packet, so what {@code -prof gc} shows is what a packet allocates.
 */
@State(Scope.Thread)
public class DataPathBenchmark {
  /** What goes through the tunnel. */
  public enum Load {
    /** Super-packets of TCP, each of 45 full packets. */
    TCP(45, 1380, 50),
    /** Datagrams one by one. */
    UDP(1, 1200, 38);

    private final int packets;
    private final int payloadBytes;
    private final int headerBytes;

    Load(int packets, int payloadBytes, int headerBytes) {
      this.packets = packets;
      this.payloadBytes = payloadBytes;
      this.headerBytes = headerBytes;
    }
  }

  private static final int PACKETS = 720;
  private static final Endpoint A = Endpoint.parse("192.0.2.1:1000");
  private static final Endpoint B = Endpoint.parse("192.0.2.2:2000");

  @Param public Load load;

  private StillTun tunA;
  private StillTun tunB;
  private Tunnel a;
  private Tunnel b;
  private long sentBytes;

  /** Brings both tunnels up on the fastest tier, which is what a packet takes in production. */
  @Setup(Level.Trial)
  public void open() throws IOException, InterruptedException {
    TransportAeads aeads = TransportAeads.start();
    aeads.improve(new SplittableRandom(1), System::nanoTime);
    open(aeads);
  }

  void open(TransportAeads aeads) throws IOException, InterruptedException {
    tunA = tun("a");
    tunB = tun("b");
    StillUdp udpA = new StillUdp(A);
    StillUdp udpB = new StillUdp(B);
    udpA.reach(udpB);
    a = tunnel(tunA, udpA, aeads);
    b = tunnel(tunB, udpB, aeads);
    PrivateKey keyA = PrivateKey.generate(new Random(1));
    PrivateKey keyB = PrivateKey.generate(new Random(2));
    start(a, keyA, A, TunnelPair.peer(keyB.publicKey(), null, B, "10.0.0.2/32"));
    start(b, keyB, B, TunnelPair.peer(keyA.publicKey(), null, A, "10.0.0.1/32"));
    // What begins the handshake is staged and arrives, too; more than that would not.
    send(1);
  }

  private StillTun tun(String name) {
    byte[] packet = TestPacket.fromKernel(load == Load.TCP, load.packets, load.payloadBytes);
    return new StillTun(name, packet, load.headerBytes);
  }

  private static Tunnel tunnel(StillTun tun, StillUdp udp, TransportAeads aeads) {
    TestClock clock = new TestClock();
    Timestamps timestamps =
        () -> {
          byte[] stamp = new byte[Tai64n.SIZE];
          Tai64n.write(clock.unixNs(), stamp, 0);
          return stamp;
        };
    return new Tunnel(
        tun, (port, mark) -> udp, Limits.WHITEPAPER, clock, timestamps, new Random(3), aeads);
  }

  private static void start(
      Tunnel tunnel, PrivateKey key, Endpoint local, TunnelChange.PeerChange peer)
      throws IOException {
    tunnel.start();
    tunnel.apply(new TunnelChange(key, false, local.port(), null, false, List.of(peer)));
    tunnel.up();
  }

  /** Sends from a, and waits until all of it has come out of b. */
  @Benchmark
  @OperationsPerInvocation(PACKETS)
  public long carry() throws InterruptedException {
    send(PACKETS / load.packets);
    return sentBytes;
  }

  private void send(int reads) throws InterruptedException {
    sentBytes += (long) reads * load.packets * load.payloadBytes;
    tunA.offer(reads);
    tunB.awaitWritten(sentBytes);
  }

  /** Ends both tunnels. */
  @TearDown(Level.Trial)
  public void close() {
    a.close();
    b.close();
  }
}
