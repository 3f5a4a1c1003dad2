package dev.noren.tunnel;

import dev.noren.crypto.PrivateKey;
import dev.noren.crypto.TransportAeads;
import dev.noren.protocol.Limits;
import dev.noren.protocol.handshake.Tai64n;
import java.io.IOException;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;

/** A running tunnel to nowhere, whose peers can be made to look as if they were in full use. */
public final class BusyTunnel implements AutoCloseable {
  private final Random random = new Random(7);
  private final TestClock clock = new TestClock();
  private final Tunnel tunnel;

  /** A tunnel that is up. */
  public BusyTunnel(Limits limits) throws IOException {
    tunnel =
        new Tunnel(
            new MemoryTun("busy", 1420),
            (port, mark) -> new Sink(),
            limits,
            clock,
            () -> new byte[Tai64n.SIZE],
            random,
            TransportAeads.start());
    tunnel.start();
    PrivateKey key = PrivateKey.generate(random);
    tunnel.apply(new TunnelChange(key, false, null, null, false, List.of()));
    tunnel.up();
  }

  public Tunnel tunnel() {
    return tunnel;
  }

  /** Gives every peer all that a peer can have. */
  public void shakeHands() throws InterruptedException {
    HandshakeLoop loop = (HandshakeLoop) read("handshakes", tunnel);
    TunnelState state = (TunnelState) read("state", tunnel);
    Sessions sessions = (Sessions) read("sessions", loop);
    Handshakes handshakes = (Handshakes) read("handshakes", loop);
    CountDownLatch done = new CountDownLatch(1);
    loop.submit(
        () -> {
          FullPeers full = new FullPeers(state, sessions, handshakes, random);
          state.peers.all().forEach(full::fill);
          done.countDown();
        });
    done.await();
  }

  private static Object read(String name, Object of) {
    try {
      Field field = of.getClass().getDeclaredField(name);
      field.setAccessible(true);
      return field.get(of);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    tunnel.close();
  }
}
