package dev.noren.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.noren.street.Host;
import dev.noren.street.NorenRouter;
import dev.noren.street.Ran;
import dev.noren.street.ShopStreet;
import dev.noren.street.ShopTunnel;
import dev.noren.street.Wait;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * In full-tunnel mode no packet of the shop's computer leaves outside the tunnel, whatever happens
 * to the router: an eavesdropper on the line listens all the time, while the computer sends all
 * that it can.
 */
class LeakIT {
  /** Long enough for each of the load's loops to come round. */
  private static final long A_WHILE_MS = 3_000;

  private ShopStreet street;
  private ShopTunnel tunnel;
  private NorenRouter router;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void nothingLeavesOutsideAFullTunnel(boolean beside) {
    try (ShopStreet opened = beside ? ShopStreet.beside() : ShopStreet.router()) {
      street = opened;
      try (ShopTunnel made = new ShopTunnel(street);
          NorenRouter started = new NorenRouter(street.noren())) {
        tunnel = made;
        router = started;
        router.configure(ShopTunnel.document(tunnel.full()));
        preparePc(beside, tunnel.full());
        try (LeakWatch watch = new LeakWatch(street);
            ClientLoad load = new ClientLoad(street.pc())) {
          load.start();
          step("boot", watch, this::boot);
          step("a change", watch, this::change);
          step("the tunnel is lost", watch, this::loseTunnel);
          step("kill -9 and start", watch, this::killAndStart);
          step("stop", watch, this::stop);
        }
      }
    }
  }

  /**
   * Beside, the computer has Noren as its gateway, over IPv6 too; its own router would tell it
   * another one.
   */
  private void preparePc(boolean beside, String tunnels) {
    Host pc = street.pc();
    if (!beside) {
      return;
    }
    pc.must("sysctl", "-qw", "net.ipv6.conf.eth0.accept_ra=0");
    pc.ip(
        "link set dev eth0 up",
        "addr add 192.168.1.20/24 dev eth0",
        "addr add 2001:db8:5::20/64 dev eth0 nodad");
    pc.resolvConf("nameserver 192.168.1.2\n");
    Host noren = street.noren();
    noren.ip("link set dev eth0 up");
    router.configure(
        ShopTunnel.document(
            """
            "wan": [{"method": "static", "address": "192.168.1.2/24",
                     "gateway": "192.168.1.1", "dns": ["198.18.0.53"]}],
            """,
            tunnels));
    String link = noren.must("ip", "-6", "-o", "addr", "show", "dev", "eth0", "scope", "link");
    pc.ip(
        "route add default via 192.168.1.2",
        "route add ::/0 via " + link.replaceAll("(?s).*inet6 (\\S+)/64.*", "$1") + " dev eth0");
  }

  private void step(String what, LeakWatch watch, Runnable action) {
    action.run();
    assertEquals(List.of(), watch.leaks(), what + "; the router said: " + router.process().said());
  }

  private void boot() {
    router.start();
    router.awaitHandshake();
    if (!street.pc().must("ip", "-4", "addr", "show", "dev", "eth0").contains("inet ")) {
      street.askForAddress(street.pc());
    }
    awaitTunnel();
    assertNeighboursLearnNothing();
  }

  /** The kernel would tell every neighbour that asks which addresses the tunnels have. */
  private void assertNeighboursLearnNothing() {
    boolean beside = street.noren().run("ip", "link", "show", "dev", "br-lan").exit() != 0;
    Host neighbour = beside ? street.gate() : street.internet();
    String link = beside ? "lan" : ShopStreet.LINE;
    Ran asked =
        neighbour.run("busybox", "arping", "-c", "1", "-w", "1", "-I", link, ShopTunnel.OWN_4);
    assertFalse(asked.ok(), "it answers for a tunnel's address: " + asked);
  }

  /** The computer reaches the internet, which sees it come from the far shop. */
  private void awaitTunnel() {
    Wait.until(
        "the computer reaches the web through the tunnel",
        Wait.LONG,
        () -> street.who(street.pc(), ShopStreet.WEB_4).out().strip().equals(ShopStreet.FAR_4),
        () -> street.who(street.pc(), ShopStreet.WEB_4) + router.status());
  }

  private void change() {
    router.noren("config", "set", "dns.forceClients", "false").must();
    router.noren("config", "confirm").must();
    router.noren("config", "set", "tunnels[0].peers[0].keepaliveSeconds", "7").must();
    router.noren("config", "confirm").must();
    awaitTunnel();
  }

  private void loseTunnel() {
    tunnel.far().kill();
    Wait.pause(A_WHILE_MS);
    assertFalse(street.who(street.pc(), ShopStreet.WEB_4).ok(), "there is a way round the tunnel");
    tunnel.start();
    awaitTunnel();
  }

  private void killAndStart() {
    router.kill();
    Wait.pause(A_WHILE_MS);
    assertFalse(street.who(street.pc(), ShopStreet.WEB_4).ok(), "there is a way round the tunnel");
    router.start();
    router.awaitHandshake();
    awaitTunnel();
  }

  private void stop() {
    Ran end = router.stop();
    assertEquals(0, end.exit(), end.toString());
    Wait.pause(A_WHILE_MS);
    assertFalse(street.who(street.pc(), ShopStreet.WEB_4).ok(), "there is a way round the tunnel");
  }

  /** What the eavesdropper would hear: without a kill switch, a lost tunnel lets all of it out. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void withoutTheKillSwitchTheEavesdropperHearsIt(boolean beside) {
    try (ShopStreet opened = beside ? ShopStreet.beside() : ShopStreet.router()) {
      street = opened;
      try (ShopTunnel made = new ShopTunnel(street);
          NorenRouter started = new NorenRouter(street.noren())) {
        tunnel = made;
        router = started;
        String open = tunnel.fullWithoutKillSwitch();
        router.configure(ShopTunnel.document(open));
        preparePc(beside, open);
        try (ClientLoad load = new ClientLoad(street.pc())) {
          load.start();
          boot();
          try (LeakWatch watch = new LeakWatch(street)) {
            // Killed, it can't bring the tunnel back before the eavesdropper has heard anything.
            router.kill();
            watch.hears(ShopStreet.WEB_4);
            // The router may ask that host itself, but its question is another.
            watch.hears(ShopStreet.FAR_4);
          }
        }
      }
    }
  }
}
