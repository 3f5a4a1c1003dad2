package dev.noren.router;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.noren.net.IpAddress;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.util.Arrays;
import java.util.Collection;
import org.tinylog.Logger;

/** Asks the page what a browser would, where it listens. */
final class PageProbe {
  private static final int PATIENCE_MS = 5_000;
  private static final int GOOD = 200;
  private static final int V4_BYTES = 4;

  /** What each page has, whoever asks. */
  private static final byte[] PAGE = "<!doctype html>".getBytes(US_ASCII);

  private final int port;

  PageProbe(int port) {
    this.port = port;
  }

  /** Whether it answers at each of these addresses, and there is one. */
  boolean answers(Collection<IpAddress> addresses) {
    return !addresses.isEmpty() && addresses.stream().allMatch(this::answersAt);
  }

  private boolean answersAt(IpAddress address) {
    String host = address.toBytes().length == V4_BYTES ? address.toString() : "[" + address + "]";
    try {
      HttpURLConnection connection =
          (HttpURLConnection)
              URI.create("http://" + host + ":" + port + "/login")
                  .toURL()
                  .openConnection(Proxy.NO_PROXY);
      connection.setConnectTimeout(PATIENCE_MS);
      connection.setReadTimeout(PATIENCE_MS);
      connection.setRequestProperty("Connection", "close");
      try (InputStream in = connection.getInputStream()) {
        // A box without an owner leads to the page that makes it somebody's.
        return connection.getResponseCode() == GOOD
            && Arrays.equals(in.readNBytes(PAGE.length), PAGE)
            && in.readAllBytes().length > 0;
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      Logger.debug("The page does not answer at {}: {}", address, e.getMessage());
      return false;
    }
  }
}
