package dev.noren.router;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.noren.net.IpAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.tinylog.Logger;

/**
 * Servers of one kind, one at each of the router's own addresses where it is wanted and nowhere
 * else. An address that is not there yet is tried again. For the router's thread.
 */
final class HttpDoors implements AutoCloseable {
  private static final long RETRY_NS = SECONDS.toNanos(1);

  /** A server that is open. */
  interface Door {
    void close();
  }

  /** Opens a server. */
  interface Opener {
    Door open(InetSocketAddress at) throws IOException;
  }

  private final String what;
  private final Opener opener;
  private final int port;
  private final Map<IpAddress, Door> open = new HashMap<>();
  private final Map<IpAddress, Long> retryNs = new HashMap<>();

  /**
   * @param what is served, as the log calls it
   */
  HttpDoors(String what, Opener opener, int port) {
    this.what = what;
    this.opener = opener;
    this.port = port;
  }

  /** Serves at these addresses and no others. */
  void follow(Set<IpAddress> wanted, long nowNs) {
    open.entrySet()
        .removeIf(
            entry -> {
              if (wanted.contains(entry.getKey())) {
                return false;
              }
              entry.getValue().close();
              return true;
            });
    retryNs.keySet().retainAll(wanted);
    for (IpAddress address : wanted) {
      Long due = retryNs.get(address);
      if (!open.containsKey(address) && (due == null || nowNs - due >= 0)) {
        open(address, nowNs);
      }
    }
  }

  private void open(IpAddress address, long nowNs) {
    try {
      open.put(
          address,
          opener.open(new InetSocketAddress(InetAddress.getByAddress(address.toBytes()), port)));
      retryNs.remove(address);
      Logger.debug("{} is at {}.", what, address);
    } catch (IOException e) {
      // What has the address may not be up yet.
      if (retryNs.put(address, nowNs + RETRY_NS) == null) {
        Logger.info("{} is not at {} yet: {}.", what, address, e.getMessage());
      }
    }
  }

  @Override
  public void close() {
    follow(Set.of(), 0);
  }
}
