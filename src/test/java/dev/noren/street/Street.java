package dev.noren.street;

import java.util.ArrayList;
import java.util.List;

/**
 * Two hosts, left and right, and between them a middle that routes, and can translate or lose
 * packets. Everything goes away with {@link #close}, when the JVM ends, or, if that was killed, at
 * the next run.
 *
 * <pre>
 *   left .2 --- 198.51.100.0/24 --- .1 middle .1 --- 203.0.113.0/24 --- .2 right
 *        ::2 -- 2001:db8:a::/64 -- ::1        ::1 -- 2001:db8:b::/64 -- ::2
 * </pre>
 */
public final class Street implements AutoCloseable {
  /** The left host's outer addresses; ::3 is its too. */
  public static final String LEFT_4 = "198.51.100.2";

  public static final String LEFT_6 = "2001:db8:a::2";

  /** The right host's outer addresses; ::3 is its too. */
  public static final String RIGHT_4 = "203.0.113.2";

  public static final String RIGHT_6 = "2001:db8:b::2";

  /** The middle's address at the left side. */
  public static final String MIDDLE_LEFT_4 = "198.51.100.1";

  /** The middle's address at the right side: what the right host sees behind a translation. */
  public static final String MIDDLE_RIGHT_4 = "203.0.113.1";

  private final List<Host> islands = new ArrayList<>();
  private final Host left;
  private final Host middle;
  private final Host right;

  private Street(List<Host> hosts) {
    left = hosts.get(0);
    middle = hosts.get(1);
    right = hosts.get(2);
  }

  /** Builds a street. Fails with one sentence where this machine can't have one. */
  public static Street open() {
    synchronized (Machine.BUILDING) {
      Machine.prepare();
      return built();
    }
  }

  private static Street built() {
    String name = Machine.streetName();
    List<Host> hosts = new ArrayList<>();
    try {
      for (String role : List.of("l", "m", "r")) {
        hosts.add(new Host(name + role));
      }
      Street street = new Street(hosts);
      street.build();
      Machine.opened(street);
      return street;
    } catch (Error | RuntimeException e) {
      hosts.forEach(Host::close);
      throw e;
    }
  }

  public Host left() {
    return left;
  }

  public Host middle() {
    return middle;
  }

  public Host right() {
    return right;
  }

  /** Loses packets at random on the way through the middle, in both directions. */
  public void lose(int percent) {
    calm();
    middle.nft(
        """
        table inet street {
          chain lose {
            type filter hook forward priority 0
            numgen random mod 100 < %d drop
          }
        }
        """
            .formatted(percent));
  }

  /**
   * Hides the left host behind the middle, as a shop's or a carrier's NAT does; nobody outside can
   * begin. Called again, it forgets the mappings it had.
   *
   * @param port the source port that the right host sees instead of the left host's 51820
   */
  public void translate(int port) {
    calm();
    middle.nft(
        """
        table inet street {
          chain hide {
            type nat hook postrouting priority srcnat
            oifname "right" meta nfproto ipv4 udp sport 51820 masquerade to :%d
            oifname "right" meta nfproto ipv4 masquerade
          }
          chain closed {
            type filter hook forward priority 0
            iifname "right" ct state new drop
          }
        }
        """
            .formatted(port));
    // The kernel forgets a masqueraded flow when the address it was given goes away.
    middle.ip(
        "addr del " + MIDDLE_RIGHT_4 + "/24 dev right",
        "addr add " + MIDDLE_RIGHT_4 + "/24 dev right");
  }

  /** Gives the left host another outer IPv4 address of its net instead of the one that it has. */
  public void moveLeft(String address) {
    move(left, address, MIDDLE_LEFT_4);
  }

  /** Gives the right host another outer IPv4 address of its net instead of the one that it has. */
  public void moveRight(String address) {
    move(right, address, MIDDLE_RIGHT_4);
  }

  /** Waits until the kernel says that the links are up, which it does some time after they work. */
  public void awaitLinks() {
    for (Host host : List.of(left, middle, right)) {
      Wait.until("the links are up", () -> !host.must("ip", "-br", "link").contains("NO-CARRIER"));
    }
  }

  /** Adds a host that no link leads to, as a place to move an interface to. */
  public Host addIsland() {
    Host island = new Host(left.namespace() + islands.size());
    islands.add(island);
    return island;
  }

  /** Takes every rule out of the middle. */
  public void calm() {
    middle.nft("table inet street\ndelete table inet street\n");
  }

  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    islands.forEach(Host::close);
    List.of(left, right, middle).forEach(Host::close);
    Machine.closed(this);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void build() {
    join(left, "left", "198.51.100.", "2001:db8:a::");
    join(right, "right", "203.0.113.", "2001:db8:b::");
    middle.must("sysctl", "-qw", "net.ipv4.ip_forward=1", "net.ipv6.conf.all.forwarding=1");
  }

  private static void move(Host host, String address, String gateway) {
    host.must("ip", "-4", "addr", "flush", "dev", "out");
    host.ip("addr add " + address + "/24 dev out", "route add default via " + gateway);
  }

  private void join(Host host, String name, String net4, String net6) {
    middle.ip(
        "link add name " + name + " type veth peer name out netns " + host.namespace(),
        "addr add " + net4 + "1/24 dev " + name,
        "addr add " + net6 + "1/64 dev " + name + " nodad",
        "link set dev " + name + " up");
    host.ip(
        // No address that appears by itself a second later: tests compare what a host looks like.
        "link set dev out addrgenmode none",
        "addr add " + net4 + "2/24 dev out",
        "addr add " + net6 + "3/64 dev out nodad",
        "addr add " + net6 + "2/64 dev out nodad",
        "link set dev out up",
        "route add default via " + net4 + "1",
        "route add ::/0 via " + net6 + "1");
  }
}
