package dev.noren.plan;

import dev.noren.forms.DeviceAccess;
import dev.noren.net.PrivateNetworks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the devices of one form's tunnel may do. One look-up of the address leads to the rules that
 * are for a device, however many there are; devices with the same rules share them. Each packet of
 * a device's flows is looked at, in both directions and by whom the flow began with, so that what
 * is not let through any more ends at once. A packet that finds nothing is refused, so that here
 * sets and maps do no harm while a text is replaced, but for those of what is no internet.
 */
final class DeviceChains {
  private static final String BEGUN_BY = "ct original %s saddr ";

  private final FirewallScope scope;
  private final FirewallTunnel tunnel;
  private final String stem;
  private final String refuse;
  private final Map<DeviceProfile, String> profiles = new LinkedHashMap<>();
  private final List<NftChain> profileChains = new ArrayList<>();

  private DeviceChains(FirewallScope scope, FirewallTunnel tunnel) {
    this.scope = scope;
    this.tunnel = tunnel;
    this.stem = "t" + tunnel.plan().number() + "_";
    this.refuse = count(AccessCounter.refused(tunnel.name())) + " drop";
    for (DeviceAccess device : tunnel.callers()) {
      DeviceProfile profile = DeviceProfile.of(device);
      if (!profile.isEmpty() && !profiles.containsKey(profile)) {
        profiles.put(profile, addProfile(profile, profiles.size() + 1));
      }
    }
  }

  /** The chains of all forms' devices. */
  static List<NftChain> of(FirewallScope scope) {
    List<NftChain> chains = new ArrayList<>();
    scope.calledTunnels().forEach(each -> chains.addAll(new DeviceChains(scope, each).all()));
    chains.addAll(GrantChains.counted(scope));
    return chains;
  }

  /** The rules of the forward chain that lead here; answers first, as they may have two devices. */
  static void dispatch(NftChain chain, FirewallScope scope) {
    for (FirewallTunnel each : scope.calledTunnels()) {
      for (boolean v6 : new boolean[] {false, true}) {
        String begun = BEGUN_BY.formatted(v6 ? "ip6" : "ip");
        chain.each(
            "oifname %s ct direction reply ".formatted(each.device())
                + begun
                + "%s goto "
                + each.toDevices(),
            each.callerNetworks(v6));
      }
    }
    for (FirewallTunnel each : scope.calledTunnels()) {
      for (boolean v6 : new boolean[] {false, true}) {
        chain.each(
            "iifname %s %s saddr ".formatted(each.device(), v6 ? "ip6" : "ip")
                + "%s goto "
                + each.fromDevices(),
            each.callerNetworks(v6));
      }
    }
  }

  private List<NftChain> all() {
    List<NftChain> chains = new ArrayList<>();
    chains.add(from());
    chains.add(to());
    if (scope.goesOn(tunnel)) {
      others().forEach(other -> chains.add(on(other)));
    }
    if (tunnel.hasInternet()) {
      chains.add(internet());
    }
    NftChain who = who();
    chains.add(who);
    chains.addAll(profileChains);
    return chains;
  }

  private NftChain from() {
    NftChain chain =
        NftChain.named(
            tunnel.fromDevices(),
            "A device of " + tunnel.name() + " answers the shop, or wants something, by where to.");
    for (String match : scope.lan().matches()) {
      chain.rule(match + " ct direction reply accept");
      chain.rule(match + " goto " + who(""));
    }
    if (!scope.goesOn(tunnel)) {
      return chain.rule(refuse);
    }
    chain.rule("oifname " + tunnel.device() + " goto " + who(""));
    if (tunnel.hasInternet()) {
      line(chain, "meta mark " + Marks.hex(Marks.DIRECT) + " ");
    }
    for (FirewallTunnel other : others()) {
      String mark = "meta mark " + other.mark() + " ";
      chain.rule(mark + "oifname " + other.device() + " goto " + onTo(other));
      if (other.config().killSwitch()) {
        chain.rule(mark + count(FirewallCounter.killSwitch(other.name())) + " drop");
      } else if (other.full() && tunnel.hasInternet()) {
        line(chain, mark);
      }
    }
    return chain.rule(refuse);
  }

  private void line(NftChain chain, String mark) {
    String passing = Marks.hex(Marks.passing(number(tunnel), 0));
    for (String match : scope.lines().matches()) {
      chain.rule(mark + match + " ct mark set " + passing + " goto " + internetName());
    }
  }

  /** The other tunnels that a device may be let into. */
  private List<FirewallTunnel> others() {
    return scope.tunnels().stream().filter(each -> !each.equals(tunnel)).toList();
  }

