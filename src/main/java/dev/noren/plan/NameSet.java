package dev.noren.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * A pair of sets in the router's table that hold the addresses of some names: dnsmasq adds to them
 * what it answers (its option nftset), and nobody takes anything out, since a client may still use
 * an answer that it got a day ago. Nor does time: dnsmasq adds an address anew only when it asks
 * for the name anew, and not when it answers out of its memory, so an address could run out just
 * when a client was told it.
 *
 * @param domains the names, and all below them
 * @param set4 the set of IPv4 addresses
 * @param set6 the set of IPv6 addresses
 */
public record NameSet(List<String> domains, String set4, String set6) {
  /**
   * How many addresses a set can have. Each takes about 100 bytes of the kernel's once it is there,
   * and a name whose server makes up addresses would take all the memory. dnsmasq answers a name
   * whose address found no room all the same, and says so in its log; so this is more than the
   * names of a shop ever have.
   */
  private static final int MOST_ADDRESSES = 1 << 18;

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

  /** Both sets as nft declares them. Dynamic ones have no memory before they have addresses. */
  List<String> declarations() {
    String rest = "; flags dynamic; size " + MOST_ADDRESSES + "; }";
    return List.of(
        "set " + set4 + " { type ipv4_addr" + rest, "set " + set6 + " { type ipv6_addr" + rest);
  }

  /** The set of one family. */
  String set(boolean v6) {
    return v6 ? set6 : set4;
  }
}
