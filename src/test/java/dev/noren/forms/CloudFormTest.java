package dev.noren.forms;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.noren.config.CloudImport;
import dev.noren.config.ConfigException;
import dev.noren.config.RouterConfig;
import dev.noren.config.TunnelName;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A provider's far end is nobody's shop. */
class CloudFormTest {
  private static final TunnelName NAME = new TunnelName("cloud0");

  @Test
  void theFarEndStartsNoConnectionIntoTheShop() throws ConfigException {
    RouterConfig config =
        CloudImport.of(
                RouterConfig.DEFAULT,
                NAME,
                "tokyo.conf",
                """
                [Interface]
                PrivateKey = gI6EdUSYvn8ugXOt8QQD6Yc+JyiZxIhp3GInSWRfWGE=
                Address = 10.64.12.34/24
                [Peer]
                PublicKey = xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=
                AllowedIPs = 10.64.12.0/24, 10.20.0.0/16
                Endpoint = 198.51.100.7:51820
                """,
                "Sky",
                "JP")
            .config();
    Compiled compiled = Compiled.of(config, LocalDate.EPOCH);
    assertEquals(
        new TunnelAccess(
            NAME, List.of(), List.of(), List.of(), List.of(), false, null, List.of(), List.of(),
            false),
        compiled.access(NAME));
    assertEquals(1, compiled.config().tunnels().size());
  }
}
