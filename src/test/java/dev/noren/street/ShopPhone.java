package dev.noren.street;

/**
 * A telephone abroad, usually with the stock wireguard-go, and the router's tunnel that it calls.
 */
public final class ShopPhone implements AutoCloseable {
  /** The router's own address in the tunnel, and the telephone's. */
  public static final String ROUTER_4 = "10.8.0.1";

  public static final String PHONE_4 = "10.8.0.2";

  private final Keys routerKeys = Keys.generate();
  private final String preshared = Keys.preshared();
  private final String name = Machine.interfaceName();
  private final WgEnd phone;

  /** Switches one with the stock wireguard-go on; it calls nobody yet. */
  public ShopPhone(ShopStreet street) {
    this(street, Maker.GO);
  }

  /** Switches one on that has this maker's WireGuard; it calls nobody yet. */
  public ShopPhone(ShopStreet street, Maker maker) {
    phone = new WgEnd(street.phone(), maker);
    phone.start();
    phone.identify();
    phone.up(1420, PHONE_4 + "/32");
    street.phone().ip("route add 10.0.0.0/8 dev " + phone.name());
    street.phone().ip("route add 192.168.1.0/24 dev " + phone.name());
  }

  /** The tunnel's object in the router's document. */
  public String json(int listenPort, String alsoPorts) {
    return """
    {"name": "%s", "privateKey": "%s", "addresses": ["%s/24"],
     "listenPort": %d, "alsoPorts": [%s],
     "peers": [{"name": "phone", "publicKey": "%s", "presharedKey": "%s",
                "allowedIps": ["%s/32"]}]}\
    """
        .formatted(
            name,
            routerKeys.privateKey(),
            ROUTER_4,
            listenPort,
            alsoPorts,
            phone.publicKey(),
            preshared,
            PHONE_4);
  }

  /**
   * The object of a form with the telephone as its one device, whose name is phone.
   *
   * @param kind the way of use
   * @param more fields of the form, each with a comma before it
   * @param ofPhone fields of the device, each with a comma before it
   */
  public String form(String kind, int listenPort, String more, String ofPhone) {
    return """
    {"kind": "%s", "name": "%s", "privateKey": "%s", "addresses": ["%s/24"], "listenPort": %d%s,
     "devices": [{"name": "phone", "publicKey": "%s", "presharedKey": "%s",
                  "addresses": ["%s"]%s}]}\
    """
        .formatted(
            kind,
            name,
            routerKeys.privateKey(),
            ROUTER_4,
            listenPort,
            more,
            phone.publicKey(),
            preshared,
            PHONE_4,
            ofPhone);
  }

  /** Has it send these addresses too, with commas between them, into the tunnel. */
  public void takes(String addresses) {
    phone.wg("set", "peer", routerKeys.publicKey(), "allowed-ips", "10.0.0.0/8," + addresses);
    for (String address : addresses.split(",", -1)) {
      phone.host().ip("route replace " + address + " dev " + phone.name());
    }
  }

  /** Calls the router at another place, as if for the first time. */
  public void call(String endpoint) {
    phone.wg("set", "peer", routerKeys.publicKey(), "remove");
    phone
        .wgWith(
            preshared + "\n",
            "set",
            "peer",
            routerKeys.publicKey(),
            "preshared-key",
            "/dev/stdin",
            "endpoint",
            endpoint,
            "allowed-ips",
            "10.0.0.0/8,192.168.1.0/24")
        .must();
  }

  /** Whether something in or behind the tunnel answers. */
  public boolean pings(String address) {
    return phone.host().run("ping", "-n", "-c", "1", "-W", "2", address).ok();
  }

  public WgEnd end() {
    return phone;
  }

  /** The router's keys of this tunnel. */
  public Keys routerKeys() {
    return routerKeys;
  }

  /** The preshared key. */
  public String preshared() {
    return preshared;
  }

  /** The interface's name at the router. */
  public String name() {
    return name;
  }

  @Override
  public void close() {
    phone.close();
    Machine.removeSocket(name);
  }
}
