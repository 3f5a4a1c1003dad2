package dev.noren.config;

import dev.noren.config.RouterConfig.Ports;
import dev.noren.config.RouterConfig.Role;
import dev.noren.config.WanConfig.Dhcp;
import dev.noren.config.WanConfig.Ipv6;
import dev.noren.config.WanConfig.Method;
import dev.noren.config.WanConfig.Pppoe;
import dev.noren.config.WanConfig.Static;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads the lines to the internet. */
final class WanReader {
  private static final int SHORTEST_PREFIX = 8;

  /** A line of two ends (RFC 3021). */
  private static final int LONGEST_PREFIX = 31;

  /** What noren-helper, which is root, takes for a name. */
  private static final Pattern PPPOE_PORT = Pattern.compile("[a-z][a-z0-9-]*");

  /** Which methods take which field. */
  private static final Map<String, Kind> FIELDS =
      Map.of(
          "address", Kind.STATIC,
          "gateway", Kind.STATIC,
          "dns", Kind.STATIC,
          "user", Kind.PPPOE,
          "password", Kind.PPPOE);

  private enum Kind {
    DHCP,
    STATIC,
    PPPOE
  }

  private final Role role;
  private final Ports ports;
  private final LanConfig lan;
  private final Once usedPorts = new Once();
  private final OwnAddresses addresses;
  private int withoutPort;

  /**
   * @param addresses what addresses interfaces have; it takes the lines' own
   */
  WanReader(Role role, Ports ports, LanConfig lan, OwnAddresses addresses) {
    this.role = role;
    this.ports = ports;
    this.lan = lan;
    this.addresses = addresses;
  }

  WanConfig read(Fields fields) {
    String port = fields.text("port", (path, text) -> usedPorts.take(path, wanPort(text)));
    withoutPort += fields.has("port") ? 0 : 1;
    Kind kind = fields.word("method", Kind.class, fields.has("method") ? null : Kind.DHCP);
    Method method =
        switch (kind) {
          case STATIC -> fixed(fields);
          case PPPOE -> pppoe(fields, port);
          case null, default -> new Dhcp();
        };
    FIELDS.keySet().stream().sorted().forEach(key -> checkBelongs(fields, key, kind));
    return new WanConfig(port, method, fields.word("ipv6", Ipv6.class, Ipv6.AUTO));
  }

  private String wanPort(String text) {
    String port = InterfaceNames.port(text);
    if (ports.lan().contains(port)) {
      throw new IllegalArgumentException(Values.quoted(port) + " is a port of ports.lan");
    }
    if (!ports.wan().isEmpty() && !ports.wan().contains(port)) {
      throw new IllegalArgumentException(
          Values.quoted(port) + " is not in ports.wan: add it there, or leave ports.wan empty");
    }
    return port;
  }

  private static void checkBelongs(Fields fields, String key, Kind kind) {
    Kind right = FIELDS.get(key);
    boolean given = fields.known(key);
    if (given && kind != null && kind != right) {
      fields.error(
          key,
          "belongs to the method "
              + Fields.wordOf(right)
              + ", and this is "
              + Fields.wordOf(kind)
              + ": change method or leave it out");
    }
  }

  private Static fixed(Fields fields) {
    Cidr address =
        fields.required("address", "give the line's address, as in 192.0.2.2/29", this::address);
    IpAddress gateway =
        fields.required(
            "gateway",
            "give the provider's router, as in 192.0.2.1",
            (path, text) -> gateway(path, text, address));
    return new Static(address, gateway, fields.texts("dns", this::server));
  }

  private Cidr address(String path, String text) {
    Cidr address = RouterValues.v4Interface(text, SHORTEST_PREFIX, LONGEST_PREFIX);
    if (lan.address() != null && role != Role.BESIDE && lan.address().overlaps(address)) {
      throw new IllegalArgumentException(
          address
              + " overlaps lan.address, "
              + lan.address()
              + ": choose another network for the shop, or the role beside");
    }
    checkReserved(address.address());
    addresses.take(path, address.address());
    return address;
  }

  /** Beside, the line's network is the one whose addresses clients get. */
  private void checkReserved(IpAddress address) {
    if (lan.reservations().stream().anyMatch(each -> address.equals(each.address()))) {
      throw new IllegalArgumentException(
          address + " is also that of a device in lan.reservations: give the device another");
    }
  }

  private IpAddress gateway(String path, String text, Cidr address) {
    IpAddress gateway = RouterValues.v4Address(text);
    if (address != null && !address.contains(gateway)) {
      throw new IllegalArgumentException(
          gateway + " is outside the line's network, " + address.masked());
    }
    if (address != null && address.address().equals(gateway)) {
      throw new IllegalArgumentException(gateway + " is the line's own address, not its gateway");
    }
    if (address != null) {
      RouterValues.checkHost(address, gateway);
    }
    checkReserved(gateway);
    DhcpConfig dhcp = lan.dhcp();
    if (dhcp.from() != null
        && dhcp.to() != null
        && dhcp.from().compareTo(gateway) <= 0
        && gateway.compareTo(dhcp.to()) <= 0) {
      throw new IllegalArgumentException(
          gateway + " is in the range that clients get (lan.dhcp): choose a range without it");
    }
    addresses.takeGateway(path, gateway);
    return gateway;
  }

  private IpAddress server(String text) {
    IpAddress server = RouterValues.server(text);
    addresses.checkForeign(server);
    return server;
  }

  private Pppoe pppoe(Fields fields, String port) {
    if (role == Role.BESIDE) {
      fields.error(
          "method",
          "is pppoe although role is beside, where the shop's router has the line: give dhcp or"
              + " static");
    }
    List<String> those = port == null ? ports.wan() : List.of(port);
    those.stream()
        .filter(each -> !PPPOE_PORT.matcher(each).matches())
        .findFirst()
        .ifPresent(
            each ->
                fields.error(
                    "method",
                    "is pppoe, and noren-helper takes no port of the name "
                        + Values.quoted(each)
                        + ": rename the port; small letters, digits and hyphens are good"));
    return new Pppoe(
        fields.required(
            "user", "give the account that the provider wrote down", RouterValues::printable),
        fields.required(
            "password",
            "give the password that the provider wrote down",
            text -> RouterValues.secret(text, RouterValues::printable)));
  }

  /**
   * What only all lines together show.
   *
   * @param portNames takes the names of the lines' ports
   */
  void checkAll(Fields document, List<WanConfig> wan, Once portNames) {
    usedPorts.addTo(portNames);
    RouterReader.checkSize(document, "wan", wan, RouterConfig.MOST_LINES);
    if (withoutPort > 0 && wan.size() > 1) {
      document.error("wan", "has several lines, and one without a port: name the port of each");
    }
    if (role == Role.BESIDE && wan.size() > 1) {
      document.error("wan", "has several lines although role is beside, which has one port");
    }
  }
}
