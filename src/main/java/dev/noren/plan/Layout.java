package dev.noren.plan;

import dev.noren.config.RouterConfig;
import dev.noren.config.RouterConfig.Role;
import dev.noren.config.WanConfig;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import dev.noren.net.PrivateNetworks;
import dev.noren.plan.RouterFacts.Lease;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Who is what: the role and the ports, after looking.
 *
 * @param role {@link Role#BESIDE} or {@link Role#ROUTER}, never auto
 * @param claimed whether somebody has configured the box; an unclaimed one beside changes nothing
 * @param lines the lines to the internet, the preferred one first; empty before one is found
 * @param lan the shop's network; beside, it lies on the same device as the only line. Null while
 *     there is none yet
 * @param candidates the ports that are asked for DHCP because no line is known yet
 * @param portal whether who looks for the internet from the shop's network is led to the page: as a
 *     router that nobody has configured and that has no owner
 */
public record Layout(
    Role role,
    boolean claimed,
    List<Line> lines,
    Lan lan,
    List<String> candidates,
    boolean portal) {
  /**
   * Where the page is too, whatever network the shop has: one of those link-local addresses that no
   * machine may choose for itself (RFC 3927, 2.1).
   */
  public static final IpAddress FIXED = IpAddress.parse("169.254.0.1");

  public Layout {
    lines = List.copyOf(lines);
    candidates = List.copyOf(candidates);
  }

  /** Of a box that leads nobody to its page. */
  public Layout(Role role, boolean claimed, List<Line> lines, Lan lan, List<String> candidates) {
    this(role, claimed, lines, lan, candidates, false);
  }

  /**
   * A line to the internet.
   *
   * @param number from 0, in the document's order
   * @param config how it is configured
   * @param port its Ethernet port
   * @param device what packets leave through: the port, or the PPP interface on it
   * @param lease what it gave, or was configured with; null while it has given nothing
   * @param healthy whether its cable leads somewhere, it has an address and its health checks don't
   *     fail
   */
  public record Line(
      int number, WanConfig config, String port, String device, Lease lease, boolean healthy) {}

  /**
   * The shop's network.
   *
   * @param device the bridge, or beside the port
   * @param members the bridge's ports; empty beside
   * @param address Noren's own address in it
   * @param address6 its own IPv6 address in it, out of the delegated prefix, or null
   * @param dhcpFrom the first address that clients get, or null without a DHCP server
   * @param dhcpTo the last one
   */
  public record Lan(
      String device,
      List<String> members,
      Cidr address,
      Cidr address6,
      IpAddress dhcpFrom,
      IpAddress dhcpTo) {
    public Lan {
      members = List.copyOf(members);
    }
  }

  /**
   * What follows from the configuration and from what was seen.
   *
   * @param claimed whether somebody has configured the box
   */
  public static Layout of(RouterConfig config, boolean claimed, RouterFacts facts) {
    return new Looker(config, claimed, facts).layout();
  }

  /** The line that unmarked packets take, or null where none can carry anything. */
  public Line preferred() {
    return lines.stream()
        .filter(line -> line.lease() != null && line.lease().address() != null)
        .min(Comparator.comparing((Line line) -> !line.healthy()).thenComparingInt(Line::number))
        .orElse(null);
  }

  /** Whether the box forwards anything: one that nobody has claimed does not, beside. */
  public boolean forwards() {
    return claimed || !beside();
  }

  /**
   * Where the page is: at the box's own addresses in the shop's network. On the only port, an
   * address of the whole internet would be one for the whole internet, and one of a provider's for
   * all its customers.
   */
  public List<IpAddress> pageAddresses() {
    return Stream.concat(ownPageAddresses().stream(), Stream.ofNullable(fixedAddress())).toList();
  }

  /** The same without the fixed one. */
  public List<IpAddress> ownPageAddresses() {
    if (lan == null) {
      return List.of();
    }
    return Stream.of(lan.address(), lan.address6())
        .filter(own -> own != null && (!beside() || isOfASite(own)))
        .map(Cidr::address)
        .toList();
  }

  /** The addresses that the box's name in the shop's network has; none for it to have no name. */
  public List<IpAddress> namedAddresses() {
    List<IpAddress> own = ownPageAddresses();
    return own.stream().allMatch(IpAddress::v6) ? List.of() : own;
  }

  /**
   * {@link #FIXED} where the box has it, or null. Beside, clients would look for it at the shop's
   * own router; and a line's network goes before, if ever one has it in it.
   */
  public IpAddress fixedAddress() {
    return lan == null || beside() || lines.stream().anyMatch(Layout::holdsFixed) ? null : FIXED;
  }

  private static boolean holdsFixed(Line line) {
    return line.lease() != null
        && line.lease().address() != null
        && line.lease().address().contains(FIXED);
  }

  private static boolean isOfASite(Cidr own) {
    return Stream.concat(
            PrivateNetworks.OF_SITES.stream(),
            Stream.of(PrivateNetworks.LINK_LOCAL_4, PrivateNetworks.SITES_6))
        .anyMatch(
            each -> own.prefixLength() >= each.prefixLength() && each.contains(own.address()));
  }

  /** Whether the box stands beside the shop's router. */
  public boolean beside() {
    return role == Role.BESIDE;
  }
}
