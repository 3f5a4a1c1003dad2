package dev.noren.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.street.Host;
import dev.noren.street.Keys;
import dev.noren.street.Maker;
import dev.noren.street.NorenRouter;
import dev.noren.street.Ran;
import dev.noren.street.Running;
import dev.noren.street.ShopPhone;
import dev.noren.street.ShopStreet;
import dev.noren.street.Wait;
import dev.noren.street.WgEnd;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A telephone with the stock wireguard-go calls in by a form, and does what that lets it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RemoteAccessIT {
  private static final int LISTEN_PORT = 51830;
  private static final Duration REST = Duration.ofMillis(1500);
  private static final String PHRASE = "plover kettle ninth lantern";
  private static final String PC = "10.77.0.20";
  private static final String RULE = rule("[\"" + PC + "\"]", "[\"tcp/80\"]");

  private ShopStreet street;
  private ShopPhone phone;
  private NorenRouter router;

  @BeforeAll
  void build() {
    street = ShopStreet.router();
    phone = new ShopPhone(street);
    router = new NorenRouter(street.noren());
    router.configure(document(remote("split", ""), RULE));
    router.start();
    street.askForAddress(street.pc());
    for (String port : new String[] {"80", "8080"}) {
      street
          .pc()
          .start(
              "busybox",
              "httpd",
              "-f",
              "-p",
              port,
              "-h",
              street.folder().path().resolve("www").toString());
    }
    call();
  }

  /** At the line's address behind which nothing hides. */
  private void call() {
    String all = street.noren().must("ip", "-4", "-o", "addr", "show", "dev", "eth0");
    phone.call(all.replaceAll("(?s).* inet ([0-9.]+)/.*", "$1") + ":" + LISTEN_PORT);
    Wait.until("the telephone is let in", () -> phone.pings(ShopPhone.ROUTER_4));
  }

  @AfterAll
  void remove() {
    router.close();
    phone.close();
    street.close();
  }

  private String document(String form, String rules) {
    return """
    {"schema": 1, "role": "router",
     "lan": {"address": "10.77.0.1/24",
             "reservations": [{"name": "pc", "mac": "%s", "address": "%s"}]},
     "forms": [%s], "access": {"rules": [%s]}}
    """
        .formatted(street.pc().must("cat", "/sys/class/net/eth0/address").strip(), PC, form, rules);
  }

  private String remote(String extent, String ofPhone) {
    return phone.form("remote", LISTEN_PORT, ", \"extent\": \"" + extent + "\"", ofPhone);
  }

  private String vdi() {
    String desk =
        ", \"desks\": [{\"name\": \"社長\", \"host\": \"%s\", \"services\": [\"tcp/8080\"]}]"
            .formatted(PC);
    return phone.form("vdi", LISTEN_PORT, desk, "");
  }

  private static String rule(String to, String services) {
    return "{\"name\": \"受付\", \"from\": [\"device:phone\"], \"to\": %s, \"services\": %s}"
        .formatted(to, services);
  }

  private void become(String form, String rules) {
    Ran ran = router.offer(document(form, rules));
    assertTrue(ran.ok(), () -> ran + router.process().said());
    // What cuts nobody off waits for no confirmation.
    router.noren("config", "confirm");
  }

  private Ran get(String url) {
    return street.phone().run("curl", "-sS", "--max-time", "4", "http://" + url);
  }

  /** What Noren answers it for a name. */
  private String names(String name, String... more) {
    List<String> command = new ArrayList<>(List.of("dig", "+tries=2", "+time=2"));
    command.addAll(List.of(more));
    command.addAll(List.of("@" + ShopPhone.ROUTER_4, name));
    return street.phone().run(command.toArray(String[]::new)).out();
  }

  /** Neither the world's names nor the shop's, and that at once. */
  private void assertNoNames() {
    for (String name : new String[] {"www.example", "pc.lan", "noren.lan"}) {
      String udp = names(name);
      assertTrue(udp.contains("connection refused"), udp);
      String tcp = names(name, "+tcp");
      assertTrue(tcp.contains("connection refused"), tcp);
    }
  }

  private boolean reaches(String server) {
    return get(server + "/cgi-bin/who").ok();
  }

  @Test
  void itReachesWhatARuleNamesAndNothingElse() {
    become(remote("split", ""), RULE);
    Wait.until("the pc's web server", () -> reaches(PC));
    assertEquals(ShopPhone.PHONE_4, get(PC + "/cgi-bin/who").must().strip());
    assertFalse(reaches(PC + ":8080"), "another port");
    assertFalse(phone.pings(PC), "a ping");
    phone.takes(ShopStreet.WEB_4);
    assertFalse(reaches(ShopStreet.WEB_4), "the internet");
    assertTrue(names("www.example").contains(ShopStreet.WEB_4), "it has no other name server");
    String status = router.noren("status").must();
    assertTrue(status.contains("connections let through by the rule 受付"), status);
    assertTrue(status.contains("wanted what no rule lets them"), status);
  }

  @Test
  void itOpensThePageOnlyWhereTheDocumentSaysSo() {
    String page = "10.77.0.1/claim";
    become(remote("split", ""), RULE);
    Wait.until("the pc's web server", () -> reaches(PC));
    long before = router.counted("refused_from_tunnel");
    assertFalse(get(page).ok(), "by default");
    router.awaitCounted("refused_from_tunnel", before);
    become(remote("split", ""), RULE + "], \"page\": [\"" + phone.name() + "\"");
    Wait.until("the page", Wait.LONG, () -> get(page).ok(), () -> get(page).said());
    become(remote("split", ""), RULE);
    Wait.until("no page any more", () -> !get(page).ok());
  }

  @Test
  void aDownloadEndsWithItsRuleAndWhenTheDeviceIsLost() {
    for (boolean lost : new boolean[] {false, true}) {
      become(remote("split", ""), RULE);
      Wait.until("the pc's web server", () -> reaches(PC));
      Host host = street.phone();
      long before = received();
      Running load = street.load(host, PC, "/dev/null");
      Wait.until("the download goes on", () -> received() > before + 100_000);
      if (lost) {
        router.noren("config", "set", "forms[0].devices[0].lost", "true").must();
      } else {
        router.noren("config", "set", "access.rules", "[]").must();
      }
      assertTrue(load.isAlive(), "it was under way: " + load.said());
      // What was under way inside of wireguard-go comes, and then not one byte more.
      long ended = Wait.settled("the download ends", REST, this::received);
      assertTrue(ended < before + ShopStreet.BIG_BYTES, "before its time");
      router.noren("config", "confirm");
      host.end(load);
      assertEquals(!lost, phone.pings(ShopPhone.ROUTER_4), "the tunnel itself");
    }
    become(remote("split", ""), RULE);
    assertFalse(phone.pings(ShopPhone.ROUTER_4), "another document does not find what is lost");
    router.noren("config", "set", "forms[0].devices[0].lost", "false").must();
    router.noren("config", "confirm");
    call();
  }

  /** What the telephone has received in the tunnel, bytes. */
  private long received() {
    return Long.parseLong(
        street
            .phone()
            .must("cat", "/sys/class/net/" + phone.end().name() + "/statistics/rx_bytes")
            .strip());
  }

  @Test
  void withEverythingItIsSeenAsTheShop() {
    become(remote("full", ""), "");
    phone.takes(ShopStreet.WEB_4);
    Wait.until("the web", () -> reaches(ShopStreet.WEB_4));
    assertEquals(ShopStreet.SHOP_4, get(ShopStreet.WEB_4 + "/cgi-bin/who").must().strip());
    assertFalse(reaches(PC), "no rule names the pc");
    assertTrue(names("www.example").contains(ShopStreet.WEB_4));
    ofOthersPrivateNetworksItReachesWhatARuleNames();
  }

  private void ofOthersPrivateNetworksItReachesWhatARuleNames() {
    street.buildPrivateNetwork();
    phone.takes(ShopStreet.WEB_4 + "," + ShopStreet.PRIVATE_4);
    Wait.until("the shop's own reach it", () -> street.who(street.pc(), ShopStreet.PRIVATE_4).ok());
    String counter = "devices_refused_" + phone.name();
    long before = router.counted(counter);
    assertFalse(reaches(ShopStreet.PRIVATE_4), "no rule names it");
    router.awaitCounted(counter, before);
    become(remote("full", ""), rule("[\"" + ShopStreet.PRIVATE_4 + "\"]", "[\"tcp/80\"]"));
    Wait.until("what a rule names", () -> reaches(ShopStreet.PRIVATE_4));
    become(remote("full", ""), "");
    assertFalse(reaches(ShopStreet.PRIVATE_4), "the rule is gone");
    assertTrue(reaches(ShopStreet.WEB_4));
  }

  @Test
  void aVirtualDesktopsDeviceReachesItsPortOnly() {
    become(vdi(), rule("[\"10.77.0.0/24\"]", "[]"));
    Wait.until("the desk", () -> reaches(PC + ":8080"));
    assertFalse(reaches(PC));
    assertFalse(phone.pings(PC));
    assertNoNames();
    String status = router.noren("status").must();
    assertTrue(status.contains("connections let through to the desk 社長 of "), status);
  }

  @Test
  void anotherNorenIsADeviceToo() {
    change(Maker.NOREN);
    try {
      become(remote("split", ""), RULE);
      call();
      Wait.until("the pc's web server", () -> reaches(PC));
      assertFalse(reaches(PC + ":8080"), "another port");
      become(remote("full", ""), "");
      phone.takes(ShopStreet.WEB_4);
      Wait.until("the web", () -> reaches(ShopStreet.WEB_4));
      assertFalse(reaches(PC), "no rule names the pc");
      become(vdi(), RULE);
      Wait.until("the desk", () -> reaches(PC + ":8080"));
      assertFalse(reaches(PC), "whatever rules say");
      assertFalse(reaches(ShopStreet.WEB_4), "the internet");
    } finally {
      change(Maker.GO);
      become(remote("split", ""), RULE);
      call();
    }
  }

  /** The owner asks for it at the page, and ends it there. */
  @Test
  void aTechnicianReachesThePageAndNothingElse() throws IOException {
    String all = street.noren().must("ip", "-4", "-o", "addr", "show", "dev", "eth0");
    String line = all.replaceAll("(?s).* inet ([0-9.]+)/.*", "$1");
    become(
        phone.form(
            "remote",
            LISTEN_PORT,
            ", \"extent\": \"full\", \"endpoints\": [\"" + line + ":" + LISTEN_PORT + "\"]",
            ""),
        rule("[\"10.77.0.0/24\"]", "[]").replace("device:phone", "form:" + phone.name()));
    String code = Files.readString(router.state().resolve("setup-code")).strip();
    String claimed =
        owner(
            "POST", "claim", "{\"code\": \"%s\", \"passphrase\": \"%s\"}".formatted(code, PHRASE));
    String cookie = found("noren-session=[^;]+", claimed);
    String proof = found("(?<=\"proof\":\")[^\"]+", owner("GET", "session", "", cookie));
    String opened =
        owner(
            "POST",
            "visit",
            "{\"form\": \"" + phone.name() + "\"}",
            cookie,
            "X-Noren-Proof: " + proof);
    String conf =
        found("(?<=\"conf\":\")[^\"]+", opened).replace("\\n", "\n").replace("\\u003d", "=");
    try (WgEnd visitor = new WgEnd(street.phone(), Maker.GO, 51899)) {
      visitor.start();
      visitor.identify(new Keys(found("(?<=PrivateKey = )\\S+", conf), ""));
      visitor.up(1420, found("(?<=Address = )\\S+?(?=[,\\n])", conf));
      visitor
          .wgWith(
              found("(?<=PresharedKey = )\\S+", conf) + "\n",
              "set",
              "peer",
              found("(?<=PublicKey = )\\S+", conf),
              "preshared-key",
              "/dev/stdin",
              "endpoint",
              found("(?<=Endpoint = )\\S+", conf),
              "allowed-ips",
              "0.0.0.0/0")
          .must();
      for (String to : new String[] {"10.77.0.1", PC, ShopStreet.WEB_4, ShopPhone.ROUTER_4}) {
        street.phone().ip("route replace " + to + " dev " + visitor.name());
      }
      Wait.until("the page's sign-in", () -> get("10.77.0.1/login").out().contains("visit/login"));
      assertFalse(reaches(PC), "though a rule lets all of the form");
      assertFalse(reaches(ShopStreet.WEB_4), "the internet");
      assertFalse(phone.pings("10.77.0.1"), "more of the box");
      assertFalse(names("www.example").contains(ShopStreet.WEB_4), "names");
      String status = router.noren("status").must();
      assertTrue(status.contains("technician"), status);
      owner("DELETE", "visit", "{}", cookie, "X-Noren-Proof: " + proof);
      Wait.until("it has ended", () -> !get("10.77.0.1/login").ok());
      for (String to : new String[] {"10.77.0.1", PC, ShopStreet.WEB_4, ShopPhone.ROUTER_4}) {
        street.phone().run("ip", "route", "del", to, "dev", visitor.name());
      }
    }
    assertTrue(router.noren("log", "--kind", "config").must().contains("visit was ended"));
  }

  /** What the API answers the shop's computer, its head too. */
  private String owner(String method, String path, String body, String... headers) {
    List<String> command =
        new ArrayList<>(List.of("curl", "-sS", "-i", "--max-time", "20", "-X", method));
    command.addAll(List.of("-H", "Content-Type: application/json"));
    command.addAll(List.of("-H", "Origin: http://10.77.0.1"));
    for (String header : headers) {
      command.addAll(List.of("-H", header.startsWith("noren-") ? "Cookie: " + header : header));
    }
    if (!body.isEmpty()) {
      command.addAll(List.of("-d", body));
    }
    command.add("http://10.77.0.1/api/v1/" + path);
    String answer = street.pc().must(command.toArray(String[]::new));
    assertTrue(answer.startsWith("HTTP/1.1 200"), answer);
    return answer;
  }

  private static String found(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertTrue(matcher.find(), () -> pattern + " in " + text);
    return matcher.group();
  }

  private void change(Maker maker) {
    phone.close();
    phone = new ShopPhone(street, maker);
  }

  @Test
  void aThingAnswersAndBeginsNothing() {
    become(remote("split", ", \"iot\": true"), RULE);
    Wait.until(
        "the shop reaches it",
        () -> street.pc().run("ping", "-n", "-c", "1", "-W", "2", ShopPhone.PHONE_4).ok());
    assertFalse(reaches(PC));
    assertNoNames();
  }
}
