package dev.noren.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * A pair of sets in the router's table that hold the addresses of some names: dnsmasq adds to them
 * what it answers (its option nftset), and nobody takes anything out, since a client may still use
 * an answer that it got a day ago.
 *
 * @param domains the names, and all below them
 * @param set4 the set of IPv4 addresses
 * @param set6 the set of IPv6 addresses
 */
public record NameSet(List<String> domains, String set4, String set6) {
  /** For {@link #stem}: what takes a tunnel. */
  static final String NAMES = "names";

  /** For {@link #stem}: what does not take it. */
  static final String EXCEPT = "except";

  public NameSet {
    domains = List.copyOf(domains);
  }

  /** The names that take a tunnel. */
  static NameSet names(TunnelPlan tunnel) {
    return of(tunnel.config().use().domains(), tunnel.number(), NAMES);
  }

  /** The names that do not take a tunnel. */
  static NameSet exceptions(TunnelPlan tunnel) {
    return of(tunnel.config().use().exceptDomains(), tunnel.number(), EXCEPT);
  }

  private static NameSet of(List<String> domains, int number, String what) {
    String set = stem(number, what);
    return new NameSet(domains, set + "4", set + "6");
  }

  /** What the names of a pair begin with; 4 or 6 follows. */
  static String stem(int number, String what) {
    return "t" + number + "_" + what;
  }

  /** All that these tunnels need; none without a name. */
  static List<NameSet> of(List<FirewallTunnel> tunnels) {
    List<NameSet> sets = new ArrayList<>();
    for (FirewallTunnel tunnel : tunnels) {
      sets.add(tunnel.names());
      sets.add(tunnel.exceptNames());
    }
    sets.removeIf(set -> set.domains().isEmpty());
    return sets;
  }

  /** The set of one family. */
  String set(boolean v6) {
    return v6 ? set6 : set4;
  }
}
