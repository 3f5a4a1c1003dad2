package dev.noren.plan;

import dev.noren.linux.Netns;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A box with nothing of Noren's running on it but its firewall's text, and what is around it; each
 * place counts the packets that reach it and answers none. The tunnel hq is a link to the far end.
 *
 * <pre>
 * router   client 10.23.45.10 --- br-lan .1 box eth0 203.0.113.2 --- .1 line
 *          2001:db8:5::10         ::1           2001:db8:a::2        ::1
 *                                           box eth2 192.0.2.2 ----- .1 second
 *                                           box ppp0 192.0.3.2 ----- .1 ppp, of 1492 bytes
 * beside   client 192.168.1.10 -- switch -- .50 eth0 box;  switch -- .1 line
 * both     box hq 10.9.0.2 fd00:9::2 --- 10.9.0.1 fd00:9::1 far
 * with devices   box staff 10.8.0.1 fd00:8::1 --- phone, which has the addresses of all of them
 * </pre>
 */
final class FirewallStreet implements AutoCloseable {
  /** How often a counter is looked at before a packet is called lost. */
  private static final int LOOKS = 400;

  /** Takes all rules out, lets everything pass, and leaves what the sets hold. */
  static final String OPEN =
      """
      add table inet noren
      flush table inet noren
      table inet noren {
        chain forward { type filter hook forward priority filter; policy accept; }
        chain input { type filter hook input priority filter; policy accept; }
        chain leaving { type filter hook postrouting priority filter; policy accept; }
      }
      """;

  /**
   * The only port of a place that its kernel answers, by an error where nobody listens; the box
   * answers what comes from it.
   */
  static final int ANSWERED_PORT = 4443;

  private static final int NUMBER = 97;

  /** The number of the tunnel staff, which follows from its name. */
  private static final int STAFF = 71;

  private static final String MARK = Marks.hex(Marks.ofTunnel(NUMBER));
  private static final String TABLE = Integer.toString(Marks.tableOfTunnel(NUMBER));
  private static final String RULE = "26597";

  private static final Pattern ELEMENTS = Pattern.compile("elements = \\{([^}]*)\\}");
  private static final Pattern PACKETS = Pattern.compile("packets (\\d+)");

  private static final String WATCH =
      """
      table inet watch {
        counter seen { }
        set sizes { typeof tcp option maxseg size; flags dynamic; size 64; }
        set senders4 { type ipv4_addr; flags dynamic; size 64; }
        set senders6 { type ipv6_addr; flags dynamic; size 64; }
        chain watch {
          type filter hook prerouting priority -500
          iifname != "DEVICE" accept
          add @sizes { tcp option maxseg size }
          add @senders4 { ip saddr }
          add @senders6 { ip6 saddr }
          meta l4proto { tcp, udp } th dport ANSWERED accept
          icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert, nd-router-solicit } accept
          icmpv6 type { mld-listener-query, mld-listener-report, mld2-listener-report } accept
          meta l4proto igmp accept
          counter name seen drop
        }
      }
      """;

  private static final String BOX_WATCH =
      """
      table inet watch {
        counter seen { }
        chain watch {
          type filter hook input priority 10
          iifname "lo" accept
          udp sport ANSWERED accept
          meta l4proto { tcp, udp } counter name seen drop
          icmp type { echo-request, destination-unreachable } counter name seen drop
          icmpv6 type echo-request counter name seen drop
        }
      }
      """;

  private static final String FORGET_COUNTS = "reset counters table inet watch";

  private static final String FORGET =
      "flush set inet watch sizes; flush set inet watch senders4; flush set inet watch senders6; "
          + FORGET_COUNTS;

  /** The devices that a client can be, by the names that the tables have for them. */
  private static final Map<String, String> DEVICES =
      Map.of(
          "till", "02:00:00:00:00:11",
          "client", "02:00:00:00:00:12",
          "guest", "02:00:00:00:00:13");

  private final Map<String, Netns> places = new LinkedHashMap<>();
  private final boolean beside;
  private String applied;

