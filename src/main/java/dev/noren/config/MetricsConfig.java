package dev.noren.config;

import java.util.ArrayList;
import java.util.List;

/**
 * Who may fetch the router's metrics.
 *
 * @param enabled whether anybody may
 * @param lan whether the shop's network may
 * @param tunnels the tunnels, and the forms by their tunnels, from which they may be fetched
 * @param token what who fetches them has to know, or null for nothing
 */
public record MetricsConfig(boolean enabled, boolean lan, List<TunnelName> tunnels, String token) {
  /** Where WireGuard's metrics are looked for, by Prometheus's list of exporters' ports. */
  public static final int PORT = 9586;

  /** How the shop's network is called among the tunnels. */
  static final String LAN = "lan";

  /** Nobody; once somebody may, it is the shop's network. */
  public static final MetricsConfig OFF = new MetricsConfig(false, true, List.of(), null);

  public MetricsConfig {
    tunnels = List.copyOf(tunnels);
  }

  /** Whether they may be fetched from the shop's network. */
  public boolean isForLan() {
    return enabled && lan;
  }

  /** Whether they may be fetched from this tunnel. */
  public boolean isFor(TunnelName tunnel) {
    return enabled && tunnels.contains(tunnel);
  }

  /** The same without a tunnel that is no longer there. */
  MetricsConfig without(TunnelName tunnel) {
    return new MetricsConfig(
        enabled, lan, tunnels.stream().filter(each -> !each.equals(tunnel)).toList(), token);
  }

  /** From where they may be fetched, as the document has it. */
  List<String> from() {
    List<String> from = new ArrayList<>(lan ? List.of(LAN) : List.of());
    tunnels.forEach(each -> from.add(each.text()));
    return from;
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "MetricsConfig[enabled=" + enabled + ", from=" + from() + "]";
  }
}
