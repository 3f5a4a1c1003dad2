package dev.noren.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.control.ControlClient;
import dev.noren.control.RecordJson;
import dev.noren.doctor.Diagnosis;
import dev.noren.doctor.Finding;
import dev.noren.status.LogQuery;
import dev.noren.street.FaultyEnds;
import dev.noren.street.NorenRouter;
import dev.noren.street.Running;
import dev.noren.street.ShopPhone;
import dev.noren.street.ShopStreet;
import dev.noren.street.ShopTunnel;
import dev.noren.street.Wait;
import dev.noren.text.Language;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Faults are made for real, and the doctor names them; on a healthy street it has nothing to say.
 */
class DoctorIT {
  /** On a loaded machine; the goal is 10 s for what is seen at once, 30 s for what needs a try. */
  private static final Duration TO_NAME = Duration.ofSeconds(90);

  private static final Duration HEALTHY = Duration.ofSeconds(60);
  private static final String PAGE = "www/nm";
  private static final String ONLINE = "NetworkManager is online\n";
  private static final String LAN = "10.77.0.1/24";
  private static final String PC = "10.77.0.20";
  private static final int PHONE_PORT = 51830;

  private ShopStreet street;
  private ShopTunnel tunnel;
  private NorenRouter router;

  @BeforeEach
  void build() {
    street = ShopStreet.router();
    tunnel = new ShopTunnel(street);
    router = new NorenRouter(street.noren());
  }

  @AfterEach
  void remove() {
    router.close();
    tunnel.close();
    street.close();
  }

  private void start() {
    router.start(Map.of("NOREN_TEST_PAGE_HOST", "www.example"));
  }

  private void page(String text) {
    street.folder().write(PAGE, text);
    Running.run("chmod", "0644", street.folder().path().resolve(PAGE).toString()).must();
  }

  private Diagnosis diagnosis() {
    try {
      return ControlClient.in(router.state(), Language.ENGLISH).diagnose();
    } catch (IOException e) {
      // It is still starting.
      return null;
    }
  }

  /** Waits until the doctor says this of the box or its line, and prints how long that took. */
  private void names(String number, String what, long sinceNs) {
    Wait.until(
        number + " " + what,
        TO_NAME,
        () -> {
          Diagnosis now = diagnosis();
          return now != null && now.finding() != null && now.finding().number().equals(number);
        },
        () -> diagnosis() + router.process().said());
    print(number, what, sinceNs);
  }

  private static void print(String number, String what, long sinceNs) {
    System.out.printf(
        "doctor: %s %s, named after %.1f s%n", number, what, (System.nanoTime() - sinceNs) / 1e9);
  }

  private String document(String tunnels, String forms) {
    return """
    {"schema": 1, "role": "router",
     "lan": {"address": "%s",
             "reservations": [{"name": "pc", "mac": "%s", "address": "%s"}]},
     "tunnels": [%s], "forms": [%s],
     "access": {"rules": [{"name": "web", "from": ["device:phone"], "to": ["%s"],
                           "services": ["tcp/80"]}]}}
    """
        .formatted(
            LAN,
            street.pc().must("cat", "/sys/class/net/eth0/address").strip(),
            PC,
            tunnels,
            forms,
            PC);
  }

  @Test
  void aFaultOfTheLineIsNamed() {
    page("Welcome to our wireless\n");
    street.farIsAt();
    street.stopLineServer();
    // The shop's network is a part of the far one.
    router.configure(
        ShopTunnel.document(
            "\"role\": \"router\", \"lan\": {\"address\": \"10.50.7.1/24\"},", tunnel.split()));
    long since = System.nanoTime();
    start();
    names("2-1", "no address", since);
    since = System.nanoTime();
    street.lineAsksForMtu(1500);
    names("2-4", "a page of the line's", since);
    page(ONLINE);
    since = System.nanoTime();
    names("3-2", "the far end's name is unknown", since);
    since = System.nanoTime();
    street.farIsAt(ShopStreet.FAR_4);
    names("5-6", "two networks have the same addresses", since);
    router.changeTo(ShopTunnel.document("\"role\": \"router\",", tunnel.split()));
    awaitNothing();
    since = System.nanoTime();
    street.web().nft(NO_NAMES);
    names("3-1", "the name servers are silent", since);
    street.web().nft("delete table inet dumb\n");
    since = System.nanoTime();
    street.silence(ShopStreet.LINE);
    names("2-2", "the next router is silent", since);
    since = System.nanoTime();
    street.unplug(ShopStreet.LINE);
    names("1-1", "no link", since);
    String said = router.noren("doctor", "--json").must();
    assertTrue(said.contains("\"finding\": "), said);
    Wait.until("it is written down", TO_NAME, () -> log().contains("found 1-1: "), this::log);
  }

