package dev.noren.services;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.linux.Netns;
import dev.noren.plan.Deed;
import dev.noren.plan.ServicePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deeds done to the kernel of a namespace, and a failure at each place among them. */
class ApplierIT {
  private static final String BEFORE =
      """
      add table inet noren
      add chain inet noren forward { type filter hook forward priority 0; policy drop; }
      add set inet noren names { type ipv4_addr; }
      flush chain inet noren forward
      add rule inet noren forward ip daddr @names accept
      """;

  private static final String AFTER =
      """
      add table inet noren
      add chain inet noren forward { type filter hook forward priority 0; policy drop; }
      add chain inet noren input { type filter hook input priority 0; policy drop; }
      add chain inet noren young
      add set inet noren names { type ipv4_addr; }
      add set inet noren more { type ipv4_addr; }
      add counter inet noren killswitch_hq
      flush chain inet noren forward
      flush chain inet noren input
      flush chain inet noren young
      add rule inet noren forward ip daddr @more jump young
      add rule inet noren young counter name killswitch_hq
      """;

  private static final Deed BAD =
      new Deed.Command(List.of("ip", "link", "set", "nowhere", "up"), List.of());

  @TempDir private Path state;
  private Netns netns;
  private Supervisor supervisor;

  @BeforeEach
  void open() throws IOException {
    netns = Netns.create("ap");
    netns.batch(
        "link add eth0 type veth peer name eth1",
        "link set eth0 up",
        "link set eth1 up",
        "address add 198.51.100.7/24 dev eth0",
        "route add default via 198.51.100.1");
    supervisor = new Supervisor(new CommandRunner(), state, Duration.ofSeconds(1), () -> {});
  }

  @AfterEach
  void close() throws IOException {
    supervisor.stopAll();
    netns.close();
  }

  private static List<Deed> deeds() {
    return List.of(
        new Deed.Firewall(BEFORE, AFTER),
        new Deed.Setting("net.ipv4.conf.all.rp_filter", null, "0"),
        new Deed.Setting("net.ipv4.ip_forward", "0", "1"),
        ip("link add name br-lan group 26000 type bridge", "link del dev br-lan"),
        ip("address add 10.1.2.1/24 dev br-lan", "address del 10.1.2.1/24 dev br-lan"),
        ip("link set eth1 master br-lan", "link set eth1 nomaster"),
        ip("rule add priority 26400 fwmark 0x6e720000 lookup main", "rule del priority 26400"),
        ip(
            "-6 rule add priority 26501 fwmark 0x6e720101 lookup 26001",
            "-6 rule del priority 26501"),
        ip(
            "-6 route add unreachable default metric 4096 table 26001",
            "-6 route del unreachable default metric 4096 table 26001"),
        ip("route add default via 198.51.100.1 table 26500", "route flush table 26500"),
        new Deed.Service(
            null, new ServicePlan("sleeper", List.of("sleep", "600"), Map.of("x", "y"))),
        ip("route replace default via 198.51.100.2", "route replace default via 198.51.100.1"));
  }

  private static Deed ip(String does, String undoes) {
    return new Deed.Command(words("ip " + does), words("ip " + undoes));
  }

  private static List<String> words(String text) {
    return List.of(text.split(" ", -1));
  }

  private void apply(List<Deed> deeds) throws Exception {
    try {
      netns.run(
          () -> {
            new Applier(new CommandRunner(), supervisor, (a, b) -> {}, () -> 0L).apply(deeds);
            return null;
          });
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause ? cause : e;
    }
  }

  /** Everything that they could have changed. */
  private List<String> machine() throws IOException {
    List<String> all = new ArrayList<>();
    for (String family : List.of("-4", "-6")) {
      all.add(netns.ip("-j", family, "address"));
      all.add(netns.ip("-j", family, "rule"));
      all.add(netns.ip("-j", family, "route", "show", "table", "all"));
    }
    all.add(netns.ip("-o", "link").replaceAll("state \\S+", ""));
    all.add(netns.exec("nft", "list", "ruleset"));
    all.add(netns.exec("sysctl", "net.ipv4.conf.all.rp_filter", "net.ipv4.ip_forward"));
    all.add(supervisor.states().toString());
    return all;
  }

  private void begin() throws Exception {
    apply(List.of(new Deed.Firewall(null, BEFORE)));
    netns.exec("nft", "add element inet noren names { 192.0.2.1 }");
    netns.exec("sysctl", "-q", "net.ipv4.conf.all.rp_filter=2");
    // Once the machine has settled down: addresses of IPv6 are made in a second.
    netns.exec("sysctl", "-q", "net.ipv6.conf.all.disable_ipv6=1");
    netns.exec("sysctl", "-q", "net.ipv6.conf.all.disable_ipv6=0");
    netns.exec("sysctl", "-q", "net.ipv6.conf.default.addr_gen_mode=1");
    netns.ip("-6", "address", "flush", "dev", "eth0");
    netns.ip("-6", "address", "flush", "dev", "eth1");
  }

  @Test
  void aFailureAtAnyPlaceLeavesTheMachineAsItWas() throws Exception {
    begin();
    List<String> before = machine();
    List<Deed> all = deeds();
    for (int at = 0; at <= all.size(); at++) {
      List<Deed> broken = new ArrayList<>(all);
      broken.add(at, BAD);
      IOException thrown = assertThrows(IOException.class, () -> apply(broken));
      assertTrue(
          thrown.getMessage().startsWith("ip link set nowhere up failed: Cannot find device"),
          thrown.getMessage());
      assertEquals(before, machine(), "after a failure at " + at);
    }
    apply(all);
    assertNotEquals(before, machine());
  }

  @Test
  void whatAKilledRouterLeftIsSweptAndNobodyElses() throws Exception {
    begin();
    netns.batch(
        "rule add priority 25999 lookup main",
        "rule add priority 27000 lookup main",
        "route add default via 198.51.100.1 table 25999",
        "link add name br-other type bridge");
    String wall = netns.exec("nft", "list", "ruleset");
    List<String> before = machine();
    List<Deed> all = deeds();
    apply(all.subList(3, 11));
    netns.batch("rule add priority 26400 fwmark 7 lookup main");
    assertNotEquals(before, machine());
    netns.run(
        () -> {
          new Sweep(new CommandRunner(), state, Duration.ofSeconds(1)).run();
          return null;
        });
    assertFalse(Files.exists(state.resolve("run/sleeper/pid")));
    supervisor.stopAll();
    assertEquals(before, machine());
    assertEquals(wall, netns.exec("nft", "list", "ruleset"), "the firewall stays");
  }
}
