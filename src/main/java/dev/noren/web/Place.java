package dev.noren.web;

import dev.noren.config.Form.Kind;
import dev.noren.config.RouterConfig;
import dev.noren.config.TunnelName;
import dev.noren.forms.FreeNetwork;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import dev.noren.net.PrivateNetworks;
import dev.noren.status.RouterStatus;
import dev.noren.status.RouterStatus.Line;

/**
 * What a new way of use needs to know of the box and finds by itself.
 *
 * @param address the box's own address towards the internet, or null while it has none
 * @param gateway the router before it, or null
 * @param lan the shop's network, or null
 * @param port a free UDP port for who calls in
 * @param reach what is between the box and the internet
 * @param name a free name for the form
 */
record Place(
    IpAddress address, IpAddress gateway, Cidr lan, int port, Reach reach, TunnelName name) {
  /** WireGuard's usual port. */
  private static final int FIRST_PORT = 51_820;

  /** How the box's address is seen from outside. */
  enum Reach {
    /** Nothing is known yet. */
    UNKNOWN,

    /** The address is of the internet. */
    OPEN,

    /** A router of the shop is before it. */
    BEHIND,

    /** The provider's own NAT is before it (RFC 6598). */
    SHARED
  }

  static Place of(RouterConfig config, RouterStatus status, Kind kind) {
    Line line =
        status.lines().stream()
            .filter(each -> each.address() != null && !each.address().address().v6())
            .findFirst()
            .orElse(null);
    Cidr lan = status.lan() == null ? null : status.lan().address();
    Cidr own = line == null ? lan : line.address();
    IpAddress address = own == null ? null : own.address();
    return new Place(
        address,
        line == null ? null : line.gateway(),
        lan == null ? null : lan.masked(),
        FreeNetwork.port(config, FIRST_PORT),
        reach(address),
        free(config, word(kind)));
  }

  private static Reach reach(IpAddress address) {
    if (address == null) {
      return Reach.UNKNOWN;
    }
    if (PrivateNetworks.CGNAT.contains(address)) {
      return Reach.SHARED;
    }
    return PrivateNetworks.of(false).stream().anyMatch(each -> each.contains(address))
        ? Reach.BEHIND
        : Reach.OPEN;
  }

  private static String word(Kind kind) {
    return switch (kind) {
      case SITE -> "shops";
      case REMOTE -> "remote";
      case CLOUD -> "cloud";
      case VDI -> "desks";
      case ROUTER -> "shop";
    };
  }

  /** A name that no form or tunnel has yet, which begins with a word. */
  static TunnelName free(RouterConfig config, String word) {
    TunnelName name = new TunnelName(word);
    for (int i = 2; config.form(name) != null || config.tunnel(name) != null; i++) {
      name = new TunnelName(word + i);
    }
    return name;
  }

  boolean isOpen() {
    return reach == Reach.OPEN;
  }

  boolean isShared() {
    return reach == Reach.SHARED;
  }
}
