package dev.noren.forms;

import dev.noren.config.RouterConfig;
import dev.noren.config.RouterTunnel;
import dev.noren.config.TunnelName;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

/**
 * A configuration whose forms have become tunnels.
 *
 * @param config the same configuration, with the forms' tunnels after its own
 * @param access what these tunnels let through; one that is not named here lets everything into the
 *     shop's network
 */
public record Compiled(RouterConfig config, List<TunnelAccess> access) {
  public Compiled {
    access = List.copyOf(access);
  }

  /**
   * Compiles the forms.
   *
   * @param today the day (UTC), after which devices are not let in any more
   */
  public static Compiled of(RouterConfig config, LocalDate today) {
    List<FormTunnel> forms =
        config.forms().stream().map(form -> new FormTunnel(form, config.access(), today)).toList();
    List<RouterTunnel> tunnels =
        Stream.concat(config.tunnels().stream(), forms.stream().map(FormTunnel::tunnel)).toList();
    return new Compiled(
        config.withTunnels(tunnels), forms.stream().map(FormTunnel::access).toList());
  }

  /** What the tunnel of this name lets through, or null where no form made it. */
  public TunnelAccess access(TunnelName tunnel) {
    return access.stream().filter(each -> each.tunnel().equals(tunnel)).findFirst().orElse(null);
  }
}