  private String log() {
    try {
      return ControlClient.in(router.state(), Language.ENGLISH)
          .log(new LogQuery(null, null, 100))
          .toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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

  private void awaitNothing() {
    Wait.until(
        "nothing is wrong",
        TO_NAME,
        () -> {
          Diagnosis now = diagnosis();
          return now != null && now.settled() && now.finding() == null;
        },
        () -> diagnosis() + router.process().said());
  }

  /** One tunnel for each fault, all at once. */
  @Test
  void aFaultOfAFarEndIsNamed() {
    page(ONLINE);
    try (ShopPhone phone = new ShopPhone(street);
        FaultyEnds faults = new FaultyEnds(street)) {
      router.configure(
          document(
              tunnel.split() + "," + faults.json(),
              phone.form("remote", PHONE_PORT, ", \"extent\": \"split\"", "")));
      long since = System.nanoTime();
      start();
      router.awaitHandshake();
      street.askForAddress(street.pc());
      faults.begin(lineAddress());
      phone.call(lineAddress() + ":" + PHONE_PORT);
      Map<String, String> missing = new TreeMap<>(faults.expected());
      missing.put(phone.name(), "5-7");
      Wait.until(
          "each fault is named",
          TO_NAME,
          () -> {
            street.phone().run("curl", "-s", "--max-time", "1", "http://" + PC + ":8080");
            faults.go();
            for (Finding each : all(diagnosis())) {
              String name = each.tunnel() == null ? phone.name() : each.tunnel();
              if (each.number().equals(missing.get(name))) {
                missing.remove(name);
                print(each.number(), each.key(), since);
              }
            }
            return missing.isEmpty();
          },
          () -> missing + " in " + RecordJson.write(diagnosis(), true) + router.process().said());
      assertEquals(
          List.of(),
          all(diagnosis()).stream().filter(each -> tunnel.name().equals(each.tunnel())).toList(),
          "the tunnel that is well");
      String said = router.noren("--language", "ja", "doctor").must();
      assertTrue(said.contains("5-2"), said);
    }
  }

  private static List<Finding> all(Diagnosis diagnosis) {
    return diagnosis == null
        ? List.of()
        : Stream.concat(Stream.of(diagnosis.finding()), diagnosis.also().stream())
            .filter(Objects::nonNull)
            .toList();
  }

  private String lineAddress() {
    String all = street.noren().must("ip", "-4", "-o", "addr", "show", "dev", "eth0");
    return all.replaceAll("(?s).* inet ([0-9.]+)/.*", "$1");
  }

  @Test
  void onAHealthyStreetUnderLoadThereIsNoFinding() {
    page(ONLINE);
    router.configure(ShopTunnel.document("\"role\": \"router\",", tunnel.split()));
    start();
    router.awaitHandshake();
    street.askForAddress(street.pc());
    awaitNothing();
    List<Running> loads = new ArrayList<>();
    try {
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
      int looks = 0;
      long endNs = System.nanoTime() + HEALTHY.toNanos();
      while (System.nanoTime() - endNs < 0) {
        Diagnosis now = ControlClient.in(router.state(), Language.ENGLISH).diagnose();
        assertNull(now.finding(), () -> RecordJson.write(now, true));
        looks++;
        Wait.pause(1_000);
      }
      System.out.printf("doctor: no finding in %d looks%n", looks);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      loads.forEach(Running::close);
    }
  }
}