  /** Into another tunnel: by a grant, or because that takes all that leaves the shop. */
  private NftChain on(FirewallTunnel other) {
    NftChain chain =
        NftChain.named(
                onTo(other), "From a device of " + tunnel.name() + " into " + other.name() + ".")
            .rule("ct mark set " + passingTo(other));
    byNetwork(chain, other, "");
    return chain;
  }

  /** A full tunnel's own networks are no part of the internet. */
  private void byNetwork(NftChain chain, FirewallTunnel other, String match) {
    if (other.full() && tunnel.hasInternet()) {
      for (boolean v6 : new boolean[] {false, true}) {
        String to = match + "ct original " + (v6 ? "ip6" : "ip") + " daddr %s goto " + who("");
        chain.each(to, other.subnets(v6));
      }
      chain.rule(match + "goto " + internetName());
    } else {
      chain.rule(match + "goto " + who(""));
    }
  }

  private NftChain to() {
    NftChain chain =
        NftChain.named(
            tunnel.toDevices(), "What answers a device of " + tunnel.name() + ", by where from.");
    if (tunnel.hasInternet()) {
      chain.rule(
          "ct mark " + Marks.hex(Marks.passing(number(tunnel), 0)) + " goto " + internetName());
      others().stream()
          .filter(FirewallTunnel::full)
          .forEach(other -> byNetwork(chain, other, "ct mark " + passingTo(other) + " "));
    }
    return chain.rule("goto " + who(""));
  }

  private NftChain internet() {
    NftChain chain =
        NftChain.named(
            internetName(),
            "Who goes out to the internet through the shop; others' private networks are no part"
                + " of it,\nand are reached by a rule that names them.");
    for (boolean v6 : new boolean[] {false, true}) {
      String to = "ct original " + (v6 ? "ip6" : "ip") + " daddr %s goto " + who("");
      chain.each(to, PrivateNetworks.of(v6));
    }
    String signIn = internetName() + "_sign_in";
    List<DeviceAccess> out = tunnel.callers().stream().filter(DeviceAccess::internet).toList();
    DeviceLookUp.add(
        chain,
        BEGUN_BY,
        out,
        each ->
            each.silent()
                ? "goto " + profiles.get(DeviceProfile.of(each))
                : each.signIn() ? "goto " + signIn : "accept");
    if (out.stream().anyMatch(each -> each.signIn() && !each.silent())) {
      profileChains.add(signIn(signIn, "accept"));
    }
    return chain.rule(refuse);
  }

  /** The one look-up of who it is. */
  private NftChain who() {
    NftChain chain =
        NftChain.named(who(""), "Which rules are for a device of " + tunnel.name() + ".");
    DeviceLookUp.add(
        chain,
        BEGUN_BY,
        tunnel.callers().stream().filter(each -> !DeviceProfile.of(each).isEmpty()).toList(),
        each -> "goto " + profiles.get(DeviceProfile.of(each)));
    return chain.rule(refuse);
  }

  private String addProfile(DeviceProfile profile, int number) {
    String name = who("_" + number);
    if (profile.silent()) {
      profileChains.add(
          NftChain.named(name, "Things start no connection.")
              .rule(count(AccessCounter.silent(tunnel.name())) + " drop"));
    } else if (profile.signIn()) {
      profileChains.add(signIn(name, "goto " + name + "_in"));
      profileChains.add(GrantChains.rules(name + "_in", profile.grants(), refuse));
    } else {
      profileChains.add(GrantChains.rules(name, profile.grants(), refuse));
    }
    return name;
  }

  private NftChain signIn(String name, String then) {
    return NftChain.named(name, "Nothing before their person has signed in.")
        .rule(BEGUN_BY.formatted("ip") + "@" + Marks.SIGNED_IN4 + " " + then)
        .rule(BEGUN_BY.formatted("ip6") + "@" + Marks.SIGNED_IN6 + " " + then)
        .rule(count(AccessCounter.signIn(tunnel.name())) + " drop");
  }

  private String who(String more) {
    return stem + "who" + more;
  }

  private String internetName() {
    return stem + "internet";
  }

  private String onTo(FirewallTunnel other) {
    return stem + "to_t" + number(other);
  }

  private String passingTo(FirewallTunnel other) {
    return Marks.hex(Marks.passing(number(tunnel), number(other)));
  }

  private static int number(FirewallTunnel tunnel) {
    return tunnel.plan().number();
  }

  private static String count(String counter) {
    return "counter name " + counter;
  }
}
