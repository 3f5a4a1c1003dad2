package dev.noren.interop;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.street.FarShop;
import dev.noren.street.Machine;
import dev.noren.street.Maker;
import dev.noren.street.Ping;
import dev.noren.street.Street;
import dev.noren.street.Traces;
import dev.noren.street.TwoShops;
import dev.noren.street.Wait;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The stock wg-quick with a userspace implementation in the background. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.noren.street.Ends#makersUnderTest")
class WgQuickIT {
  @Parameter Maker maker;

  private FarShop shop;
  private Map<String, String> environment;

  @BeforeEach
  void open() {
    shop = new FarShop();
    environment = new HashMap<>(shop.folder().withNorenOnPath());
    environment.put(
        "WG_QUICK_USERSPACE_IMPLEMENTATION", maker.isNoren() ? "noren" : "wireguard-go");
  }

  @AfterEach
  void close() {
    shop.close();
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"10.77.0.0/24, fd77::/64", "0.0.0.0/0, ::/0"})
  void bringsATunnelUpAndTakesItDown(String allowedIps) {
    Traces before = Traces.of(shop.near());
    String file = shop.file("SaveConfig = true", allowedIps);
    shop.near().runIn(environment, "wg-quick", "up", file).must();
    assertTrue(
        Files.exists(Machine.SOCKETS.resolve(shop.name() + ".sock")),
        "the kernel's WireGuard took the tunnel: this test needs a kernel without it");
    Ping.answers(shop.near(), TwoShops.RIGHT_4);
    Ping.answers(shop.near(), TwoShops.RIGHT_6);
    Ping.answers(shop.far().host(), TwoShops.LEFT_4);
    shop.near().must("wg", "set", shop.name(), "listen-port", "51888");
    shop.near().runIn(environment, "wg-quick", "down", file).must();
    before.awaitBack(shop.near());
    Wait.until(
        "the process has ended",
        () ->
            shop.near().must("ip", "netns", "pids", shop.near().namespace()).lines().count() <= 1);
    assertFalse(Files.exists(Machine.SOCKETS.resolve(shop.name() + ".sock")), "the socket is left");
    String saved = shop.folder().read(shop.name() + ".conf");
    assertTrue(saved.contains("ListenPort = 51888"), "wg-quick saved what was set: " + saved);
    assertTrue(saved.contains("Endpoint = " + Street.RIGHT_4 + ":51820"), "and the endpoint");
  }
}
