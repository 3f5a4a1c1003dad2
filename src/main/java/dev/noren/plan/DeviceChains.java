package dev.noren.plan;

import dev.noren.config.Service;
import dev.noren.config.Service.Protocol;
import dev.noren.forms.DeviceAccess;
import dev.noren.forms.Grant;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the devices of one form's tunnel may do. One look-up of the address leads to the rules that
 * are for a device, however many there are; devices with the same rules share them. Each packet of
 * a device's flows is looked at, in both directions and by whom the flow began with, so that what
 * is not let through any more ends at once. A packet that finds nothing is refused, so that here
 * sets and maps do no harm while a text is replaced.
 */
final class DeviceChains {
  /** The sets of the addresses of devices whose person has signed in. */
  static final String SIGNED_IN4 = Marks.SIGNED_IN4;

  static final String SIGNED_IN6 = Marks.SIGNED_IN6;

  private static final String BEGUN_BY = "ct original %s saddr ";
  private static final String ERRORS = "ct state related meta l4proto { icmp, ipv6-icmp } accept";

  private final FirewallScope scope;
  private final FirewallTunnel tunnel;
  private final String stem;
  private final String refuse;
  private final Map<Profile, String> profiles = new LinkedHashMap<>();
  private final List<NftChain> profileChains = new ArrayList<>();

  /** What devices may have in common. */
  private record Profile(List<Grant> grants, boolean signIn, boolean silent) {
    static Profile of(DeviceAccess device) {
      return new Profile(
          device.silent() ? List.of() : device.grants(),
          device.signIn() && !device.silent(),
          device.silent());
    }

    boolean isEmpty() {
      return grants.isEmpty() && !signIn && !silent;
    }
  }

  private DeviceChains(FirewallScope scope, FirewallTunnel tunnel) {
    this.scope = scope;
    this.tunnel = tunnel;
    this.stem = "t" + tunnel.plan().number() + "_";
    this.refuse = count(AccessCounter.refused(tunnel.name())) + " drop";
    for (DeviceAccess device : tunnel.callers()) {
      Profile profile = Profile.of(device);
      if (!profile.isEmpty() && !profiles.containsKey(profile)) {
        profiles.put(profile, addProfile(profile, profiles.size() + 1));
      }
    }
  }

  /** The chains of all forms' devices. */
  static List<NftChain> of(FirewallScope scope) {
    List<NftChain> chains = new ArrayList<>();
    scope.calledTunnels().forEach(each -> chains.addAll(new DeviceChains(scope, each).all()));
    grants(scope).forEach(each -> chains.add(let(each)));
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

  /** The counters and sets that the chains need. */
  static List<String> objects(FirewallScope scope) {
    List<String> objects = new ArrayList<>();
    if (!scope.hasLan()) {
      return objects;
    }
    for (FirewallTunnel each : scope.calledTunnels()) {
      objects.add("counter " + AccessCounter.refused(each.name()) + " { }");
      if (each.signsIn()) {
        objects.add("counter " + AccessCounter.signIn(each.name()) + " { }");
      }
      if (each.callers().stream().anyMatch(DeviceAccess::silent)) {
        objects.add("counter " + AccessCounter.silent(each.name()) + " { }");
      }
    }
    grants(scope).forEach(each -> objects.add("counter " + AccessCounter.let(each) + " { }"));
    if (scope.calledTunnels().stream().anyMatch(FirewallTunnel::signsIn)) {
      objects.add("");
      objects.add("# The devices whose person has signed in, each for its own time.");
      objects.add("set " + SIGNED_IN4 + " { type ipv4_addr; flags timeout; }");
      objects.add("set " + SIGNED_IN6 + " { type ipv6_addr; flags timeout; }");
    }
    return objects;
  }

  /** All grants that some device has, each name once. */
  private static List<Grant> grants(FirewallScope scope) {
    Map<String, Grant> grants = new LinkedHashMap<>();
    scope.calledTunnels().stream()
        .flatMap(each -> each.callers().stream())
        .filter(device -> !device.silent())
        .flatMap(device -> device.grants().stream())
        .forEach(grant -> grants.putIfAbsent(AccessCounter.let(grant), grant));
    return List.copyOf(grants.values());
  }

  /** Connections are counted and not packets, since most of these are of old ones. */
  private static NftChain let(Grant grant) {
    String name = AccessCounter.let(grant);
    return NftChain.named(name, "New ones are counted: " + AccessCounter.sentence(name) + ".")
        .rule("ct state new " + count(name))
        .rule("accept");
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
    for (String match : scope.toLan()) {
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
    for (String match : scope.toLines()) {
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
        NftChain.named(internetName(), "Who goes out to the internet through the shop.");
    String signIn = internetName() + "_sign_in";
    List<DeviceAccess> out = tunnel.callers().stream().filter(DeviceAccess::internet).toList();
    lookUp(
        chain,
        out,
        each ->
            each.silent()
                ? "goto " + profiles.get(Profile.of(each))
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
    lookUp(
        chain,
        tunnel.callers().stream().filter(each -> !Profile.of(each).isEmpty()).toList(),
        each -> "goto " + profiles.get(Profile.of(each)));
    return chain.rule(refuse);
  }

  private interface Verdict {
    String of(DeviceAccess device);
  }

  private static void lookUp(NftChain chain, List<DeviceAccess> devices, Verdict verdict) {
    for (boolean v6 : new boolean[] {false, true}) {
      List<String> elements = new ArrayList<>();
      for (DeviceAccess device : devices) {
        for (IpAddress address : device.addresses()) {
          if (address.v6() == v6) {
            elements.add(address + " : " + verdict.of(device));
          }
        }
      }
      if (!elements.isEmpty()) {
        chain.rule(
            BEGUN_BY.formatted(v6 ? "ip6" : "ip") + "vmap { " + String.join(", ", elements) + " }");
      }
    }
  }

  private String addProfile(Profile profile, int number) {
    String name = who("_" + number);
    if (profile.silent()) {
      profileChains.add(
          NftChain.named(name, "Things start no connection.")
              .rule(count(AccessCounter.silent(tunnel.name())) + " drop"));
    } else if (profile.signIn()) {
      profileChains.add(signIn(name, "goto " + name + "_in"));
      profileChains.add(rules(name + "_in", profile.grants()));
    } else {
      profileChains.add(rules(name, profile.grants()));
    }
    return name;
  }

  private NftChain signIn(String name, String then) {
    return NftChain.named(name, "Nothing before their person has signed in.")
        .rule(BEGUN_BY.formatted("ip") + "@" + SIGNED_IN4 + " " + then)
        .rule(BEGUN_BY.formatted("ip6") + "@" + SIGNED_IN6 + " " + then)
        .rule(count(AccessCounter.signIn(tunnel.name())) + " drop");
  }

  private NftChain rules(String name, List<Grant> grants) {
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
              .map(DeviceChains::ports)
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
