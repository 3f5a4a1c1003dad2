package dev.noren.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.config.MetricsConfig;
import dev.noren.street.Avahi;
import dev.noren.street.Capture;
import dev.noren.street.Host;
import dev.noren.street.NorenRouter;
import dev.noren.street.PageUser;
import dev.noren.street.PrometheusClient;
import dev.noren.street.PrometheusClient.Sample;
import dev.noren.street.Ran;
import dev.noren.street.Running;
import dev.noren.street.ShopStreet;
import dev.noren.street.ShopTunnel;
import dev.noren.street.SlowFlood;
import dev.noren.street.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** Who is led to the page, who reaches it, and who is kept from it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PageReachIT {
  private static final String PROBE = "http://www.example/generate_204";

  /** What the far shop has of this one anyway. */
  private static final String FAR_SEES = ShopTunnel.OWN_4 + "/32," + ShopTunnel.OWN_6 + "/128";

  private static final String TOKEN = "komorebi-scrapes-4711";

  /** What the firewall gives one device. */
  private static final int MOST = 24;

  private ShopStreet street;
  private ShopTunnel tunnel;
  private NorenRouter router;
  private String own;

  @BeforeAll
  void build() {
    street = ShopStreet.router();
    street.folder().write("www/generate_204", "the real thing\n");
    tunnel = new ShopTunnel(street);
    router = new NorenRouter(street.noren());
    router.start();
    router.awaitStatus("it answers", "\"name\"");
    street.askForAddress(street.pc());
    own = street.pc().gateway();
    // The shop's switch is another computer of its network, with an address of its own.
    street.gate().ip("addr add " + own.replaceAll("\\d+$", "250") + "/24 dev lan");
  }

  @AfterAll
  void remove() {
    router.close();
    tunnel.close();
    street.close();
  }

  private static Ran curl(Host from, String... more) {
    List<String> command =
        new ArrayList<>(List.of("curl", "-sS", "-o", "-", "--max-time", "5", "-w"));
    command.add("%{http_code} %{redirect_url}");
    command.addAll(List.of(more));
    return from.run(command.toArray(String[]::new));
  }

  /** The answer's number and where it leads, behind what it says. */
  private void awaitAnswer(String what, String end, String... more) {
    Wait.until(
        what,
        Wait.LONG,
        () -> curl(street.pc(), more).out().endsWith(end),
        () -> curl(street.pc(), more).said());
  }

  @Test
  @Order(1)
  void aTelephoneIsLedToThePageUntilTheBoxHasAnOwner() {
    awaitAnswer("it is led to the page", "302 http://" + own + "/", PROBE);
    assertTrue(curl(street.pc(), "http://" + own + "/").out().endsWith("/claim"), "the page");
    assertEquals("www.example", name(), "names are answered as they are");
    Ran fixed = curl(street.pc(), "-H", "Host: www.example", "http://169.254.0.1/generate_204");
    assertTrue(fixed.out().endsWith("302 http://169.254.0.1/"), fixed.said());
    assertFalse(fixed.out().contains("noren-session"), fixed.said());
    claim();
    awaitAnswer("it comes to where it wants to", "the real thing\n200 ", PROBE);
    router.awaitStatus("nobody has configured it", "\"claimed\": ?false");
  }

  private String name() {
    return street.pc().must("dig", "+short", "+tries=1", "www.example").contains(ShopStreet.WEB_4)
        ? "www.example"
        : "another";
  }

  private void claim() {
    new PageUser(street.pc(), own).claim(router.noren("setup-code").must().strip());
    assertFalse(router.noren("setup-code").ok(), "the code is void");
  }

  @Test
  @Order(2)
  void whoFloodsThePageKeepsNobodyElseFromIt() {
    router.changeTo(ShopTunnel.document(tunnel.split()));
    router.awaitHandshake();
    String page = "http://" + own + "/login";
    try (SlowFlood flood = SlowFlood.of(200, street.pc(), own, PageServer.PORT)) {
      Wait.until(
          "the flood is there", Wait.LONG, () -> flood.open() >= MOST - 4, () -> "" + flood.open());
      try (Running ping =
          street.pc().start("ping", "-n", "-i", "0.2", "-c", "15", "-W", "4", ShopStreet.HQ_4)) {
        for (int i = 0; i < 4; i++) {
          Ran answer = curl(street.gate(), page);
          assertTrue(answer.out().endsWith("200 "), answer.said());
          // Those that the server has just ended may be counted beside those that took their place.
          assertTrue(flood.open() <= 2 * MOST, "one device has " + flood.open());
        }
        Ran said = street.pc().finish(ping, Duration.ofSeconds(30));
        assertTrue(said.out().contains(" 0% packet loss"), said.said());
      }
    }
    awaitAnswer("who ends his flood has the page again", "200 ", page);
  }

  /** By its gateway, or as a neighbour where its system takes all such addresses for near. */
  @Test
  @Order(3)
  void aComputerReachesTheFixedAddressEitherWay() {
    String page = "http://169.254.0.1/login";
    assertTrue(curl(street.pc(), page).out().endsWith("200 "), "by its gateway");
    street.pc().ip("route add 169.254.0.0/16 dev eth0");
    assertTrue(curl(street.pc(), page).out().endsWith("200 "), "as a neighbour");
    String asked = street.pc().must("ip", "neigh", "show", "169.254.0.1");
    assertTrue(asked.contains("lladdr"), asked);
    street.pc().ip("route del 169.254.0.0/16 dev eth0");
    String status = router.status();
    assertTrue(status.contains("\"169.254.0.1\""), status);
  }

  @Test
  @Order(6)
  void aSecondOneTakesAnotherName() {
    try (Capture line = Capture.on(street.internet(), ShopStreet.LINE, "udp port 5353 or igmp")) {
      router.awaitStatus("it has its name", "\"noren.local\"");
      try (Avahi other = Avahi.in(street.pc(), "eth0", "noren")) {
        assertEquals("noren-2.local", other.awaitName(), "it keeps what it has");
        assertEquals(own, other.find("noren.local"));
        opens("noren.local");
      }
      router.stop();
      try (Avahi other = Avahi.in(street.pc(), "eth0", "noren")) {
        assertEquals("noren.local", other.awaitName());
        router.start();
        router.awaitStatus("it has another name", "\"noren-2.local\"");
        Wait.until(
            "it is found by that",
            Wait.LONG,
            () -> other.find("noren-2.local").equals(own),
            other::said);
        opens("noren-2.local");
        assertTrue(router.noren("status").must().contains("noren-2.local"), "it says so");
      }
      assertEquals(List.of(), line.packets(), "the line hears nothing of it");
    }
  }

  private void opens(String name) {
    Ran answer =
        curl(street.pc(), "-L", "--resolve", name + ":80:" + own, "http://" + name + "/login");
    assertTrue(answer.out().endsWith("200 "), answer.said());
  }

  @Test
  @Order(4)
  void metricsAreFetchedByWhomTheDocumentNames() {
    String url = "http://" + own + ":" + MetricsConfig.PORT + "/metrics";
    // The far shop finds the shop's network by the tunnel.
    tunnel.far().set("peer", tunnel.keys().publicKey(), "allowed-ips", FAR_SEES + "," + own);
    street.far().ip("route add " + own + "/32 dev " + tunnel.far().name());
    assertFalse(fetch(street.pc(), url).ok(), "they are off");
    metrics("\"from\": [\"lan\"]");
    awaitAnswer("they are on in the shop", "200 ", url);
    List<Sample> samples = PrometheusClient.read(fetch(street.pc(), url).must());
    Sample received =
        samples.stream()
            .filter(each -> each.name().equals("wireguard_received_bytes_total"))
            .findFirst()
            .orElseThrow();
    assertEquals("far shop", received.labels().get("friendly_name"));
    assertEquals(tunnel.far().publicKey(), received.labels().get("public_key"));
    assertEquals("10.50.0.0/16", received.labels().get("allowed_ips"));
    assertEquals(tunnel.name(), received.labels().get("interface"));
    assertTrue(received.value() > 0, received.toString());
    assertTrue(
        samples.stream().anyMatch(each -> each.name().equals("process_resident_memory_bytes")));
    refusedToHq(url);
    metrics("\"from\": [\"" + tunnel.name() + "\"], \"token\": \"" + TOKEN + "\"");
    Wait.until(
        "the far shop hears that it needs a token",
        Wait.LONG,
        () -> curl(street.hq(), url).out().endsWith("401 "),
        () -> curl(street.hq(), url).said());
    Ran known = curl(street.hq(), "-H", "Authorization: Bearer " + TOKEN, url);
    assertTrue(known.out().endsWith("200 "), known.said());
    assertTrue(known.out().contains("noren_health{"), known.said());
    assertFalse(fetch(street.pc(), url).ok(), "the shop is not named");
    assertFalse(router.noren("config", "show").must().contains(TOKEN), "it is hidden");
    refusedToHq("http://" + own + "/login");
    metrics("\"enabled\": false");
    Wait.until("they are off", Wait.LONG, () -> !fetch(street.hq(), url).ok(), url::toString);
  }

  private void refusedToHq(String url) {
    long before = router.counted("refused_from_tunnel");
    assertFalse(fetch(street.hq(), url).ok(), url);
    router.awaitCounted("refused_from_tunnel", before);
  }

  private void metrics(String fields) {
    String enabled = fields.contains("enabled") ? "" : "\"enabled\": true, ";
    router.noren("config", "set", "metrics", "{" + enabled + fields + "}").must();
  }

  private static Ran fetch(Host from, String url) {
    return from.run("curl", "-sS", "--fail", "--max-time", "2", url);
  }

  @Test
  @Order(5)
  void nobodyReachesItFromTheLine() {
    String line =
        street
            .noren()
            .must("ip", "-4", "-o", "addr", "show", "dev", "eth0")
            .replaceAll("(?s).* inet ([0-9.]+)/.*", "$1");
    street.internet().ip("route add " + own + "/32 via " + line);
    street.internet().ip("route add 169.254.0.1/32 via " + line);
    for (String at : List.of(line, own, "169.254.0.1")) {
      String counter = at.equals(line) ? "refused_from_line" : "refused_address";
      long before = router.counted(counter);
      Ran answer =
          street.internet().run("curl", "-sS", "--max-time", "2", "http://" + at + "/claim");
      assertFalse(answer.ok(), answer.said());
      router.awaitCounted(counter, before);
    }
    assertTrue(curl(street.pc(), "http://" + own + "/login").out().endsWith("200 "), "the control");
  }
}
