package dev.noren.street;

/**
 * A street whose right host has a running wireguard-go, and text for a wg-quick file of the left
 * one: for what a configuration file does to a host.
 */
public final class FarShop implements AutoCloseable {
  private final Street street = Street.open();
  private final TempFolder folder = new TempFolder();
  private final WgEnd far;
  private final Keys keys = Keys.generate();
  private final String name = Machine.interfaceName();

  /** Starts the far end, which knows the near one's key and waits for it. */
  public FarShop() {
    far = new WgEnd(street.right(), Maker.GO);
    try {
      far.start();
      far.identify();
      far.set("peer", keys.publicKey(), "allowed-ips", TwoShops.LEFT_4 + "/32," + TwoShops.LEFT_6);
      far.up(1420, TwoShops.RIGHT_4 + "/24", TwoShops.RIGHT_6 + "/64");
      street.awaitLinks();
    } catch (Error | RuntimeException e) {
      street.close();
      throw e;
    }
  }

  /**
   * Writes the near end's file and returns where it is.
   *
   * @param more lines for its [Interface] section
   * @param allowedIps what goes through the tunnel
   */
  public String file(String more, String allowedIps) {
    return folder.write(
        name + ".conf",
        """
        [Interface]
        PrivateKey = %s
        ListenPort = 51820
        Address = %s/24, %s/64
        %s
        [Peer]
        PublicKey = %s
        AllowedIPs = %s
        Endpoint = %s:51820
        """
            .formatted(
                keys.privateKey(),
                TwoShops.LEFT_4,
                TwoShops.LEFT_6,
                more,
                far.publicKey(),
                allowedIps,
                Street.RIGHT_4));
  }

  /** The host that the file is for. */
  public Host near() {
    return street.left();
  }

  public Street street() {
    return street;
  }

  public WgEnd far() {
    return far;
  }

  public TempFolder folder() {
    return folder;
  }

  /** The near end's interface: the file's name without its ending. */
  public String name() {
    return name;
  }

  @Override
  public void close() {
    far.close();
    street.close();
    Machine.removeSocket(name);
    folder.close();
  }
}
