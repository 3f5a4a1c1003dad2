package dev.noren.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.control.RecordJson;
import dev.noren.doctor.Diagnosis;
import dev.noren.status.Finding;
import dev.noren.street.Capture;
import dev.noren.street.FaultyEnds;
import dev.noren.street.Running;
import dev.noren.street.ShopPhone;
import dev.noren.street.ShopStreet;
import dev.noren.street.ShopTunnel;
import dev.noren.street.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Faults are made for real, and the doctor names them; on a healthy street it has nothing to say.
 * Most of that is waiting, so it goes on in several streets at once.
 */
class DoctorIT {
  private static final Duration HEALTHY = Duration.ofSeconds(60);

  /** After this part of that nobody asks for a while. */
  private static final Duration ASKED = Duration.ofSeconds(5);

  /** A round comes every 5 s while somebody wants to know, so after so long nobody does. */
  private static final Duration QUIET = Duration.ofSeconds(8);

  private static final String PC = "10.77.0.20";
  private static final int PHONE_PORT = 51830;

  /** All echoes beside the tunnel, the computer's too. */
  private static final String ECHOES = "icmp[icmptype] == icmp-echo or (icmp6 and ip6[40] == 128)";

  /** As many as a machine with two processors bears at once; the next begins when one ends. */
  private static final ExecutorService STREETS = Executors.newFixedThreadPool(3);

  private static Future<?> lineGone;
  private static Future<?> newLine;
  private static Future<?> farEnds;
  private static Future<?> healthy;

  @BeforeAll
  static void begin() {
    healthy = STREETS.submit(DoctorIT::watchAHealthyStreet);
    farEnds = STREETS.submit(DoctorIT::makeFaultsOfFarEnds);
    lineGone = STREETS.submit(DoctorIT::takeALineAway);
    newLine = STREETS.submit(DoctorIT::makeFaultsOfANewLine);
  }

  @AfterAll
  static void end() throws InterruptedException {
    STREETS.shutdownNow();
    assertTrue(STREETS.awaitTermination(60, TimeUnit.SECONDS), "a street is still there");
  }

