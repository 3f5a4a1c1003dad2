package dev.noren.config;

import dev.noren.config.RouterTunnel.Peer;
import dev.noren.crypto.PrivateKey;
import dev.noren.net.Cidr;
import dev.noren.text.Refused;
import dev.noren.text.Sentence;
import java.util.List;
import java.util.Set;

/** Reads the tunnels, which may not get in each other's way. */
final class TunnelReader {
  private static final int NAMES_PORT = 53;

  /** Servers' and clients', of IPv4 (RFC 2131) and of IPv6 (RFC 8415). */
  private static final Set<Integer> DHCP_PORTS = Set.of(67, 68, 546, 547);

  private static final int SHORTEST_PREFIX = 8;

  private final Problems problems;
  private final LanConfig lan;
  private final Once names;
  private final Once ports = new Once();
  private final OwnAddresses addresses;
  private final UseReader useReader;
  private final Once ends = new Once();

  /**
   * @param names what other interfaces are called
   * @param addresses what addresses they have
   */
  TunnelReader(Problems problems, LanConfig lan, Once names, OwnAddresses addresses) {
    this.problems = problems;
    this.lan = lan;
    this.names = names;
    this.addresses = addresses;
    this.useReader = new UseReader(lan);
  }

  RouterTunnel read(Fields fields) {
    TunnelName name = name(fields);
    Gateway own = gateway(fields);
    PeersReader peersReader = peers(own);
    int before = problems.count();
    List<Peer> peers = fields.objects("peers", peersReader::read);
    List<Cidr> allowed = peers.stream().flatMap(p -> p.config().allowedIps().stream()).toList();
    Fields use = fields.object("use");
    // Where a prefix was refused, what is covered isn't known.
    TunnelUse tunnelUse = useReader.read(use, problems.count() == before ? allowed : null);
    use.done();
    return new RouterTunnel(
        name,
        own.privateKey(),
        own.listenPort(),
        own.alsoPorts(),
        own.addresses(),
        own.mtuBytes(),
        peers,
        tunnelUse,
        fields.flag("killSwitch", true),
        fields.flag("masquerade", true));
  }

  /** The name of a tunnel's interface. */
  TunnelName name(Fields fields) {
    return fields.required(
        "name",
        "hint.tunnel-name",
        (path, text) -> new TunnelName(names.take(path, InterfaceNames.tunnel(text))));
  }

  /** Reads the peers of a tunnel. */
  PeersReader peers(Gateway own) {
    return new PeersReader(own.privateKey() == null ? null : own.privateKey().publicKey(), ends);
  }

  /** Which traffic takes a tunnel. */
  UseReader use() {
    return useReader;
  }

  /** A tunnel's own end, without endpoints. */
  Gateway gateway(Fields fields) {
    PrivateKey privateKey =
        fields.required(
            "privateKey", "hint.genkey", text -> RouterValues.secret(text, Values::privateKey));
    int listenPort = fields.number("listenPort", 1, 65535, 0);
    if (listenPort != 0) {
      fields.check("listenPort", () -> listenPort(fields.path("listenPort"), listenPort));
    }
    List<Integer> alsoPorts = fields.numbers("alsoPorts", 1, 65535, this::port);
    if (!alsoPorts.isEmpty() && !fields.has("listenPort")) {
      fields.error("alsoPorts", Sentence.of("tunnel.also-without"));
    }
    List<Cidr> own = fields.texts("addresses", this::address);
    if (own.isEmpty() && !fields.holds("addresses")) {
      fields.error("addresses", Sentence.of("tunnel.addresses-missing"));
    }
    return new Gateway(privateKey, listenPort, alsoPorts, own, List.of(), mtu(fields, own), 0);
  }

  /** Its socket is open on all interfaces, also where Noren answers questions for names. */
  private void listenPort(String path, int port) {
    if (port == NAMES_PORT) {
      throw new Refused("tunnel.port-dns");
    }
    port(path, port);
  }

  private void port(String path, int port) {
    if (DHCP_PORTS.contains(port)) {
      throw new Refused("tunnel.port-dhcp", port);
    }
    ports.take(path, port);
  }

  private Cidr address(String path, String text) {
    Cidr address = Values.cidr(text);
    if (address.prefixLength() < SHORTEST_PREFIX) {
      throw new Refused("tunnel.too-wide", Values.quoted(text), SHORTEST_PREFIX);
    }
    MachineAddress.checkTunnel(address.address());
    if (!address.address().v6()) {
      RouterValues.checkHost(address, address.address());
    }
    if (lan.address() != null && lan.address().contains(address.address())) {
      throw new Refused("tunnel.in-lan", address, lan.address().masked());
    }
    addresses.take(path, address.address());
    return address;
  }

  private static int mtu(Fields fields, List<Cidr> own) {
    int mtuBytes = fields.number("mtu", InterfaceConfig.MIN_MTU, InterfaceConfig.MAX_MTU, 0);
    if (mtuBytes != 0
        && mtuBytes < InterfaceConfig.MIN_MTU_V6
        && own.stream().anyMatch(cidr -> cidr.address().v6())) {
      fields.error("mtu", Sentence.of("mtu.v6", mtuBytes, InterfaceConfig.MIN_MTU_V6));
    }
    return mtuBytes;
  }
}
