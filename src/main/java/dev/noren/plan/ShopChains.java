package dev.noren.plan;

import dev.noren.net.Cidr;
import dev.noren.net.PrivateNetworks;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What far shops may do whose traffic goes out to the internet through this one: that, what any far
 * shop may do, and nothing else. Each packet of their flows is looked at, so that a form that lets
 * them out no longer ends what was under way.
 */
final class ShopChains {
  private ShopChains() {}

  /** The rest of a rule that refuses what a far shop sends. */
  static String refuse(FirewallTunnel tunnel) {
    return "counter name " + AccessCounter.refusedToShops(tunnel.name()) + " drop";
  }

  /** The counters that the chains need. */
  static List<String> objects(FirewallScope scope) {
    List<String> counters = new ArrayList<>();
    for (FirewallTunnel each : scope.hasLan() ? scope.tunnels() : List.<FirewallTunnel>of()) {
      if (each.hasShops()) {
        counters.add("counter " + AccessCounter.refusedToShops(each.name()) + " { }");
      }
      if (each.letsShopsOut()) {
        counters.add("counter " + AccessCounter.privateToShops(each.name()) + " { }");
      }
    }
    return counters;
  }

  /** The chains for what they begin. */
  static List<NftChain> of(FirewallScope scope) {
    return scope.outgoing().stream()
        .flatMap(each -> Stream.of(from(scope, each), internet(each)))
        .toList();
  }

  /** The rules of the forward chain that lead here, and those for what answers them. */
  static void dispatch(NftChain chain, FirewallScope scope) {
    for (FirewallTunnel each : scope.outgoing()) {
      for (boolean v6 : new boolean[] {false, true}) {
        for (int mark : ways(scope, each)) {
          chain.rule("oifname " + each.device() + answers(mark, v6) + " accept", each.goingOut(v6));
        }
      }
    }
    for (FirewallTunnel each : scope.tunnels()) {
      for (boolean v6 : new boolean[] {false, true}) {
        String from =
            "iifname %s ct direction original %s saddr ".formatted(each.device(), family(v6));
        chain.each(from + "%s goto " + each.fromShops(), each.goingOut(v6));
        if (!each.callers().isEmpty()) {
          // A far shop's router has an address in the devices' network, and is none of them.
          chain.each(from + "%s goto " + each.from(), each.farEnds(v6));
        }
      }
    }
  }

  /** What marks flows that go out: by a line, or by the tunnel that takes all that leaves. */
  private static List<Integer> ways(FirewallScope scope, FirewallTunnel tunnel) {
    List<Integer> ways = new ArrayList<>(List.of(passing(tunnel, null)));
    if (leavesBy(scope, tunnel) != null) {
      ways.add(passing(tunnel, leavesBy(scope, tunnel)));
    }
    return ways;
  }

  /** The tunnel that takes all that leaves, or null; not the one that they have come by. */
  private static FirewallTunnel leavesBy(FirewallScope scope, FirewallTunnel tunnel) {
    FirewallTunnel full = scope.full();
    return full == null || full.equals(tunnel) ? null : full;
  }

  private static int passing(FirewallTunnel from, FirewallTunnel to) {
    return Marks.passing(from.plan().number(), to == null ? 0 : to.plan().number());
  }

  private static String answers(int mark, boolean v6) {
    return " ct direction reply ct mark %s ct original %s saddr "
            .formatted(Marks.hex(mark), family(v6))
        + "%s";
  }

  private static String family(boolean v6) {
    return v6 ? "ip6" : "ip";
  }

  /**
   * Leads answers back into the tunnel, as no route of the main table does.
   *
   * @param by the tunnel that they come out of, or null where they come by a line
   */
  static void markAnswers(NftChain chain, FirewallScope scope, FirewallTunnel by) {
    for (FirewallTunnel each : scope.outgoing()) {
      boolean thisWay = by == null || by.equals(leavesBy(scope, each));
      for (boolean v6 : new boolean[] {false, true}) {
        chain.rule(
            answers(passing(each, by), v6).strip() + " meta mark set " + each.mark(),
            thisWay ? each.goingOut(v6) : List.<Cidr>of());
      }
    }
  }

  private static NftChain from(FirewallScope scope, FirewallTunnel tunnel) {
    NftChain chain =
        NftChain.named(
            tunnel.fromShops(),
            "What a far shop of " + tunnel.name() + " begins that goes out through this one.");
    for (String match : scope.lan().matches()) {
      chain.rule(match + " goto " + tunnel.from());
    }
    for (boolean v6 : new boolean[] {false, true}) {
      chain.rule(
          "oifname %s %s daddr ".formatted(tunnel.device(), family(v6)) + "%s goto " + tunnel.out(),
          tunnel.exchanged(v6));
    }
    line(chain, scope, tunnel, Marks.DIRECT);
    FirewallTunnel full = leavesBy(scope, tunnel);
    if (full != null) {
      String mark = "meta mark " + full.mark() + " ";
      for (boolean v6 : new boolean[] {false, true}) {
        chain.each(mark + family(v6) + " daddr %s " + refuse(tunnel), full.subnets(v6));
      }
      chain.rule(
          "%soifname %s ct mark set %s goto %s"
              .formatted(mark, full.device(), Marks.hex(passing(tunnel, full)), out(tunnel)));
      if (full.config().killSwitch()) {
        chain.rule(mark + "counter name " + FirewallCounter.killSwitch(full.name()) + " drop");
      } else {
        line(chain, scope, tunnel, Marks.ofTunnel(full.plan().number()));
      }
    }
    return chain.rule(refuse(tunnel));
  }

  private static void line(NftChain chain, FirewallScope scope, FirewallTunnel tunnel, int mark) {
    for (String match : scope.lines().matches()) {
      chain.rule(
          "meta mark %s %s ct mark set %s goto %s"
              .formatted(Marks.hex(mark), match, Marks.hex(passing(tunnel, null)), out(tunnel)));
    }
  }

  private static String out(FirewallTunnel tunnel) {
    return tunnel.fromShops() + "_out";
  }

  /** Not by a set: where that were empty in passing, all of it would go out. */
  private static NftChain internet(FirewallTunnel tunnel) {
    NftChain chain =
        NftChain.named(
            out(tunnel), "Out to the internet, of which others' private networks are no part.");
    String refuse = "counter name " + AccessCounter.privateToShops(tunnel.name()) + " drop";
    for (boolean v6 : new boolean[] {false, true}) {
      chain.each(family(v6) + " daddr %s " + refuse, PrivateNetworks.of(v6));
    }
    return chain.rule("accept");
  }
}
