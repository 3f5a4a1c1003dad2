package dev.noren.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.street.Ends;
import dev.noren.street.Host;
import dev.noren.street.HostilePeer;
import dev.noren.street.Keys;
import dev.noren.street.Maker;
import dev.noren.street.Ping;
import dev.noren.street.Street;
import dev.noren.street.TwoShops;
import dev.noren.street.Uapi;
import dev.noren.street.Wait;
import dev.noren.street.WgEnd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A peer with a valid session that means harm, beside an honest one: the tunnel outlives it, says
 * nothing, counts what it drops, and serves the honest one.
 */
class HostilePeerIT {
  private static final Duration AT_MOST = Duration.ofSeconds(60);
  private static final Duration REST = Duration.ofSeconds(1);
  private static final int ROUNDS = 50;
  private static final int UDP_WRONG_SUMS = 7;

  private final Keys keys = Keys.generate();

  @ParameterizedTest(name = "{0}")
  @EnumSource(names = {"NOREN", "PLAIN"})
  void harmsNobodyByWhatItSends(Maker maker) {
    try (TwoShops shops = TwoShops.open(new Ends(maker, Maker.GO))) {
      WgEnd victim = shops.left();
      Host host = victim.host();
      victim.set("peer", keys.publicKey(), "allowed-ips", HostilePeer.ALLOWED_IPS);
      attack(shops, "lengths 1600 bent 200 mixed 3000 roam 3000 initiations 100");
      String drops = Uapi.ask(victim.name(), "get=drops\n\n");
      assertTrue(drops.contains("bad_inner_packet="), drops);
      long before =
          Wait.settled("the attack's packets are all through", REST, () -> wrongSums(host));
      attack(shops, "corrupt " + ROUNDS);
      // Each reaches the kernel as it is; merged with its neighbours it would be right.
      long expected = before + (long) ROUNDS * HostilePeer.CORRUPT;
      Wait.until(
          expected + " wrong checksums are seen",
          Wait.LONG,
          () -> wrongSums(host) == expected,
          () -> wrongSums(host) + " were; " + Uapi.ask(victim.name(), "get=drops\n\n"));
      Ping.answers(shops.right().host(), TwoShops.LEFT_4);
      assertEquals("", victim.process().said());
    }
  }

  private void attack(TwoShops shops, String what) {
    List<String> arguments = new ArrayList<>();
    arguments.add(keys.privateKey());
    arguments.add(shops.left().publicKey());
    arguments.add(Street.RIGHT_4);
    arguments.add(Street.LEFT_4);
    arguments.add(Long.toString(System.nanoTime()));
    arguments.addAll(Arrays.asList(what.split(" ", -1)));
    List<String> command =
        Maker.java(HostilePeer.class.getName(), arguments.toArray(String[]::new));
    Host host = shops.right().host();
    host.finish(host.start(Map.of(), command), AT_MOST).must();
  }

  /** How many UDP datagrams a host's kernel found corrupt: InCsumErrors of /proc/net/snmp. */
  private static long wrongSums(Host host) {
    String numbers =
        host.must("cat", "/proc/net/snmp")
            .lines()
            .filter(line -> line.matches("Udp: \\d.*"))
            .findFirst()
            .orElseThrow();
    return Long.parseLong(numbers.split(" ", -1)[UDP_WRONG_SUMS]);
  }
}
