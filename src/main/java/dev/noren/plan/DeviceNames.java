package dev.noren.plan;

import dev.noren.forms.DeviceAccess;
import java.util.ArrayList;
import java.util.List;

/**
 * Who of those that call in may ask Noren for names: a name server that asks the world for whoever
 * comes is a way out to the internet, and tells what there is in the shop. Each question is looked
 * at, not only the first of a flow, so that what is over ends at once. Whoever is refused is told,
 * and asks another server without waiting.
 */
final class DeviceNames {
  private static final String REFUSE = " reject";

  private DeviceNames() {}

  /** The rules of the input chain that lead here, before flows that are there are let through. */
  static void dispatch(NftChain chain, FirewallScope scope) {
    for (FirewallTunnel each : scope.calledTunnels()) {
      for (boolean v6 : new boolean[] {false, true}) {
        String from = "iifname " + each.device() + (v6 ? " ip6 saddr " : " ip saddr ");
        for (String protocol : List.of("udp", "tcp")) {
          chain.each(
              from + "%s " + protocol + " dport 53 goto " + each.askNames(),
              each.callerNetworks(v6));
        }
      }
    }
    for (FirewallTunnel each : scope.tunnels()) {
      if (!each.farEndAsks()) {
        for (String protocol : List.of("udp", "tcp")) {
          chain.rule(
              "iifname %s %s dport 53 ".formatted(each.device(), protocol)
                  + FirewallCounter.FROM_TUNNEL.drop());
        }
      }
    }
  }

  static List<NftChain> of(FirewallScope scope) {
    List<NftChain> chains = new ArrayList<>();
    for (FirewallTunnel each : scope.calledTunnels()) {
      chains.add(names(each));
      if (each.callers().stream().anyMatch(DeviceNames::signsInForNames)) {
        chains.add(signIn(each));
      }
      if (each.callers().stream().anyMatch(DeviceAccess::silent)) {
        chains.add(
            NftChain.named(things(each), "Things ask for nothing.")
                .rule(count(AccessCounter.silent(each.name())) + REFUSE));
      }
    }
    return chains;
  }

  private static boolean signsInForNames(DeviceAccess device) {
    return device.asksForNames() && device.signIn();
  }

  private static NftChain names(FirewallTunnel tunnel) {
    NftChain chain =
        NftChain.named(tunnel.askNames(), "Who of " + tunnel.name() + " may ask for names.");
    chain
        .rule("ip saddr %s accept", tunnel.farEnds(false))
        .rule("ip6 saddr %s accept", tunnel.farEnds(true));
    DeviceLookUp.add(chain, "%s saddr ", tunnel.callers(), device -> verdict(tunnel, device));
    return chain.rule(count(AccessCounter.refused(tunnel.name())) + REFUSE);
  }

  private static String verdict(FirewallTunnel tunnel, DeviceAccess device) {
    if (device.silent()) {
      return "goto " + things(tunnel);
    }
    if (!device.asksForNames()) {
      return null;
    }
    return device.signIn() ? "goto " + signInName(tunnel) : "accept";
  }

  private static NftChain signIn(FirewallTunnel tunnel) {
    return NftChain.named(signInName(tunnel), "No names before their person has signed in.")
        .rule("ip saddr @" + Marks.SIGNED_IN4 + " accept")
        .rule("ip6 saddr @" + Marks.SIGNED_IN6 + " accept")
        .rule(count(AccessCounter.signIn(tunnel.name())) + REFUSE);
  }

  private static String signInName(FirewallTunnel tunnel) {
    return tunnel.askNames() + "_sign_in";
  }

  private static String things(FirewallTunnel tunnel) {
    return tunnel.askNames() + "_iot";
  }

  private static String count(String counter) {
    return "counter name " + counter;
  }
}
