package dev.noren.plan;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** A table of packets, which lies beside the golden firewalls, as tests. */
final class FirewallTable {
  private static final String UNROUTED = "-unrouted";

  private FirewallTable() {}

  /**
   * A test for each row.
   *
   * @param texts the firewalls by their names
   * @param streets which street a firewall is for
   */
  static Stream<DynamicTest> tests(
      String table, Map<String, String> texts, Function<String, FirewallStreet> streets)
      throws Exception {
    List<FirewallProbe> probes =
        GoldenFirewalls.packets(table)
            .lines()
            .filter(row -> !row.startsWith("#"))
            .map(FirewallProbe::parse)
            .toList();
    assertTrue(probes.size() > 20);
    return probes.stream()
        .map(
            each ->
                DynamicTest.dynamicTest(
                    each.row(), () -> run(each, texts, streets.apply(each.config()))));
  }

  private static void run(FirewallProbe probe, Map<String, String> texts, FirewallStreet street)
      throws Exception {
    boolean routed = !probe.config().endsWith(UNROUTED);
    String[] words = probe.config().replace(UNROUTED, "").split("-by-", 2);
    String name = words[0];
    street.need(name.equals("none") ? FirewallStreet.OPEN : texts.get(name));
    if (!routed) {
      street.unrouteTunnel();
    }
    if (words.length > 1) {
      street.leaveBy(words[1]);
    }
    try {
      probe.run(street);
    } finally {
      if (words.length > 1) {
        street.leaveBy("line");
      }
      if (!routed) {
        street.routeTunnel();
      }
    }
  }
}
