package dev.noren.probe;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.noren.linux.Errno;
import dev.noren.linux.LinuxException;
import dev.noren.net.Endpoint;
import dev.noren.net.IpAddress;
import java.time.Duration;
import org.tinylog.Logger;

/** Asks a web server for a page over one line, by its mark; the JDK's client has none. */
public final class WebQuestion {
  private static final int PORT = 80;

  /** A head and the first words of a page. */
  private static final int MOST_BYTES = 4096;

  private WebQuestion() {}

  /**
   * Asks, and waits for the beginning of the answer.
   *
   * @param server its address
   * @param host its name
   * @param path the page, which begins with a slash
   * @return null where none came in time, or what came is none
   */
  public static WebAnswer ask(IpAddress server, int mark, String host, String path, Duration time) {
    long untilNs = System.nanoTime() + time.toNanos();
    try (MarkedSocket socket = MarkedSocket.tcp(Endpoint.of(server, PORT), mark)) {
      byte[] request =
          "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
              .formatted(path, host)
              .getBytes(US_ASCII);
      // So few bytes fit into an empty buffer whole.
      if (!socket.awaitConnected(untilNs)
          || socket.send(request, 0, request.length) != request.length) {
        return null;
      }
      byte[] bytes = new byte[MOST_BYTES];
      int have = 0;
      while (have < bytes.length && socket.awaitReadable(untilNs)) {
        int got = socket.receive(bytes, have, bytes.length - have);
        if (got == -Errno.EAGAIN) {
          continue;
        }
        if (got <= 0) {
          break;
        }
        have += got;
      }
      return WebAnswer.parse(bytes, have);
    } catch (LinuxException e) {
      Logger.debug("{} is not asked for a page: {}", server, e.getMessage());
      return null;
    }
  }
}
