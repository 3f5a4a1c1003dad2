package dev.noren.router;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.noren.config.Device;
import dev.noren.config.RouterConfig;
import dev.noren.state.DeviceDays;
import dev.noren.tunnel.TunnelSnapshot;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Has it remembered when devices shook hands. For the router's thread. */
final class DevicesSeen {
  private static final long LOOK_NS = SECONDS.toNanos(60);

  private final DeviceDays days;
  private final Supplier<RouterConfig> config;
  private final Supplier<Map<String, TunnelSnapshot>> tunnels;
  private final Supplier<LocalDate> today;
  private Long lookedNs;

  /**
   * @param config the document in force, or null where nothing is to be taken down
   * @param tunnels the tunnels that run
   * @param today the day in the box's time zone
   */
  DevicesSeen(
      DeviceDays days,
      Supplier<RouterConfig> config,
      Supplier<Map<String, TunnelSnapshot>> tunnels,
      Supplier<LocalDate> today) {
    this.days = days;
    this.config = config;
    this.tunnels = tunnels;
    this.today = today;
  }

  /** To be called now and then; it looks once a minute. */
  void look(long nowNs) {
    if (lookedNs == null || nowNs - lookedNs >= LOOK_NS) {
      lookedNs = nowNs;
      lookAtOnce(nowNs);
    }
  }

  /** To be called before the tunnels end. */
  void lookAtOnce(long nowNs) {
    RouterConfig now = config.get();
    if (now == null) {
      return;
    }
    List<String> keys =
        now.forms().stream()
            .flatMap(form -> form.devices().stream())
            .map(Device::publicKey)
            .map(Object::toString)
            .toList();
    Map<String, LocalDate> seen = new HashMap<>();
    if (!keys.isEmpty()) {
      tunnels.get().values().stream()
          .flatMap(tunnel -> tunnel.peers().stream())
          .filter(peer -> peer.lastHandshakeUnixNs() != 0)
          .forEach(peer -> seen.put(peer.publicKey().toString(), day(peer.lastHandshakeUnixNs())));
    }
    days.look(keys, seen, today.get(), nowNs);
  }

  private static LocalDate day(long unixNs) {
    return LocalDate.ofInstant(
        Instant.ofEpochSecond(NANOSECONDS.toSeconds(unixNs)), ZoneId.systemDefault());
  }
}
