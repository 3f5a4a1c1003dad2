package dev.noren.street;

/** The far shop of a street with a Noren as its router, in the place of a stock far end. */
public final class FarNoren implements AutoCloseable {
  /** Its own address in the tunnel. */
  public static final String OWN_4 = "10.9.0.1";

  private final Keys keys = Keys.generate();
  private final String name = Machine.interfaceName();
  private final NorenRouter router;

  /** It is not started yet. */
  public FarNoren(ShopStreet street) {
    Host host = street.far();
    host.nft("delete table inet street\n");
    host.ip(
        "route del default", "addr del " + ShopStreet.FAR_4 + "/24 dev out", "addr flush dev lan");
    router = new NorenRouter(host);
  }

  /**
   * A document with one form of kind site, at which the other shop calls in.
   *
   * @param formMore fields of the form, each with a comma behind it
   * @param shop the other shop's object
   */
  public String document(String formMore, String shop) {
    return """
    {"schema": 1, "name": "far", "role": "router", "ports": {"wan": ["out"], "lan": ["lan"]},
     "wan": [{"port": "out", "method": "static", "address": "%s/24", "gateway": "203.0.113.1",
              "dns": ["%s"]}],
     "lan": {"address": "10.50.0.1/24", "dhcp": {"on": false}},
     "forms": [{"kind": "site", "name": "%s", "privateKey": "%s", "listenPort": %d,
                "addresses": ["%s/24"], %s "shops": [%s]}]}
    """
        .formatted(
            ShopStreet.FAR_4,
            ShopStreet.RESOLVER_4,
            name,
            keys.privateKey(),
            WgEnd.PORT,
            OWN_4,
            formMore,
            shop);
  }

  /** Its form's name, and the interface's. */
  public String name() {
    return name;
  }

  /** The key by which others know it. */
  public String publicKey() {
    return keys.publicKey();
  }

  public NorenRouter router() {
    return router;
  }

  @Override
  public void close() {
    router.close();
    Machine.removeSocket(name);
  }
}
