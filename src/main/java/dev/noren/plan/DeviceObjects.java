package dev.noren.plan;

import dev.noren.forms.DeviceAccess;
import java.util.ArrayList;
import java.util.List;

/** The counters and sets that the chains of devices need. */
final class DeviceObjects {
  /** How many connections each device has to the sign-in. */
  static final String SIGN_IN_FLOWS4 = "sign_in_flows4";

  static final String SIGN_IN_FLOWS6 = "sign_in_flows6";

  /** How many connections each device of the shop has to the page. */
  static final String PAGE_FLOWS = "page_flows";

  /** The same of who comes by a tunnel. */
  static final String TUNNEL_PAGE_FLOWS4 = "tunnel_page_flows4";

  static final String TUNNEL_PAGE_FLOWS6 = "tunnel_page_flows6";

  private DeviceObjects() {}

  static List<String> of(FirewallScope scope) {
    List<String> objects = new ArrayList<>();
    for (FirewallTunnel each : scope.calledTunnels()) {
      objects.add(counter(AccessCounter.refused(each.name())));
      if (each.signsIn()) {
        objects.add(counter(AccessCounter.signIn(each.name())));
      }
      if (each.callers().stream().anyMatch(DeviceAccess::silent)) {
        objects.add(counter(AccessCounter.silent(each.name())));
      }
    }
    if (scope.hasLan()) {
      GrantChains.counters(scope).forEach(each -> objects.add(counter(each)));
    }
    if (scope.calledTunnels().stream().anyMatch(FirewallTunnel::signsIn)) {
      objects.add("");
      objects.add("# The devices whose person has signed in, each for its own time.");
      objects.add("set " + Marks.SIGNED_IN4 + " { type ipv4_addr; flags timeout; }");
      objects.add("set " + Marks.SIGNED_IN6 + " { type ipv6_addr; flags timeout; }");
      objects.add("");
      objects.add("# How many connections each device has to the sign-in. A tunnel lets in no");
      objects.add("# address of anybody else, so strangers don't fill it.");
      objects.add("set " + SIGN_IN_FLOWS4 + " { type ipv4_addr; flags dynamic; size 4096; }");
      objects.add("set " + SIGN_IN_FLOWS6 + " { type ipv6_addr; flags dynamic; size 4096; }");
    }
    if (!scope.pageAddresses().isEmpty()) {
      objects.add("");
      objects.add(
          "# How many connections each device of the shop has to the page. When it is full");
      objects.add("# of made-up devices, nobody new is counted, and nobody is kept out.");
      objects.add("set " + PAGE_FLOWS + " { type ether_addr; flags dynamic; size 4096; }");
    }
    if (!scope.pageTunnels().isEmpty() || !scope.metricsTunnels().isEmpty() || scope.hasVisitor()) {
      objects.add("");
      objects.add("# The same of who comes by a tunnel, where nobody makes up an address.");
      objects.add("set " + TUNNEL_PAGE_FLOWS4 + " { type ipv4_addr; flags dynamic; size 4096; }");
      objects.add("set " + TUNNEL_PAGE_FLOWS6 + " { type ipv6_addr; flags dynamic; size 4096; }");
    }
    return objects;
  }

  private static String counter(String name) {
    return "counter " + name + " { }";
  }
}
