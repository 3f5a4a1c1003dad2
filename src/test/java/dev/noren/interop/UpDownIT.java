package dev.noren.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.noren.street.FarShop;
import dev.noren.street.Iperf;
import dev.noren.street.Machine;
import dev.noren.street.Maker;
import dev.noren.street.Ping;
import dev.noren.street.Ran;
import dev.noren.street.Running;
import dev.noren.street.Street;
import dev.noren.street.Traces;
import dev.noren.street.TwoShops;
import dev.noren.street.Wait;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code noren up} and {@code noren down}: what a file does to a host, and that all is undone. */
class UpDownIT {
  private static final Duration TO_END = Duration.ofSeconds(15);
  private static final String INNER = "10.77.0.0/24, fd77::/64";
  private static final String ALL = "0.0.0.0/0, ::/0";

  private FarShop shop;
  private Traces before;

  @BeforeEach
  void open() {
    shop = new FarShop();
    before = Traces.of(shop.near());
  }

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  void staysInFrontUntilCtrlC() {
    String file = shop.file("MTU = 1400", INNER);
    Running up = shop.near().start(command("up", file));
    Ping.answers(shop.near(), TwoShops.RIGHT_4);
    Ping.answers(shop.near(), TwoShops.RIGHT_6);
    Ping.answers(shop.far().host(), TwoShops.LEFT_6);
    assertTrue(shop.near().must("ip", "link", "show", shop.name()).contains("mtu 1400"), "its MTU");
    up.interrupt();
    Ran ran = shop.near().finish(up, TO_END);
    assertEquals(0, ran.exit(), ran.toString());
    assertGone();
  }

  @Test
  void goesToTheBackgroundAndDown() {
    noren("up", "-d", shop.file("", INNER)).must();
    // It has returned, so it must be ready: no second try.
    assertTrue(shop.near().must("wg", "show", shop.name()).contains("peer: "), "it is configured");
    Ping.answers(shop.near(), TwoShops.RIGHT_4);
    String shown = noren("show", shop.name()).must();
    assertTrue(shown.contains(shop.far().publicKey()), shown);
    assertFalse(noren("up", "-d", shop.file("", INNER)).ok(), "the same tunnel came up twice");
    Ping.answers(shop.near(), TwoShops.RIGHT_4);
    noren("down", shop.name()).must();
    assertGone();
  }

  @Test
  void sendsEverythingThroughAFullTunnelAndUndoesIt() {
    String mark = shop.near().must("sysctl", "-n", "net.ipv4.conf.all.src_valid_mark");
    noren("up", "-d", shop.file("", ALL)).must();
    shop.far().host().ip("addr add 192.0.2.7/32 dev lo", "addr add 2001:db8:7::7/128 dev lo nodad");
    Ping.answers(shop.near(), "192.0.2.7");
    Ping.answers(shop.near(), "2001:db8:7::7");
    assertTrue(Iperf.tcp(shop.near(), shop.far().host(), "192.0.2.7", 1_000_000).bytes() > 0);
    // The tunnel's own packets and the near net still go outside.
    Ping.answers(shop.near(), "198.51.100.1");
    assertTrue(shop.near().must("ip", "route", "get", "192.0.2.7").contains(shop.name()), "inside");
    noren("down", shop.name()).must();
    assertGone();
    assertEquals(mark, shop.near().must("sysctl", "-n", "net.ipv4.conf.all.src_valid_mark"));
  }

  @Test
  void cleansUpAfterAProcessThatWasKilled() {
    Running up = shop.near().start(command("up", shop.file("", ALL)));
    Ping.answers(shop.near(), TwoShops.RIGHT_4);
    assertNotEquals(before, Traces.of(shop.near()));
    up.kill();
    noren("down", shop.name()).must();
    assertGone();
    noren("up", "-d", shop.file("", ALL)).must();
    Ping.answers(shop.near(), TwoShops.RIGHT_4);
    noren("down", shop.name()).must();
    assertGone();
  }

  @Test
  void comesUpAgainAfterItWasKilled() {
    Running up = shop.near().start(command("up", shop.file("", ALL)));
    Ping.answers(shop.near(), TwoShops.RIGHT_4);
    up.kill();
    noren("up", "-d", shop.file("", ALL)).must();
    Ping.answers(shop.near(), TwoShops.RIGHT_4);
    noren("down", shop.name()).must();
    assertGone();
  }

  @Test
  void undoesEverythingWhenTheInterfaceIsDeleted() {
    Running up = shop.near().start(command("up", shop.file("", ALL)));
    Ping.answers(shop.near(), TwoShops.RIGHT_4);
    shop.near().ip("link del dev " + shop.name());
    shop.near().finish(up, TO_END);
    assertGone();
  }

  @Test
  void putsRoutesWhereTheFileSays() {
    noren("up", "-d", shop.file("Table = 1234\nFwMark = 0x77", INNER)).must();
    String table = shop.near().must("ip", "route", "show", "table", "1234");
    assertTrue(table.contains("10.77.0.0/24"), table);
    assertEquals("0x77\n", shop.near().must("wg", "show", shop.name(), "fwmark"));
    noren("down", shop.name()).must();
    assertGone();
    noren("up", "-d", shop.file("Table = off", "10.77.0.0/24, 192.0.2.0/24")).must();
    assertFalse(shop.near().must("ip", "route").contains("192.0.2.0/24"), "off means no routes");
    noren("down", shop.name()).must();
    assertGone();
  }

