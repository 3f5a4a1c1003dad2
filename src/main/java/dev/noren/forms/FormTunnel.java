package dev.noren.forms;

import dev.noren.config.Access;
import dev.noren.config.BundleForm;
import dev.noren.config.CloudForm;
import dev.noren.config.Device;
import dev.noren.config.Form;
import dev.noren.config.Form.Extent;
import dev.noren.config.Gateway;
import dev.noren.config.HostPort;
import dev.noren.config.Pairing;
import dev.noren.config.PeerConfig;
import dev.noren.config.RemoteForm;
import dev.noren.config.RouterTunnel;
import dev.noren.config.RouterTunnel.Peer;
import dev.noren.config.Shop;
import dev.noren.config.SiteForm;
import dev.noren.config.TunnelUse;
import dev.noren.config.VdiForm;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One form as a tunnel, and what that lets through. */
final class FormTunnel {
  /** Short, since both ends wait for each other. */
  private static final int PAIRING_KEEPALIVE_SECONDS = 5;

  private final Form form;
  private final Reach reach;
  private final LocalDate today;
  private final Visit visit;
  private final List<Shop> shops;

  /**
   * @param visit a technician who calls in by it, or null
   * @param overlaps its networks that have to be left out
   */
  FormTunnel(Form form, Access access, LocalDate today, Visit visit, List<Overlap> overlaps) {
    this.form = form;
    this.reach = new Reach(access);
    this.today = today;
    this.visit = visit;
    this.shops = form.shops().stream().map(shop -> without(shop, overlaps)).toList();
  }

  private static Shop without(Shop shop, List<Overlap> overlaps) {
    List<Integer> kept =
        IntStream.range(0, shop.routed().size())
            .filter(
                i ->
                    overlaps.stream()
                        .noneMatch(
                            each ->
                                each.shop().equals(shop.name())
                                    && each.network().equals(shop.routed().get(i))))
            .boxed()
            .toList();
    return kept.size() == shop.routed().size()
        ? shop
        : shop.withNetworks(
            kept.stream().map(shop.subnets()::get).toList(),
            shop.seenAs().isEmpty() ? List.of() : kept.stream().map(shop.seenAs()::get).toList());
  }

  /** The far shops, without what had to be left out. */
  List<Shop> shops() {
    return shops;
  }

  RouterTunnel tunnel() {
    return switch (form) {
      case CloudForm cloud -> cloud.tunnel();
      case BundleForm bundle ->
          own(bundle.extent() == Extent.FULL ? full() : TunnelUse.split(shopNetworks()));
      case SiteForm site -> own(TunnelUse.split(shopNetworks()));
      case RemoteForm remote -> own(TunnelUse.split(List.of()));
      case VdiForm vdi -> own(TunnelUse.split(List.of()));
    };
  }

  /** Where the far shop's networks are named too, no wider one of another tunnel takes them. */
  private TunnelUse full() {
    return new TunnelUse(
        TunnelUse.Mode.FULL, List.of(), shopNetworks(), List.of(), List.of(), List.of(), List.of());
  }

  /** The far ends see who it is, since nobody of theirs could be told apart otherwise. */
  private RouterTunnel own(TunnelUse use) {
    Gateway gateway = form.gateway();
    if (joins()) {
      return provisional(gateway, form.pairing());
    }
    return new RouterTunnel(
        form.name(),
        gateway.privateKey(),
        gateway.listenPort(),
        gateway.alsoPorts(),
        gateway.addresses(),
        gateway.mtuBytes(),
        peers(),
        use,
        true,
        false);
  }

  private boolean joins() {
    return form.pairing() != null && !form.pairing().invites();
  }

  /** It leads to nothing but the conversation with who invites, also where another takes all. */
  private RouterTunnel provisional(Gateway gateway, Pairing pairing) {
    return new RouterTunnel(
        form.name(),
        pairing.privateKey(),
        gateway.listenPort(),
        gateway.alsoPorts(),
        List.of(pairing.address()),
        gateway.mtuBytes(),
        List.of(provisional(pairing)),
        TunnelUse.split(List.of(host(pairing.farAddress()))),
        true,
        false);
  }

