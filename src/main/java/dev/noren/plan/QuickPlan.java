package dev.noren.plan;

import dev.noren.config.Hooks;
import dev.noren.config.InterfaceConfig;
import dev.noren.config.TunnelConfig;
import dev.noren.config.TunnelName;
import dev.noren.net.Cidr;
import dev.noren.plan.Step.Phase;
import java.util.ArrayList;
import java.util.List;

/**
 * The steps that bring a wg-quick file up around a tunnel that somebody else starts.
 *
 * @param name the interface
 * @param mtuBytes its MTU, which a step sets
 * @param fwMark the mark that the tunnel's outer packets must carry from the start, or 0
 * @param steps in the order of the way up
 */
public record QuickPlan(TunnelName name, int mtuBytes, long fwMark, List<Step> steps) {
  private static final int DEFAULT_MTU = 1420;
  private static final int MIN_DERIVED_MTU = 576;

  /** What WireGuard adds to a packet over IPv6. */
  private static final int OVERHEAD = 80;

  public QuickPlan {
    steps = List.copyOf(steps);
  }

  /**
   * Plans a tunnel. Without IPv6 on the machine its IPv6 addresses and routes are left out.
   *
   * @throws IllegalArgumentException with a sentence, where the machine has no room for it
   */
  public static QuickPlan of(TunnelName name, TunnelConfig config, MachineFacts facts) {
    InterfaceConfig own = config.own();
    List<Cidr> addresses = own.addresses().stream().filter(a -> usable(a, facts)).toList();
    Routes routes = Routes.of(name, config, addresses, facts);
    int mtuBytes = mtu(own.mtuBytes(), addresses, facts);

    List<Step> steps = new ArrayList<>();
    Hooks hooks = own.hooks();
    steps.addAll(hooks(Phase.BEFORE_INTERFACE, name, hooks.preUp(), hooks.postDown()));
    // Down comes last on the way back: IPv6 addresses would go with the link, and be missed.
    steps.add(
        step(
            Action.Command.of("ip", "link", "set", "mtu", "" + mtuBytes, "dev", name.text()),
            Action.Command.of("ip", "link", "set", "down", "dev", name.text())));
    for (Cidr address : addresses) {
      steps.add(step(address("add", address, name), address("del", address, name)));
    }
    steps.add(
        new Step(
            Phase.AFTER_START,
            Action.Command.of("ip", "link", "set", "up", "dev", name.text()),
            List.of()));
    steps.addAll(routes.steps());
    if (!own.dnsServers().isEmpty()) {
      steps.add(
          new Step(
              Phase.AFTER_START,
              new Action.SetDns(own.dnsServers(), own.searchDomains()),
              List.of(Undo.ofMachine(new Action.ResetDns()))));
    }
    steps.addAll(hooks(Phase.AFTER_START, name, hooks.postUp(), hooks.preDown()));
    return new QuickPlan(name, mtuBytes, routes.fwMark(), steps);
  }

  static boolean usable(Cidr cidr, MachineFacts facts) {
    return facts.ipv6() || !cidr.address().v6();
  }

  static String family(boolean v6) {
    return v6 ? "-6" : "-4";
  }

  private static int mtu(int given, List<Cidr> addresses, MachineFacts facts) {
    if (given != 0) {
      return given;
    }
    if (facts.outerMtuBytes() == 0) {
      return DEFAULT_MTU;
    }
    boolean v6 = addresses.stream().anyMatch(cidr -> cidr.address().v6());
    return Math.clamp(
        facts.outerMtuBytes() - (long) OVERHEAD,
        v6 ? InterfaceConfig.MIN_MTU_V6 : MIN_DERIVED_MTU,
        InterfaceConfig.MAX_MTU);
  }

  private static Action address(String verb, Cidr address, TunnelName name) {
    return Action.Command.of(
        "ip",
        family(address.address().v6()),
        "address",
        verb,
        address.toString(),
        "dev",
        name.text());
  }

  private static Step step(Action action, Action undo) {
    return new Step(Phase.AFTER_START, action, List.of(Undo.ofInterface(undo)));
  }

  /** The way up's hooks one by one; the way back's hang on the first, in their own order. */
  private static List<Step> hooks(
      Phase phase, TunnelName name, List<String> up, List<String> down) {
    List<Step> steps = new ArrayList<>();
    if (!down.isEmpty()) {
      List<Undo> undos = down.stream().map(text -> Undo.ofMachine(hook(text, name))).toList();
      steps.add(new Step(phase, null, undos));
    }
    up.forEach(text -> steps.add(new Step(phase, hook(text, name), List.of())));
    return steps;
  }

  private static Action hook(String text, TunnelName name) {
    return new Action.Hook(text.replace("%i", name.text()));
  }
}
