package dev.noren.plan;

import dev.noren.config.MacAddress;
import dev.noren.forms.Visit;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the router has seen of the machine and of the world; each time it sees something new, there
 * is a new plan.
 *
 * @param machineId what tells this box from all others, from which its own network follows
 * @param ports the Ethernet ports, by name
 * @param leases what lines gave, by the device they gave it to: a port's name, or ppp0 and so on
 * @param chosenWan the port that answered first, kept over restarts, or null before any did
 * @param sickLines the devices of lines whose health checks fail
 * @param endpoints the addresses of the tunnels' far ends, by the host that the document names
 * @param ipv6 whether the kernel has IPv6
 * @param chosenLan the shop's network that the box chose for itself before, kept over restarts so
 *     that it moves no more than it must, or null
 * @param numbers the numbers that tunnels have or had, kept over restarts
 * @param today the day in the box's time zone, after which devices of forms are not let in any more
 * @param owned whether the box has an owner, who has claimed it at its page
 * @param visit the technician who looks at the page from elsewhere, or null
 * @param passing how large packets may be that come through a tunnel, bytes, by its name: of those
 *     of which it is known that larger ones get lost on the way
 */
public record RouterFacts(
    String machineId,
    List<Port> ports,
    Map<String, Lease> leases,
    String chosenWan,
    Set<String> sickLines,
    Map<String, List<IpAddress>> endpoints,
    boolean ipv6,
    Cidr chosenLan,
    TunnelNumbers numbers,
    LocalDate today,
    boolean owned,
    Visit visit,
    Map<String, Integer> passing) {
  public RouterFacts {
    ports = List.copyOf(ports);
    leases = Map.copyOf(leases);
    sickLines = Set.copyOf(sickLines);
    endpoints = Map.copyOf(endpoints);
    passing = Map.copyOf(passing);
  }

  /** Of a box that has its owner. */
  public RouterFacts(
      String machineId,
      List<Port> ports,
      Map<String, Lease> leases,
      String chosenWan,
      Set<String> sickLines,
      Map<String, List<IpAddress>> endpoints,
      boolean ipv6,
      Cidr chosenLan,
      TunnelNumbers numbers,
      LocalDate today) {
    this(
        machineId, ports, leases, chosenWan, sickLines, endpoints, ipv6, chosenLan, numbers, today,
        true, null, Map.of());
  }

  /** Of a box that has not chosen a network yet, nor a number. */
  public RouterFacts(
      String machineId,
      List<Port> ports,
      Map<String, Lease> leases,
      String chosenWan,
      Set<String> sickLines,
      Map<String, List<IpAddress>> endpoints,
      boolean ipv6) {
    this(machineId, ports, leases, chosenWan, sickLines, endpoints, ipv6, null, TunnelNumbers.NONE);
  }

  /** Of a day before any on which a device's time is up. */
  public RouterFacts(
      String machineId,
      List<Port> ports,
      Map<String, Lease> leases,
      String chosenWan,
      Set<String> sickLines,
      Map<String, List<IpAddress>> endpoints,
      boolean ipv6,
      Cidr chosenLan,
      TunnelNumbers numbers) {
    this(
        machineId,
        ports,
        leases,
        chosenWan,
        sickLines,
        endpoints,
        ipv6,
        chosenLan,
        numbers,
        LocalDate.EPOCH);
  }

  /** The port of this name, or null. */
  public Port port(String name) {
    return ports.stream().filter(port -> port.name().equals(name)).findFirst().orElse(null);
  }

  /**
   * An Ethernet port.
   *
   * @param name as the kernel calls it
   * @param mac its address
   * @param carrier whether a cable leads to something that is on
   * @param mtuBytes its MTU
   */
  public record Port(String name, MacAddress mac, boolean carrier, int mtuBytes) {
    /**
     * A port by what the kernel tells.
     *
     * @param mac as text, in either case
     * @throws IllegalArgumentException with a sentence, where that is no device's address
     */
    public static Port of(String name, String mac, boolean carrier, int mtuBytes) {
      return new Port(name, MacAddress.parse(mac), carrier, mtuBytes);
    }
  }

  /**
   * What a line gave.
   *
   * @param address the own IPv4 address with its network's prefix length, or null
   * @param gateway the next router, or null where the device itself leads on
   * @param dns name servers
   * @param domain the network's domain, or null
   * @param mtuBytes the MTU that the line asks for, or 0
   * @param delegated the IPv6 prefix for the shop (RFC 8415), or null
   */
  public record Lease(
      Cidr address,
      IpAddress gateway,
      List<IpAddress> dns,
      String domain,
      int mtuBytes,
      Cidr delegated) {
    public Lease {
      dns = List.copyOf(dns);
    }
  }
}