  private FirewallStreet(boolean beside) {
    this.beside = beside;
  }

  static FirewallStreet open(boolean beside) throws IOException {
    return open(beside, false);
  }

  /** One with the tunnel staff, by which devices call in. */
  static FirewallStreet withDevices(boolean beside) throws IOException {
    return open(beside, true);
  }

  private static FirewallStreet open(boolean beside, boolean devices) throws IOException {
    FirewallStreet street = new FirewallStreet(beside);
    try {
      if (devices) {
        street.places.put("phone", Netns.create((beside ? "b" : "r") + "phone"));
      }
      for (String place : beside ? List.of("switch") : List.of("second", "ppp")) {
        street.places.put(place, Netns.create((beside ? "b" : "r") + place));
      }
      for (String place : List.of("client", "box", "line", "far")) {
        street.places.put(place, Netns.create((beside ? "b" : "r") + place.charAt(0)));
      }
      street.build();
      return street;
    } catch (IOException | RuntimeException e) {
      street.close();
      throw e;
    }
  }

  Netns place(String name) {
    return places.get(name);
  }

  private void build() throws IOException {
    // As the router does: or what goes from the shop into it again would never be routed.
    place("box")
        .exec("sh", "-c", "sysctl -qw net.bridge.bridge-nf-call-iptables=0 2>/dev/null || true");
    link("box", "hq", "far", "far0");
    place("box").ip("link", "set", "hq", "mtu", "1420");
    address("box", "hq", "10.9.0.2/24", "fd00:9::2/64");
    address("far", "far0", "10.9.0.1/24", "fd00:9::1/64");
    place("far").batch("route add default via 10.9.0.2", "route add ::/0 via fd00:9::2");
    neighbours("box", "hq", "far", "far0", "10.9.0.2 10.9.0.1", "fd00:9::2 fd00:9::1");
    if (beside) {
      buildBeside();
    } else {
      buildRouter();
    }
    place("box")
        .exec(
            "sysctl",
            "-qw",
            "net.ipv4.ip_forward=1",
            "net.ipv6.conf.all.forwarding=1",
            "net.ipv4.conf.all.rp_filter=0",
            "net.ipv4.conf.all.send_redirects=0",
            "net.ipv4.conf.default.send_redirects=0",
            "net.ipv4.conf.eth0.send_redirects=0",
            "net.ipv4.conf.eth0.rp_filter=0",
            "net.ipv4.conf.hq.rp_filter=0");
    routeTunnel();
    if (places.containsKey("phone")) {
      buildPhone();
    }
    for (String place : watched()) {
      String rules = place.equals("box") ? BOX_WATCH : WATCH.replace("DEVICE", place + "0");
      nft(place, rules.replace("ANSWERED", Integer.toString(ANSWERED_PORT)));
    }
  }

  private void buildPhone() throws IOException {
    link("box", "staff", "phone", "phone0");
    address("box", "staff", "10.8.0.1/24", "fd00:8::1/64");
    neighbours("box", "staff", "phone", "phone0", "10.8.0.1 10.8.0.20", "fd00:8::1 fd00:8::20");
    for (int i = 2; i <= 10; i++) {
      address("phone", "phone0", "10.8.0." + i + "/24", "fd00:8::" + i + "/64");
      neighbours(
          "box", "staff", "phone", "phone0", "10.8.0.1 10.8.0." + i, "fd00:8::1 fd00:8::" + i);
    }
    place("phone")
        .batch(
            "addr add 10.0.0.9/32 dev lo",
            "route add 10.8.0.20 via 10.8.0.1",
            "route add default via 10.8.0.1",
            "route add ::/0 via fd00:8::1");
    place("box")
        .exec(
            "sysctl",
            "-qw",
            "net.ipv4.conf.staff.rp_filter=0",
            "net.ipv4.conf.staff.send_redirects=0");
    for (String family : List.of("-4", "-6")) {
      String gateway = family.equals("-4") ? "10.8.0.20" : "fd00:8::20";
      String table = Integer.toString(Marks.tableOfTunnel(STAFF));
      String priority = Integer.toString(Marks.ruleOfTunnel(STAFF));
      String mark = Marks.hex(Marks.ofTunnel(STAFF));
      place("box").ip(family, "rule", "add", "priority", priority, "fwmark", mark, "lookup", table);
      place("box")
          .ip(family, "route", "add", "default", "via", gateway, "dev", "staff", "table", table);
    }
  }

