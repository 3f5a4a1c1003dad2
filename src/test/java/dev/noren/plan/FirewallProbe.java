package dev.noren.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutionException;

/**
 * One row of a table of packets: who sends what, and what becomes of it.
 *
 * @param row its number and its words, for messages
 * @param config the golden firewall in force; {@code none} for none, {@code -unrouted} after it for
 *     one whose routing rules are gone, {@code -by-} and a line's name where that line is taken
 * @param from the place that sends
 * @param kind udp, perhaps with the port that it is sent from, tcp, ping, long for a datagram that
 *     travels in fragments, redirect or stray for an ICMP error that belongs to no flow, or mss for
 *     the size that a TCP connection's first packet asks for where it arrives, in bytes
 * @param source the sender's address, or {@code ::} for any
 * @param destination where to
 * @param port the port
 * @param reaches the place that sees it, the counter that counts it, or {@code nobody}
 */
record FirewallProbe(
    String row,
    String config,
    String from,
    String kind,
    String source,
    String destination,
    int port,
    String reaches) {
  private static final String NOBODY = "nobody";
  private static final int LONG_BYTES = 4000;
  private static final int NAMES_PORT = 53;

  static FirewallProbe parse(String row) {
    String[] words = row.strip().split("\\s+", -1);
    return new FirewallProbe(
        row,
        words[1],
        words[2],
        words[3],
        words[4],
        words[5],
        Integer.parseInt(words[6]),
        words[7]);
  }

  /** Sends it and looks where it went. */
  void run(FirewallStreet street) throws Exception {
    street.forget();
    if (reaches.equals(NOBODY)) {
      send(street);
      seenByNobodyElse(street);
      return;
    }
    boolean seen = street.watched().contains(reaches);
    FirewallStreet.Counted counted =
        seen ? () -> street.seen(reaches) : () -> street.counter(reaches);
    // What a place has seen was just forgotten.
    long before = seen ? 0 : counted.count();
    send(street);
    if (!street.comesAbove(counted, before)) {
      fail(row + ": " + reaches + " has not seen it\n" + street.evidence(destination));
    }
    if (kind.startsWith("mss")) {
      assertEquals(kind.substring(3), street.listed(reaches, "sizes"), row);
    }
    seenByNobodyElse(street);
  }

  private void seenByNobodyElse(FirewallStreet street) throws IOException {
    for (String place : street.watched()) {
      if (!place.equals(reaches) && !(place.equals(sender()) && refusedAloud())) {
        assertEquals(0, street.seen(place), row + ": " + place + " has seen it");
      }
    }
  }

  /** The sender is told of these. */
  private boolean refusedAloud() {
    return reaches.startsWith("not_carried")
        || reaches.equals(FirewallCounter.NAMES.text())
        || (port == NAMES_PORT && reaches.startsWith("devices_"));
  }

  private boolean isOfTheShop() {
    return from.equals("till") || from.equals("guest");
  }

  private String sender() {
    return isOfTheShop() ? "client" : from;
  }

  private void send(FirewallStreet street) throws Exception {
    try {
      sendAnyway(street);
    } catch (ExecutionException e) {
      // The kernel tells a sender on the box itself.
      if (street.watched().contains(reaches) || !(e.getCause() instanceof IOException)) {
        throw e;
      }
    }
  }

  private void sendAnyway(FirewallStreet street) throws Exception {
    if (isOfTheShop()) {
      street.become(from);
      try {
        send(street, "client");
      } finally {
        street.become("client");
      }
    } else {
      send(street, from);
    }
  }

  private void send(FirewallStreet street, String place) throws Exception {
    if (kind.equals("ping")) {
      ping(street, place);
      return;
    }
    InetSocketAddress to = FirewallStreet.at(destination, port);
    InetSocketAddress own = FirewallStreet.at(source, 0);
    if (kind.startsWith("mss")) {
      street.tcp(place, own, to);
      return;
    }
    if (kind.matches("udp\\d+")) {
      street.udp(place, FirewallStreet.at(source, Integer.parseInt(kind.substring(3))), to, 10);
      return;
    }
    switch (kind) {
      case "redirect" -> IcmpError.REDIRECT.send(street.place(place), destination);
      case "stray" -> IcmpError.UNREACHABLE.send(street.place(place), destination);
      case "udp" -> street.udp(place, own, to, 10);
      case "long" -> street.udp(place, own, to, LONG_BYTES);
      case "tcp" -> street.tcp(place, own, to);
      default -> throw new IllegalArgumentException(row);
    }
  }

  /** The answer is dropped where it would be seen, so ping always fails. */
  private void ping(FirewallStreet street, String place) throws Exception {
    String mark = port == 0 ? "" : " -m " + Integer.toUnsignedString(port);
    street
        .place(place)
        .exec("sh", "-c", "ping -n -c 1 -W 0.1" + mark + " " + destination + " || true");
  }
}