  private static void awaitEnd(Future<?> street) throws Exception {
    try {
      street.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error failure) {
        throw failure;
      }
      throw e;
    }
  }

  /** From the first start on. */
  @Test
  void aFaultOfANewLineIsNamed() throws Exception {
    awaitEnd(newLine);
  }

  private static void makeFaultsOfANewLine() {
    try (DoctoredShop shop = new DoctoredShop()) {
      ShopStreet street = shop.street;
      shop.page("Welcome to our wireless\n");
      street.farIsAt();
      street.stopLineServer();
      // The shop's network is a part of the far one.
      shop.router.configure(
          ShopTunnel.document(
              "\"role\": \"router\", \"lan\": {\"address\": \"10.50.7.1/24\"},",
              shop.tunnel.split()));
      long since = System.nanoTime();
      shop.start();
      shop.names("2-1", "no address", since);
      since = System.nanoTime();
      street.lineAsksForMtu(1500);
      shop.names("2-4", "a page of the line's", since);
      shop.knownPage();
      since = System.nanoTime();
      shop.names("3-2", "the far end's name is unknown", since);
      since = System.nanoTime();
      street.farIsAt(ShopStreet.FAR_4);
      shop.names("5-6", "two networks have the same addresses", since);
      shop.router.changeTo(ShopTunnel.document("\"role\": \"router\",", shop.tunnel.split()));
      shop.awaitNothing();
    }
  }

  @Test
  void aFaultOfALineThatWorkedIsNamed() throws Exception {
    awaitEnd(lineGone);
  }

  private static void takeALineAway() {
    try (DoctoredShop shop = new DoctoredShop()) {
      ShopStreet street = shop.street;
      shop.router.configure(ShopTunnel.document("\"role\": \"router\",", shop.tunnel.split()));
      shop.start();
      shop.awaitNothing();
      long since = System.nanoTime();
      street.web().nft(NO_NAMES);
      shop.names("3-1", "the name servers are silent", since);
      street.web().nft("delete table inet dumb\n");
      since = System.nanoTime();
      street.internet().nft(NOTHING_BEYOND);
      shop.names("2-3", "nothing beyond the next router answers", since);
      shop.fares("no-internet", "2-3");
      street.internet().nft("delete table inet cut\n");
      since = System.nanoTime();
      street.silence(ShopStreet.LINE);
      shop.names("2-2", "the next router is silent", since);
      since = System.nanoTime();
      street.unplug(ShopStreet.LINE);
      shop.names("1-1", "no link", since);
      shop.fares("no-cable", "1-1");
      String said = shop.router.noren("doctor", "--json").must();
      assertTrue(said.contains("\"finding\": "), said);
      Wait.until(
          "it is written down",
          DoctoredShop.TO_NAME,
          () -> shop.log().contains("Finding 1-1: "),
          shop::log);
      String status = shop.router.noren("--language", "ja", "status").must();
      assertTrue(status.contains("不具合: 1-1 "), status);
    }
  }

  private static final String NO_NAMES =
      """
      table inet dumb {
        chain in {
          type filter hook input priority 0
          meta l4proto { tcp, udp } th dport 53 drop
        }
      }
      """;

  private static final String NOTHING_BEYOND =
      """
      table inet cut {
        chain through {
          type filter hook forward priority 0; policy drop;
        }
      }
      """;

  /** One tunnel for each fault, all at once. */
  @Test
  void aFaultOfAFarEndIsNamed() throws Exception {
    awaitEnd(farEnds);
  }

  private static void makeFaultsOfFarEnds() {
    try (DoctoredShop shop = new DoctoredShop();
        ShopPhone phone = new ShopPhone(shop.street);
        FaultyEnds faults = new FaultyEnds(shop.street)) {
      ShopStreet street = shop.street;
      shop.router.configure(
          document(
              street,
              shop.tunnel.split() + "," + faults.json(),
              phone.form("remote", PHONE_PORT, ", \"extent\": \"split\"", "")));
      long since = System.nanoTime();
      shop.start();
      shop.router.awaitHandshake();
      street.askForAddress(street.pc());
      faults.begin(lineAddress(street));
      phone.call(lineAddress(street) + ":" + PHONE_PORT);
      Map<String, String> missing = new TreeMap<>(faults.expected());
      missing.put(phone.name(), "5-7");
      Wait.until(
          "each fault is named",
          DoctoredShop.TO_NAME,
          () -> {
            street.phone().run("curl", "-s", "--max-time", "1", "http://" + PC + ":8080");
            faults.go();
            for (Finding each : shop.findings()) {
              String name = each.tunnel() == null ? phone.name() : each.tunnel();
              if (each.number().equals(missing.get(name))) {
                missing.remove(name);
                DoctoredShop.print(each.number(), each.key(), since);
              }
            }
            return missing.isEmpty();
          },
          () ->
              missing
                  + " in "
                  + RecordJson.write(shop.diagnosis(), true)
                  + shop.router.process().said());
      assertEquals(
          List.of(),
          shop.findings().stream()
              .filter(each -> shop.tunnel.name().equals(each.tunnel()))
              .toList(),
          "the tunnel that is well");
      String said = shop.router.noren("--language", "ja", "doctor").must();
      assertTrue(said.contains("5-2"), said);
    }
  }

  private static String document(ShopStreet street, String tunnels, String forms) {
    return """
    {"schema": 1, "role": "router",
     "lan": {"address": "10.77.0.1/24",
             "reservations": [{"name": "pc", "mac": "%1$s", "address": "%2$s"}]},
     "tunnels": [%3$s], "forms": [%4$s],
     "access": {"rules": [{"name": "web", "from": ["device:phone"], "to": ["%2$s"],
                           "services": ["tcp/80"]}]}}
    """
        .formatted(
            street.pc().must("cat", "/sys/class/net/eth0/address").strip(), PC, tunnels, forms);
  }

  private static String lineAddress(ShopStreet street) {
    String all = street.noren().must("ip", "-4", "-o", "addr", "show", "dev", "eth0");
    return all.replaceAll("(?s).* inet ([0-9.]+)/.*", "$1");
  }

  @Test
  void onAHealthyStreetUnderLoadThereIsNoFinding() throws Exception {
    awaitEnd(healthy);
  }

  /**
   * Beside the tunnel the box asks only its next router, while somebody wants to know; and when
   * nobody does, nobody.
   */
  private static void watchAHealthyStreet() {
    try (DoctoredShop shop = new DoctoredShop()) {
      ShopStreet street = shop.street;
      shop.router.configure(ShopTunnel.document("\"role\": \"router\",", shop.tunnel.split()));
      shop.start();
      shop.router.awaitHandshake();
      street.askForAddress(street.pc());
      shop.awaitNothing();
      try (Capture echoes = Capture.received(street.internet(), ShopStreet.LINE, ECHOES)) {
        List<Running> loads = load(street);
        shop.fares("up", null);
        int told = count(shop.log());
        long beganNs = System.nanoTime();
        int looks = look(shop, beganNs + ASKED.toNanos());
        awaitQuiet(echoes);
        looks += look(shop, beganNs + HEALTHY.toNanos());
        System.out.printf("doctor: no finding in %d looks%n", looks);
        assertEquals(told, count(shop.log()), shop::log);
        List<String> asked = echoes.packets();
        assertNotEquals(List.of(), asked, "the next router");
        assertEquals(
            List.of(),
            asked.stream()
                .filter(each -> !each.contains("> " + ShopStreet.GATEWAY_4 + ": "))
                .toList());
        loads.forEach(Running::close);
      }
    }
  }

  private static void awaitQuiet(Capture echoes) {
    long[] last = {-1, 0};
    Wait.until(
        "nobody is asked any more",
        DoctoredShop.TO_NAME,
        () -> {
          int now = echoes.packets().size();
          if (now != last[0]) {
            last[0] = now;
            last[1] = System.nanoTime();
          }
          return System.nanoTime() - last[1] > QUIET.toNanos();
        },
        () -> echoes.packets().toString());
  }

  /** How many changes of the health are written down in a log. */
  private static int count(String log) {
    return log.split("now it is so: ", -1).length - 1;
  }

  private static List<Running> load(ShopStreet street) {
    List<Running> loads = new ArrayList<>();
    for (String server : new String[] {ShopStreet.HQ_4, "www.example"}) {
      loads.add(
          street
              .pc()
              .start(
                  "sh",
                  "-c",
                  "while :; do curl -s --max-time 20 -o /dev/null --limit-rate 4M http://$0/big;"
                      + " done",
                  server));
    }
    loads.add(street.pc().start("ping", "-q", "-i", "0.2", ShopStreet.HQ_4));
    return loads;
  }

  /** Looks every second until then, and at least once. */
  private static int look(DoctoredShop shop, long untilNs) {
    int looks = 0;
    do {
      Diagnosis now = shop.diagnosis();
      assertNotNull(now, "the router does not answer");
      assertNull(now.finding(), () -> RecordJson.write(now, true));
      looks++;
      Wait.pause(1_000);
    } while (System.nanoTime() - untilNs < 0);
    return looks;
  }
}
