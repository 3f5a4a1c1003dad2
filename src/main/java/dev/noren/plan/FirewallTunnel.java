package dev.noren.plan;

import dev.noren.config.LanConfig;
import dev.noren.config.RouterTunnel;
import dev.noren.config.TunnelName;
import dev.noren.config.TunnelUse.Mode;
import dev.noren.forms.DeviceAccess;
import dev.noren.forms.SubnetMap;
import dev.noren.forms.TunnelAccess;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * A tunnel as the firewall sees it.
 *
 * @param plan as it is to run
 * @param lan who the devices are that its configuration names
 * @param access what it lets through where a form made it, else null
 */
record FirewallTunnel(TunnelPlan plan, LanConfig lan, TunnelAccess access) {
  /** The headers of TCP over IPv4 and over IPv6 without options (RFC 9293, 3.7.1). */
  private static final int TCP_OVER_V4 = 40;

  private static final int TCP_OVER_V6 = 60;

  RouterTunnel config() {
    return plan.config();
  }

  TunnelName name() {
    return config().name();
  }

  /** The interface in quotes. */
  String device() {
    return NftChain.quoted(name().text());
  }

  String mark() {
    return Marks.hex(Marks.ofTunnel(plan.number()));
  }

  /** The chain that marks what this tunnel takes, and lets pass what it may not take. */
  String take() {
    return "t" + plan.number() + "_take";
  }

  /** The chain for what has this tunnel's mark. */
  String out() {
    return "t" + plan.number() + "_out";
  }

  /** The chain for what comes out of this tunnel. */
  String in() {
    return "t" + plan.number() + "_in";
  }

  /** The chain that says what may go on from this tunnel. */
  String from() {
    return access == null ? "from_tunnel" : "t" + plan.number() + "_from";
  }

  /** The chain for what its devices begin and send, before it is known who they are. */
  String fromDevices() {
    return "t" + plan.number() + "_from_devices";
  }

  /** The chain for what far shops begin that go out through this one. */
  String fromShops() {
    return "t" + plan.number() + "_from_shops";
  }

  /** The chain for what answers its devices. */
  String toDevices() {
    return "t" + plan.number() + "_to_devices";
  }

  /** The chain for what its devices ask Noren for. */
  String askNames() {
    return "t" + plan.number() + "_names";
  }

  /** The devices that call in by it. */
  List<DeviceAccess> callers() {
    return access == null ? List.of() : access.devices();
  }

  /** The networks that its devices have their addresses in; none where it has no devices. */
  List<Cidr> callerNetworks(boolean v6) {
    return callers().isEmpty() ? List.of() : networks(v6);
  }

  /** Whether a device goes out to the internet through the shop. */
  boolean hasInternet() {
    return callers().stream().anyMatch(DeviceAccess::internet);
  }

  /** Whether a device's person has to sign in. */
  boolean signsIn() {
    return callers().stream().anyMatch(FirewallTunnel::signsIn);
  }

  /** The addresses of the devices whose person has to sign in. */
  List<IpAddress> signers(boolean v6) {
    return callers().stream()
        .filter(FirewallTunnel::signsIn)
        .flatMap(each -> each.addresses().stream())
        .filter(each -> each.v6() == v6)
        .sorted()
        .toList();
  }

  /** The addresses of things that ask for nothing. */
  List<IpAddress> silent(boolean v6) {
    return callers().stream()
        .filter(DeviceAccess::silent)
        .flatMap(each -> each.addresses().stream())
        .filter(each -> each.v6() == v6)
        .sorted()
        .toList();
  }

  /** Nobody signs in for a thing. */
  private static boolean signsIn(DeviceAccess device) {
    return device.signIn() && !device.silent();
  }

  /** The addresses of far shops in the tunnel. */
  List<IpAddress> farEnds(boolean v6) {
    return access == null
        ? List.of()
        : access.farEnds().stream().filter(each -> each.v6() == v6).toList();
  }

  /** Whether who is there, and is no device, may ask Noren for names. */
  boolean farEndAsks() {
    return access == null || access.farEndAsks();
  }

