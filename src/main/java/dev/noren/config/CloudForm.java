package dev.noren.config;

/**
 * A provider's or a cloud's gateway, as its wg-quick file says.
 *
 * @param tunnel the tunnel, whose interface has the form's name
 * @param provider who runs the far end, or null
 * @param country where it stands, two letters (ISO 3166), or null
 */
public record CloudForm(RouterTunnel tunnel, String provider, String country) implements Form {
  @Override
  public TunnelName name() {
    return tunnel.name();
  }

  @Override
  public Kind kind() {
    return Kind.CLOUD;
  }
}
