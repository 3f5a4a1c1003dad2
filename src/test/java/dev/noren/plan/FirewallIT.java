package dev.noren.plan;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** The firewall's texts in a kernel, and packets that meet them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FirewallIT {
  /** Number, firewall, sender, kind, source, destination, port (or mark), what it reaches. */
  private static final String ROUTER =
      """
        # The control: without a firewall all of it would leave by the line.
         1 none                      client udp  ::  198.51.100.9     4000 line
         2 none                      client udp  ::  2001:db8:f::9    4000 line
         3 none                      client tcp  ::  10.0.0.5         4000 line
         4 none                      client ping ::  198.51.100.9        0 line
         5 none                      client udp  ::  9.9.9.9            53 line
         6 none                      box    udp  ::  9.9.9.9            53 line
         7 none                      line   udp  ::  10.23.45.10      4000 client
         8 none                      line   tcp  ::  203.0.113.2        22 box
         9 none                      far    udp  ::  198.51.100.9     4000 line
        # A full tunnel takes all, of both families.
        10 router-full               client udp  ::  198.51.101.9     4000 far
        11 router-full               client tcp  ::  198.51.101.9      443 far
        12 router-full               client ping ::  198.51.101.9        0 far
        13 router-full               client long ::  198.51.101.9     4000 far
        14 router-full               client udp  ::  2001:db8:f::9    4000 far
        15 router-full               client tcp  ::  2001:db8:f::9     443 far
        16 router-full               client ping ::  2001:db8:f::9       0 far
        17 router-full               client long ::  2001:db8:f::9    4000 far
        18 router-full               client udp  ::  203.0.113.1      4000 far
        19 router-full               client udp  ::  203.0.113.1       123 far
        20 router-full               client udp  ::  198.51.100.9     4000 line
        # Without its routing rules nothing leaves, of clients and of Noren's own.
        21 router-full-unrouted      client udp  ::  198.51.101.9     4000 killswitch_hq
        22 router-full-unrouted      client udp  ::  2001:db8:f::9    4000 killswitch_hq
        23 router-full-unrouted      client tcp  ::  198.51.101.9      443 killswitch_hq
        24 router-full-unrouted      box    tcp  ::  198.51.101.9      443 killswitch_hq
        25 router-full-unrouted      box    udp  ::  2001:db8:f::9    4000 killswitch_hq
        26 router-full-unrouted      client udp  ::  198.51.100.9     4000 line
        27 router-full-open-unrouted client udp  ::  198.51.101.9     4000 line
        28 router-subnets-unrouted   client udp  ::  10.0.0.5         4000 killswitch_hq
        29 router-subnets-unrouted   box    udp  ::  10.0.0.5         4000 killswitch_hq
        # IPv6 that it does not carry is refused.
        30 router-full-ipv4          client udp  ::  2001:db8:f::9    4000 not_carried_hq
        31 router-full-ipv4          client tcp  ::  2001:db8:f::9     443 not_carried_hq
        32 router-full-open          client udp  ::  2001:db8:f::9    4000 not_carried_hq
        33 router-full-ipv4          box    udp  ::  2001:db8:f::9    4000 not_carried_hq
        # Noren's own goes through it too, but not the tunnel's packets, a line's probes and the time.
        34 router-full               box    udp  ::  198.51.101.9     4000 far
        35 router-full               box    udp  ::  9.9.9.9            53 far
        36 router-full               box    tcp  ::  9.9.9.9            53 far
        37 router-full               box    udp  ::  2001:db8:f::9      53 far
        38 router-full               box    udp  ::  203.0.113.1        53 far
        39 router-full               box    udp  ::  198.51.101.9      123 line
        40 router-full               box    ping ::  198.51.101.9 1852964864 line
        41 router-full               box    ping ::  198.51.101.9 1852965376 line
        42 router-full               box    ping ::  198.51.101.9 1852965377 refused_own
       106 router-full               box    udp  ::  2001:db8:5::10   4000 client
      107 router-full               box    udp  ::  10.23.45.10      4000 client
       # Split by subnet: the rest leaves by the line, the subnets do not.
        43 router-subnets            client udp  ::  10.0.0.5         4000 far
        44 router-subnets            client udp  ::  fd00:7::5        4000 not_carried_hq
        45 router-subnets            client udp  ::  10.9.0.1         4000 far
        46 router-subnets            client udp  ::  198.51.100.9     4000 line
        47 router-subnets            client udp  ::  2001:db8:f::9    4000 line
        48 router-subnets            box    udp  ::  10.0.0.5         4000 far
        49 router-subnets            box    udp  ::  198.51.100.9     4000 line
        # Names: nobody is asked but Noren.
        50 router-subnets            client udp  ::  9.9.9.9            53 box
        51 router-subnets            client tcp  ::  9.9.9.9            53 box
        52 router-subnets            client udp  ::  2001:db8:f::9      53 box
        53 router-subnets            client tcp  ::  10.0.0.5           53 box
        54 router-subnets            client tcp  ::  9.9.9.9           853 refused_names
        55 router-full               client udp  ::  9.9.9.9           853 refused_names
        56 router-free-names         client udp  ::  9.9.9.9            53 line
        57 router-free-names         client tcp  ::  9.9.9.9           853 line
        # Addresses that cannot be.
        58 router-subnets            client udp  10.99.0.1    198.51.100.9   4000 refused_address
        59 router-subnets            client udp  2001:db8:99::1 2001:db8:f::9 4000 refused_address
        60 router-subnets            line   udp  10.23.45.77  203.0.113.2   51820 refused_address
        61 router-subnets            line   udp  10.9.0.2     203.0.113.2   51820 refused_address
        62 router-subnets            line   udp  ::           10.23.45.10    4000 refused_address
        63 router-full               line   tcp  ::           fd00:9::2        22 refused_address
        64 router-subnets            client tcp  ::           10.9.0.2         22 refused_address
        65 router-subnets            far    udp  10.23.45.77  10.23.45.10    4000 refused_address
       113 router-full               far    udp  2001:db8:5::77 2001:db8:5::10 4000 refused_address
       114 router-subnets            line   udp  2001:db8:5::77 2001:db8:a::2 51820 refused_address
        # Into the shop, and on to elsewhere.
        66 router-subnets            far    udp  ::           10.23.45.10    4000 client
        67 router-subnets            far    tcp  ::           10.23.45.10     445 client
        68 router-full               far    udp  ::           2001:db8:5::10 4000 client
        69 router-subnets            far    udp  ::           198.51.100.9   4000 refused_forward
        70 router-subnets            line   udp  ::           2001:db8:5::10 4000 refused_forward
        71 router-subnets            line   tcp  ::           2001:db8:5::10  445 refused_forward
        # To Noren itself.
        72 router-subnets            line   udp  ::           203.0.113.2   51820 box
        73 router-subnets            line   udp  ::           2001:db8:a::2 51820 box
        74 router-also-ports         line   udp  ::           203.0.113.2     443 box
        75 router-also-ports         line   udp  ::           203.0.113.2      53 box
        76 router-also-ports         line   udp  ::           2001:db8:a::2    53 box
        77 router-subnets            line   udp  ::           203.0.113.2      53 refused_from_line
        78 router-subnets            line   tcp  ::           203.0.113.2      22 refused_from_line
        79 router-subnets            line   tcp  ::           2001:db8:a::2   443 refused_from_line
        80 router-subnets            line   ping ::           203.0.113.2       0 refused_from_line
        81 router-subnets            client ping ::           10.23.45.1        0 box
        82 router-subnets            client tcp  ::           10.23.45.1      443 box
        83 router-subnets            client udp  ::           10.23.45.1     4000 refused_from_lan
        84 router-subnets            far    udp  ::           10.9.0.2         53 box
        85 router-subnets            far    tcp  ::           10.9.0.2         22 refused_from_tunnel
       111 router-subnets            line   udp67 ::          203.0.113.2    4000 refused_from_line
       112 router-subnets            line   udp547 ::         2001:db8:a::2  4000 refused_from_line
       115 router-full               far    udp  ::           fd00:9::2        53 box
       116 router-also-ports         line   udp  ::           198.51.101.77   443 refused_forward
        # While nothing is known; the control are the first rows.
       171 closed                    client udp  ::           198.51.100.9   4000 nobody
       172 closed                    client udp  ::           2001:db8:f::9  4000 nobody
       173 closed                    far    udp  ::           198.51.100.9   4000 nobody
       174 closed                    box    udp  ::           9.9.9.9          53 nobody
       175 closed                    line   tcp  ::           203.0.113.2      22 nobody
       176 closed                    client tcp  ::           10.23.45.1      443 nobody
       177 closed                    line   udp67 ::          203.0.113.2    4000 nobody
        # By device, by name, and exceptions.
        90 router-choices            client udp  ::           198.51.100.9   4000 far
        91 router-choices            client long ::           198.51.100.9   4000 far
        92 router-choices            client udp  ::           2001:db8:f::9  4000 far
        93 router-choices            guest  udp  ::           198.51.100.9   4000 line
        94 router-choices            guest  udp  ::           10.0.0.5       4000 far
        95 router-choices            till   udp  ::           10.0.0.5       4000 line
        96 router-choices            guest  udp  ::           10.0.9.5       4000 line
        97 router-choices            guest  udp  ::           198.51.102.9   4000 far
        98 router-choices            guest  udp  ::           2001:db8:102::9 4000 far
        99 router-choices            guest  udp  ::           10.0.0.77      4000 line
       100 router-choices            till   udp  ::           198.51.102.9   4000 line
       101 router-full               till   udp  ::           198.51.101.9   4000 line
       102 router-full               guest  udp  ::           10.0.0.77      4000 line
       103 router-choices-unrouted   guest  udp  ::           198.51.102.9   4000 killswitch_hq
       104 router-choices-unrouted   client udp  ::           198.51.100.9   4000 killswitch_hq
        86 router-full-open          client udp  ::           198.51.101.9   4000 far
       108 router-choices            client udp  ::           fd00:9:0:1::9  4000 line
       117 router-choices            client udp  ::           2001:db8:77::77 4000 line
       109 router-choices            guest  udp  ::           2001:db8:77::9 4000 line
       110 router-choices-unrouted   guest  udp  ::           2001:db8:102::9 4000 killswitch_hq
        # Two lines: either may be taken, and neither lets anybody in or shows who is behind.
       120 router-two-lines            client udp    ::        198.51.101.9   4000 far
       121 router-two-lines-unrouted   client udp    ::        198.51.101.9   4000 killswitch_hq
       122 router-two-lines-by-second  client udp    ::        198.51.101.9   4000 far
       123 router-two-lines-by-second  box    ping   ::        192.0.2.1  1852964864 second
       124 router-two-lines-by-second  box    ping   ::        198.51.101.9 1852965377 second
       126 router-two-lines-by-second  box    ping   ::        198.51.101.9 1852965378 refused_own
       127 router-two-lines-by-second  client udp    ::        2001:db8:f::9  4000 not_carried_hq
       128 router-two-lines            second udp    ::        192.0.2.2     51820 box
       129 router-two-lines            second tcp    ::        192.0.2.2        22 refused_from_line
       130 router-two-lines            second udp    ::        10.23.45.10    4000 refused_address
       131 router-two-lines            second tcp    ::        10.9.0.2         22 refused_address
       132 router-two-lines            line   udp    ::        192.0.2.1      4000 refused_forward
       133 router-two-lines            second udp    ::        203.0.113.1    4000 refused_forward
       134 router-two-lines-no-tunnel     client udp    ::        198.51.101.9   4000 line
       135 router-two-lines-no-tunnel-by-second client udp ::       198.51.101.9   4000 second
       136 router-two-lines-no-tunnel-by-second client tcp ::       198.51.101.9    443 second
       137 router-subnets-by-second    client udp    ::        198.51.101.9   4000 refused_forward
        # Of two tunnels the one with the narrowest subnet takes it; none of it leaves unrouted.
       138 router-two-tunnels-unrouted client udp    ::        10.200.0.5     4000 killswitch_hq
       139 router-two-tunnels-unrouted client udp    ::        10.1.0.5       4000 killswitch_a/3db/2bc.d-e_f
       170 router-two-tunnels-unrouted client udp    ::        10.1.2.5       4000 killswitch_hq
        # PPPoE: the port below it is none of the router's lines.
       140 router-pppoe-by-ppp         client udp    ::        198.51.101.9   4000 ppp
       141 router-pppoe-by-ppp         client udp    ::        10.0.0.5       4000 far
       142 router-pppoe-unrouted       client udp    ::        10.0.0.5       4000 killswitch_hq
       143 router-pppoe                client udp    ::        198.51.101.9   4000 refused_forward
       144 router-pppoe                ppp    udp    ::        192.0.3.2     51820 box
       145 router-pppoe                ppp    tcp    ::        192.0.3.2        22 refused_from_line
       146 router-pppoe                line   udp    ::        203.0.113.2   51820 refused_from_line
       147 router-pppoe                line   udp    ::        10.23.45.10    4000 refused_forward
        # TCP segments fit a tunnel and a small line, over both families and both ways.
       150 none                        client mss1460 ::       198.51.101.9    443 line
       151 router-full                 client mss1380 ::       198.51.101.9    443 far
       152 router-full                 client mss1360 ::       2001:db8:f::9   443 far
       153 router-full                 client mss1460 ::       198.51.100.9    443 line
       154 router-subnets              far    mss1380 ::       10.23.45.10     445 client
       155 router-full                 far    mss1360 ::       2001:db8:5::10  445 client
       156 router-subnets              box    mss1380 ::       10.0.0.5        443 far
       157 router-pppoe-by-ppp         client mss1452 ::       198.51.101.9    443 ppp
       158 router-pppoe-by-ppp         client mss1380 ::       10.0.0.5        443 far
       159 router-small-line-by-small  client mss1414 ::       198.51.101.9    443 line
        # Whose addresses Noren's own packets may show on a line.
       160 router-full                 box    udp  10.9.0.2    198.51.100.9   4000 refused_address
       161 router-choices              box    udp  fd00:9::2   2001:db8:f::9  4000 refused_address
      """;

  private static final String BESIDE =
      """
       1 none                      client udp  ::  198.51.100.9     4000 line
       2 none                      client udp  ::  9.9.9.9            53 line
       3 none                      far    udp  ::  198.51.100.9     4000 line
       4 beside-split              client udp  ::  198.51.100.9     4000 line
       5 beside-split              client udp  ::  10.0.0.5         4000 far
       6 beside-split              client udp  ::  9.9.9.9            53 box
       7 beside-split-unrouted     client udp  ::  10.0.0.5         4000 killswitch_hq
       8 beside-split              far    udp  ::  192.168.1.10     4000 client
       9 beside-split              far    udp  ::  198.51.100.9     4000 refused_forward
      10 beside-full               client udp  ::  198.51.100.9     4000 far
      11 beside-full               client tcp  ::  198.51.100.9      443 far
      12 beside-full               client long ::  198.51.100.9     4000 far
      13 beside-full-unrouted      client udp  ::  198.51.100.9     4000 killswitch_hq
      14 beside-full               client udp  ::  2001:db8:f::9    4000 refused_forward
      15 beside-full               box    udp  ::  198.51.100.9       53 far
      16 beside-full               box    udp  ::  192.168.1.1        53 refused_own
      17 beside-full               box    tcp  ::  192.168.1.1        53 refused_own
      18 beside-full               box    udp  ::  192.168.1.10     4000 client
      19 beside-full               box    ping ::  198.51.100.9 1852964864 line
      20 beside-full               box    udp  ::  2001:db8:f::9    4000 not_carried_hq
      21 beside-full               client tcp  ::  192.168.1.50      443 box
      22 beside-full               line   udp  198.51.100.9 192.168.1.50   51820 box
      23 beside-full               line   tcp  198.51.100.9 192.168.1.50      22 refused_from_line
      24 beside-full               line   udp  198.51.100.9 10.9.0.2        4000 refused_address
      25 beside-full               client udp  ::           10.9.0.2        4000 refused_address
      26 beside-unclaimed          client udp  ::  198.51.100.9     4000 refused_forward
      27 beside-unclaimed          client tcp  ::  192.168.1.50      443 box
      28 beside-unclaimed          client udp  ::  9.9.9.9            53 refused_forward
      29 beside-split              line   udp  198.51.100.9 192.168.1.10    4000 client
      39 beside-full               box    udp  ::           192.168.1.53     53 line
        # A tunnel's subnet that lies in the shop's wide network.
      30 beside-wide               client udp  ::           192.168.1.200   4000 far
      31 beside-wide               box    udp  ::           192.168.1.200   4000 far
      32 beside-wide-unrouted      client udp  ::           192.168.1.200   4000 killswitch_hq
      33 beside-wide               far    udp  192.168.1.200 192.168.1.10   4000 client
      34 beside-wide               far    udp  192.168.1.77 192.168.1.10    4000 refused_address
      35 beside-wide               client udp  ::           198.51.100.9    4000 line
      36 beside-full               client mss1380 ::        198.51.100.9     443 far
      37 beside-split              far    mss1380 ::        192.168.1.10     445 client
      """;

  /** An address of a name that takes the tunnel. */
  private static final String LEARNT = "198.51.102.9";

  /** Not that of the tables, whose flows are to be new ones. */
  private static final int FLOW_PORT = 5000;

  /** The rules that give another's address to what leaves, and those that drop what has its own. */
  private static final Pattern HIDES =
      Pattern.compile("oifname .* (masquerade|counter name refused_address drop)$");

  private static final int CHANGES = 60;

  /** So that a flood ends, whatever happens. */
  private static final long MOST_PACKETS = 50_000_000;

  private Map<String, String> texts;
  private FirewallStreet router;
  private FirewallStreet beside;

  @BeforeAll
  void open() throws Exception {
    texts = GoldenFirewalls.texts();
    router = FirewallStreet.open(false);
    beside = FirewallStreet.open(true);
    router.place("client").batch("addr add 10.99.0.1/32 dev lo", "addr add 2001:db8:99::1 dev lo");
    router.place("line").batch("addr add 10.23.45.77/32 dev lo", "addr add 10.9.0.2/32 dev lo");
    router.place("line").batch("addr add fd00:9::77/128 dev lo", "addr add 198.51.101.8 dev lo");
    router.place("line").batch("addr add 2001:db8:5::77/128 dev lo");
    router.place("far").batch("addr add 2001:db8:5::77/128 dev lo", "addr add 198.51.101.8 dev lo");
    router.place("far").batch("addr add 10.23.45.77/32 dev lo", "addr add fd00:9::77/128 dev lo");
    // All that the name server ever said of intra.example and bank.example.
    router.apply(texts.get("router-choices"));
    router.learn("t97_names4", LEARNT);
    router.learn("t97_names6", "2001:db8:102::9");
    router.learn("t97_except4", "10.0.0.77");
    router.learn("t97_except6", "2001:db8:77::77");
    beside.place("line").batch("addr add 198.51.100.9/32 dev lo");
    beside
        .place("box")
        .batch("neigh replace 192.168.1.53 lladdr 02:00:00:00:00:04 dev eth0 nud permanent");
    beside.place("client").batch("route add 192.168.1.200 via 192.168.1.50");
    beside.place("far").batch("addr add 192.168.1.200 dev lo", "addr add 192.168.1.77 dev lo");
  }

  @AfterAll
  void close() throws Exception {
    if (beside != null) {
      beside.close();
    }
    if (router != null) {
      router.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> everyTextIsTakenByNft() {
    return texts.entrySet().stream()
        .map(each -> DynamicTest.dynamicTest(each.getKey(), () -> router.check(each.getValue())));
  }

  @TestFactory
  Stream<DynamicTest> packetsOfARouter() {
    return probes(ROUTER, router);
  }

  @TestFactory
  Stream<DynamicTest> packetsBeside() {
    return probes(BESIDE, beside);
  }

  private Stream<DynamicTest> probes(String table, FirewallStreet street) {
    List<FirewallProbe> probes =
        table
            .lines()
            .filter(row -> !row.strip().startsWith("#"))
            .map(FirewallProbe::parse)
            .toList();
    assertTrue(probes.size() > 20);
    return probes.stream()
        .map(each -> DynamicTest.dynamicTest(each.row(), () -> probe(each, street)));
  }

  private void probe(FirewallProbe probe, FirewallStreet street) throws Exception {
    boolean routed = !probe.config().endsWith("-unrouted");
    String[] words = probe.config().replace("-unrouted", "").split("-by-", 2);
    String name = words[0];
    street.need(name.equals("none") ? FirewallStreet.OPEN : texts.get(name));
    if (!routed) {
      street.unrouteTunnel();
    }
    if (words.length > 1) {
      street.leaveBy(words[1]);
    }
    try {
      probe.run(street);
    } finally {
      if (words.length > 1) {
        street.leaveBy("line");
      }
      if (!routed) {
        street.routeTunnel();
      }
    }
  }

  /** Where nobody is forced to ask Noren, 53 may lead to a tunnel; the shop's questions don't. */
  @Test
  void besideTheShopsQuestionsAreNotTakenForATunnels() throws Exception {
    beside.apply(texts.get("beside-also-ports"));
    for (int port : List.of(53, 443, 51820)) {
      beside
          .place("box")
          .exec(
              "nft",
              """
              add table inet arrived
              add counter inet arrived at_%1$d
              add chain inet arrived input { type filter hook input priority 5; }
              add rule inet arrived input udp dport %1$d counter name at_%1$d
              """
                  .formatted(port));
    }
    try {
      assertEquals(List.of(1L, 0L, 0L), arrivals("client", "::", 53));
      assertEquals(List.of(0L, 0L, 1L), arrivals("client", "::", 443));
      assertEquals(List.of(0L, 0L, 1L), arrivals("line", "198.51.100.9", 53));
      assertEquals(List.of(0L, 0L, 1L), arrivals("line", "198.51.100.9", 443));
    } finally {
      beside.place("box").exec("nft", "delete table inet arrived");
    }
  }

  /** How many of a datagram have come to the box's ports 53, 443 and 51820. */
  private List<Long> arrivals(String place, String from, int port) throws Exception {
    beside.place("box").exec("nft", "reset counters table inet arrived");
    beside
        .place(place)
        .run(
            () -> {
              try (DatagramSocket socket = new DatagramSocket(FirewallStreet.at(from, FLOW_PORT))) {
                flow(socket, "192.168.1.50", port).send();
              }
              return null;
            });
    List<Long> counts = new ArrayList<>();
    for (int each : List.of(53, 443, 51820)) {
      counts.add(beside.counter("box", "arrived", "at_" + each));
    }
    return counts;
  }

  /** Sends from one socket, so that it stays one flow. */
  private interface Flow {
    void send() throws IOException;
  }

  private static Flow flow(DatagramSocket socket, String to) throws IOException {
    return flow(socket, to, FLOW_PORT);
  }

  private static Flow flow(DatagramSocket socket, String to, int port) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[10], 10, FirewallStreet.at(to, port));
    return () -> socket.send(packet);
  }

  /** Sends until a place has seen it, since the kernel drops the packet with which a flow moves. */
  private void reaches(String place, Flow flow) throws IOException {
    router.forget();
    String other = place.equals("far") ? "line" : "far";
    for (int i = 0; i < 100 && router.seen(place) == 0; i++) {
      flow.send();
    }
    assertTrue(router.seen(place) > 0, place + " has not seen the flow");
    assertEquals(0, router.seen(other), other + " has seen the flow");
  }

  @Test
  void aFlowMovesWithTheRulesAndATunnelsStays() throws Exception {
    try (DatagramSocket socket = clientSocket()) {
      Flow flow = flow(socket, "198.51.101.8");
      router.apply(texts.get("router-subnets"));
      reaches("line", flow);
      router.apply(texts.get("router-full"));
      reaches("far", flow);
      // Nothing of it says that it is to take the tunnel, but that it has taken it.
      router.apply(texts.get("router-subnets"));
      reaches("far", flow);
    }
  }

  /** The kernel redirects what begins a flow, and nothing of one that is there. */
  @Test
  void whoAskedAnotherNameServerBeforeIsRefused() throws Exception {
    try (DatagramSocket socket = clientSocket()) {
      Flow questions = flow(socket, "198.51.101.8", 53);
      router.apply(texts.get("router-free-names"));
      reaches("line", questions);
      router.apply(texts.get("router-subnets"));
      router.forget();
      long before = router.counter(FirewallCounter.NAMES.text());
      questions.send();
      assertTrue(router.comesAbove(() -> router.counter(FirewallCounter.NAMES.text()), before));
      assertEquals(0, router.seen("line"));
    }
  }

  @Test
  void anExceptionHoldsForTheFlowsThatAreThere() throws Exception {
    try (DatagramSocket socket = clientSocket()) {
      Flow flow = flow(socket, "198.51.100.8");
      router.apply(texts.get("router-full-ipv4"));
      reaches("far", flow);
      router.apply(texts.get("router-full"));
      reaches("line", flow);
      router.apply(texts.get("router-full-ipv4"));
      reaches("far", flow);
    }
  }

  /** The last line of defence, should no rule before it have known what to do with a packet. */
  @Test
  void whatNobodyMarkedDoesNotLeavePastAFullTunnel() throws Exception {
    String text = texts.get("router-full");
    String blind = text.replace("\t\tjump destinations\n", "");
    assertNotEquals(text, blind);
    router.apply(blind);
    new FirewallProbe(
            "nobody marked it",
            "",
            "client",
            "udp",
            "::",
            "198.51.101.9",
            FLOW_PORT,
            FirewallCounter.DIRECT.text())
        .run(router);
  }

  @Test
  void withoutAKillSwitchAFlowLeavesByTheLineAndIsAnswered() throws Exception {
    router.apply(texts.get("router-full-open"));
    try (DatagramSocket socket = clientSocket()) {
      Flow flow = flow(socket, "198.51.101.8");
      reaches("far", flow);
      router.unrouteTunnel();
      try {
        reaches("line", flow);
        router.udp(
            "line",
            FirewallStreet.at("198.51.101.8", FLOW_PORT),
            FirewallStreet.at("203.0.113.2", socket.getLocalPort()),
            10);
        assertTrue(router.comesAbove(() -> router.seen("client"), 0));
      } finally {
        router.routeTunnel();
      }
    }
  }

  @Test
  void whatASmallLineAnswersIsAskedForSmallSegmentsToo() throws Exception {
    router.apply(texts.get("router-pppoe"));
    router.leaveBy("ppp");
    InetSocketAddress server = FirewallStreet.at("192.0.3.1", FirewallStreet.ANSWERED_PORT);
    try (ServerSocket socket = router.place("ppp").run(() -> new ServerSocket())) {
      router.place("ppp").run(() -> bind(socket, server));
      router.forget();
      router.tcp("client", FirewallStreet.at("::", 0), server);
      assertTrue(router.comesAbove(() -> router.seen("client"), 0), "it is answered");
      assertEquals("1452", router.listed("ppp", "sizes"));
      assertEquals("1452", router.listed("client", "sizes"));
    } finally {
      router.leaveBy("line");
    }
  }

  private static Void bind(ServerSocket socket, InetSocketAddress to) throws IOException {
    socket.bind(to);
    return null;
  }

  /** The kernel asks once for each flow how its addresses are changed; here it asked before. */
  @Test
  void aFlowFromBeforeTheRulesDoesNotShowWhoIsBehind() throws Exception {
    hidesWhoIsBehind(router, "router-subnets", "line");
    hidesWhoIsBehind(router, "router-two-lines-no-tunnel", "second");
    hidesWhoIsBehind(beside, "beside-split", "line");
  }

  private void hidesWhoIsBehind(FirewallStreet street, String text, String line) throws Exception {
    String bare =
        texts.get(text).lines().filter(each -> !HIDES.matcher(each).find()).collect(joining("\n"));
    street.apply(bare + "\n");
    if (street == router) {
      street.leaveBy(line);
    }
    try (DatagramSocket socket = street.place("client").run(() -> new DatagramSocket())) {
      Flow flow = flow(socket, "198.51.101.7");
      street.forget();
      flow.send();
      assertTrue(street.comesAbove(() -> street.seen(line), 0), "the control");
      street.apply(texts.get(text));
      street.forget();
      long before = street.counter(FirewallCounter.ADDRESS.text());
      flow.send();
      assertTrue(
          street.comesAbove(() -> street.counter(FirewallCounter.ADDRESS.text()), before), text);
      assertEquals(0, street.seen(line), text);
    } finally {
      if (street == router) {
        street.leaveBy("line");
      }
    }
  }

  @Test
  void answersComeBackAndNobodyElseCanSendThem() throws Exception {
    router.apply(texts.get("router-choices"));
    InetSocketAddress far = FirewallStreet.at("fd00:9::77", FLOW_PORT);
    try (DatagramSocket socket = clientSocket()) {
      reaches("far", flow(socket, "fd00:9::77"));
      InetSocketAddress client = FirewallStreet.at("2001:db8:5::10", socket.getLocalPort());
      router.forget();
      long before = router.counter(FirewallCounter.ADDRESS.text());
      router.udp("line", far, client, 10);
      assertTrue(router.comesAbove(() -> router.counter(FirewallCounter.ADDRESS.text()), before));
      assertEquals(0, router.seen("client"));
      router.udp("far", far, client, 10);
      assertTrue(router.comesAbove(() -> router.seen("client"), 0));
    }
  }

  @Test
  void aTunnelDoesNotAnswerALinesFlow() throws Exception {
    router.apply(texts.get("router-subnets"));
    InetSocketAddress server = FirewallStreet.at("198.51.101.8", FLOW_PORT);
    try (DatagramSocket socket = clientSocket()) {
      reaches("line", flow(socket, "198.51.101.8"));
      InetSocketAddress outside = FirewallStreet.at("203.0.113.2", socket.getLocalPort());
      router.forget();
      long before = router.counter(FirewallCounter.ADDRESS.text());
      router.udp("far", server, outside, 10);
      assertTrue(router.comesAbove(() -> router.counter(FirewallCounter.ADDRESS.text()), before));
      assertEquals(0, router.seen("client"));
      router.udp("line", server, outside, 10);
      assertTrue(router.comesAbove(() -> router.seen("client"), 0), "the line answers it");
    }
  }

  @Test
  void norensOwnFlowsAreAnswered() throws Exception {
    router.apply(texts.get("router-subnets"));
    try (DatagramSocket socket = router.place("box").run(() -> new DatagramSocket())) {
      reaches("line", flow(socket, "198.51.101.8"));
      InetSocketAddress own = FirewallStreet.at("203.0.113.2", socket.getLocalPort());
      router.udp("line", FirewallStreet.at("198.51.101.8", FLOW_PORT), own, 10);
      assertTrue(router.comesAbove(() -> router.seen("box"), 0));
    }
  }

  @Test
  void whoSendsIsSeenAsTheAddressOfTheWayThatIsTaken() throws Exception {
    senders("router-choices", "box", "10.0.0.5", "far", "10.9.0.2");
    senders("router-choices", "box", "2001:db8:102::9", "far", "fd00:9::2");
    senders("router-choices", "client", "198.51.100.9", "far", "10.23.45.10");
    senders("router-subnets", "client", "10.0.0.5", "far", "10.9.0.2");
    senders("router-subnets", "client", "198.51.100.9", "line", "203.0.113.2");
    router.leaveBy("second");
    try {
      senders("router-two-lines-no-tunnel", "client", "198.51.100.9", "second", "192.0.2.2");
    } finally {
      router.leaveBy("line");
    }
  }

  private void senders(String text, String from, String to, String reaches, String seenAs)
      throws Exception {
    router.need(texts.get(text));
    router.forget();
    router.udp(from, FirewallStreet.at("::", 0), FirewallStreet.at(to, 4000), 10);
    assertTrue(router.comesAbove(() -> router.seen(reaches), 0), text);
    String set = to.contains(":") ? "senders6" : "senders4";
    assertEquals(seenAs, router.listed(reaches, set), text);
  }

  @Test
  void aDeviceBesideAnswersTheFarShopThroughNoren() throws Exception {
    beside.apply(texts.get("beside-split"));
    InetSocketAddress far = FirewallStreet.at("10.9.0.1", FLOW_PORT);
    try (DatagramSocket socket = beside.place("client").run(() -> new DatagramSocket())) {
      beside.forget();
      beside.udp("far", far, FirewallStreet.at("192.168.1.10", socket.getLocalPort()), 10);
      assertTrue(beside.comesAbove(() -> beside.seen("client"), 0));
      assertEquals("192.168.1.50", beside.listed("client", "senders4"));
      flow(socket, "192.168.1.50").send();
      assertTrue(beside.comesAbove(() -> beside.seen("far"), 0));
    }
  }

  @Test
  void besideNobodyOnTheLineIsATunnelsAddress() throws Exception {
    beside.place("line").batch("addr add 10.9.0.2 dev lo");
    try {
      String to = "192.168.1.50";
      String counter = FirewallCounter.ADDRESS.text();
      beside.apply(texts.get("beside-full"));
      new FirewallProbe("", "", "line", "udp", "10.9.0.2", to, 51820, counter).run(beside);
    } finally {
      beside.place("line").batch("addr del 10.9.0.2 dev lo");
    }
  }

  /** A full tunnel does not take what Noren answers in the shop for a question to a name server. */
  @Test
  void aDeviceBesideIsAnsweredForNames() throws Exception {
    beside.apply(texts.get("beside-full"));
    InetSocketAddress noren = FirewallStreet.at("192.168.1.50", 53);
    InetSocketAddress device = FirewallStreet.at("192.168.1.10", FirewallStreet.ANSWERED_PORT);
    try (DatagramSocket server = beside.place("box").run(() -> new DatagramSocket(noren));
        DatagramSocket asker = beside.place("client").run(() -> new DatagramSocket(device))) {
      server.setSoTimeout(10_000);
      asker.setSoTimeout(10_000);
      asker.send(new DatagramPacket(new byte[10], 10, noren));
      DatagramPacket question = new DatagramPacket(new byte[10], 10);
      server.receive(question);
      server.send(question);
      asker.receive(question);
      assertEquals(noren, question.getSocketAddress());
    }
  }

  /** A port where nobody listens is told of, as a packet that is too long would be. */
  @Test
  void errorsThatBelongToAFlowComeBack() throws Exception {
    router.apply(texts.get("router-subnets"));
    for (String place : List.of("client", "box")) {
      router.forget();
      router.udp(
          place,
          FirewallStreet.at("::", 0),
          FirewallStreet.at("203.0.113.1", FirewallStreet.ANSWERED_PORT),
          10);
      assertTrue(router.comesAbove(() -> router.seen(place), 0), place);
    }
  }

  @Test
  void aFlowOutOfATunnelIsAnsweredThroughItEvenByAnException() throws Exception {
    router.apply(texts.get("router-choices"));
    router.become("till");
    try (DatagramSocket socket = clientSocket()) {
      router.udp(
          "far",
          FirewallStreet.at("fd00:9::77", FLOW_PORT),
          FirewallStreet.at("2001:db8:5::10", socket.getLocalPort()),
          10);
      reaches("far", flow(socket, "fd00:9::77"));
    } finally {
      router.become("client");
    }
  }

  /** Any socket of the client's that can send to both families. */
  private DatagramSocket clientSocket() throws Exception {
    return router.place("client").run(() -> new DatagramSocket());
  }

  @Test
  void noPacketGoesTheWrongWayWhileTheTextsChange() throws Exception {
    router.become("guest");
    try {
      assertEquals(0, seenByLineDuring(() -> change("router-full", "router-choices")));
      assertEquals(0, seenByLineDuring(() -> change("router-choices", "router-choices")));
      assertEquals(0, seenByLineDuring(() -> change("closed", "router-full-ipv4")));
      // The same eyes see the flood where nothing stops it.
      assertTrue(seenByLineDuring(() -> change("router-choices", "router-no-tunnel")) > 0);
      router.apply(texts.get("router-choices"));
      assertTrue(
          router.place("box").exec("nft", "list set inet noren t97_names4").contains(LEARNT));
    } finally {
      router.become("client");
    }
  }

  @Test
  void aSetOfNamesHasAnEndAndKeepsWhatItHas() throws Exception {
    String set = "t97_except6";
    router.apply(texts.get("router-choices"));
    try {
      String many =
          IntStream.range(0, 1 << 18)
              .mapToObj(i -> "fd00::%x:%x".formatted(i >>> 16, i & 0xffff))
              .collect(Collectors.joining(","));
      router.learn(set, many);
      IOException thrown = assertThrows(IOException.class, () -> router.learn(set, "fd00:1::"));
      assertTrue(thrown.getMessage().contains("Too many"), thrown.getMessage());
      // What is there may be told again, and stays while the texts change.
      router.apply(texts.get("router-choices"));
      router.learn(set, "fd00::3:ffff");
    } finally {
      router.place("box").exec("nft", "flush set inet noren " + set);
    }
  }

  private Void change(String one, String other) throws IOException {
    for (int i = 0; i < CHANGES; i++) {
      router.apply(texts.get(i % 2 == 0 ? one : other));
    }
    return null;
  }

  /** What the line sees of a flood of packets, each of which is to take the tunnel. */
  private long seenByLineDuring(Callable<Void> changes) throws Exception {
    changes.call();
    router.forget();
    AtomicBoolean done = new AtomicBoolean();
    FutureTask<Long> flood =
        new FutureTask<>(
            () ->
                router
                    .place("client")
                    .run(
                        () -> {
                          long sent = 0;
                          while (!done.get() && sent < MOST_PACKETS) {
                            // A new flow each time, and many packets of each.
                            try (DatagramSocket socket = new DatagramSocket()) {
                              for (int i = 0; i < 20; i++) {
                                flow(socket, "10.0.0.5").send();
                                flow(socket, LEARNT).send();
                                sent += 2;
                              }
                            } catch (IOException e) {
                              // What is refused aloud is told to the sender.
                              sent++;
                            }
                          }
                          return sent;
                        }));
    Thread thread = new Thread(flood, "flood");
    thread.start();
    try {
      changes.call();
    } finally {
      done.set(true);
    }
    assertTrue(flood.get() > CHANGES);
    assertTrue(router.seen("far") > 0);
    return router.seen("line");
  }
}