  /** The places that count what reaches them. */
  List<String> watched() {
    return places.keySet().stream().filter(place -> !place.equals("switch")).toList();
  }

  private void buildRouter() throws IOException {
    place("box")
        .batch("link add br-lan address " + mac("br-lan") + " type bridge", "link set br-lan up");
    link("box", "eth1", "client", "client0");
    place("box").ip("link", "set", "eth1", "master", "br-lan");
    link("box", "eth0", "line", "line0");
    address("box", "br-lan", "10.23.45.1/24", "2001:db8:5::1/64");
    place("box").ip("addr", "add", Layout.FIXED + "/32", "scope", "host", "dev", "br-lan");
    address("client", "client0", "10.23.45.10/24", "2001:db8:5::10/64");
    address("box", "eth0", "203.0.113.2/24", "2001:db8:a::2/64");
    address("line", "line0", "203.0.113.1/24", "2001:db8:a::1/64");
    place("client").batch("route add default via 10.23.45.1", "route add ::/0 via 2001:db8:5::1");
    place("box").batch("route add default via 203.0.113.1", "route add ::/0 via 2001:db8:a::1");
    furtherLine("eth2", "second", "192.0.2");
    furtherLine("ppp0", "ppp", "192.0.3");
    place("box").ip("link", "set", "ppp0", "mtu", "1492");
    place("line").batch("route add default via 203.0.113.2", "route add ::/0 via 2001:db8:a::2");
    neighbours(
        "box",
        "br-lan",
        "client",
        "client0",
        "10.23.45.1 10.23.45.10",
        "2001:db8:5::1 2001:db8:5::10");
    neighbours(
        "box", "eth0", "line", "line0", "203.0.113.2 203.0.113.1", "2001:db8:a::2 2001:db8:a::1");
  }

  private void furtherLine(String device, String place, String net) throws IOException {
    String other = place + "0";
    link("box", device, place, other);
    place("box").ip("address", "add", net + ".2/24", "dev", device);
    place(place).ip("address", "add", net + ".1/24", "dev", other);
    place(place).ip("route", "add", "default", "via", net + ".2");
    neighbours("box", device, place, other, net + ".2 " + net + ".1");
  }

  /** By which line a router's packets leave, as far as no tunnel takes them. */
  void leaveBy(String line) throws IOException {
    String way =
        switch (line) {
          case "line" -> "203.0.113.1";
          case "small" -> "203.0.113.1 mtu 1454";
          case "second" -> "192.0.2.1";
          case "ppp" -> "192.0.3.1";
          default -> throw new IllegalArgumentException(line);
        };
    place("box").batch("route replace default via " + way);
  }

  private void buildBeside() throws IOException {
    place("switch").batch("link add sw type bridge", "link set sw up");
    link("box", "eth0", "switch", "to-box");
    link("client", "client0", "switch", "to-client");
    link("line", "line0", "switch", "to-line");
    for (String port : List.of("to-box", "to-client", "to-line")) {
      place("switch").ip("link", "set", port, "master", "sw");
    }
    address("box", "eth0", "192.168.1.50/24", "2001:db8:5::50/64");
    address("client", "client0", "192.168.1.10/24", "2001:db8:5::10/64");
    address("line", "line0", "192.168.1.1/24", "2001:db8:5::1/64");
    place("client")
        .batch("route add default via 192.168.1.50", "route add ::/0 via 2001:db8:5::50");
    place("box").batch("route add default via 192.168.1.1", "route add ::/0 via 2001:db8:5::1");
    place("line").batch("route add default via 192.168.1.50", "route add ::/0 via 2001:db8:5::50");
    neighbours(
        "box",
        "eth0",
        "client",
        "client0",
        "192.168.1.50 192.168.1.10",
        "2001:db8:5::50 2001:db8:5::10");
    neighbours(
        "box", "eth0", "line", "line0", "192.168.1.50 192.168.1.1", "2001:db8:5::50 2001:db8:5::1");
  }

