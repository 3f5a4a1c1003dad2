package dev.noren.plan;

import dev.noren.config.ConfigException;
import dev.noren.config.RouterConfig;
import dev.noren.config.RouterConfig.Role;
import dev.noren.config.RouterJson;
import dev.noren.config.RouterTunnel;
import dev.noren.config.WanConfig;
import dev.noren.forms.Compiled;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import dev.noren.plan.Layout.Lan;
import dev.noren.plan.Layout.Line;
import dev.noren.plan.RouterFacts.Lease;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The router's documents under src/test/resources/firewall, each with the firewall it must give
 * beside it. Who is what follows from the document: beside, eth0 is in 192.168.1.0/24; a router has
 * the lines that it names, or eth0, and the bridge br-lan. The lease of a small line asks for an
 * MTU of 1454; without a network of the shop's, as while its port is looked for, a name ends in
 * {@code -no-lan}; on a port that holds a public address, in {@code -public}; of a box that nobody
 * has configured, in {@code -unclaimed}, and as a router without an owner in {@code -portal}.
 */
final class GoldenFirewalls {
  private static final int MTU = 1420;

  private GoldenFirewalls() {}

  /** The texts by their files' names. */
  static Map<String, String> texts() throws IOException, ConfigException, URISyntaxException {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("closed", RouterFirewall.closed());
    for (Path file : files()) {
      String name = file.getFileName().toString().replace(".json", "");
      RouterConfig config = RouterJson.read(name, Files.readString(file));
      texts.put(
          name,
          text(
              config,
              layout(
                  config,
                  name,
                  name.endsWith("-no-lan")
                      ? null
                      : lan(config, name.endsWith("-public") ? "198.51.100." : "192.168.1."))));
    }
    return texts;
  }

  /** What a golden file says. */
  static String golden(String name) throws IOException, URISyntaxException {
    return Files.readString(folder().resolve(name + ".nft"));
  }

  /** A table of packets, one a line, which lies beside the firewalls that they meet. */
  static String packets(String table) throws IOException, URISyntaxException {
    return Files.readString(folder().resolve(table));
  }

  static String text(RouterConfig config, Layout layout) {
    Cidr lan = layout.lan() == null ? null : layout.lan().address();
    Compiled forms = Compiled.of(config, LocalDate.EPOCH, lan);
    TunnelNumbers numbers = TunnelNumbers.NONE.with(forms.config().tunnels());
    List<TunnelPlan> tunnels = new ArrayList<>();
    for (RouterTunnel tunnel : forms.config().tunnels()) {
      tunnels.add(new TunnelPlan(tunnel, numbers.of(tunnel.name()), MTU, Map.of()));
    }
    return RouterFirewall.text(forms.config(), layout, tunnels, forms);
  }

  private static Layout layout(RouterConfig config, String name, Lan lan) {
    boolean portal = name.endsWith("-portal");
    boolean claimed = !portal && !name.endsWith("-unclaimed");
    int askedMtuBytes = name.endsWith("-small-line") ? 1454 : 0;
    boolean beside = config.role() == Role.BESIDE;
    List<WanConfig> wan =
        config.wan().isEmpty()
            ? List.of(new WanConfig("eth0", new WanConfig.Dhcp(), WanConfig.Ipv6.AUTO))
            : config.wan();
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < wan.size(); i++) {
      boolean ppp = wan.get(i).method() instanceof WanConfig.Pppoe;
      String port = wan.get(i).port() == null ? "eth0" : wan.get(i).port();
      Lease lease =
          lease(
              beside ? "192.168.1.50/24" : "203.0.113.2/24",
              beside ? "192.168.1.1" : null,
              askedMtuBytes);
      lines.add(new Line(i, wan.get(i), port, ppp ? "ppp" + i : port, lease, true));
    }
    return new Layout(config.role(), claimed, lines, lan, List.of(), portal);
  }

  private static Lan lan(RouterConfig config, String net) {
    boolean beside = config.role() == Role.BESIDE;
    boolean dhcp = config.lan().dhcp().on() == null ? !beside : config.lan().dhcp().on();
    Cidr address = beside ? Cidr.parse(net + "50/24") : config.lan().address();
    String start = beside ? net : "10.23.45.";
    return new Lan(
        beside ? "eth0" : "br-lan",
        beside ? List.of() : List.of("eth1"),
        address,
        beside ? null : Cidr.parse("2001:db8:5::1/64"),
        dhcp ? IpAddress.parse(start + "100") : null,
        dhcp ? IpAddress.parse(start + "199") : null);
  }

  private static Lease lease(String address, String gateway, int askedMtuBytes) {
    IpAddress next = gateway == null ? null : IpAddress.parse(gateway);
    return new Lease(Cidr.parse(address), next, List.of(), null, askedMtuBytes, null);
  }

  private static List<Path> files() throws IOException, URISyntaxException {
    try (Stream<Path> all = Files.list(folder())) {
      return all.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  private static Path folder() throws URISyntaxException {
    return Path.of(GoldenFirewalls.class.getResource("/firewall").toURI());
  }
}
