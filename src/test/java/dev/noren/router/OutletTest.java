package dev.noren.router;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.config.HostPort;
import dev.noren.probe.MarkedStream;
import dev.noren.router.WaysOut.Way;
import dev.noren.street.HookCatcher;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OutletTest {
  /** Through the way out of one program nothing else gets out. */
  @Test
  void anOutletLeadsToItsOnePlaceOnce() throws IOException, InterruptedException {
    try (HookCatcher server = new HookCatcher(null)) {
      HostPort place = new HostPort("127.0.0.1", server.port());
      long untilNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      for (String asked : List.of("127.0.0.1:1", "localhost:" + server.port(), "x")) {
        MarkedStream far =
            new WaysOut(new Random(1)).connect(place, new Way(0, 0, List.of()), untilNs);
        try (Outlet outlet = new Outlet(place, true, far, untilNs)) {
          String said = said(outlet.port(), "CONNECT " + asked + " HTTP/1.1\r\n\r\n");
          assertTrue(said.startsWith("HTTP/1.1 403 "), asked + ": " + said);
          assertFalse(isOpen(outlet.port()), "it listens for one connection");
        }
      }
      MarkedStream far =
          new WaysOut(new Random(1)).connect(place, new Way(0, 0, List.of()), untilNs);
      try (Outlet outlet = new Outlet(place, true, far, untilNs)) {
        String said =
            said(
                outlet.port(),
                "CONNECT " + place + " HTTP/1.1\r\n\r\nGET /y HTTP/1.0\r\nHost: z\r\n\r\n");
        assertTrue(said.startsWith("HTTP/1.1 200 Connected\r\n\r\nHTTP/1.1 204"), said);
      }
      assertEquals("/y", server.posts().getLast().path());
    }
  }

  private static String said(int port, String asks) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write(asks.getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  private static boolean isOpen(int port) throws InterruptedException {
    for (int i = 0; i < 50; i++) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        assertTrue(socket.isConnected());
        TimeUnit.MILLISECONDS.sleep(20);
      } catch (IOException e) {
        return false;
      }
    }
    return true;
  }

  @Test
  void theKernelKnowsWhoseAConnectionIs() {
    List<String> table =
        List.of(
            "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid",
            "   0: 0100007F:A2C4 0100007F:0019 01 00000000:00000000 00:00000000 00000000  1000"
                + "        0 27193 1 0000000000000000 100 0 0 10 0",
            "   1: 0200007F:A2C5 0100007F:0019 01 00000000:00000000 00:00000000 00000000   977"
                + "        0 27193 1 0000000000000000 100 0 0 10 0",
            "   2: 0000000000000000FFFF00000100007F:A2C6 0000000000000000FFFF00000100007F:0019 01"
                + " 00000000:00000000 00:00000000 00000000  1001        0 27193 1");
    assertTrue(LoopbackOwner.isOf(1001, table, 0xa2c6, 25));
    assertTrue(LoopbackOwner.isOf(1000, table, 0xa2c4, 25));
    assertFalse(LoopbackOwner.isOf(977, table, 0xa2c4, 25), "somebody else's");
    assertFalse(LoopbackOwner.isOf(977, table, 0xa2c5, 25), "from another address");
    assertFalse(LoopbackOwner.isOf(1000, table, 25, 0xa2c4), "the other end");
  }
}