  /** The routing rules that go with the firewall's marks. */
  void routeTunnel() throws IOException {
    for (String family : List.of("-4", "-6")) {
      String gateway = family.equals("-4") ? "10.9.0.1" : "fd00:9::1";
      place("box").ip(family, "rule", "add", "priority", RULE, "fwmark", MARK, "lookup", TABLE);
      place("box")
          .ip(family, "route", "add", "default", "via", gateway, "dev", "hq", "table", TABLE);
    }
  }

  /** As after the end of a process whose successor has not come yet: the firewall stands alone. */
  void unrouteTunnel() throws IOException {
    for (String family : List.of("-4", "-6")) {
      place("box").ip(family, "rule", "del", "priority", RULE);
      place("box").ip(family, "route", "flush", "table", TABLE);
    }
  }

  private void link(String one, String device, String other, String otherDevice)
      throws IOException {
    place(one)
        .batch(
            "link add %s type veth peer name %s netns %s"
                .formatted(device, otherDevice, place(other).name()));
    for (String[] end : new String[][] {{one, device}, {other, otherDevice}}) {
      place(end[0])
          .batch("link set %s address %s addrgenmode none up".formatted(end[1], mac(end[1])));
    }
  }

  /** Each device of a street has another name. */
  private static String mac(String device) {
    return switch (device) {
      case "client0" -> DEVICES.get("client");
      case "br-lan" -> "02:00:00:00:00:01";
      case "eth0" -> "02:00:00:00:00:02";
      case "hq" -> "02:00:00:00:00:03";
      case "line0" -> "02:00:00:00:00:04";
      case "far0" -> "02:00:00:00:00:05";
      case "eth2" -> "02:00:00:00:00:06";
      case "second0" -> "02:00:00:00:00:07";
      case "ppp0" -> "02:00:00:00:00:08";
      default -> "02:00:00:00:01:%02x".formatted(device.hashCode() & 0xff);
    };
  }

  /** Makes the client of a router's another device of the shop. */
  void become(String device) throws IOException {
    String mac = DEVICES.get(device);
    place("client").ip("link", "set", "client0", "address", mac);
    String change = "neigh replace %s lladdr " + mac + " dev br-lan nud permanent";
    place("box").batch(change.formatted("10.23.45.10"), change.formatted("2001:db8:5::10"));
    // The addresses of others were forgotten with the own one.
    String box = "neigh replace %s lladdr " + mac("br-lan") + " dev client0 nud permanent";
    place("client").batch(box.formatted("10.23.45.1"), box.formatted("2001:db8:5::1"));
  }

  /** Nobody has to ask for a neighbour, so that a packet is there at once or not at all. */
  private void neighbours(
      String one, String device, String other, String otherDevice, String... nets)
      throws IOException {
    for (String pair : nets) {
      String[] ends = pair.split(" ", -1);
      place(one)
          .batch(
              "neigh replace %s lladdr %s dev %s nud permanent"
                  .formatted(ends[1], mac(otherDevice), device));
      place(other)
          .batch(
              "neigh replace %s lladdr %s dev %s nud permanent"
                  .formatted(ends[0], mac(device), otherDevice));
    }
  }

  private void address(String place, String device, String v4, String v6) throws IOException {
    place(place)
        .batch("addr add " + v4 + " dev " + device, "addr add " + v6 + " dev " + device + " nodad");
  }

  /** Lets nft look at a text. */
  void check(String text) throws IOException {
    nft("box", text, "-c");
  }

  /** Puts addresses, with commas between them, into a set, as dnsmasq does. */
  void learn(String set, String addresses) throws IOException {
    nft("box", "add element inet noren " + set + " { " + addresses + " }\n");
  }

