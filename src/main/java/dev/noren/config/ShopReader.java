package dev.noren.config;

import dev.noren.crypto.PresharedKey;
import dev.noren.crypto.PublicKey;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import java.util.List;

/** Reads the far shops of one form. */
final class ShopReader {
  private final PeersReader keys;
  private final Gateway gateway;
  private final UseReader use;
  private final LanConfig lan;
  private final Once names;

  /**
   * @param keys takes the keys of the form's peers
   * @param gateway the form's own end
   * @param use takes the networks that tunnels lead to
   * @param names the names of shops of all forms
   */
  ShopReader(PeersReader keys, Gateway gateway, UseReader use, LanConfig lan, Once names) {
    this.keys = keys;
    this.gateway = gateway;
    this.use = use;
    this.lan = lan;
    this.names = names;
  }

  Shop read(Fields fields) {
    String name =
        fields.required(
            "name",
            "give the shop a name",
            (path, text) -> names.take(path, RouterValues.personsName(text)));
    PublicKey key = keys.key(fields);
    PresharedKey presharedKey = PeersReader.presharedKey(fields);
    IpAddress address = fields.text("address", this::address);
    HostPort endpoint = PeersReader.endpoint(fields);
    boolean mapped = fields.known("seenAs");
    List<Cidr> subnets = fields.texts("subnets", (path, text) -> subnet(path, text, mapped));
    List<Cidr> seenAs =
        fields.texts("seenAs", (path, text) -> use.takeSubnet(path, RouterValues.subnet(text)));
    if (subnets.isEmpty() && !fields.holds("subnets")) {
      fields.error("subnets", "is missing: give the far shop's networks, as in 10.50.0.0/16");
    }
    if (!seenAs.isEmpty() && !sameLengths(subnets, seenAs)) {
      fields.error(
          "seenAs",
          "does not fit: it has one network for each of subnets, of the same prefix length");
    }
    return new Shop(
        name,
        key,
        presharedKey,
        address,
        endpoint,
        subnets,
        seenAs,
        PeersReader.keepaliveSeconds(fields));
  }

  private IpAddress address(String text) {
    IpAddress address = RouterValues.address(text);
    if (gateway.addresses().stream().anyMatch(own -> own.address().equals(address))) {
      throw new IllegalArgumentException(address + " is Noren's own: give the far shop's");
    }
    return address;
  }

  private Cidr subnet(String path, String text, boolean mapped) {
    Cidr subnet = RouterValues.subnet(text);
    MachineAddress.checkSubnet(subnet);
    if (mapped) {
      return subnet;
    }
    if (lan.address() != null && lan.address().overlaps(subnet)) {
      throw new IllegalArgumentException(
          subnet
              + " and the shop's own network, "
              + lan.address().masked()
              + " (lan.address), overlap: give seenAs, the networks as which the far shop's are"
              + " to be seen here");
    }
    return use.takeSubnet(path, subnet);
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
