package dev.noren.router;

import dev.noren.street.Capture;
import dev.noren.street.ShopStreet;
import dev.noren.street.Wait;
import dev.noren.street.WgEnd;
import java.util.ArrayList;
import java.util.List;

/**
 * Listens on the internet's side of one of the shop's lines for what a full tunnel must not let
 * out. What a tunnel needs may pass: its own datagrams, the far end's name asked of the line's
 * resolver, DHCP, the neighbours of the link, and the time; while something is wrong, the router's
 * own questions to the next router and to the far end's host ({@link #question}); where there are
 * two lines, also the echoes by which the router knows whether they lead anywhere.
 */
public final class LeakWatch implements AutoCloseable {
  private static final String NEEDED =
      String.join(
          " or ",
          "arp",
          "(udp and (port 67 or port 68 or port 546 or port 547 or port 123))",
          "igmp",
          // Multicast listeners have a hop-by-hop header before their ICMPv6.
          "(ip6 and ip6[6] == 0)",
          "(icmp6 and ip6[40] >= 130 and ip6[40] <= 143)",
          question(ShopStreet.FAR_4),
          question(ShopStreet.FAR_6),
          question(ShopStreet.GATEWAY_4),
          question(ShopStreet.GATEWAY_2_4),
          "(udp port %1$d and (host %2$s or host %3$s))"
              .formatted(WgEnd.PORT, ShopStreet.FAR_4, ShopStreet.FAR_6));

  private static final String RESOLVER = "(udp port 53 and host " + ShopStreet.RESOLVER_4 + ")";

  private static final String HEALTH =
      "(icmp[icmptype] == icmp-echo and dst host " + ShopStreet.RESOLVER_4 + ")";

  private final Capture others;
  private final Capture questions;

  /**
   * What matches the echoes by which the router finds out whether a host is there: from the line's
   * own address and of its own size, which no computer's echo of these tests has.
   */
  static String question(String to) {
    return to.contains(":")
        ? "(icmp6 and ip6[40] == 128 and ip6[4:2] == 16 and dst host %s and (%s))"
            .formatted(to, "src net 2001:db8:a::/64 or src net 2001:db8:5::/64")
        : "(icmp[icmptype] == icmp-echo and ip[2:2] == 36 and dst host %s and (%s))"
            .formatted(to, "src net 100.64.7.0/24 or src net 100.64.8.0/24");
  }

  /** Begins to listen on the only line. */
  public LeakWatch(ShopStreet street) {
    this(street, ShopStreet.LINE, NEEDED);
  }

  /**
   * The same where more is needed.
   *
   * @param more what else may pass, a filter of pcap(7)
   */
  LeakWatch(ShopStreet street, String more) {
    this(street, ShopStreet.LINE, NEEDED + " or (" + more + ")");
  }

  private LeakWatch(ShopStreet street, String line, String needed) {
    others = Capture.received(street.internet(), line, "not (" + needed + " or " + RESOLVER + ")");
    questions = Capture.received(street.internet(), line, RESOLVER + " and not " + HEALTH);
  }

  /** On one line of two. */
  static LeakWatch oneOfTwo(ShopStreet street, String line) {
    return new LeakWatch(street, line, NEEDED + " or " + HEALTH);
  }

  /** What leaked until now, as tcpdump tells it. */
  public List<String> leaks() {
    List<String> leaks = new ArrayList<>(others.packets());
    questions.packets().stream()
        .filter(line -> !line.contains(" vpn.example. "))
        .forEach(leaks::add);
    return leaks;
  }

  /** Waits until something to an address has leaked: the control of a watch that heard nothing. */
  void hears(String address) {
    Wait.until(
        "the eavesdropper hears what is sent to " + address,
        Wait.LONG,
        () -> leaks().stream().anyMatch(line -> line.contains(" > " + address)),
        () -> leaks().toString());
  }

  @Override
  public void close() {
    others.close();
    questions.close();
  }
}
