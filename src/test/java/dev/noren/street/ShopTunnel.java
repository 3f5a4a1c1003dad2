package dev.noren.street;

/**
 * The tunnel between a shop's router and the far shop's wireguard-go, and the router's document
 * that describes it.
 */
public final class ShopTunnel implements AutoCloseable {
  /** The router's own addresses in the tunnel. */
  public static final String OWN_4 = "10.9.0.2";

  public static final String OWN_6 = "fd09::2";

  private final ShopStreet street;
  private final Keys keys = Keys.generate();
  private final String name = Machine.interfaceName();
  private final WgEnd far;

  /** Starts the far end, which waits for the router. */
  public ShopTunnel(ShopStreet street) {
    this.street = street;
    far = new WgEnd(street.far(), Maker.GO);
    start();
  }

  /** Starts the far end, also again after its end. */
  public void start() {
    far.start();
    far.identify();
    far.set("peer", keys.publicKey(), "allowed-ips", OWN_4 + "/32," + OWN_6 + "/128");
    far.up(1420, "10.9.0.1/24", "fd09::1/64");
  }

  /** The far end. */
  public WgEnd far() {
    return far;
  }

  /** The router's keys. */
  public Keys keys() {
    return keys;
  }

  /** The interface's name at the router. */
  public String name() {
    return name;
  }

  /**
   * The tunnel's object in the document.
   *
   * @param addresses the own addresses, JSON strings between commas
   * @param allowedIps the same
   * @param use the object of that name
   * @param more further fields, each with a comma before it
   */
  public String json(String addresses, String allowedIps, String use, String more) {
    return """
    {"name": "%s", "privateKey": "%s", "addresses": [%s],
     "peers": [{"name": "far shop", "publicKey": "%s", "endpoint": "vpn.example:%d",
                "allowedIps": [%s], "keepaliveSeconds": 5}],
     "use": %s%s}\
    """
        .formatted(
            name, keys.privateKey(), addresses, far.publicKey(), WgEnd.PORT, allowedIps, use, more);
  }

  /** Split: the far shop's network, over IPv4. */
  public String split() {
    return json(
        "\"" + OWN_4 + "/32\"",
        "\"10.50.0.0/16\"",
        "{\"mode\": \"split\", \"subnets\": [\"10.50.0.0/16\"]}",
        "");
  }

  /** Everything, over IPv4 only. */
  public String full() {
    return json("\"" + OWN_4 + "/32\"", "\"0.0.0.0/0\"", "{\"mode\": \"full\"}", "");
  }

  /** The same without the kill switch: where there is no tunnel, it leaves by the line. */
  public String fullWithoutKillSwitch() {
    return json(
        "\"" + OWN_4 + "/32\"", "\"0.0.0.0/0\"", "{\"mode\": \"full\"}", ", \"killSwitch\": false");
  }

  /** Everything, over both families. */
  public String fullOfBoth() {
    return json(
        "\"" + OWN_4 + "/32\", \"" + OWN_6 + "/128\"",
        "\"0.0.0.0/0\", \"::/0\"",
        "{\"mode\": \"full\"}",
        "");
  }

  /** The same as {@link #split} as a wg-quick file. */
  public String conf() {
    return """
    [Interface]
    PrivateKey = %s
    Address = %s/32
    [Peer]
    PublicKey = %s
    Endpoint = vpn.example:%d
    AllowedIPs = 10.50.0.0/16
    PersistentKeepalive = 5
    """
        .formatted(keys.privateKey(), OWN_4, far.publicKey(), WgEnd.PORT);
  }

  /** A whole document with one tunnel. */
  public static String document(String tunnel) {
    return document("", tunnel);
  }

  /**
   * A whole document.
   *
   * @param more fields, each with a comma behind it
   */
  public static String document(String more, String tunnel) {
    return "{\"schema\": 1, %s \"tunnels\": [%s]}".formatted(more, tunnel);
  }

  /** The host that the router runs in. */
  public Host router() {
    return street.noren();
  }

  @Override
  public void close() {
    far.close();
    Machine.removeSocket(name);
  }
}