  private List<Cidr> networks(boolean v6) {
    return family(
            config().addresses().stream()
                .filter(each -> each.prefixLength() < each.address().bits())
                .map(Cidr::masked)
                .toList(),
            v6)
        .distinct()
        .sorted()
        .toList();
  }

  /** The far networks that this end makes others of. */
  List<SubnetMap> farMaps() {
    return access == null ? List.of() : access.farMaps();
  }

  /** As which far shops see the shop's own IPv4 network, or null where it is the same. */
  Cidr ownSeenAs() {
    return access == null ? null : access.ownSeenAs();
  }

  /** The networks of far shops, as packets in the tunnel have them. */
  List<Cidr> shopsInTunnel(boolean v6) {
    return access == null ? List.of() : outermost(family(access.inTunnel(), v6).toList());
  }

  /** Who sends from far shops: their networks, and their routers, which ask for names there. */
  List<Cidr> shopSenders(boolean v6) {
    List<Cidr> senders = new ArrayList<>(shopsInTunnel(v6));
    farEnds(v6).forEach(each -> senders.add(new Cidr(each, each.bits())));
    return outermost(senders);
  }

  /** The networks of far shops that go out to the internet through this one. */
  List<Cidr> goingOut(boolean v6) {
    return access == null ? List.of() : outermost(family(access.internet(), v6).toList());
  }

  /** Whether a far shop goes out to the internet through this one. */
  boolean letsShopsOut() {
    return access != null && !access.internet().isEmpty();
  }

  /** Whether far shops are at its other ends. */
  boolean hasShops() {
    return access != null && !access.inTunnel().isEmpty();
  }

  /** The networks between which far shops reach each other: from here, and to there. */
  List<Cidr> exchanged(boolean v6) {
    return access != null && access.exchange()
        ? outermost(family(access.shops(), v6).toList())
        : List.of();
  }

  boolean full() {
    return config().use().mode() == Mode.FULL;
  }

  /** Whether a family can go through it, for which it needs an address of its own. */
  boolean carries(boolean v6) {
    return config().addresses().stream().anyMatch(each -> each.address().v6() == v6);
  }

  /** Its own addresses of a family. */
  List<String> addresses(boolean v6) {
    return family(config().addresses(), v6).map(each -> each.address().toString()).toList();
  }

  /**
   * Where it leads by itself: the subnets that it takes, and the network that it has a place in.
   * One that lies in another one stays, since a second tunnel's may lie between the two.
   */
  List<Cidr> subnets(boolean v6) {
    List<Cidr> all = new ArrayList<>(config().use().subnets());
    all.addAll(networks(v6));
    return family(all, v6).distinct().sorted().toList();
  }

  List<Cidr> exceptSubnets(boolean v6) {
    return outermost(family(config().use().exceptSubnets(), v6).toList());
  }

  List<String> devices() {
    return macs(config().use().devices());
  }

  List<String> exceptDevices() {
    return macs(config().use().exceptDevices());
  }

  NameSet names() {
    return NameSet.names(plan);
  }

  NameSet exceptNames() {
    return NameSet.exceptions(plan);
  }

  /** The greatest TCP segment that fits, bytes. */
  int mss(boolean v6) {
    return plan.passingBytes() - (v6 ? TCP_OVER_V6 : TCP_OVER_V4);
  }

  private List<String> macs(List<String> names) {
    return names.stream().map(each -> lan.device(each).text()).distinct().toList();
  }

  private static Stream<Cidr> family(Collection<Cidr> all, boolean v6) {
    return all.stream().filter(each -> each.address().v6() == v6);
  }

  /** Without those that lie in others, which a set of nft's would only show merged. */
  static List<Cidr> outermost(List<Cidr> all) {
    return all.stream()
        .distinct()
        .filter(each -> all.stream().noneMatch(other -> holds(other, each)))
        .sorted()
        .toList();
  }

  private static boolean holds(Cidr outer, Cidr inner) {
    return outer.prefixLength() < inner.prefixLength() && outer.contains(inner.address());
  }
}