  /** Puts a text in force on the box. */
  void apply(String text) throws IOException {
    nft("box", text);
    applied = text;
  }

  /** Puts a text in force where another one is. */
  void need(String text) throws IOException {
    if (!text.equals(applied)) {
      apply(text);
    }
  }

  /** Gives nft a text. */
  private void nft(String place, String text, String... options) throws IOException {
    Path file = Files.createTempFile(Netns.unique("nft"), ".nft");
    try {
      Files.writeString(file, text);
      List<String> command = new ArrayList<>(List.of("nft"));
      command.addAll(List.of(options));
      command.addAll(List.of("-f", file.toString()));
      place(place).exec(command.toArray(String[]::new));
    } finally {
      Files.delete(file);
    }
  }

  /** What a place has seen since the last {@link #forget}. */
  long seen(String place) throws IOException {
    return counter(place, "watch", "seen");
  }

  long counter(String name) throws IOException {
    return counter("box", Marks.NFT_TABLE, name);
  }

  long counter(String place, String table, String name) throws IOException {
    Matcher packets =
        PACKETS.matcher(place(place).exec("nft", "list", "counter", "inet", table, name));
    if (!packets.find()) {
      throw new IOException("no counter " + name);
    }
    return Long.parseLong(packets.group(1));
  }

  void forget() throws IOException {
    for (String place : watched()) {
      place(place).exec("nft", place.equals("box") ? FORGET_COUNTS : FORGET);
    }
  }

  /**
   * What a place has seen since, as nft lists it.
   *
   * @param what {@code sizes} of TCP segments that it was asked to keep to, {@code senders4} or
   *     {@code senders6}
   */
  String listed(String place, String what) throws IOException {
    String set = place(place).exec("nft", "list", "set", "inet", "watch", what);
    Matcher elements = ELEMENTS.matcher(set);
    return elements.find() ? elements.group(1).strip() : "";
  }

  /** Looks until a counter is above a number; says whether it came to that. */
  boolean comesAbove(Counted counted, long before) throws IOException {
    for (int i = 0; i < LOOKS; i++) {
      if (counted.count() > before) {
        return true;
      }
    }
    return false;
  }

  /** Where a packet may have been lost: ways, neighbours, counters and flows. */
  String evidence(String destination) throws IOException {
    StringBuilder evidence = new StringBuilder();
    for (String place : List.of("client", "box")) {
      for (String command :
          List.of(
              "ip route get " + destination,
              "ip -s neigh show",
              "ip -s link",
              "nft list counters",
              "cat /proc/net/nf_conntrack",
              "nft list ruleset")) {
        evidence.append("\n# ").append(place).append(": ").append(command).append('\n');
        evidence.append(place(place).exec("sh", "-c", command + " 2>&1 || true"));
      }
    }
    return evidence.toString();
  }

  /** A counter of some place. */
  interface Counted {
    long count() throws IOException;
  }

  /** Sends one UDP datagram. */
  void udp(String place, InetSocketAddress from, InetSocketAddress to, int bytes) throws Exception {
    place(place)
        .run(
            () -> {
              try (DatagramSocket socket = new DatagramSocket(from)) {
                socket.send(new DatagramPacket(new byte[bytes], bytes, to));
              }
              return null;
            });
  }

  /** Sends the first packet of a TCP connection. */
  void tcp(String place, InetSocketAddress from, InetSocketAddress to) throws Exception {
    place(place)
        .run(
            () -> {
              try (SocketChannel channel = SocketChannel.open()) {
                channel.configureBlocking(false);
                channel.bind(from);
                if (channel.connect(to)) {
                  throw new IOException("connected to " + to + ", where nobody listens");
                }
              }
              return null;
            });
  }

  /** A port of an address; any free one where it is 0. */
  static InetSocketAddress at(String address, int port) throws IOException {
    return new InetSocketAddress(InetAddress.getByName(address), port);
  }

  @Override
  public void close() throws IOException {
    for (Netns netns : places.values()) {
      netns.close();
    }
    places.clear();
  }
}
