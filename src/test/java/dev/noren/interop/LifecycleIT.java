package dev.noren.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.noren.street.Host;
import dev.noren.street.Machine;
import dev.noren.street.Ping;
import dev.noren.street.Ran;
import dev.noren.street.Street;
import dev.noren.street.TwoShops;
import dev.noren.street.Wait;
import dev.noren.street.WgEnd;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** What can be done to a running interface with {@code ip link}, and to its process. */
@MethodSource("dev.noren.street.Ends#leftUnderTest")
class LifecycleIT extends ShopsTest {
  private static final Duration REKEY_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration TO_END = Duration.ofSeconds(10);

  @AfterEach
  void revive() {
    if (!left.process().isAlive()) {
      left.close();
      shops.startLeft();
    }
  }

  @Test
  void endsCleanlyWhenItsInterfaceIsDeleted() {
    Ping.answers(left.host(), TwoShops.RIGHT_4);
    left.host().ip("link del dev " + left.name());
    Ran ran = left.host().finish(left.process(), TO_END);
    assertEquals(0, ran.exit(), ran.toString());
    if (left.maker().isNoren()) {
      assertTrue(ran.said().contains(left.name()), "it says which interface went: " + ran);
      assertFalse(ran.said().contains("\tat "), "a stack trace is no message: " + ran);
    }
    assertNothingIsLeft();
  }

  @Test
  void endsCleanlyOnSigterm() {
    Ping.answers(left.host(), TwoShops.RIGHT_4);
    Ran ran = left.stop();
    assertEquals(0, ran.exit(), ran.toString());
    assertNothingIsLeft();
  }

  @Test
  void isBackWithinOneRekeyTimeoutAfterAPowerLoss() {
    Ping.answers(left.host(), TwoShops.RIGHT_4);
    left.kill();
    assertTrue(Files.exists(Machine.SOCKETS.resolve(left.name() + ".sock")), "a stale socket");
    shops.startLeft();
    shops.leftKnows(Street.RIGHT_4 + ":" + WgEnd.PORT);
    Ping.answers(left.host(), TwoShops.RIGHT_4, REKEY_TIMEOUT);
    Ping.answers(right.host(), TwoShops.LEFT_4, REKEY_TIMEOUT);
  }

  @Test
  void goesDownAndComesUpAgain() {
    assumeTrue(left.maker().isNoren(), "wireguard-go misses a link going down on some kernels");
    Ping.answers(left.host(), TwoShops.RIGHT_4);
    left.set("peer", right.publicKey(), "persistent-keepalive", "25");
    long handshake = left.about(right).handshake();
    left.host().ip("link set dev " + left.name() + " down");
    awaitUdp(left.host(), false);
    assertTrue(Ping.isSilent(right.host(), TwoShops.LEFT_4), "an interface that is down answered");
    Wait.until("a later second", () -> System.currentTimeMillis() / 1000 > handshake + 1);
    left.host().ip("link set dev " + left.name() + " up");
    awaitUdp(left.host(), true);
    // Nobody pings: the persistent keepalive alone makes the handshake.
    Wait.until("a handshake", () -> left.about(right).handshake() > handshake);
    Ping.answers(right.host(), TwoShops.LEFT_4);
    left.set("peer", right.publicKey(), "persistent-keepalive", "off");
  }

  @Test
  void takesAnotherMtuWhileItRuns() {
    for (int mtuBytes : new int[] {9_000, 1280, 1420}) {
      left.host().ip("link set dev " + left.name() + " mtu " + mtuBytes);
      right.host().ip("link set dev " + right.name() + " mtu " + mtuBytes);
      Ping.answers(left.host(), TwoShops.RIGHT_4, mtuBytes - 28);
    }
  }

  @Test
  void worksOnInAnotherNamespace() {
    assumeTrue(left.maker().isNoren(), "wireguard-go misses what happens in another namespace");
    Ping.answers(left.host(), TwoShops.RIGHT_4);
    Host island = shops.street().addIsland();
    left.host().ip("link set dev " + left.name() + " netns " + island.namespace());
    island.ip(
        "addr add " + TwoShops.LEFT_4 + "/24 dev " + left.name(),
        "link set dev " + left.name() + " mtu 9000 up");
    right.host().ip("link set dev " + right.name() + " mtu 9000");
    Ping.answers(island, TwoShops.RIGHT_4, 9000 - 28);
    Ping.answers(right.host(), TwoShops.LEFT_4);
    awaitUdp(left.host(), true);
    assertFalse(hasUdp(island), "the UDP socket stays where the process was started");
    island.ip("link set dev " + left.name() + " down");
    awaitUdp(left.host(), false);
    island.ip("link set dev " + left.name() + " up");
    awaitUdp(left.host(), true);
    Ping.answers(island, TwoShops.RIGHT_4);
    assertEquals(WgEnd.PORT, left.dump().port());
    island.ip("link del dev " + left.name());
    assertEquals(0, left.host().finish(left.process(), TO_END).exit());
    assertNothingIsLeft();
    right.host().ip("link set dev " + right.name() + " mtu 1420");
  }

  private void assertNothingIsLeft() {
    assertFalse(Files.exists(Machine.SOCKETS.resolve(left.name() + ".sock")), "the socket is left");
    assertFalse(left.host().must("ip", "link").contains(left.name()), "the interface is left");
    assertFalse(hasUdp(left.host()), "the port is left open");
  }

  private static boolean hasUdp(Host host) {
    return !host.must("ss", "-Hunl", "sport", "=", ":" + WgEnd.PORT).isBlank();
  }

  private static void awaitUdp(Host host, boolean open) {
    Wait.until("the UDP socket is " + (open ? "open" : "closed"), () -> hasUdp(host) == open);
  }
}
