package dev.noren.config;

import dev.noren.config.LanConfig.Reservation;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import dev.noren.text.Refused;
import dev.noren.text.Sentence;
import java.util.List;

/** Reads the shop's network; what is in it must fit into it. */
final class LanReader {
  private static final int SHORTEST_PREFIX = 8;

  /** With /31 there would be no room for a client. */
  private static final int LONGEST_PREFIX = 30;

  private final Fields fields;
  private final Cidr own;
  private final String boxName;
  private final Once macs = new Once();
  private final Once addresses = new Once();
  private final Once names = new Once();

  private LanReader(Fields fields, String boxName) {
    this.fields = fields;
    this.boxName = boxName;
    this.own =
        fields.text(
            "address", text -> RouterValues.v4Interface(text, SHORTEST_PREFIX, LONGEST_PREFIX));
  }

  /**
   * @param boxName the box's own name, which no device can have
   */
  static LanConfig read(Fields fields, String boxName) {
    LanReader reader = new LanReader(fields, boxName);
    Fields dhcp = fields.object("dhcp");
    DhcpConfig dhcpConfig = reader.dhcp(dhcp);
    dhcp.done();
    List<Reservation> reservations = fields.objects("reservations", reader::reservation);
    return new LanConfig(reader.own, dhcpConfig, reservations);
  }

  private DhcpConfig dhcp(Fields dhcp) {
    Boolean on = dhcp.flag("on");
    IpAddress from = dhcp.text("from", this::inLan);
    IpAddress to = dhcp.text("to", this::inLan);
    if (dhcp.has("from") != dhcp.has("to")) {
      String missing = dhcp.has("from") ? "to" : "from";
      dhcp.error(missing, Sentence.of("dhcp.range-half"));
    }
    if (from != null && to != null) {
      dhcp.check("from", () -> checkRange(from, to));
    }
    int leaseMinutes =
        dhcp.number(
            "leaseMinutes",
            DhcpConfig.MIN_LEASE_MINUTES,
            DhcpConfig.MAX_LEASE_MINUTES,
            DhcpConfig.LEASE_MINUTES);
    return new DhcpConfig(on, from, to, leaseMinutes);
  }

  private void checkRange(IpAddress from, IpAddress to) {
    if (from.compareTo(to) > 0) {
      throw new Refused("dhcp.range-swapped", from, to);
    }
    if (own != null && from.compareTo(own.address()) <= 0 && own.address().compareTo(to) <= 0) {
      throw new Refused("dhcp.range-own", to, own.address());
    }
  }

  private Reservation reservation(Fields each) {
    return new Reservation(
        each.required("mac", "hint.mac", (path, text) -> macs.take(path, MacAddress.parse(text))),
        each.required(
            "address",
            "hint.device-address",
            (path, text) -> addresses.take(path, reservable(text))),
        each.text("name", (path, text) -> deviceName(path, text)),
        each.flag("iot", false));
  }

  private IpAddress reservable(String text) {
    IpAddress address = inLan(text);
    if (own != null && address.equals(own.address())) {
      throw new Refused("lan.address-own", address);
    }
    return address;
  }

  private String deviceName(String path, String text) {
    String name = RouterValues.findableLabel(text);
    if (Values.same(name, boxName)) {
      throw new Refused("lan.name-own", Values.quoted(text));
    }
    if (MacAddress.looksLike(text)) {
      throw new Refused("lan.name-mac", Values.quoted(text));
    }
    return names.take(path, name);
  }

  private IpAddress inLan(String text) {
    IpAddress address = RouterValues.v4Address(text);
    if (own != null) {
      if (!own.contains(address)) {
        throw new Refused("lan.outside", address, own.masked());
      }
      RouterValues.checkHost(own, address);
    } else if (!fields.has("address")) {
      throw new Refused("lan.not-fixed", address);
    }
    return address;
  }
}
