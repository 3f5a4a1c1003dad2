package dev.noren.plan;

import dev.noren.config.RouterConfig;
import dev.noren.forms.Compiled;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The router's firewall, as one text for {@code nft -f}. It is one transaction: packets meet the
 * old rules or the new ones, and each chain ends in refusal, so that a packet that meets some of
 * both goes nowhere that both forbid. Sets of names and counters stay as they are.
 *
 * <p>The marks by which it knows tunnels and lines are those of {@link Marks}.
 */
public final class RouterFirewall {
  private static final String TABLE = "table inet " + Marks.NFT_TABLE;

  private RouterFirewall() {}

  /** While nothing is known: nothing goes through, and only a line's own needs go in and out. */
  public static String closed() {
    return text(
        List.of(),
        List.of(
            NftChain.base("forward", "From one network into another.", ForwardChains.HOOK, "drop"),
            InputChains.closed(),
            OutputChains.closed()));
  }

  /**
   * The text for a configuration.
   *
   * @param tunnels its tunnels as they are to run
   * @param forms what the tunnels of forms let through
   */
  static String text(RouterConfig config, Layout layout, List<TunnelPlan> tunnels, Compiled forms) {
    FirewallScope scope = new FirewallScope(config, layout, tunnels, forms);
    List<NftChain> chains = new ArrayList<>();
    chains.addAll(SourceChains.of(scope));
    chains.addAll(MarkChains.of(scope));
    chains.addAll(ForwardChains.of(scope));
    chains.addAll(InputChains.of(scope));
    chains.addAll(OutputChains.of(scope));
    chains.addAll(NatChains.of(scope));
    chains.addAll(PostroutingChains.of(scope));
    return text(objects(scope), chains);
  }

  private static List<String> objects(FirewallScope scope) {
    List<String> objects = new ArrayList<>();
    objects.add("# What was refused, by reason.");
    for (FirewallCounter counter : FirewallCounter.values()) {
      objects.add("counter " + counter.text() + " { }");
    }
    for (FirewallTunnel tunnel : scope.tunnels()) {
      objects.add("counter " + FirewallCounter.killSwitch(tunnel.name()) + " { }");
      objects.add("counter " + FirewallCounter.notCarried(tunnel.name()) + " { }");
    }
    objects.addAll(ShopChains.objects(scope));
    objects.addAll(DeviceObjects.of(scope));
    if (scope.hasLan() && !scope.things().isEmpty()) {
      objects.add("counter " + AccessCounter.THINGS + " { }");
    }
    for (NameSet set : NameSet.of(scope.tunnels())) {
      objects.add("");
      objects.add("# The addresses of " + String.join(", ", set.domains()) + ".");
      objects.addAll(set.declarations());
    }
    return objects;
  }

  private static String text(List<String> objects, Collection<NftChain> chains) {
    StringBuilder text = new StringBuilder();
    text.append("# Noren's firewall. All rules go and come at once; counters, and the sets that\n");
    text.append("# dnsmasq fills, keep what they have.\n");
    text.append("add ").append(TABLE).append('\n');
    text.append("flush ").append(TABLE).append('\n');
    text.append(TABLE).append(" {\n");
    objects.forEach(line -> text.append(line.isEmpty() ? "" : "\t" + line).append('\n'));
    String before = objects.isEmpty() ? "" : "\n";
    for (NftChain chain : chains) {
      text.append(before).append(chain);
      before = "\n";
    }
    return text.append("}\n").toString();
  }
}