  /**
   * Whoever knows where the other end is sends at once and keeps sending, which opens filters that
   * let in only answers.
   */
  private static Peer provisional(Pairing pairing) {
    List<HostPort> places = pairing.endpoints();
    return new Peer(
        pairing.shop(),
        new PeerConfig(
            pairing.publicKey(),
            pairing.presharedKey(),
            List.of(host(pairing.farAddress())),
            places.isEmpty() ? null : places.getFirst(),
            places.isEmpty() ? 0 : PAIRING_KEEPALIVE_SECONDS),
        places.isEmpty() ? List.of() : places.subList(1, places.size()));
  }

  private List<Peer> peers() {
    List<Peer> peers = new ArrayList<>();
    shops.forEach(shop -> peers.add(peer(shop)));
    letIn().forEach(device -> peers.add(peer(device)));
    if (visit != null) {
      peers.add(peer(visit.device()));
    }
    if (form.pairing() != null) {
      peers.add(provisional(form.pairing()));
    }
    return peers;
  }

  private List<Device> letIn() {
    return form.devices().stream().filter(device -> device.isLetIn(today)).toList();
  }

  private Peer peer(Shop shop) {
    List<Cidr> allowed = new ArrayList<>();
    if (form instanceof BundleForm bundle && bundle.extent() == Extent.FULL) {
      allowed.add(new Cidr(IpAddress.v4(0), 0));
      allowed.add(new Cidr(IpAddress.v6(0, 0), 0));
    } else {
      senders(shop).forEach(allowed::add);
    }
    return new Peer(
        shop.name(),
        new PeerConfig(
            shop.publicKey(),
            shop.presharedKey(),
            allowed,
            shop.endpoint(),
            shop.keepaliveSeconds()));
  }

  /** Who sends from there: its router itself, and its networks. */
  private static Stream<Cidr> senders(Shop shop) {
    return Stream.concat(
        Stream.ofNullable(shop.address()).map(FormTunnel::host), shop.inTunnel().stream());
  }

  private static Peer peer(Device device) {
    return new Peer(
        device.name(),
        new PeerConfig(
            device.publicKey(),
            device.presharedKey(),
            device.addresses().stream().map(FormTunnel::host).toList(),
            null,
            0));
  }

  private static Cidr host(IpAddress address) {
    return new Cidr(address, address.bits());
  }

  private List<Cidr> shopNetworks() {
    return shops.stream().flatMap(shop -> shop.routed().stream()).toList();
  }

  TunnelAccess access() {
    return new TunnelAccess(
        form.name(),
        shopNetworks(),
        shops.stream().flatMap(shop -> shop.inTunnel().stream()).toList(),
        shops.stream().filter(Shop::internet).flatMap(FormTunnel::senders).toList(),
        Stream.concat(
                letIn().stream().map(this::access), Stream.ofNullable(visit).map(Visit::access))
            .toList(),
        form instanceof SiteForm site && site.exchange(),
        form.seenAs(),
        shops.stream()
            .filter(shop -> !shop.mapsItself())
            .flatMap(shop -> SubnetMap.of(shop).stream())
            .toList(),
        shops.stream().map(Shop::address).filter(Objects::nonNull).toList(),
        !(form instanceof CloudForm));
  }

  private DeviceAccess access(Device device) {
    return new DeviceAccess(
        device.name(),
        device.addresses(),
        form instanceof VdiForm vdi ? desks(vdi) : reach.grants(form, device),
        internet(),
        reach.signsIn(device),
        device.iot(),
        asksForNames(device));
  }

  private boolean internet() {
    return form instanceof RemoteForm remote && remote.extent() == Extent.FULL;
  }

  /** Outside staff reach single hosts, and have a name server where the rest of theirs goes. */
  private boolean asksForNames(Device device) {
    return !device.iot() && !(form instanceof VdiForm) && (!device.outside() || internet());
  }

  private static List<Grant> desks(VdiForm vdi) {
    return vdi.desks().stream()
        .map(
            desk -> new Grant(vdi.name(), desk.name(), List.of(host(desk.host())), desk.services()))
        .toList();
  }
}
