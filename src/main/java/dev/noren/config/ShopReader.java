package dev.noren.config;

import dev.noren.crypto.PresharedKey;
import dev.noren.crypto.PublicKey;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import dev.noren.text.Refused;
import dev.noren.text.Sentence;
import java.util.List;

/** Reads the far shops of one form. */
final class ShopReader {
  private final PeersReader keys;
  private final Gateway gateway;
  private final UseReader use;
  private final LanConfig lan;
  private final ShopsOnce once;
  private final boolean ownMapped;
  private final Once inTunnel = new Once();

  /**
   * @param keys takes the keys of the form's peers
   * @param gateway the form's own end
   * @param use takes the networks that tunnels lead to
   * @param once takes what no two shops of the router may have
   * @param ownMapped whether the form's far ends see the shop's own network as another one
   */
  ShopReader(
      PeersReader keys,
      Gateway gateway,
      UseReader use,
      LanConfig lan,
      ShopsOnce once,
      boolean ownMapped) {
    this.keys = keys;
    this.gateway = gateway;
    this.use = use;
    this.lan = lan;
    this.once = once;
    this.ownMapped = ownMapped;
  }

  Shop read(Fields fields) {
    String name =
        fields.required(
            "name",
            "hint.shop-name",
            (path, text) -> once.names().take(path, RouterValues.personsName(text)));
    PublicKey key = keys.key(fields);
    PresharedKey presharedKey = PeersReader.presharedKey(fields);
    IpAddress address = fields.text("address", this::address);
    HostPort endpoint = PeersReader.endpoint(fields);
    boolean mapped = fields.known("seenAs");
    List<Cidr> subnets = fields.texts("subnets", (path, text) -> subnet(path, text, mapped));
    List<Cidr> seenAs = fields.texts("seenAs", (path, text) -> seenAs(path, text));
    if (subnets.isEmpty() && !fields.holds("subnets")) {
      fields.error("subnets", Sentence.of("shop.subnets-missing"));
    }
    boolean fits = sameLengths(subnets, seenAs);
    if (!seenAs.isEmpty() && !fits) {
      fields.error("seenAs", Sentence.of("shop.seen-as-fit"));
    }
    boolean mapsItself = fields.flag("mapsItself", false);
    if (mapsItself && !mapped) {
      fields.error("mapsItself", Sentence.of("shop.maps-without"));
    }
    if (mapped && fits && !mapsItself) {
      for (int i = 0; i < subnets.size(); i++) {
        Cidr subnet = subnets.get(i);
        fields.check("subnets", () -> inTunnel(fields.path("subnets"), subnet));
      }
    }
    Shop shop =
        new Shop(
            name,
            key,
            presharedKey,
            address,
            endpoint,
            subnets,
            fits ? seenAs : List.of(),
            mapsItself,
            fields.text("domain", (path, text) -> once.domain(path, RouterValues.domain(text))),
            fields.text("dns", RouterValues::server),
            fields.flag("internet", false),
            PeersReader.keepaliveSeconds(fields));
    names(fields, shop);
    return shop;
  }

  private void names(Fields fields, Shop shop) {
    if ((shop.domain() == null) != (shop.dns() == null)) {
      String missing = shop.domain() == null ? "domain" : "dns";
      if (!fields.holds(missing)) {
        fields.error(missing, Sentence.of("shop.dns-half"));
      }
      return;
    }
    if (shop.dns() != null
        && !shop.subnets().isEmpty()
        && !shop.dns().equals(shop.address())
        && shop.subnets().stream().noneMatch(each -> each.contains(shop.dns()))) {
      fields.error("dns", Sentence.of("shop.dns-outside", shop.dns()));
    }
    if (shop.domain() != null) {
      fields.check("domain", () -> once.takeMaps(fields.path("domain"), shop));
    }
  }

  private IpAddress address(String text) {
    IpAddress address = RouterValues.address(text);
    if (gateway.addresses().stream().anyMatch(own -> own.address().equals(address))) {
      throw new Refused("shop.address-own", address);
    }
    return address;
  }

  private Cidr subnet(String path, String text, boolean mapped) {
    Cidr subnet = RouterValues.subnet(text);
    MachineAddress.checkSubnet(subnet);
    boolean overlaps = lan.address() != null && lan.address().overlaps(subnet);
    if (mapped) {
      if (overlaps && !ownMapped) {
        throw new Refused("shop.overlaps-both", subnet, lan.address().masked());
      }
      return subnet;
    }
    if (overlaps) {
      throw new Refused("shop.overlaps", subnet, lan.address().masked());
    }
    use.takeSubnet(path, subnet);
    return inTunnel(path, subnet);
  }

  /**
   * Devices of the same tunnel have addresses of its own network, and are told by them. Where its
   * own is a single address, as at a meeting place's far end, there are none.
   */
  private void checkTunnels(Cidr network) {
    for (Cidr own : gateway.addresses()) {
      if (own.prefixLength() < own.address().bits() && own.overlaps(network)) {
        throw new Refused("shop.holds-tunnel", network, own.masked());
      }
    }
  }

  private Cidr inTunnel(String path, Cidr network) {
    checkTunnels(network);
    return once.takeInTunnel(inTunnel, path, network);
  }

  private Cidr seenAs(String path, String text) {
    Cidr seenAs = use.takeSubnet(path, RouterValues.subnet(text));
    if (seenAs.address().v6()) {
      throw new Refused("map.only-v4", seenAs);
    }
    checkTunnels(seenAs);
    return once.takeSeen(path, seenAs);
  }

  private static boolean sameLengths(List<Cidr> some, List<Cidr> others) {
    return some.stream()
        .map(ShopReader::shape)
        .toList()
        .equals(others.stream().map(ShopReader::shape).toList());
  }

  private static String shape(Cidr cidr) {
    return cidr.address().bits() + "/" + cidr.prefixLength();
  }
}
