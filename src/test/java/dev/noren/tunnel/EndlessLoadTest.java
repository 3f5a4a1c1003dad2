package dev.noren.tunnel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.net.Datagram;
import dev.noren.net.Endpoint;
import dev.noren.offload.TestPacket;
import dev.noren.udp.UdpSocket;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Where there is always more to carry, a loop still comes to the end of its turn: else it would
 * never let go of what waits for the next packet, nor look at the clock again.
 */
class EndlessLoadTest {
  private static final int ENDLESS = 10_000;

  private final BareTunnel tunnel = new BareTunnel();
  private final Requests requests = new Requests();
  private final StillTun tun = new StillTun("still", TestPacket.fromKernel(true, 1, 100), 50);

  @Test
  void aTurnOfTheInboundLoopEnds() {
    HandshakeQueue queue = new HandshakeQueue(1);
    InboundLoop loop = new InboundLoop(tunnel.state, tun, requests, queue, tunnel.sessions);
    assertTrue(loop.turn(new Flood()), "there is more");
    long handled = tunnel.state.drops(Drop.BAD_LENGTH);
    assertTrue(handled > 1 && handled < 100, handled + " datagrams");
  }

  @Test
  void aTurnOfTheOutboundLoopEnds() throws IOException {
    OutboundLoop loop = new OutboundLoop(tunnel.state, tun, requests, new Random(1));
    tun.offer(ENDLESS);
    assertTrue(loop.turn(), "there is more");
    long handled = tunnel.state.drops(Drop.NO_PEER);
    assertTrue(handled > 1 && handled < 100, handled + " packets");
    assertEquals(0, tunnel.state.drops(Drop.NOT_IP));
  }

  /** A socket that has a datagram whenever it is asked, of which nothing can be made. */
  private static final class Flood implements UdpSocket {
    private int received;

    @Override
    public int port() {
      return 1;
    }

    @Override
    public boolean await() {
      return true;
    }

    @Override
    public int receive(Datagram into) {
      if (received == ENDLESS) {
        return -1;
      }
      received++;
      into.length = 1;
      into.segmentBytes = 0;
      return 1;
    }

    @Override
    public int send(byte[] bytes, int offset, int length, Endpoint to) {
      return 0;
    }

    @Override
    public void setMark(int mark) {}

    @Override
    public void wake() {}

    @Override
    public void close() {}
  }
}
