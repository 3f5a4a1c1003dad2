package dev.noren.plan;

import dev.noren.config.RouterConfig;
import dev.noren.config.RouterConfig.Role;
import dev.noren.forms.Compiled;
import dev.noren.plan.RouterFacts.Port;
import dev.noren.text.Sentence;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * All that has to be so on the machine for a document to hold, in the world as it was seen.
 *
 * @param layout who is what
 * @param firewall the text for {@code nft -f}
 * @param settings kernel settings, in their order
 * @param links the bridge and the ports
 * @param addresses addresses, and the tunnels' interfaces up
 * @param routes the routes of all tables
 * @param rules which marks lead to which table
 * @param tunnels the tunnels
 * @param services the programs that run beside Noren
 * @param remarks sentences for people: what is not as the document would have it, and what they
 *     have to do elsewhere
 * @param devices the interfaces that come and go without the plan: ports, PPP, and always lo; none
 *     where nobody looked
 */
public record RouterPlan(
    Layout layout,
    String firewall,
    List<Setting> settings,
    List<Deed.Command> links,
    List<Deed.Command> addresses,
    List<Deed.Command> routes,
    List<Deed.Command> rules,
    List<TunnelPlan> tunnels,
    List<ServicePlan> services,
    List<Sentence> remarks,
    Set<String> devices) {
  /** What is there before the first plan and after the last: nothing, and a closed firewall. */
  public static final RouterPlan STOPPED =
      new RouterPlan(
          new Layout(Role.BESIDE, false, List.of(), null, List.of()),
          RouterFirewall.closed(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          Set.of());

  /**
   * A kernel setting.
   *
   * @param key as sysctl(8) names it
   * @param value what it shall be
   */
  public record Setting(String key, String value) {}

  public RouterPlan {
    settings = List.copyOf(settings);
    links = List.copyOf(links);
    addresses = List.copyOf(addresses);
    routes = List.copyOf(routes);
    rules = List.copyOf(rules);
    tunnels = List.copyOf(tunnels);
    services = List.copyOf(services);
    remarks = List.copyOf(remarks);
    devices = Set.copyOf(devices);
  }

  /**
   * Plans.
   *
   * @param claimed whether somebody has configured the box
   * @throws IllegalArgumentException with a sentence, where the machine has no room for it
   */
  public static RouterPlan of(RouterConfig config, boolean claimed, RouterFacts facts) {
    Layout layout = Layout.of(Compiled.of(config, facts.today()).config(), claimed, facts);
    boolean forwards = layout.forwards();
    Compiled compiled =
        Compiled.of(
            config,
            facts.today(),
            layout.lan() == null ? null : layout.lan().address(),
            facts.visit());
    RouterConfig used = forwards ? compiled.config() : config.withTunnels(List.of());
    List<TunnelPlan> tunnels = Tunnels.of(used, layout, facts);
    Ways ways = new Ways(layout, facts, tunnels);
    Set<String> devices = new TreeSet<>(facts.leases().keySet());
    facts.ports().stream().map(Port::name).forEach(devices::add);
    devices.add("lo");
    return new RouterPlan(
        layout,
        RouterFirewall.text(used, layout, tunnels, compiled),
        KernelSettings.of(layout, facts),
        ways.links(),
        ways.addresses(),
        ways.routes(),
        forwards ? ways.rules() : List.of(),
        tunnels,
        Services.of(used, layout, facts, tunnels, compiled.names()),
        Remarks.of(used, layout, facts, tunnels, compiled),
        devices);
  }

  /** The same after a tunnel's interface went by itself, and took with it what was on it. */
  public RouterPlan withoutTunnel(String device) {
    return new RouterPlan(
        layout,
        firewall,
        settings,
        links,
        without(addresses, device),
        without(routes, device),
        rules,
        tunnels.stream().filter(tunnel -> !tunnel.device().equals(device)).toList(),
        services,
        remarks,
        devices);
  }

  private static List<Deed.Command> without(List<Deed.Command> commands, String device) {
    return commands.stream().filter(command -> !Transition.device(command).equals(device)).toList();
  }

  /** The arguments of the commands that take back what was made, the last first. */
  public List<List<String>> undoes() {
    return Stream.of(links, addresses, routes, rules)
        .flatMap(List::stream)
        .map(Deed.Command::undoes)
        .filter(undoes -> !undoes.isEmpty())
        .toList()
        .reversed();
  }

  /** What has to be done, in this order, on the way to another plan; nothing for what is equal. */
  public List<Deed> deedsTo(RouterPlan after) {
    return new Transition(this, after).deeds();
  }
}
