package dev.noren.interop;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.street.Ping;
import dev.noren.street.Pour;
import dev.noren.street.Street;
import dev.noren.street.TwoShops;
import dev.noren.street.Wait;
import dev.noren.street.WgEnd;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** Ends that move to another address and port while a TCP connection flows through the tunnel. */
@MethodSource("dev.noren.street.Ends#andOffloadsOff")
class RoamingIT extends ShopsTest {
  private static final String NEW_PORT = "51999";

  @AfterEach
  void moveBack() {
    shops.street().calm();
    shops.street().moveLeft(Street.LEFT_4);
    shops.street().moveRight(Street.RIGHT_4);
    left.set("listen-port", Integer.toString(WgEnd.PORT));
    right.set("listen-port", Integer.toString(WgEnd.PORT));
  }

  @Test
  void theSenderMovesMidFlow() {
    try (Pour pour = Pour.begin(left.host(), right.host(), TwoShops.RIGHT_4, 40, 30)) {
      pour.awaitChunks(5);
      shops.street().moveLeft("198.51.100.3");
      left.set("listen-port", NEW_PORT);
      awaitEndpoint(right, left, "198.51.100.3:" + NEW_PORT);
      pour.finishWhole();
    }
  }

  @Test
  void theReceiverMovesMidFlow() {
    try (Pour pour = Pour.begin(left.host(), right.host(), TwoShops.RIGHT_6, 40, 30)) {
      pour.awaitChunks(5);
      // Nothing of the sender's arrives from here on: the receiver has to speak first.
      shops.street().moveRight("203.0.113.3");
      right.set("listen-port", NEW_PORT);
      Ping.answers(right.host(), TwoShops.LEFT_4);
      awaitEndpoint(left, right, "203.0.113.3:" + NEW_PORT);
      pour.finishWhole();
    }
  }

  @Test
  void movesFromIpv4ToIpv6() {
    Ping.answers(left.host(), TwoShops.RIGHT_4);
    shops.leftKnows("[" + Street.RIGHT_6 + "]:" + WgEnd.PORT);
    Ping.answers(left.host(), TwoShops.RIGHT_4);
    awaitEndpoint(right, left, "[" + Street.LEFT_6 + "]:" + WgEnd.PORT);
    Ping.answers(right.host(), TwoShops.LEFT_6);
  }

  @Test
  void livesBehindANatThatChangesItsMapping() {
    shops.part();
    shops.street().translate(40_001);
    shops.street().middle().must("sysctl", "-qw", "net.netfilter.nf_conntrack_udp_timeout=2");
    shops
        .street()
        .middle()
        .must("sysctl", "-qw", "net.netfilter.nf_conntrack_udp_timeout_stream=2");
    shops.rightKnows("");
    shops.leftKnows(Street.RIGHT_4 + ":" + WgEnd.PORT, "persistent-keepalive", "1");
    awaitEndpoint(right, left, Street.MIDDLE_RIGHT_4 + ":40001");
    Ping.answers(right.host(), TwoShops.LEFT_4);
    // Longer than the NAT remembers a silent flow: only the keepalives hold the way open.
    Wait.pause(4_000);
    assertTrue(Ping.once(right.host(), TwoShops.LEFT_4), "the way back was still open");
    shops.street().translate(40_002);
    awaitEndpoint(right, left, Street.MIDDLE_RIGHT_4 + ":40002");
    Ping.answers(right.host(), TwoShops.LEFT_4);
  }

  private static void awaitEndpoint(WgEnd end, WgEnd peer, String endpoint) {
    Wait.until(
        "the endpoint becomes " + endpoint,
        Wait.LONG,
        () -> end.about(peer).endpoint().equals(endpoint),
        () -> "It is " + end.about(peer).endpoint());
  }
}
