package dev.noren.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** What devices that call in may do, by the firewall's texts in a kernel and by packets. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeviceFirewallIT {
  private static final String PHONE = "10.8.0.2";
  private static final String TILL = "10.23.45.10";

  /** Whose person signs in, and has. */
  private static final String SIGNED_IN = "10.8.0.4, fd00:8::4";

  private static final int PORT = 4000;

  private Map<String, String> texts;
  private FirewallStreet router;
  private FirewallStreet beside;

  @BeforeAll
  void open() throws Exception {
    texts = GoldenFirewalls.texts();
    router = FirewallStreet.withDevices(false);
    beside = FirewallStreet.withDevices(true);
    router.place("line").batch("addr add 10.8.0.77/32 dev lo", "addr add 10.23.45.77/32 dev lo");
    router.place("far").batch("addr add 10.8.0.77/32 dev lo");
    for (String server : List.of("198.51.100.8", "198.51.101.8", "10.0.0.5")) {
      router.place("line").batch("addr add " + server + " dev lo");
      router.place("far").batch("addr add " + server + " dev lo");
    }
    beside.place("line").batch("addr add 198.51.101.8 dev lo");
    router.place("far").batch("addr add 10.50.0.5/32 dev lo", "addr add 10.51.0.5/32 dev lo");
    router.apply(texts.get("router-remote"));
    beside.apply(texts.get("beside-remote"));
    for (FirewallStreet street : new FirewallStreet[] {router, beside}) {
      signIn(street);
    }
  }

  private static void signIn(FirewallStreet street) throws IOException {
    for (String address : SIGNED_IN.split(", ", -1)) {
      String set = address.contains(":") ? Marks.SIGNED_IN6 : Marks.SIGNED_IN4;
      street.learn(set, address + " timeout 1h");
    }
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
  Stream<DynamicTest> packetsOfDevices() throws Exception {
    return FirewallTable.tests(
        "devices.packets", texts, config -> config.startsWith("beside") ? beside : router);
  }

  @Test
  void aRuleCountsTheConnectionsThatItLetsThrough() throws Exception {
    router.apply(texts.get("router-remote"));
    long before = router.counter("let_till");
    try (DatagramSocket phone = socket(router, "phone", PHONE)) {
      send(phone, TILL);
      assertTrue(router.comesAbove(() -> router.counter("let_till"), before));
      long began = router.counter("let_till");
      answer(router, "client", TILL, phone, PHONE);
      router.forget();
      send(phone, TILL);
      assertTrue(router.comesAbove(() -> router.seen("client"), 0));
      assertEquals(began, router.counter("let_till"), "what goes on is not counted");
    }
  }

  /** Each direction of a flow that is there ends with its rule, and with its device. */
  @Test
  void whatIsNotLetThroughAnyMoreEndsAtOnce() throws Exception {
    String text = texts.get("router-remote");
    String withoutRule =
        text.lines()
            .filter(line -> !line.contains("goto let_till"))
            .reduce("", (all, line) -> all + line + "\n");
    assertNotEquals(text, withoutRule);
    ends(text, withoutRule);
    ends(text, text.replace("10.8.0.2 : goto t71_who_1, ", ""));
  }

  private void ends(String text, String without) throws Exception {
    assertNotEquals(text, without);
    String refused = "devices_refused_staff";
    router.apply(text);
    try (DatagramSocket phone = socket(router, "phone", PHONE)) {
      send(phone, TILL);
      answer(router, "client", TILL, phone, PHONE);
      router.forget();
      send(phone, TILL);
      assertTrue(router.comesAbove(() -> router.seen("client"), 0), "the control");
      answer(router, "client", TILL, phone, PHONE);
      assertTrue(router.comesAbove(() -> router.seen("phone"), 0), "the control");
      router.apply(without);
      router.forget();
      long before = router.counter(refused);
      send(phone, TILL);
      assertTrue(router.comesAbove(() -> router.counter(refused), before));
      long again = router.counter(refused);
      answer(router, "client", TILL, phone, PHONE);
      assertTrue(router.comesAbove(() -> router.counter(refused), again));
      assertEquals(0, router.seen("client"));
      assertEquals(0, router.seen("phone"));
    }
  }

  @Test
  void whoseSignInIsOverIsCutOff() throws Exception {
    router.apply(texts.get("router-remote-full"));
    try (DatagramSocket phone = socket(router, "phone", "10.8.0.4")) {
      router.forget();
      send(phone, "198.51.101.8");
      send(phone, TILL);
      assertTrue(router.comesAbove(() -> router.seen("line"), 0), "the control");
      assertTrue(router.comesAbove(() -> router.seen("client"), 0), "the control");
      router.place("box").exec("nft", "flush", "set", "inet", "noren", Marks.SIGNED_IN4);
      try {
        router.forget();
        long before = router.counter("devices_sign_in_staff");
        send(phone, "198.51.101.8");
        send(phone, TILL);
        assertTrue(router.comesAbove(() -> router.counter("devices_sign_in_staff"), before + 1));
        assertEquals(0, router.seen("line"));
        assertEquals(0, router.seen("client"));
      } finally {
        router.learn(Marks.SIGNED_IN4, "10.8.0.4 timeout 1h");
      }
    }
  }

  @Test
  void aSignInOutlastsAnotherText() throws Exception {
    router.apply(texts.get("router-remote"));
    router.apply(texts.get("router-remote-full"));
    router.apply(RouterFirewall.closed());
    router.apply(texts.get("router-remote"));
    String set = router.place("box").exec("nft", "list", "set", "inet", "noren", Marks.SIGNED_IN4);
    assertTrue(set.contains("10.8.0.4 timeout 1h"), set);
  }

  /** What the shop begins is answered, even by a thing. */
  @Test
  void aThingThatIsCalledAnswers() throws Exception {
    router.apply(texts.get("router-remote"));
    router.forget();
    try (DatagramSocket thing = socket(router, "phone", "10.8.0.6");
        DatagramSocket shop = socket(router, "client", TILL)) {
      flow(shop, "10.8.0.6", thing.getLocalPort());
      assertTrue(router.comesAbove(() -> router.seen("phone"), 0));
      flow(thing, TILL, shop.getLocalPort());
      assertTrue(router.comesAbove(() -> router.seen("client"), 0));
    }
  }

  /** A thing of the shop answers who is let through to it. */
  @Test
  void aThingOfTheShopAnswers() throws Exception {
    router.apply(texts.get("router-remote"));
    router.become("till");
    try (DatagramSocket phone = socket(router, "phone", PHONE)) {
      send(phone, TILL);
      router.forget();
      answer(router, "client", TILL, phone, PHONE);
      assertTrue(router.comesAbove(() -> router.seen("phone"), 0));
    } finally {
      router.become("client");
    }
  }

  /** The line answers a line's flow, the tunnel a tunnel's, and neither the other's. */
  @Test
  void whatGoesOnIsAnsweredByTheWayThatItTook() throws Exception {
    router.apply(texts.get("router-remote-full-full"));
    answered(PHONE, "198.51.100.8", "line", "203.0.113.2", "far");
    answered(PHONE, "198.51.101.8", "far", "10.9.0.2", "line");
  }

  /** The address that Noren has in the shop's network, as the far shop sees that. */
  @Test
  void aFarShopSeesNorenInTheNetworkThatItKnows() throws Exception {
    router.apply(texts.get("router-remote-site"));
    answered("10.8.0.8", "10.0.0.5", "far", "10.64.1.1", "line");
  }

  private void answered(String device, String server, String way, String seenAs, String other)
      throws Exception {
    router.forget();
    try (DatagramSocket phone = socket(router, "phone", device)) {
      send(phone, server);
      assertTrue(router.comesAbove(() -> router.seen(way), 0), server);
      assertEquals(seenAs, router.listed(way, "senders4"));
      router.forget();
      long before = router.counter(FirewallCounter.ADDRESS.text());
      router.udp(
          other,
          FirewallStreet.at(server, PORT),
          FirewallStreet.at(seenAs, phone.getLocalPort()),
          10);
      assertTrue(router.comesAbove(() -> router.counter(FirewallCounter.ADDRESS.text()), before));
      assertEquals(0, router.seen("phone"));
      router.udp(
          way,
          FirewallStreet.at(server, PORT),
          FirewallStreet.at(seenAs, phone.getLocalPort()),
          10);
      assertTrue(router.comesAbove(() -> router.seen("phone"), 0), way + " answers");
    }
  }

  @Test
  void besideTheShopAndTheLineSeeNoren() throws Exception {
    beside.apply(texts.get("beside-remote-full"));
    for (String[] each : new String[][] {{"192.168.1.10", "client"}, {"198.51.101.8", "line"}}) {
      beside.forget();
      try (DatagramSocket phone = socket(beside, "phone", PHONE)) {
        send(phone, each[0]);
        assertTrue(beside.comesAbove(() -> beside.seen(each[1]), 0), each[1]);
        assertEquals("192.168.1.50", beside.listed(each[1], "senders4"));
        beside.udp(
            each[1],
            FirewallStreet.at(each[0], PORT),
            FirewallStreet.at("192.168.1.50", phone.getLocalPort()),
            10);
        assertTrue(beside.comesAbove(() -> beside.seen("phone"), 0), each[1] + " answers");
      }
    }
  }

  private static DatagramSocket socket(FirewallStreet street, String place, String address)
      throws Exception {
    return street.place(place).run(() -> new DatagramSocket(FirewallStreet.at(address, 0)));
  }

  private static void send(DatagramSocket from, String to) throws IOException {
    flow(from, to, PORT);
  }

  private static void flow(DatagramSocket from, String to, int port) throws IOException {
    from.send(new DatagramPacket(new byte[10], 10, FirewallStreet.at(to, port)));
  }

  private static void answer(
      FirewallStreet street, String place, String from, DatagramSocket to, String address)
      throws Exception {
    street.udp(
        place, FirewallStreet.at(from, PORT), FirewallStreet.at(address, to.getLocalPort()), 10);
  }
}
