package dev.noren.config;

import dev.noren.config.RouterTunnel.Peer;
import dev.noren.crypto.PresharedKey;
import dev.noren.crypto.PrivateKey;
import dev.noren.crypto.PublicKey;
import dev.noren.net.Cidr;
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
    TunnelName name =
        fields.required(
            "name",
            "give the tunnel a name of 1 to 15 letters",
            (path, text) -> new TunnelName(names.take(path, InterfaceNames.tunnel(text))));
    PrivateKey privateKey =
        fields.required(
            "privateKey",
            "noren genkey makes one",
            text -> RouterValues.secret(text, Values::privateKey));
    int listenPort = fields.number("listenPort", 1, 65535, 0);
    if (listenPort != 0) {
      fields.check("listenPort", () -> listenPort(fields.path("listenPort"), listenPort));
    }
    List<Integer> alsoPorts = fields.numbers("alsoPorts", 1, 65535, this::port);
    if (!alsoPorts.isEmpty() && !fields.has("listenPort")) {
      fields.error("alsoPorts", "lead to listenPort, which is missing: give it too");
    }
    List<Cidr> own = fields.texts("addresses", this::address);
    if (own.isEmpty() && !fields.holds("addresses")) {
      fields.error("addresses", "is missing: give the tunnel's own address, as in 10.9.0.2/32");
    }
    int mtuBytes = mtu(fields, own);
    PeersReader peersReader =
        new PeersReader(privateKey == null ? null : privateKey.publicKey(), ends);
    int before = problems.count();
    List<Peer> peers = fields.objects("peers", peersReader::read);
    List<Cidr> allowed = peers.stream().flatMap(p -> p.config().allowedIps().stream()).toList();
    Fields use = fields.object("use");
    // Where a prefix was refused, what is covered isn't known.
    TunnelUse tunnelUse = useReader.read(use, problems.count() == before ? allowed : null);
    use.done();
    return new RouterTunnel(
        name,
        privateKey,
        listenPort,
        alsoPorts,
        own,
        mtuBytes,
        peers,
        tunnelUse,
        fields.flag("killSwitch", true),
        fields.flag("masquerade", true));
  }

  /** Its socket is open on all interfaces, also where Noren answers questions for names. */
  private void listenPort(String path, int port) {
    if (port == NAMES_PORT) {
      throw new IllegalArgumentException(
          "53 is where Noren answers questions for names: choose another, and give 53 in"
              + " alsoPorts");
    }
    port(path, port);
  }

  private void port(String path, int port) {
    if (DHCP_PORTS.contains(port)) {
      throw new IllegalArgumentException(
          port + " is a port of DHCP, by which Noren gives and gets addresses: choose another");
    }
    ports.take(path, port);
  }

  private Cidr address(String path, String text) {
    Cidr address = Values.cidr(text);
    if (address.prefixLength() < SHORTEST_PREFIX) {
      throw new IllegalArgumentException(
          Values.quoted(text)
              + " would lead a great part of the internet into the tunnel: give the tunnel's own"
              + " network, with a prefix length from "
              + SHORTEST_PREFIX);
    }
    MachineAddress.checkTunnel(address.address());
    if (!address.address().v6()) {
      RouterValues.checkHost(address, address.address());
    }
    if (lan.address() != null && lan.address().contains(address.address())) {
      throw new IllegalArgumentException(
          address
              + " lies in the shop's network, "
              + lan.address().masked()
              + " (lan.address): a tunnel's address is outside it");
    }
    addresses.take(path, address.address());
    return address;
  }

  private static int mtu(Fields fields, List<Cidr> own) {
    int mtuBytes = fields.number("mtu", InterfaceConfig.MIN_MTU, InterfaceConfig.MAX_MTU, 0);
    if (mtuBytes != 0
        && mtuBytes < InterfaceConfig.MIN_MTU_V6
        && own.stream().anyMatch(cidr -> cidr.address().v6())) {
      fields.error(
          "mtu",
          mtuBytes
              + " is below "
              + InterfaceConfig.MIN_MTU_V6
              + ", the least that IPv6 works with, and the tunnel has an IPv6 address");
    }
    return mtuBytes;
  }

  /** Reads the peers of one tunnel. */
  private static final class PeersReader {
    private static final PublicKey NO_KEY = PublicKey.of(new byte[PublicKey.SIZE]);

    private final PublicKey own;
    private final Once ends;
    private final Once names = new Once();
    private final Once keys = new Once();
    private final Once allowed = new Once();

    /**
     * @param own the tunnel's own key, or null
     * @param ends the pairs of keys that tunnels have
     */
    PeersReader(PublicKey own, Once ends) {
      this.own = own;
      this.ends = ends;
    }

    Peer read(Fields fields) {
      String name =
          fields.text("name", (path, text) -> names.take(path, RouterValues.personsName(text)));
      PublicKey key =
          fields.required(
              "publicKey", "noren pubkey or wg pubkey at the far end says it", this::key);
      PresharedKey presharedKey =
          fields.textOr(
              "presharedKey",
              PresharedKey.NONE,
              text -> RouterValues.secret(text, Values::presharedKey));
      List<Cidr> allowedIps =
          fields.texts("allowedIps", (path, text) -> allowed.take(path, RouterValues.subnet(text)));
      HostPort endpoint =
          fields.text("endpoint", text -> RouterValues.reachable(HostPort.parse(text)));
      int keepaliveSeconds = fields.number("keepaliveSeconds", 0, 65535, 0);
      return new Peer(
          name, new PeerConfig(key, presharedKey, allowedIps, endpoint, keepaliveSeconds));
    }

    private PublicKey key(String path, String text) {
      PublicKey key = Values.publicKey(text);
      if (key.equals(own)) {
        throw new IllegalArgumentException(
            "is this tunnel's own key: give the far end's, which noren pubkey there says");
      }
      if (key.equals(NO_KEY)) {
        throw new IllegalArgumentException(
            "is all zeros, which is nobody's: give the far end's, which noren pubkey there says");
      }
      keys.take(path, key);
      if (own != null) {
        takeEnds(path, List.of(own, key));
      }
      return key;
    }

    /** By these two keys the far end knows a tunnel. */
    private void takeEnds(String path, List<PublicKey> pair) {
      if (ends.has(pair)) {
        throw new IllegalArgumentException(
            "is as in "
                + ends.pathOf(pair)
                + ", and the far end can't tell two tunnels of the same privateKey apart: give one"
                + " of them another");
      }
      ends.take(path, pair);
    }
  }
}
