package dev.noren.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.config.RouterJson;
import dev.noren.config.TunnelName;
import dev.noren.control.ControlClient;
import dev.noren.control.PairingDesk.Pair;
import dev.noren.street.Capture;
import dev.noren.street.Host;
import dev.noren.street.PairingStreet;
import dev.noren.street.PairingStreet.Line;
import dev.noren.street.PairingStreet.Shop;
import dev.noren.street.Ping;
import dev.noren.street.Ran;
import dev.noren.street.Running;
import dev.noren.street.Wait;
import dev.noren.text.Language;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two shops are joined by an invitation that was carried once, whatever lies between them. */
class PairingIT {
  private static final Duration SOON = Duration.ofSeconds(45);
  private static final Pattern DIGITS = Pattern.compile("digits  (\\d{6})\n");
  private static final String CLOCK = "NOREN_TEST_CLOCK_OFFSET_SECONDS";
  private static final long YEAR_SECONDS = 365 * 24 * 3600L;

  private static PairingStreet street;
  private static Shop ueno;
  private static Shop ginza;
  private static Shop thief;

  @BeforeAll
  static void build() {
    street = new PairingStreet();
    ueno = street.ueno();
    ginza = street.ginza();
    thief = street.thief();
  }

  @AfterAll
  static void remove() {
    if (street != null) {
      street.close();
    }
  }

  @AfterEach
  void stop() {
    for (Shop shop : List.of(ueno, ginza, thief)) {
      if (shop.router().isRunning()) {
        shop.router().stop();
      }
    }
    street.filtersIpv6(false);
  }

  @Test
  void bothReachableAndOnlyAfterBothHaveAccepted() throws Exception {
    start(ueno, Line.PUBLIC, true, "192.168.10.", true, 0);
    start(ginza, Line.PUBLIC, true, "192.168.20.", false, 0);
    String line = invite("--shop", "Ginza");
    join(ginza, line);
    String digits = digits(ueno);
    assertEquals(digits, digits(ginza));
    assertFalse(reaches(ueno, ginza), "nothing is routed before anybody has accepted");
    onlyTheConversationIsOpen();
    String shown = ginza.router().noren("pair").must();
    String spaced = digits.substring(0, 3) + " " + digits.substring(3);
    assertTrue(shown.contains("digits  " + spaced + "\n"), shown);
    ueno.router().noren("pair", "accept", ueno.form()).must();
    assertFalse(reaches(ginza, ueno), "nothing is routed before the joiner has accepted too");
    accept(ginza);
    awaitJoined();
    await(ueno, "the two shops are joined");
    assertTrue(document(ueno).contains("\"Ginza\""), document(ueno));
    assertTrue(document(ginza).contains("\"pairing\": null"), document(ginza));
    start(thief, Line.PUBLIC, true, "192.168.30.", false, 0);
    join(thief, line);
    await(thief, "was used already, by another router");
    assertTrue(reaches(ueno, ginza), "the shops that were joined");
  }

  @Test
  void theJoinerIsBehindNat() throws Exception {
    start(ueno, Line.PUBLIC, false, "192.168.10.", true, 0);
    start(ginza, Line.CGNAT, false, "192.168.20.", false, 0);
    pairUp(invite());
  }

  @Test
  void theInviterIsBehindNat() throws Exception {
    start(ueno, Line.CGNAT, false, "192.168.10.", true, 0);
    start(ginza, Line.PUBLIC, false, "192.168.20.", false, 0);
    pairUp(invite("--far", ginza.v4() + ":51821"));
  }

  @Test
  void bothAreBehindFiltersThatLetInOnlyAnswers() throws Exception {
    street.filtersIpv6(true);
    start(ueno, Line.CGNAT, true, "192.168.10.", true, 0);
    start(ginza, Line.CGNAT, true, "192.168.20.", false, 0);
    pairUp(invite("--far", "[" + ginza.v6() + "]:51821"));
  }

  @Test
  void bothAreBehindCgnatWithIpv6Between() throws Exception {
    start(ueno, Line.CGNAT, true, "192.168.10.", true, 0);
    start(ginza, Line.CGNAT, true, "192.168.20.", false, 0);
    pairUp(invite());
  }

  @Test
  void whereNobodyCanCallInThatIsSaidBeforeTheInvitationIsCarried() throws Exception {
    start(ueno, Line.CGNAT, false, "192.168.10.", true, 0);
    Ran ran = ueno.router().noren("invite", ueno.form());
    assertFalse(ran.ok());
    assertTrue(ran.err().contains("hides behind its own NAT (CGNAT), and no IPv6"), ran.err());
    assertEquals("", ran.out());
    ran = ueno.router().noren("invite", ueno.form(), "--far", "203.0.113.34:51821");
    assertTrue(ran.ok(), ran.err());
    assertTrue(ran.err().contains("which has to be reachable there"), ran.err());
    refuse(ueno);
    String shown = ueno.router().noren("pair").must();
    assertTrue(shown.contains("it was refused"), shown);
  }

