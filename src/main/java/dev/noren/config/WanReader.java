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
import dev.noren.text.Refused;
import dev.noren.text.Sentence;
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
      throw new Refused("wan.port-of-lan", Values.quoted(port));
    }
    if (!ports.wan().isEmpty() && !ports.wan().contains(port)) {
      throw new Refused("wan.port-unknown", Values.quoted(port));
    }
    return port;
  }

  private static void checkBelongs(Fields fields, String key, Kind kind) {
    Kind right = FIELDS.get(key);
    boolean given = fields.known(key);
    if (given && kind != null && kind != right) {
      fields.error(key, Sentence.of("wan.other-method", Fields.wordOf(right), Fields.wordOf(kind)));
    }
  }

  private Static fixed(Fields fields) {
    Cidr address = fields.required("address", "hint.line-address", this::address);
    IpAddress gateway =
        fields.required(
            "gateway", "hint.line-gateway", (path, text) -> gateway(path, text, address));
    return new Static(address, gateway, fields.texts("dns", this::server));
  }

  private Cidr address(String path, String text) {
    Cidr address = RouterValues.v4Interface(text, SHORTEST_PREFIX, LONGEST_PREFIX);
    if (lan.address() != null && role != Role.BESIDE && lan.address().overlaps(address)) {
      throw new Refused("wan.overlaps-lan", address, lan.address());
    }
    checkReserved(address.address());
    addresses.take(path, address.address());
    return address;
  }

  /** Beside, the line's network is the one whose addresses clients get. */
  private void checkReserved(IpAddress address) {
    if (lan.reservations().stream().anyMatch(each -> address.equals(each.address()))) {
      throw new Refused("wan.reserved", address);
    }
  }

  private IpAddress gateway(String path, String text, Cidr address) {
    IpAddress gateway = RouterValues.v4Address(text);
    if (address != null && !address.contains(gateway)) {
      throw new Refused("wan.gateway-outside", gateway, address.masked());
    }
    if (address != null && address.address().equals(gateway)) {
      throw new Refused("wan.gateway-own", gateway);
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
      throw new Refused("wan.gateway-in-range", gateway);
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
      fields.error("method", Sentence.of("wan.pppoe-beside"));
    }
    List<String> those = port == null ? ports.wan() : List.of(port);
    those.stream()
        .filter(each -> !PPPOE_PORT.matcher(each).matches())
        .findFirst()
        .ifPresent(
            each -> fields.error("method", Sentence.of("wan.pppoe-port", Values.quoted(each))));
    return new Pppoe(
        fields.required("user", "hint.pppoe-user", RouterValues::printable),
        fields.required(
            "password",
            "hint.pppoe-password",
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
      document.error("wan", Sentence.of("wan.port-missing"));
    }
    if (role == Role.BESIDE && wan.size() > 1) {
      document.error("wan", Sentence.of("wan.one-line"));
    }
  }
}
