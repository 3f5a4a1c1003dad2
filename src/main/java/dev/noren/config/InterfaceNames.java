package dev.noren.config;

import dev.noren.text.Refused;
import java.util.Set;
import java.util.regex.Pattern;

/** The names that interfaces of the router have already, or that a port may have. */
public final class InterfaceNames {
  /** The bridge of the shop's network. */
  public static final String BRIDGE = "br-lan";

  /** What the names of PPP interfaces begin with; the line's number follows. */
  public static final String PPP = "ppp";

  /** In these words sysctl(8) speaks of interfaces, so that the kernel gives none that name. */
  private static final Set<String> KERNEL = Set.of("all", "default");

  private static final Pattern OF_PPP = Pattern.compile(PPP + "[0-9]+");

  /** As the kernel and systemd.net-naming-scheme(7) name ports of Ethernet, radio and modems. */
  private static final Pattern OF_PORTS =
      Pattern.compile("(eth|usb|wlan|wwan)[0-9]+|(en|wl|ww)([bcdopPsu][0-9].*|x[0-9a-f]{12})");

  private InterfaceNames() {}

  /**
   * A port's name.
   *
   * @throws IllegalArgumentException with the reason where it is none
   */
  static String port(String text) {
    TunnelName.check(text);
    if (text.equals("lo")) {
      throw new Refused("interface.loopback");
    }
    if (KERNEL.contains(text)) {
      throw new Refused("interface.all", Values.quoted(text));
    }
    if (text.equals(BRIDGE)) {
      throw new Refused("interface.lan", Values.quoted(text));
    }
    if (OF_PPP.matcher(text).matches()) {
      throw new Refused("interface.ppp", Values.quoted(text));
    }
    return text;
  }

  /**
   * A tunnel's name. The firewall would take a port of that name for the tunnel, even one that is
   * plugged in years later.
   *
   * @throws IllegalArgumentException with the reason where it is none
   */
  static String tunnel(String text) {
    port(text);
    if (OF_PORTS.matcher(text).matches()) {
      throw new Refused("interface.port", Values.quoted(text));
    }
    return text;
  }
}