  @Test
  void lansThatOverlapAreJoinedUnderOtherNetworks() throws Exception {
    start(ueno, Line.PUBLIC, true, "192.168.10.", true, 0);
    start(ginza, Line.PUBLIC, true, "192.168.10.", false, 0);
    join(ginza, invite());
    assertEquals(digits(ueno), digits(ginza));
    accept(ueno);
    accept(ginza);
    Wait.until(
        "the joiner has changed over", SOON, () -> !pair(ginza).contains("digits"), this::states);
    Matcher own =
        Pattern.compile("\"seenAs\": \"(10\\.[0-9.]+)/24\",\\s+\"exchange\"")
            .matcher(document(ginza));
    assertTrue(own.find(), document(ginza));
    assertTrue(document(ueno).contains("\"" + own.group(1) + "/24\""), document(ueno));
    Matcher far =
        Pattern.compile("\"seenAs\": \\[\\s*\"(10\\.[0-9.]+)/24").matcher(document(ginza));
    assertTrue(far.find(), document(ginza));
    trafficPassesAsOthers(inNet(own.group(1), 10), inNet(far.group(1), 10));
  }

  @Test
  void whoStealsTheInvitationAndIsFirstGetsNothing() throws Exception {
    start(ueno, Line.PUBLIC, true, "192.168.10.", true, 0);
    start(ginza, Line.PUBLIC, true, "192.168.20.", false, 0);
    start(thief, Line.PUBLIC, true, "192.168.30.", false, 0);
    String line = invite();
    join(thief, line);
    String digits = digits(ueno);
    assertEquals(digits, digits(thief));
    accept(thief);
    join(ginza, line);
    await(ginza, "was used already, by another router");
    assertFalse(DIGITS.matcher(pair(ginza)).find(), "the rightful joiner has no digits to compare");
    refuse(ueno);
    // The thief may not be told: the rightful joiner's handshake with the same key was the later.
    await(ueno, "it was refused");
    assertTrue(document(ueno).contains("\"shops\": []"), document(ueno));
    assertFalse(reaches(thief, ueno));
    assertFalse(reaches(ueno, thief));
  }

  @Test
  void itExpiresByTheInvitersClockWhateverTheJoinersSays() throws Exception {
    start(ueno, Line.PUBLIC, true, "192.168.10.", true, 0);
    start(ginza, Line.PUBLIC, true, "192.168.20.", false, -YEAR_SECONDS);
    String line = invite();
    ueno.router().stop();
    ueno.router().start(Map.of(CLOCK, "" + 25 * 3600));
    awaitUp(ueno);
    String said = join(ginza, line);
    assertTrue(said.contains("was made in the future"), said);
    await(ginza, "has expired by the clock of the router that made it");
    await(ueno, "it has expired");
    assertFalse(reaches(ginza, ueno));
  }

  @Test
  void aClockThatWasNeverSetIsSpokenOfAndDoesNoHarm() throws Exception {
    start(ueno, Line.PUBLIC, true, "192.168.10.", true, -50 * YEAR_SECONDS);
    start(ginza, Line.PUBLIC, true, "192.168.20.", false, 0);
    Ran ran = ueno.router().noren("invite", ueno.form());
    assertTrue(ran.ok(), ran.err());
    assertTrue(ran.err().contains("so it was never set"), ran.err());
    pairUp(ran.out().strip());
  }

  private static void start(
      Shop shop, Line line, boolean ipv6, String net, boolean invites, long clockSeconds) {
    shop.hasIpv6(ipv6);
    shop.router().configure(shop.document(line, net, invites));
    shop.router().start(Map.of(CLOCK, "" + clockSeconds));
    awaitUp(shop);
  }

  private static void awaitUp(Shop shop) {
    Wait.until("the line is up", SOON, () -> isUp(shop), () -> shop.router().process().said());
  }

  private static String invite(String... more) {
    List<String> command = new ArrayList<>(List.of("invite", ueno.form()));
    command.addAll(List.of(more));
    return ueno.router().noren(command.toArray(String[]::new)).must().strip();
  }

  private static String join(Shop shop, String line) {
    Ran ran = shop.router().noren("join", line, "--form", shop.form());
    assertTrue(ran.ok(), ran.err());
    return ran.err();
  }

  private static void accept(Shop shop) throws Exception {
    desk(shop).accept(new TunnelName(shop.form()), "test");
  }

  private static void refuse(Shop shop) throws Exception {
    desk(shop).refuse(new TunnelName(shop.form()), "test");
  }

