package dev.noren.services;

import dev.noren.net.Endpoint;
import dev.noren.net.IpAddress;
import dev.noren.plan.Deed;
import dev.noren.plan.RouterFacts.Lease;
import dev.noren.plan.ServicePlan;
import dev.noren.probe.NameQuery;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a router does to its machine, as a process of its own that is not root: applies deeds of
 * every kind, gets a lease, asks for a name. Says what it found; {@code args[0]} is the state
 * folder.
 */
final class WithoutRoot {
  private static final String WALL =
      """
      add table inet noren
      add set inet noren names { type ipv4_addr; }
      add chain inet noren output { type filter hook output priority 0; policy accept; }
      """;

  private static final String DNSMASQ =
      """
      interface=lan0
      listen-address=127.0.0.1
      bind-dynamic
      pid-file=
      no-hosts
      no-resolv
      server=198.51.100.1
      nftset=/example/4#inet#noren#names
      dhcp-range=10.1.2.10,10.1.2.20,1h
      dhcp-leasefile={folder}/leases
      """;

  private static final String SCRIPT =
      """
      #!/bin/sh
      case $1 in
      bound | renew)
        ip address replace "$ip/$mask" dev "$interface"
        printf 'address=%s\\nprefix=%s\\ngateway=%s\\n' "$ip" "$mask" "$router" >{folder}/new
        mv {folder}/new {folder}/lease
        ;;
      esac
      """;

  private WithoutRoot() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    Privileges.check();
    Path state = Path.of(args[0]);
    CommandRunner commands = new CommandRunner();
    Supervisor supervisor = new Supervisor(commands, state, Supervisor.GRACE, () -> {});
    new Applier(commands, supervisor, (before, after) -> {}, System::nanoTime).apply(deeds());
    Lease lease = lease(state);
    System.out.println("lease " + lease.address() + " by " + lease.gateway());
    System.out.println("found " + ask().addresses());
    System.out.println(commands.run("nft", "list", "set", "inet", "noren", "names"));
    System.out.println("services " + supervisor.states().stream().allMatch(ServiceState::running));
    System.out.println("ports " + names());
    supervisor.stopAll();
    System.out.println("done");
  }

  private static List<Deed> deeds() {
    return List.of(
        new Deed.Firewall(null, WALL),
        new Deed.Setting("net.ipv4.conf.all.rp_filter", null, "0"),
        ip("link", "set", "eth0", "up"),
        ip("link", "set", "lan0", "up"),
        ip("link", "add", "name", "br-lan", "group", "26000", "type", "bridge"),
        ip("address", "add", "10.1.2.1/24", "dev", "lan0"),
        ip("rule", "add", "priority", "26400", "fwmark", "7", "lookup", "main"),
        ip("route", "add", "unreachable", "default", "metric", "4096", "table", "26001"),
        new Deed.Setting("net.ipv4.ip_forward", "0", "1"),
        new Deed.Service(
            null,
            new ServicePlan(
                "dnsmasq",
                List.of("dnsmasq", "-k", "-C", "{folder}/conf", "--log-facility=-"),
                Map.of("conf", DNSMASQ))),
        new Deed.Service(
            null,
            new ServicePlan(
                "udhcpc-eth0",
                List.of("busybox", "udhcpc", "-f", "-i", "eth0", "-s", "{folder}/script"),
                Map.of("script", SCRIPT))));
  }

  private static Deed ip(String... words) {
    String[] all = new String[words.length + 1];
    all[0] = "ip";
    System.arraycopy(words, 0, all, 1, words.length);
    return new Deed.Command(List.of(all), List.of());
  }

  private static Lease lease(Path state) throws IOException, InterruptedException {
    LeaseFiles files = new LeaseFiles(state);
    for (int i = 0; i < 400; i++) {
      Lease lease = files.read(Map.of("eth0", "eth0")).get("eth0");
      if (lease != null) {
        return lease;
      }
      Thread.sleep(50);
    }
    throw new IOException("no lease came");
  }

  private static NameQuery.Found ask() throws IOException, InterruptedException {
    NameQuery query =
        new NameQuery(
            List.of(Endpoint.of(IpAddress.parse("127.0.0.1"), NameQuery.PORT)),
            7,
            Duration.ofSeconds(2),
            new SecureRandom());
    for (int i = 0; ; i++) {
      try {
        return query.ask("www.example");
      } catch (IOException e) {
        if (i == 50) {
          throw e;
        }
        Thread.sleep(50);
      }
    }
  }

  private static List<String> names() throws IOException {
    try (Ports ports = Ports.open()) {
      return ports.read(Set.of()).stream().map(port -> port.name()).toList();
    }
  }
}
