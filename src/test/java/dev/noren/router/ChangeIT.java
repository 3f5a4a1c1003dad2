package dev.noren.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.street.Host;
import dev.noren.street.Keys;
import dev.noren.street.NorenRouter;
import dev.noren.street.Ping;
import dev.noren.street.Ran;
import dev.noren.street.Running;
import dev.noren.street.ShopStreet;
import dev.noren.street.ShopTunnel;
import dev.noren.street.Wait;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Changes of a running router: all or nothing, and back where nobody confirms them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChangeIT {
  private static final String LAN =
      """
      "role": "router", "lan": {"address": "10.77.0.1/24"},
      """;
  private static final String OTHER_LAN = LAN.replace("10.77.0.1", "10.88.0.1");
  private static final String TAKEN_PORT = "5555";
  private static final Pattern PINGS =
      Pattern.compile("([0-9]+) packets transmitted, ([0-9]+) received");

  /** Long enough to look at what is being tried. */
  private static final Map<String, String> PATIENCE = Map.of("NOREN_TEST_CONFIRM_SECONDS", "10");

  private ShopStreet street;
  private ShopTunnel tunnel;
  private NorenRouter router;

  @BeforeAll
  void build() {
    street = ShopStreet.router();
    tunnel = new ShopTunnel(street);
    router = new NorenRouter(street.noren());
    router.configure(ShopTunnel.document(LAN, tunnel.split()));
    router.start(PATIENCE);
    router.awaitHandshake();
    street.askForAddress(street.pc());
    awaitAllWell();
    Wait.until("the line's router has announced IPv6", this::hasSettledIpv6);
  }

  /** The kernel takes an address by itself, which is not to come between two looks. */
  private boolean hasSettledIpv6() {
    String addresses =
        street.noren().must("ip", "-6", "address", "show", "dev", "eth0", "scope", "global");
    return addresses.contains("inet6 2001:db8:a:") && !addresses.contains("tentative");
  }

  @AfterAll
  void remove() {
    router.close();
    tunnel.close();
    street.close();
  }

  private void awaitAllWell() {
    Ping.answers(street.pc(), ShopStreet.HQ_4);
    assertEquals(ShopStreet.SHOP_4, street.who(street.pc(), "bank.example").must().strip());
  }

  /**
   * Addresses, routes, rules and the firewall, without what only counts, runs out or is drawn anew
   * for each interface.
   */
  private String machine() {
    Host noren = street.noren();
    String shown = "ip -o address; ip -4 route show table all; ip -6 route show table all";
    String own = " | sed 's/^[0-9]*: //; s/valid_lft.*//; s/ expires.*//'";
    String linkLocal = " | grep -v 'fe80:\\|ff00:' | sort";
    return String.join(
        "\n",
        noren.must("sh", "-c", "(" + shown + ")" + own + linkLocal),
        noren.must("ip", "-4", "rule"),
        noren.must("ip", "-6", "rule"),
        noren.must("nft", "-s", "list", "ruleset"));
  }

  /** When the far end last shook hands, seconds since 1970. */
  private String handshake() {
    return tunnel.far().wg("show", "latest-handshakes").must();
  }

  @Test
  void whatDoesNotConcernATunnelLeavesItAlone() {
    String handshake = handshake();
    // So many a second that a way which is gone for 0.2 s is seen.
    Running ping =
        street.pc().start("ping", "-n", "-q", "-i", "0.05", "-w", "120", ShopStreet.HQ_4);
    router.noren("config", "set", "log.keepDays", "30").must();
    router.noren("config", "set", "name", "corner").must();
    router.noren("config", "set", "dns.forceClients", "false").must();
    router.noren("config", "confirm").must();
    router.noren("config", "set", "dns.upstream", "[\"" + ShopStreet.RESOLVER_4 + "\"]").must();
    router.noren("config", "confirm").must();
    assertTrue(ping.isAlive(), "the changes were made while it ran: " + ping.said());
    ping.interrupt();
    Ran end = street.pc().finish(ping, Duration.ofSeconds(30));
    // One that meets half of an old firewall and half of the new one is dropped rather than let
    // out.
    Matcher counts = PINGS.matcher(end.out());
    assertTrue(counts.find(), end.toString());
    int lost = Integer.parseInt(counts.group(1)) - Integer.parseInt(counts.group(2));
    assertTrue(lost <= 2, end.toString());
    assertEquals(handshake, handshake(), "the session goes on");
  }

  @Test
  void aPortThatIsTakenUndoesAllThatWasDoneBefore() {
    Running other =
        street
            .noren()
            .start("dnsmasq", "-k", "-C", "/dev/null", "-R", "-u", "root", "-p", TAKEN_PORT);
    try {
      Wait.until("the port is taken", () -> listens(TAKEN_PORT));
      refused(
          ShopTunnel.document(
              LAN + "\"dns\": {\"forceClients\": false},",
              tunnel.json(
                  "\"" + ShopTunnel.OWN_4 + "/32\"",
                  "\"10.50.0.0/16\"",
                  "{\"mode\": \"split\", \"subnets\": [\"10.50.0.0/16\"]}",
                  ", \"listenPort\": " + TAKEN_PORT)),
          TAKEN_PORT);
    } finally {
      street.noren().end(other);
    }
  }

  private boolean listens(String port) {
    return street.noren().must("ss", "-Hlun").contains(":" + port + " ");
  }

  /** The address is the last thing but routes, rules and services, after the tunnels. */
  @Test
  void anAddressThatIsTakenUndoesAllThatWasDoneBefore() {
    street.noren().ip("addr add 10.88.0.1/24 broadcast + dev br-lan");
    try {
      refused(
          ShopTunnel.document(
              OTHER_LAN + "\"dns\": {\"forceClients\": false},",
              tunnel.split().replace("\"keepaliveSeconds\": 5", "\"keepaliveSeconds\": 9")),
          "10.88.0.1");
    } finally {
      street.noren().ip("addr del 10.88.0.1/24 dev br-lan");
    }
  }

  private void refused(String document, String why) {
    String before = machine();
    String handshake = handshake();
    Ran ran = router.offer(document);
    assertFalse(ran.ok(), ran.toString());
    assertTrue(ran.err().contains(why), ran.err());
    assertEquals(1, ran.err().strip().lines().count(), ran.err());
    assertEquals(before, machine());
    Ping.answers(street.pc(), ShopStreet.HQ_4);
    assertEquals(handshake, handshake(), "the session goes on");
    assertTrue(router.noren("config", "confirm").err().contains("nothing waits"));
  }

  /** The shop's network moves, and the tunnel by which its author may have come is gone. */
  private void cutOff() {
    router.configure(
        ShopTunnel.document(
            OTHER_LAN,
            tunnel.split().replace("vpn.example", "nowhere.example").replace("10.50", "10.51")));
    assertTrue(street.noren().must("ip", "-4", "addr").contains("10.88.0.1/24"));
    assertFalse(Ping.once(street.pc(), "10.77.0.1"), "the computer is cut off");
  }

  private String table() {
    return street.noren().must("nft", "-s", "list", "table", "inet", "noren");
  }

  /** While it is only tried, the addresses of its names stay: the change may be undone. */
  @Test
  void whatATunnelHadInTheFirewallGoesWithItOnceThatIsConfirmed() {
    String alone = ShopTunnel.document(LAN, tunnel.split());
    // Other tests may have left another document, or this one, and then nothing waits.
    router.configure(alone);
    router.noren("config", "confirm");
    String before = table();
    String handshake = handshake();
    String spare =
        tunnel
            .split()
            .replace("\"" + tunnel.name() + "\"", "\"spare\"")
            .replaceFirst("\"privateKey\": \"[^\"]*\"", "\"privateKey\": \"%s\"")
            .replace(ShopTunnel.OWN_4, "10.9.0.9")
            .replace("\"subnets\": [\"10.50.0.0/16\"]", "\"domains\": [\"spare.example\"]")
            .formatted(Keys.generate().privateKey());
    String both = ShopTunnel.document(LAN, tunnel.split() + "," + spare);
    router.configure(both);
    assertTrue(table().contains("killswitch_spare"), this::table);
    awaitTable(before);
    router.changeTo(both);
    Matcher sets = Pattern.compile("set (t\\d+_names4) ").matcher(table());
    assertTrue(sets.find(), this::table);
    String set = sets.group(1);
    street.noren().must("nft", "add element inet noren " + set + " { 198.18.0.99 }");
    router.configure(alone);
    Wait.until(
        "it is undone",
        Wait.LONG,
        () -> table().contains("jump " + set.replace("names4", "take")),
        () -> table() + router.process().said());
    assertTrue(table().contains("198.18.0.99"), this::table);
    router.changeTo(alone);
    awaitTable(before);
    assertEquals(handshake, handshake(), "the session goes on");
  }

  private void awaitTable(String before) {
    Wait.until(
        "nothing of it is left",
        Wait.LONG,
        () -> table().equals(before),
        () -> before + "\n--- but is ---\n" + table() + router.process().said());
  }

  @Test
  void whatNobodyConfirmsIsUndone() {
    String before = machine();
    String waits = "is being tried";
    cutOff();
    assertTrue(router.noren("config", "show").err().contains(waits));
    Wait.until(
        "it is undone",
        Wait.LONG,
        () -> machine().equals(before),
        () -> before + "\n--- but is ---\n" + machine() + router.process().said());
    awaitAllWell();
    street.askForAddress(street.pc());
    awaitAllWell();
    assertFalse(router.noren("config", "show").err().contains(waits));
    assertTrue(router.noren("log").must().contains("undone, as nobody confirmed it"));
  }

  @Test
  void whatNobodyConfirmedIsGoneAfterAKill() {
    String before = machine();
    cutOff();
    router.kill();
    router.start(PATIENCE);
    router.awaitHandshake();
    Wait.until(
        "the old document is in force",
        Wait.LONG,
        () -> machine().equals(before),
        () -> before + "\n--- but is ---\n" + machine() + router.process().said());
    awaitAllWell();
    street.askForAddress(street.pc());
    awaitAllWell();
  }
}
