package dev.noren.router;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.access.OwnerAccess;
import dev.noren.access.SetupCode;
import dev.noren.control.FakeRouter;
import dev.noren.control.Presence;
import dev.noren.net.IpAddress;
import dev.noren.web.PageServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tinylog.Logger;

@Timeout(60)
class PageProbeTest {
  private static final List<IpAddress> HERE = List.of(IpAddress.parse("127.0.0.1"));

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  /** Before the box has an owner too, when it leads to another page. */
  @Test
  void thePageAnswersWhereItListens() throws IOException {
    FakeRouter router = new FakeRouter();
    int port = freePort();
    PageProbe probe = new PageProbe(port);
    try (PageServer server =
        new PageServer(
            router,
            router,
            router,
            router,
            new OwnerAccess(null, new SetupCode("K7MQ-2XWD"), owner -> {}, new SecureRandom()),
            new Presence(),
            (who, what) -> {},
            InstantSource.system())) {
      PageServer.Door door =
          server.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      assertTrue(probe.answers(HERE));
      assertFalse(probe.answers(List.of()), "it is nowhere");
      assertFalse(
          probe.answers(List.of(HERE.getFirst(), IpAddress.parse("127.0.0.9"))),
          "at each of its addresses");
      door.close();
      assertFalse(probe.answers(HERE));
    }
  }

  @Test
  void whatIsNoPageDoesNotCount() throws Exception {
    for (String answer :
        List.of(
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello",
            "HTTP/1.1 503 No\r\nContent-Length: 19\r\nConnection: close\r\n\r\n<!doctype html>xxxx",
            "no HTTP\r\n\r\n",
            "")) {
      try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
        Thread thread =
            new Thread(
                () -> {
                  while (!server.isClosed()) {
                    try (Socket caller = server.accept()) {
                      caller.getInputStream().read(new byte[4096]);
                      caller.getOutputStream().write(answer.getBytes(US_ASCII));
                    } catch (IOException e) {
                      Logger.debug("It is over, or the caller is: {}", e.getMessage());
                    }
                  }
                });
        thread.setDaemon(true);
        thread.start();
        assertFalse(new PageProbe(server.getLocalPort()).answers(HERE), answer);
      }
    }
  }
}