  @Test
  void refusesHooksUnlessTheyAreAllowed() {
    String made = shop.folder().path().resolve("made").toString();
    String file = shop.file("PostUp = touch " + made + "-%i\nPreDown = rm " + made + "-%i", INNER);
    Ran refused = noren("up", "-d", file);
    assertEquals(1, refused.exit(), refused.toString());
    assertTrue(refused.err().contains("--allow-hooks"), refused.toString());
    assertGone();
    Path flag = Path.of(made + "-" + shop.name());
    noren("up", "-d", "--allow-hooks", file).must();
    assertTrue(Files.exists(flag), "PostUp has run");
    noren("down", shop.name()).must();
    assertFalse(Files.exists(flag), "PreDown has run");
    assertGone();
  }

  @Test
  void writesResolvConfInPlaceAndRestoresIt() {
    assumeTrue(!shop.near().run("sh", "-c", "command -v resolvconf").ok(), "there is a resolvconf");
    String old = "# the shop's own\nnameserver 192.0.2.53\n";
    shop.near().resolvConf(old);
    noren("up", "-d", shop.file("DNS = 10.77.0.2, fd77::2, shop.example", INNER)).must();
    String now = shop.near().must("cat", "/etc/resolv.conf");
    assertTrue(now.contains("nameserver 10.77.0.2"), now);
    assertTrue(now.contains("nameserver fd77::2"), now);
    assertTrue(now.contains("search shop.example"), now);
    noren("down", shop.name()).must();
    assertEquals(old, shop.near().must("cat", "/etc/resolv.conf"));
    assertGone();
  }

  @Test
  void tellsResolvconfWhereThereIsOne() {
    Path log = shop.folder().path().resolve("log");
    shop.folder().script("resolvconf", "{ echo \"$@\"; cat; } >>" + log + "\n");
    Map<String, String> environment = shop.folder().withNorenOnPath();
    String file = shop.file("DNS = 10.77.0.2", INNER);
    String state = shop.folder().path().resolve("state").toString();
    shop.near().runIn(environment, "noren", "up", "--state", state, "-d", file).must();
    String asked = shop.folder().read("log");
    assertTrue(
        asked.contains("-a " + shop.name()) || asked.contains("-a tun." + shop.name()), asked);
    assertTrue(asked.contains("nameserver 10.77.0.2"), asked);
    shop.near().runIn(environment, "noren", "down", "--state", state, shop.name()).must();
    assertTrue(shop.folder().read("log").contains("-d "), shop.folder().read("log"));
    assertGone();
  }

  @ParameterizedTest(name = "{0} fails")
  @ValueSource(strings = {"PreUp", "PostUp"})
  void leavesNothingWhenAStepFails(String hook) {
    Ran ran = noren("up", "-d", "--allow-hooks", shop.file(hook + " = exit 3", ALL));
    assertEquals(1, ran.exit(), ran.toString());
    assertTrue(ran.err().contains("exit 3"), ran.toString());
    assertGone();
  }

  @Test
  void leavesNothingWhenARouteIsTaken() {
    shop.near().ip("route add 192.0.2.0/24 via 198.51.100.1");
    Traces with = Traces.of(shop.near());
    Ran ran = noren("up", "-d", shop.file("", INNER + ", 192.0.2.0/24"));
    assertEquals(1, ran.exit(), ran.toString());
    with.awaitBack(shop.near());
  }

  @Test
  void downOfWhatIsNotThereFailsWithOneSentence() {
    Ran ran = noren("down", shop.name());
    assertEquals(1, ran.exit(), ran.toString());
    assertTrue(ran.err().contains(shop.name()), ran.toString());
    assertEquals(1, List.of(ran.err().strip().split("\n", -1)).size(), ran.toString());
  }

  @Test
  void reachesAnEndpointByName() {
    shop.near().etc("hosts", Street.RIGHT_4 + " far.example\n");
    String file = shop.file("", INNER);
    String text = shop.folder().read(shop.name() + ".conf");
    shop.folder().write(shop.name() + ".conf", text.replace(Street.RIGHT_4 + ":", "far.example:"));
    noren("up", "-d", file).must();
    Ping.answers(shop.near(), TwoShops.RIGHT_4);
    noren("down", shop.name()).must();
    assertGone();
  }

  private Ran noren(String... arguments) {
    return shop.near().run(command(arguments));
  }

  /** Up and down keep their state in the test's folder. */
  private String[] command(String... arguments) {
    List<String> command = new ArrayList<>(List.of(Maker.launcher()));
    command.addAll(List.of(arguments));
    if (!arguments[0].equals("show")) {
      command.addAll(2, List.of("--state", shop.folder().path().resolve("state").toString()));
    }
    return command.toArray(String[]::new);
  }

  private void assertGone() {
    before.awaitBack(shop.near());
    Wait.until(
        "the process has ended",
        () ->
            shop.near().must("ip", "netns", "pids", shop.near().namespace()).lines().count() <= 1);
    assertFalse(Files.exists(Machine.SOCKETS.resolve(shop.name() + ".sock")), "the socket is left");
  }
}
