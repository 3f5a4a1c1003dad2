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
  /** An address of a name that takes the tunnel. */
  private static final String LEARNT = "198.51.102.9";

  /** An address of a name that is excepted. */
  private static final String EXCEPTED = "2001:db8:77::77";

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
    router.place("far").batch("addr add 10.50.0.5/32 dev lo", "addr add 10.51.0.5/32 dev lo");
    router.place("far").batch("addr add 10.9.0.6/32 dev lo", "addr add fd00:50::7/128 dev lo");
    // All that the name server ever said of intra.example and bank.example.
    router.apply(texts.get("router-choices"));
    router.learn("t97_names4", LEARNT);
    router.learn("t97_names6", "2001:db8:102::9");
    router.learn("t97_except4", "10.0.0.77");
    router.learn("t97_except6", EXCEPTED);
    beside.place("line").batch("addr add 198.51.100.9/32 dev lo");
    beside.place("box").batch("addr add 198.51.100.50/32 dev lo");
    beside
        .place("box")
        .batch("neigh replace 192.168.1.53 lladdr 02:00:00:00:00:04 dev eth0 nud permanent");
    beside.place("client").batch("route add 192.168.1.200 via 192.168.1.50");
    beside.place("far").batch("addr add 10.50.0.5/32 dev lo", "addr add 10.51.0.5/32 dev lo");
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
  Stream<DynamicTest> packetsOfARouter() throws Exception {
    return FirewallTable.tests("router.packets", texts, config -> router);
  }

  @TestFactory
  Stream<DynamicTest> packetsBeside() throws Exception {
    return FirewallTable.tests("beside.packets", texts, config -> beside);
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

  /** Who is seen where: overlapping networks see each other, and other shops, as others. */
  @Test
  void overlappingNetworksSeeEachOtherAsOthers() throws Exception {
    router.apply(texts.get("router-mapped"));
    assertEquals("10.64.1.10", sender(router, "client", "::", "10.64.2.77", "far"));
    assertEquals("10.64.2.77", sender(router, "far", "10.23.45.77", "10.64.1.10", "client"));
    assertEquals("10.64.2.77", sender(router, "far", "10.23.45.77", "10.51.0.6", "far"));
    assertEquals("10.51.0.5", sender(router, "far", "10.51.0.5", "10.64.1.10", "client"));
    assertEquals("10.9.0.2", sender(router, "box", "::", "10.64.2.78", "far"));
    router.apply(texts.get("router-mapped-there"));
    assertEquals("10.64.1.10", sender(router, "client", "::", "10.64.2.79", "far"));
    beside.apply(texts.get("beside-mapped"));
    assertEquals("10.64.1.10", sender(beside, "client", "::", "10.64.2.77", "far"));
    assertEquals("192.168.1.50", sender(beside, "far", "192.168.1.77", "10.64.1.10", "client"));
  }

  /** A far shop that goes out is seen as this one and answered, until it may do so no longer. */
  @Test
  void aFarShopGoesOutAsThisOneAndIsAnswered() throws Exception {
    router.apply(texts.get("router-internet-hub"));
    assertEquals("203.0.113.2", sender(router, "far", "10.23.45.77", "198.51.100.9", "line"));
    beside.apply(texts.get("beside-internet"));
    assertEquals("192.168.1.50", sender(beside, "far", "10.50.0.5", "198.51.100.9", "line"));
    router.apply(texts.get("router-internet"));
    assertEquals("203.0.113.2", sender(router, "far", "10.50.0.5", "198.51.100.9", "line"));
    InetSocketAddress shop = FirewallStreet.at("10.50.0.5", FLOW_PORT);
    InetSocketAddress server = FirewallStreet.at("203.0.113.1", FLOW_PORT);
    InetSocketAddress own = FirewallStreet.at("203.0.113.2", FLOW_PORT);
    for (int i = 0; i < 3; i++) {
      router.forget();
      router.udp("far", shop, server, 10);
      assertTrue(router.comesAbove(() -> router.seen("line"), 0), "question " + i);
      router.forget();
      router.udp("line", server, own, 10);
      assertTrue(router.comesAbove(() -> router.seen("far"), 0), "answer " + i);
    }
    router.forget();
    router.udp("far", shop, FirewallStreet.at("203.0.113.1", FirewallStreet.ANSWERED_PORT), 10);
    assertTrue(router.comesAbove(() -> router.seen("far"), 0), "an error");
    router.apply(texts.get("router-shop"));
    router.forget();
    long before = router.counter(FirewallCounter.FORWARD.text());
    router.udp("line", server, own, 10);
    assertTrue(router.comesAbove(() -> router.counter(FirewallCounter.FORWARD.text()), before));
    assertEquals(0, router.seen("far"), "what was under way");
  }

  /** Sends a datagram and returns who it is seen to be from. */
  private static String sender(
      FirewallStreet street, String from, String source, String to, String place) throws Exception {
    street.forget();
    street.udp(from, FirewallStreet.at(source, 0), FirewallStreet.at(to, FLOW_PORT), 10);
    assertTrue(street.comesAbove(() -> street.seen(place), 0), to + " at " + place);
    return street.listed(place, "senders4");
  }

  /** What was begun before the networks were mapped does not show an own address to a far shop. */
  @Test
  void aFlowFromBeforeTheMapsShowsNobodysOwnAddress() throws Exception {
    router.apply(texts.get("router-hub"));
    try (DatagramSocket socket = clientSocket()) {
      Flow flow = flow(socket, "10.51.0.6");
      reaches("far", flow);
      router.apply(texts.get("router-mapped"));
      router.forget();
      long before = router.counter(FirewallCounter.ADDRESS.text());
      flow.send();
      assertTrue(router.comesAbove(() -> router.counter(FirewallCounter.ADDRESS.text()), before));
      assertEquals(0, router.seen("far"));
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
    router.place("box").exec("nft", "flush set inet noren " + set);
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
      router.learn(set, EXCEPTED);
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
