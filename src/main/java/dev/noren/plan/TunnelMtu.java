package dev.noren.plan;

import dev.noren.config.HostPort;
import dev.noren.config.InterfaceConfig;
import dev.noren.config.RouterTunnel;
import dev.noren.config.WanConfig.Pppoe;
import dev.noren.net.IpAddress;
import dev.noren.plan.Layout.Line;
import java.util.List;
import java.util.Map;

/** The MTU of a tunnel, from that of the line below it. */
final class TunnelMtu {
  /** The outer IPv4 and UDP headers, WireGuard's own and its tag: 20 + 8 + 16 + 16. */
  static final int OVERHEAD_V4 = 60;

  /** The same with an IPv6 header, of 40. */
  static final int OVERHEAD_V6 = 80;

  /** Ethernet's. */
  private static final int LINE_MTU = 1500;

  /** What PPPoE adds to a packet (RFC 2516). */
  private static final int PPPOE_OVERHEAD = 8;

  /** What every machine takes (RFC 791); a line that asks for less is not believed. */
  private static final int LEAST = 576;

  private TunnelMtu() {}

  /**
   * @param lineMtuBytes the line's
   * @param overIpv6 whether the outer packets may be IPv6
   * @param carriesIpv6 whether the inner ones may be, which need 1280 bytes even where the outer
   *     ones then come in fragments
   */
  static int of(int lineMtuBytes, boolean overIpv6, boolean carriesIpv6) {
    return Math.clamp(
        lineMtuBytes - (long) (overIpv6 ? OVERHEAD_V6 : OVERHEAD_V4),
        carriesIpv6 ? InterfaceConfig.MIN_MTU_V6 : LEAST - OVERHEAD_V4,
        InterfaceConfig.MAX_MTU);
  }

  /** The least of all lines, so that a tunnel keeps its MTU when it changes over to another. */
  static int ofLines(List<Line> lines, RouterFacts facts) {
    return lines.stream().mapToInt(line -> ofLine(line, facts)).min().orElse(LINE_MTU);
  }

  /** What a line takes. */
  static int ofLine(Line line, RouterFacts facts) {
    RouterFacts.Port port = facts.port(line.port());
    int mtuBytes = port == null || port.mtuBytes() == 0 ? LINE_MTU : port.mtuBytes();
    if (line.config().method() instanceof Pppoe) {
      mtuBytes -= PPPOE_OVERHEAD;
    }
    int asked = line.lease() == null ? 0 : line.lease().mtuBytes();
    return asked >= LEAST ? Math.min(asked, mtuBytes) : mtuBytes;
  }

  /** Where a far end is not known, it may be reached over IPv6. */
  static boolean mayRunOverIpv6(RouterTunnel tunnel, Map<String, List<IpAddress>> endpoints) {
    return tunnel.peers().stream()
        .anyMatch(
            peer ->
                peer.places().isEmpty()
                    || peer.places().stream().anyMatch(place -> mayBeIpv6(place, endpoints)));
  }

  private static boolean mayBeIpv6(HostPort endpoint, Map<String, List<IpAddress>> endpoints) {
    if (endpoint.isNumeric()) {
      return endpoint.host().indexOf(':') >= 0;
    }
    List<IpAddress> known = endpoints.getOrDefault(endpoint.host(), List.of());
    return known.isEmpty() || known.stream().anyMatch(IpAddress::v6);
  }
}
