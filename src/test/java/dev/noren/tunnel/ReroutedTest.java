package dev.noren.tunnel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.noren.net.Endpoint;
import dev.noren.protocol.Limits;
import dev.noren.protocol.message.Transport;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A tunnel whose packets come to leave the machine by another way. */
class ReroutedTest {
  @Test
  void tellsTheFarEndAtOnceFromWhereverTheKernelSendsNow() throws IOException {
    try (TunnelPair pair = TunnelPair.stopped(Limits.WHITEPAPER)) {
      pair.ping();
      pair.calm();
      assertNotNull(endpointAtA(pair).source());
      int before = fromA(pair).size();
      pair.a.rerouted();
      assertNull(endpointAtA(pair).source());
      List<byte[]> after = fromA(pair);
      assertEquals(before + 1, after.size());
      assertEquals(Transport.OVERHEAD, after.getLast().length, "a keepalive");
    }
  }

  @Test
  void isSilentWithoutASessionAndWhenDown() throws IOException {
    try (TunnelPair pair = TunnelPair.stopped(Limits.WHITEPAPER)) {
      pair.a.rerouted();
      pair.calm();
      pair.a.down();
      pair.a.rerouted();
      assertEquals(0, pair.net.count());
    }
  }

  private static List<byte[]> fromA(TunnelPair pair) {
    return pair.net.sentBy(TunnelPair.A_OUTER, Transport.TYPE);
  }

  private static Endpoint endpointAtA(TunnelPair pair) {
    return pair.a.snapshot().peers().getFirst().endpoint();
  }
}
