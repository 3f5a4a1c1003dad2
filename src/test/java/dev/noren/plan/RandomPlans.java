package dev.noren.plan;

import dev.noren.config.Form;
import dev.noren.config.RouterConfig;
import dev.noren.config.RouterTunnel;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import dev.noren.plan.RouterFacts.Lease;
import dev.noren.plan.RouterFacts.Port;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Plans of all kinds: documents of the golden cases with other tunnels, in worlds made up. */
final class RandomPlans {
  private static final String[] PORTS = {"eth0", "eth1", "eth2"};
  private static final String[] NETWORKS = {
    "192.168.1.50/24", "192.168.1.50/25", "10.226.159.7/16"
  };

  private final Random random;
  private final List<RouterCases> cases;
  private TunnelNumbers numbers = TunnelNumbers.NONE;

  RandomPlans(Random random) throws Exception {
    this.random = random;
    this.cases = RouterCases.all();
  }

  RouterPlan next() {
    RouterConfig config = pick(cases).config();
    List<RouterTunnel> tunnels = new ArrayList<>();
    for (String name : List.of("hq", "vpn")) {
      List<RouterTunnel> same =
          cases.stream()
              .flatMap(each -> each.config().tunnels().stream())
              .filter(tunnel -> tunnel.name().text().equals(name) && fits(tunnel, config))
              .toList();
      if (random.nextInt(3) > 0) {
        tunnels.add(pick(same));
      }
    }
    List<Form> forms =
        config.forms().stream()
            .filter(form -> tunnels.stream().noneMatch(t -> t.name().equals(form.name())))
            .toList();
    RouterPlan plan =
        RouterPlan.of(config.withTunnels(tunnels).withForms(forms), random.nextInt(4) > 0, facts());
    numbers = numbers.with(plan.tunnels().stream().map(TunnelPlan::config).toList());
    return plan;
  }

  /** A tunnel may name devices that only its own document knows. */
  private static boolean fits(RouterTunnel tunnel, RouterConfig config) {
    return tunnel.use().devices().stream()
        .allMatch(
            device -> config.lan().reservations().stream().anyMatch(r -> device.equals(r.name())));
  }

  private RouterFacts facts() {
    List<Port> ports = new ArrayList<>();
    Map<String, Lease> leases = new HashMap<>();
    Set<String> sick = new HashSet<>();
    Port template = cases.getFirst().facts().ports().getFirst();
    for (String name : PORTS) {
      if (random.nextInt(4) > 0) {
        ports.add(new Port(name, template.mac(), random.nextInt(4) > 0, 1500));
        if (random.nextBoolean()) {
          leases.put(name, lease());
        }
      }
    }
    if (random.nextBoolean()) {
      leases.put("ppp0", lease());
    }
    for (String name : PORTS) {
      if (random.nextInt(4) == 0) {
        sick.add(name);
      }
    }
    Map<String, List<IpAddress>> endpoints =
        random.nextBoolean()
            ? Map.of()
            : Map.of("vpn.example", List.of(IpAddress.v4(random.nextInt(4) + 1)));
    String wan = random.nextInt(3) == 0 ? null : PORTS[random.nextInt(PORTS.length)];
    return new RouterFacts(
        "machine", ports, leases, wan, sick, endpoints, random.nextInt(4) > 0, null, numbers);
  }

  private Lease lease() {
    Cidr address = Cidr.parse(NETWORKS[random.nextInt(NETWORKS.length)]);
    IpAddress gateway = IpAddress.v4((int) address.masked().address().low() + 1);
    return new Lease(
        address,
        random.nextInt(4) == 0 ? null : gateway,
        List.of(gateway),
        null,
        random.nextBoolean() ? 0 : 1454,
        random.nextBoolean() ? null : Cidr.parse("2001:db8:" + random.nextInt(3) + "00::/56"));
  }

  private <T> T pick(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
