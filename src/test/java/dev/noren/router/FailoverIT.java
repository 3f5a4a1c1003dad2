package dev.noren.router;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.noren.street.NorenRouter;
import dev.noren.street.ShopStreet;
import dev.noren.street.ShopTunnel;
import dev.noren.street.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two lines to the internet: the second one takes over where the first leads nowhere. */
class FailoverIT {
  /** A line is known to be sick or well after some 12 s; more on a loaded machine. */
  private static final Duration A_WHILE = Duration.ofSeconds(45);

  private static final String TWO_LINES =
      """
      "role": "router", "wan": [{"port": "eth0"}, {"port": "eth2"}],
      """;

  private ShopStreet street;
  private ShopTunnel tunnel;
  private NorenRouter router;

  @BeforeEach
  void build() {
    street = ShopStreet.routerOfTwoLines();
    tunnel = new ShopTunnel(street);
    router = new NorenRouter(street.noren());
  }

  @AfterEach
  void remove() {
    router.close();
    tunnel.close();
    street.close();
  }

  @Test
  void theSecondLineTakesOverWithTheTunnelAndGivesBack() {
    router.configure(ShopTunnel.document(TWO_LINES, tunnel.split()));
    router.start();
    router.awaitStatus("both lines are there", "(?s)\"healthy\": ?true.*\"healthy\": ?true");
    router.awaitHandshake();
    street.askForAddress(street.pc());
    awaitFirst();
    street.silence(ShopStreet.LINE);
    awaitSecond();
    street.unsilence(ShopStreet.LINE);
    awaitFirst();
    street.unplug(ShopStreet.LINE);
    awaitSecond();
    street.replug(ShopStreet.LINE);
    awaitFirst();
  }

  private void awaitFirst() {
    await(ShopStreet.SHOP_4, ShopStreet.SHOP_AT_FAR_4);
  }

  private void awaitSecond() {
    await(ShopStreet.SHOP_2_4, ShopStreet.SHOP_2_AT_FAR_4);
  }

  /** The web and the far shop see the computer and the tunnel come by this line. */
  private void await(String atWeb, String atFar) {
    awaitWho(ShopStreet.WEB_4, atWeb);
    awaitTunnelFrom(atFar);
    awaitWho(ShopStreet.HQ_4, ShopTunnel.OWN_4);
  }

  private void awaitWho(String server, String expected) {
    Wait.until(
        server + " sees " + expected,
        A_WHILE,
        () -> street.who(street.pc(), server).out().strip().equals(expected),
        () -> street.who(street.pc(), server) + router.status() + router.process().said());
  }

  private void awaitTunnelFrom(String atFar) {
    Wait.until(
        "the tunnel comes from " + atFar,
        A_WHILE,
        () -> endpoint().startsWith(atFar + ":"),
        () -> endpoint() + router.status() + router.process().said());
  }

  private String endpoint() {
    return tunnel.far().dump().peer(tunnel.keys().publicKey()).endpoint();
  }

  @Test
  void nothingLeaksOnEitherLineWhileTheFirstFailsAndComesBack() {
    router.configure(ShopTunnel.document(TWO_LINES, tunnel.full()));
    try (LeakWatch first = LeakWatch.oneOfTwo(street, ShopStreet.LINE);
        LeakWatch second = LeakWatch.oneOfTwo(street, ShopStreet.LINE_2);
        ClientLoad load = new ClientLoad(street.pc())) {
      load.start();
      router.start();
      router.awaitStatus("both lines are there", "(?s)\"healthy\": ?true.*\"healthy\": ?true");
      router.awaitHandshake();
      street.askForAddress(street.pc());
      awaitFull(ShopStreet.SHOP_AT_FAR_4);
      street.silence(ShopStreet.LINE);
      awaitFull(ShopStreet.SHOP_2_AT_FAR_4);
      street.unsilence(ShopStreet.LINE);
      awaitFull(ShopStreet.SHOP_AT_FAR_4);
      street.unplug(ShopStreet.LINE);
      awaitFull(ShopStreet.SHOP_2_AT_FAR_4);
      street.replug(ShopStreet.LINE);
      awaitFull(ShopStreet.SHOP_AT_FAR_4);
      List<String> leaks = new ArrayList<>(first.leaks());
      leaks.addAll(second.leaks());
      assertEquals(List.of(), leaks, router.process().said());
    }
  }

  private void awaitFull(String atFar) {
    awaitTunnelFrom(atFar);
    awaitWho(ShopStreet.WEB_4, ShopStreet.FAR_4);
  }

  /** What the eavesdropper of each line would hear, were there no kill switch. */
  @ParameterizedTest
  @ValueSource(strings = {ShopStreet.LINE, ShopStreet.LINE_2})
  void withoutTheKillSwitchTheEavesdropperHearsIt(String preferred) {
    String lines =
        preferred.equals(ShopStreet.LINE)
            ? TWO_LINES
            : TWO_LINES
                .replaceFirst("eth0", "eth9")
                .replace("eth2", "eth0")
                .replace("eth9", "eth2");
    router.configure(ShopTunnel.document(lines, tunnel.fullWithoutKillSwitch()));
    try (ClientLoad load = new ClientLoad(street.pc())) {
      load.start();
      router.start();
      router.awaitHandshake();
      street.askForAddress(street.pc());
      awaitWho(ShopStreet.WEB_4, ShopStreet.FAR_4);
      try (LeakWatch watch = LeakWatch.oneOfTwo(street, preferred)) {
        router.kill();
        watch.hears(ShopStreet.WEB_4);
      }
    }
  }
}
