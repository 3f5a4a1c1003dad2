package dev.noren.config;

import dev.noren.config.Form.Extent;
import dev.noren.config.Form.Kind;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import dev.noren.text.Refused;
import dev.noren.text.Sentence;
import java.util.List;
import java.util.regex.Pattern;

/** Reads the forms, which may get neither in each other's way nor in the tunnels'. */
final class FormReader {
  private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");

  private final TunnelReader tunnels;
  private final LanConfig lan;
  private final AccessReader access;
  private final ShopsOnce once = new ShopsOnce();

  /**
   * @param tunnels takes the names, ports, addresses, keys and networks of all tunnels
   * @param access knows the people, and the devices of all forms
   */
  FormReader(TunnelReader tunnels, LanConfig lan, AccessReader access) {
    this.tunnels = tunnels;
    this.lan = lan;
    this.access = access;
  }

  /** The form, or null where it is not known what it is. */
  Form read(Fields fields) {
    if (!fields.known("kind")) {
      fields.error("kind", Sentence.of("form.kind-missing"));
    }
    Kind kind = fields.word("kind", Kind.class, null);
    if (kind == null) {
      fields.skip();
      return null;
    }
    return switch (kind) {
      case SITE -> site(fields);
      case REMOTE -> remote(fields);
      case CLOUD -> cloud(fields);
      case VDI -> vdi(fields);
      case ROUTER -> bundle(fields);
    };
  }

  private SiteForm site(Fields fields) {
    TunnelName name = tunnels.name(fields);
    Gateway gateway = gateway(fields);
    Cidr seenAs = fields.text("seenAs", this::ownSeenAs);
    boolean exchange = fields.flag("exchange", false);
    List<Shop> shops =
        fields.objects(
            "shops", shops(gateway, tunnels.peers(gateway), fields.known("seenAs"))::read);
    checkWhoGoesOut(fields, shops);
    return new SiteForm(
        name, gateway, seenAs, exchange, shops, PairingReader.read(fields, gateway));
  }

  /** Who is let out is told by the source, so nobody else's may lie in such a network. */
  private static void checkWhoGoesOut(Fields fields, List<Shop> shops) {
    for (Shop out : shops) {
      for (Shop other : shops) {
        if (out.internet()
            && !other.internet()
            && out.inTunnel().stream()
                .anyMatch(each -> other.inTunnel().stream().anyMatch(each::overlaps))) {
          fields.error("shops", Sentence.of("shops.inside-internet", other.name(), out.name()));
        }
      }
    }
  }

  private RemoteForm remote(Fields fields) {
    TunnelName name = tunnels.name(fields);
    Gateway gateway = gateway(fields);
    return new RemoteForm(
        name,
        gateway,
        fields.word("extent", Extent.class, Extent.SPLIT),
        fields.objects("devices", devices(gateway, tunnels.peers(gateway))::read));
  }

  private CloudForm cloud(Fields fields) {
    return new CloudForm(
        tunnels.read(fields),
        fields.text("provider", RouterValues::personsName),
        fields.text("country", FormReader::country));
  }

  private VdiForm vdi(Fields fields) {
    TunnelName name = tunnels.name(fields);
    Gateway gateway = gateway(fields);
    Once desks = new Once();
    return new VdiForm(
        name,
        gateway,
        fields.objects("desks", each -> desk(each, desks)),
        fields.objects("devices", devices(gateway, tunnels.peers(gateway))::read));
  }

  private BundleForm bundle(Fields fields) {
    TunnelName name = tunnels.name(fields);
    Gateway gateway = gateway(fields);
    PeersReader peers = tunnels.peers(gateway);
    Cidr seenAs = fields.text("seenAs", this::ownSeenAs);
    Extent extent = fields.word("extent", Extent.class, Extent.SPLIT);
    Shop shop = null;
    if (fields.known("shop")) {
      Fields shopFields = fields.object("shop");
      shop = shops(gateway, peers, fields.known("seenAs")).read(shopFields);
      if (extent == Extent.FULL && shop.internet()) {
        shopFields.error("internet", Sentence.of("form.full-exchange"));
      }
      shopFields.done();
    } else if (extent == Extent.FULL) {
      fields.error("extent", Sentence.of("form.full-without-shop"));
    }
    if (extent == Extent.FULL) {
      fields.check("extent", () -> tunnels.use().takeFull(fields.path("extent"), null));
    }
    BundleForm bundle =
        new BundleForm(
            name,
            gateway,
            seenAs,
            extent,
            shop,
            fields.objects("devices", devices(gateway, peers)::read),
            PairingReader.read(fields, gateway));
    List<IpAddress> farEnds = AddressNumbers.farEnds(bundle);
    bundle.devices().stream()
        .flatMap(device -> device.addresses().stream())
        .filter(farEnds::contains)
        .forEach(address -> fields.error("devices", Sentence.of("form.device-has-far", address)));
    return bundle;
  }

  private ShopReader shops(Gateway gateway, PeersReader peers, boolean ownMapped) {
    return new ShopReader(peers, gateway, tunnels.use(), lan, once, ownMapped);
  }

  private DeviceReader devices(Gateway gateway, PeersReader peers) {
    return new DeviceReader(peers, gateway, access);
  }

  private Gateway gateway(Fields fields) {
    Gateway own = tunnels.gateway(fields);
    own.addresses().stream()
        .filter(each -> lan.address() != null && each.overlaps(lan.address()))
        .forEach(
            each ->
                fields.error(
                    "addresses", Sentence.of("form.holds-lan", each, lan.address().masked())));
    List<HostPort> endpoints =
        fields.texts("endpoints", text -> RouterValues.reachable(HostPort.parse(text)));
    return new Gateway(
        own.privateKey(),
        own.listenPort(),
        own.alsoPorts(),
        own.addresses(),
        endpoints,
        own.mtuBytes(),
        fields.number("allotted", 0, Gateway.MOST_ALLOTTED, 0));
  }

  private Cidr ownSeenAs(String text) {
    Cidr seenAs = RouterValues.subnet(text);
    MachineAddress.checkSubnet(seenAs);
    if (lan.address() != null && lan.address().prefixLength() != seenAs.prefixLength()) {
      throw new Refused("form.seen-as-size", seenAs, lan.address().masked());
    }
    if (seenAs.address().v6()) {
      throw new Refused("map.only-v4", seenAs);
    }
    if (lan.address() != null && lan.address().overlaps(seenAs)) {
      throw new Refused("form.seen-as-overlaps", seenAs, lan.address().masked());
    }
    return tunnels.use().takeOwnSeenAs(seenAs);
  }

  private static VdiForm.Desk desk(Fields fields, Once names) {
    String name =
        fields.required(
            "name",
            "hint.desk-name",
            (path, text) -> names.take(path, RouterValues.personsName(text)));
    IpAddress host = fields.required("host", "hint.desk-address", RouterValues::server);
    List<Service> services = fields.texts("services", (String text) -> Service.parse(text));
    if (services.isEmpty() && !fields.holds("services")) {
      fields.error("services", Sentence.of("desk.services-missing"));
    }
    return new VdiForm.Desk(name, host, services);
  }

  private static String country(String text) {
    if (!COUNTRY.matcher(text).matches()) {
      throw new Refused("country.form", Values.quoted(text));
    }
    return text;
  }
}
