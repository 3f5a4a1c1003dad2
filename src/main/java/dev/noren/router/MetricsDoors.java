package dev.noren.router;

import dev.noren.config.MetricsConfig;
import dev.noren.control.MetricsDesk;
import dev.noren.net.IpAddress;
import dev.noren.plan.Layout;
import dev.noren.web.MetricsServer;
import java.util.HashSet;
import java.util.Set;

/**
 * Where the metrics are served: while the document has them, at the box's own addresses in the
 * shop's network, which the firewall opens to whom the document names. For the router's thread.
 */
final class MetricsDoors implements AutoCloseable {
  private final MetricsServer server;
  private final HttpDoors doors;

  /** None is open yet. */
  MetricsDoors(MetricsDesk desk) {
    server = new MetricsServer(desk);
    doors = new HttpDoors("The metrics", at -> server.open(at)::close, MetricsConfig.PORT);
  }

  /**
   * Follows the document.
   *
   * @param names by which the box is called
   */
  void follow(Layout layout, MetricsConfig config, Set<String> names) {
    server.follow(config.token(), names);
    Set<IpAddress> addresses = config.enabled() ? new HashSet<>(layout.pageAddresses()) : Set.of();
    doors.follow(addresses, System.nanoTime());
  }

  @Override
  public void close() {
    doors.close();
    server.close();
  }
}
