package dev.noren.plan;

import dev.noren.config.Service;
import dev.noren.config.Service.Protocol;
import dev.noren.forms.Grant;
import dev.noren.net.Cidr;
import java.util.List;

/** What devices are let through to, and how often. */
final class GrantChains {
  private static final String ERRORS = "ct state related meta l4proto { icmp, ipv6-icmp } accept";

  private GrantChains() {}

  /**
   * The chain of some grants.
   *
   * @param refuse what becomes of the rest
   */
  static NftChain rules(String name, List<Grant> grants, String refuse) {
    NftChain chain = NftChain.named(name, "These rules, and nothing else.").rule(ERRORS);
    for (Grant grant : grants) {
      for (boolean v6 : new boolean[] {false, true}) {
        List<Cidr> to =
            FirewallTunnel.outermost(
                grant.to().stream().filter(each -> each.address().v6() == v6).toList());
        if (!to.isEmpty()) {
          String match = "ct original %s daddr ".formatted(v6 ? "ip6" : "ip") + NftChain.set(to);
          services(chain, match, grant, v6);
        }
      }
    }
    return chain.rule(refuse);
  }

  private static void services(NftChain chain, String match, Grant grant, boolean v6) {
    String then = " goto " + AccessCounter.let(grant);
    if (grant.services().isEmpty()) {
      chain.rule(match + then);
      return;
    }
    for (Protocol protocol : List.of(Protocol.TCP, Protocol.UDP)) {
      String word = protocol == Protocol.TCP ? "tcp" : "udp";
      chain.rule(
          match + " meta l4proto " + word + " ct original proto-dst %s" + then,
          grant.services().stream()
              .filter(each -> each.protocol() == protocol)
              .map(GrantChains::ports)
              .distinct()
              .toList());
    }
    if (grant.services().stream().anyMatch(each -> each.protocol() == Protocol.ICMP)) {
      chain.rule(match + (v6 ? " icmpv6" : " icmp") + " type { echo-request, echo-reply }" + then);
    }
  }

  private static String ports(Service service) {
    return service.from() == service.to()
        ? Integer.toString(service.from())
        : service.from() + "-" + service.to();
  }

  /** The chains that count what grants let begin. */
  static List<NftChain> counted(FirewallScope scope) {
    return counters(scope).stream().map(GrantChains::let).toList();
  }

  /** The counters of all grants that some device has, each once; their chains are named so too. */
  static List<String> counters(FirewallScope scope) {
    return scope.calledTunnels().stream()
        .flatMap(each -> each.callers().stream())
        .filter(device -> !device.silent())
        .flatMap(device -> device.grants().stream())
        .map(AccessCounter::let)
        .distinct()
        .toList();
  }

  /** Connections are counted and not packets, since most of these are of old ones. */
  private static NftChain let(String name) {
    return NftChain.named(name, "New ones are counted: " + AccessCounter.sentence(name) + ".")
        .rule("ct state new counter name " + name)
        .rule("accept");
  }
}