  /** As noren pair shows it, asked for without a process, since it is asked for often. */
  private static String pair(Shop shop) {
    try {
      return String.join("\n", desk(shop).pairings().stream().map(PairingIT::text).toList());
    } catch (IOException e) {
      return e.getMessage();
    }
  }

  private static String text(Pair pair) {
    return "digits  " + pair.digits() + "\n" + pair.state();
  }

  private static ControlClient desk(Shop shop) {
    return ControlClient.in(shop.router().state(), Language.ENGLISH);
  }

  private static String document(Shop shop) {
    try {
      return RouterJson.writeHidden(desk(shop).load().current().config());
    } catch (IOException e) {
      return e.getMessage();
    }
  }

  private static boolean isUp(Shop shop) {
    try {
      return desk(shop).isRunning() && desk(shop).status().lines().getFirst().healthy();
    } catch (IOException e) {
      return false;
    }
  }

  private String states() {
    return "ueno: %s%s\nginza: %s%s"
        .formatted(
            pair(ueno),
            ueno.router().process().said(),
            pair(ginza),
            ginza.router().process().said());
  }

  private void await(Shop shop, String state) {
    Wait.until(state, SOON, () -> pair(shop).contains(state), this::states);
  }

  private String digits(Shop shop) {
    Wait.until(
        "there are digits to compare", SOON, () -> DIGITS.matcher(pair(shop)).find(), this::states);
    Matcher digits = DIGITS.matcher(pair(shop));
    assertTrue(digits.find());
    return digits.group(1);
  }

  private void pairUp(String line) throws Exception {
    join(ginza, line);
    assertEquals(digits(ueno), digits(ginza));
    accept(ginza);
    accept(ueno);
    awaitJoined();
  }

  private void awaitJoined() {
    Wait.until("ueno reaches ginza", SOON, () -> reaches(ueno, ginza), this::states);
    Wait.until("ginza reaches ueno", SOON, () -> reaches(ginza, ueno), this::states);
  }

  private static String inNet(String network, int host) {
    return network.substring(0, network.lastIndexOf('.') + 1) + host;
  }

  /** Both computers are 192.168.10.10 in their own shop. */
  private void trafficPassesAsOthers(String ginzasPc, String uenosPc) throws Exception {
    for (Shop[] way : new Shop[][] {{ueno, ginza}, {ginza, ueno}}) {
      Host from = way[0].pc();
      Host to = way[1].pc();
      String called = way[0] == ueno ? ginzasPc : uenosPc;
      String seen = way[0] == ueno ? uenosPc : ginzasPc;
      Wait.until(called + " answers", SOON, () -> Ping.once(from, called), this::states);
      try (Capture heard = Capture.received(to, "eth0", "icmp[icmptype] == icmp-echo")) {
        Ping.answers(from, called);
        Wait.until(
            "it is seen as " + seen,
            Wait.LONG,
            () ->
                heard.packets().stream().anyMatch(each -> each.contains(seen + " > 192.168.10.10")),
            () -> heard.packets().toString());
      }
      Running server = to.start("busybox", "httpd", "-f", "-p", "80", "-h", "/usr/bin");
      to.awaitListening(server, 80);
      String size =
          from.must(
              "curl",
              "-sS",
              "--max-time",
              "20",
              "-o",
              "/dev/null",
              "-w",
              "%{size_download}",
              "http://" + called + "/curl");
      assertEquals(Files.size(Path.of("/usr/bin/curl").toRealPath()), Long.parseLong(size.strip()));
      to.end(server);
      assertFalse(
          Ping.once(from, called.substring(0, called.lastIndexOf('.') + 1) + "77"), "nobody");
    }
    // Not as the other shop calls its own.
    ueno.pc().ip("addr add 192.168.10.20/24 dev eth0");
    assertFalse(Ping.once(ginza.pc(), "192.168.10.20"));
    ueno.pc().ip("addr del 192.168.10.20/24 dev eth0");
  }

  private static boolean reaches(Shop from, Shop to) {
    return Ping.once(from.pc(), to.pcAddress());
  }

  /** While it is provisional, the joiner's router reaches one port of the inviter's. */
  private static void onlyTheConversationIsOpen() {
    assertTrue(isOpen("51819"), "the conversation");
    for (String port : List.of("53", "22", "443")) {
      assertFalse(isOpen(port), "TCP port " + port + " is open");
    }
    assertFalse(ginza.host().run("ping", "-c", "1", "-W", "1", "10.99.0.1").ok());
  }

  private static boolean isOpen(String port) {
    String open = "exec 3<>/dev/tcp/10.99.0.1/" + port;
    return ginza.host().run("timeout", "2", "bash", "-c", open).ok();
  }
}
