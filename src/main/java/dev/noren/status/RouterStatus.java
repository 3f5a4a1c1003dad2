package dev.noren.status;

import dev.noren.config.MacAddress;
import dev.noren.config.RouterConfig.Role;
import dev.noren.config.TunnelName;
import dev.noren.config.TunnelUse.Mode;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import dev.noren.text.Sentence;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * The running router at one moment. Times of day are as the box's clock has them; what is measured
 * is measured by {@code uptimeMs}, which never jumps. No field can hold a secret.
 *
 * @param at when this was made
 * @param since when the router started
 * @param uptimeMs how long it has been running, milliseconds
 * @param name the box's host name
 * @param config which configuration is in force
 * @param role {@link Role#BESIDE} or {@link Role#ROUTER}
 * @param claimed whether somebody has configured the box
 * @param pending the change that waits to be confirmed, or null
 * @param problems what is wrong, one sentence each, the most important first
 * @param cable whether any port's cable leads to something that is on
 * @param lines the lines to the internet, the preferred one first
 * @param lan the shop's network, or null while there is none
 * @param page where the setup page is
 * @param leases the devices that have an address from this box
 * @param tunnels the tunnels in the document's order
 * @param services the programs that work for the router
 * @param rules the firewall's counters
 * @param routesToTell what the shop's router has to be told where this box stands beside it
 * @param condition how the router is
 */
public record RouterStatus(
    Instant at,
    Instant since,
    long uptimeMs,
    String name,
    Config config,
    Role role,
    boolean claimed,
    Pending pending,
    List<Sentence> problems,
    boolean cable,
    List<Line> lines,
    Lan lan,
    Page page,
    List<Lease> leases,
    List<Tunnel> tunnels,
    List<Service> services,
    List<Rule> rules,
    List<StaticRoute> routesToTell,
    Condition condition) {
  public RouterStatus {
    problems = List.copyOf(problems);
    lines = List.copyOf(lines);
    leases = List.copyOf(leases);
    tunnels = List.copyOf(tunnels);
    services = List.copyOf(services);
    rules = List.copyOf(rules);
    routesToTell = List.copyOf(routesToTell);
  }

  /**
   * The configuration in force.
   *
   * @param number its number; 0 where none was ever saved
   * @param appliedAt when the router began to follow it
   * @param author who saved it, and from where
   * @param change what it changed
   */
  public record Config(int number, Instant appliedAt, String author, String change) {}

  /**
   * A change that is undone unless somebody confirms it.
   *
   * @param what what it changes
   * @param author who made it, and from where
   * @param deadline when it is undone, if the clock does not jump
   * @param secondsLeft how long until then
   */
  public record Pending(String what, String author, Instant deadline, long secondsLeft) {}

  /**
   * A line to the internet.
   *
   * @param number from 0, in the document's order
   * @param device what packets leave through
   * @param method dhcp, static or pppoe
   * @param address the own address on it, or null while it has given none
   * @param gateway the next router, or null where there is none or the device itself leads on
   * @param dns the name servers that it names
   * @param cable whether its port's cable leads to something that is on
   * @param healthy whether it leads to the internet
   * @param since since when it has been healthy, or not, or null where that is not known
   * @param traffic what it carried
   */
  public record Line(
      int number,
      String device,
      String method,
      Cidr address,
      IpAddress gateway,
      List<IpAddress> dns,
      boolean cable,
      boolean healthy,
      Instant since,
      Traffic traffic) {
    public Line {
      dns = List.copyOf(dns);
    }
  }

  /**
   * The shop's network.
   *
   * @param device the bridge, or beside the port
   * @param members the bridge's ports; empty beside
   * @param address the own address in it
   * @param address6 the own IPv6 address in it, or null
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
   * Where the setup page is in the shop's network.
   *
   * @param name by which browsers find it, as in noren.local, or null while it has none
   * @param addresses at which it is too
   */
  public record Page(String name, List<IpAddress> addresses) {
    /** The name that a box has unless another box of the network has it. */
    public static final String USUAL_NAME = "noren.local";

    public Page {
      addresses = List.copyOf(addresses);
    }

    /** Whether another box of the network has the usual name. */
    public boolean isSecond() {
      return name != null && !name.equals(USUAL_NAME);
    }

    /** What is typed into a browser, the easiest first. */
    public List<String> urls() {
      return Stream.concat(
              Stream.ofNullable(name),
              addresses.stream().map(each -> each.v6() ? "[" + each + "]" : each.toString()))
          .map(host -> "http://" + host + "/")
          .toList();
    }

    /** The same over HTTPS, where the page has a certificate. */
    public List<String> secureUrls() {
      return urls().stream().map(url -> url.replaceFirst("http", "https")).toList();
    }
  }

  /**
   * A device that has an address from this box.
   *
   * @param mac the device
   * @param address its address
   * @param name what it calls itself, or its reservation does; or null
   * @param until when the lease ends, or null for never
   * @param since when the router first saw it, or null where that is not known
   */
  public record Lease(
      MacAddress mac, IpAddress address, String name, Instant until, Instant since) {}

  /**
   * A tunnel.
   *
   * @param name its name in the document, which is its interface's
   * @param up whether its interface is there and set up
   * @param mode whether it takes everything or some
   * @param killSwitch whether what it takes is blocked while it is down
   * @param promisedFor for whom that is promised, in words; or null without a kill switch
   * @param mtuBytes the interface's MTU
   * @param listenPort the UDP port in use, or 0 where none is open
   * @param addresses the own addresses in it
   * @param peers its far ends
   * @param reached that its port was last reached from the internet, or null where that is not
   *     known
   */
  public record Tunnel(
      TunnelName name,
      boolean up,
      Mode mode,
      boolean killSwitch,
      Sentence promisedFor,
      int mtuBytes,
      int listenPort,
      List<Cidr> addresses,
      List<Peer> peers,
      Reached reached) {
    public Tunnel {
      addresses = List.copyOf(addresses);
      peers = List.copyOf(peers);
    }
  }

  /**
   * A far end of a tunnel.
   *
   * @param name what people call it, or null
   * @param publicKey its public key, base64
   * @param endpoint where it is, as in 192.0.2.1:51820, or null while that is not known
   * @param callsIn whether only it can begin, since the document does not say where it is
   * @param handshakeAgeSeconds how long ago the last handshake was, or null for never
   * @param dataAgeSeconds how long ago something last came from its network, or null for never
   * @param unansweredSeconds for how long it has been called in vain; 0 while it is not
   * @param traffic what was exchanged with it
   * @param keepaliveSeconds 0 for off
   * @param allowedIps what may be at its end
   * @param origin from where it speaks, or null while that is not known
   */
  public record Peer(
      String name,
      String publicKey,
      String endpoint,
      boolean callsIn,
      Long handshakeAgeSeconds,
      Long dataAgeSeconds,
      long unansweredSeconds,
      Traffic traffic,
      int keepaliveSeconds,
      List<Cidr> allowedIps,
      Origin origin) {
    /** A session ends after so long (WP 6.1), so a handshake that is older is none. */
    public static final long FRESH_SECONDS = 180;

    /** Two attempts without an answer (WP 6.4: one every 5 s): not just one that was lost. */
    public static final long TRYING_SECONDS = 6;

    /** Six attempts without an answer. */
    public static final long DOWN_SECONDS = 30;

    /** How long what came from its network is a proof of the way there. */
    public static final long PROOF_SECONDS = 600;

    /** After so long without anything from its network, that is asked for an echo. */
    public static final long QUIET_SECONDS = 30;

    public Peer {
      allowedIps = List.copyOf(allowedIps);
    }

    /** Whether this box is to hold a tunnel to it; one that only calls in may be gone at will. */
    public boolean isWanted() {
      return !callsIn && (keepaliveSeconds != 0 || unansweredSeconds != 0);
    }

    /** Whether its last handshake still counts. */
    public boolean isFresh() {
      return handshakeAgeSeconds != null && handshakeAgeSeconds <= FRESH_SECONDS;
    }

    /** Whether more than one attempt was in vain. */
    public boolean isUnanswered() {
      return unansweredSeconds >= TRYING_SECONDS;
    }

    /** Whether so many attempts were in vain that it counts as not reached. */
    public boolean isDown() {
      return unansweredSeconds >= DOWN_SECONDS;
    }

    /** Whether nothing has come from its network for some time, or never. */
    public boolean isQuiet() {
      return dataAgeSeconds == null || dataAgeSeconds >= QUIET_SECONDS;
    }

    /** Whether something came through from its network, and not long ago. */
    public boolean isProved() {
      return isFresh() && dataAgeSeconds != null && dataAgeSeconds <= PROOF_SECONDS;
    }
  }

  /**
   * A program that works for the router.
   *
   * @param name what it is called
   * @param runningSince since when it has been running, or null while it is not
   * @param restarts how often it ended and was started again
   * @param lastWords the last line that it said before it ended, or null
   */
  public record Service(String name, Instant runningSince, long restarts, String lastWords) {}

  /**
   * A counter of the firewall.
   *
   * @param name as nft has it
   * @param sentence what it counts, for people
   * @param packets how many packets
   * @param bytes how many bytes
   */
  public record Rule(String name, Sentence sentence, long packets, long bytes) {}

  /**
   * A route for the shop's router.
   *
   * @param destination where to
   * @param gateway this box
   */
  public record StaticRoute(Cidr destination, IpAddress gateway) {
    @Override
    public String toString() {
      return destination + " via " + gateway;
    }
  }
}
