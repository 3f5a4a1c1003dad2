package dev.noren.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.street.Capture;
import dev.noren.street.NorenRouter;
import dev.noren.street.PrefixServer;
import dev.noren.street.Ran;
import dev.noren.street.ShopStreet;
import dev.noren.street.ShopTunnel;
import dev.noren.street.Wait;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What a line's MTU makes of the packets in a tunnel: the greatest that its MTU allows arrives and
 * is in one piece on the line, one byte more is refused aloud, and TCP keeps to it by itself.
 */
class LineMtuIT {
  /** The headers of an echo over IPv4 and IPv6, bytes. */
  private static final int ECHO_4 = 20 + 8;

  private static final int ECHO_6 = 40 + 8;

  /** The headers of a TCP segment, bytes. */
  private static final int TCP_4 = 20 + 20;

  private static final int TCP_6 = 40 + 20;

  /** Further addresses of the web server, of which the computer has learnt no MTU yet. */
  private static final String SECOND_4 = ShopStreet.BANK_4;

  private static final String SECOND_6 = "2001:db8:c::20";

  private static final String PIECES = "(ip[6:2] & 0x3fff != 0) or (ip6[6] == 44)";
  private static final String OPENING =
      "(tcp[tcpflags] & (tcp-syn | tcp-ack) == tcp-syn) or (ip6[6] == 6 and ip6[53] & 0x12 == 2)";

  private ShopStreet street;
  private ShopTunnel tunnel;
  private NorenRouter router;

  @AfterEach
  void remove() {
    router.close();
    tunnel.close();
    street.close();
  }

  private void open() {
    street = ShopStreet.router();
    tunnel = new ShopTunnel(street);
    router = new NorenRouter(street.noren());
    street.far().ip("link set dev " + tunnel.far().name() + " mtu 1440");
  }

  /** By the port's own MTU; what the computer has learnt never stands above what comes next. */
  @Test
  void ofThePortOverBothFamilies() {
    open();
    PrefixServer.start(street);
    router.useCopyOf("dhclient");
    street.web().ip("addr add " + SECOND_6 + "/64 dev out nodad");
    router.configure(ShopTunnel.document(over(ShopStreet.FAR_4)));
    router.start();
    router.awaitHandshake();
    router.awaitStatus("an own IPv6 address in the shop", "\"address6\": \"2001");
    street.askForAddress(street.pc());
    street.askForIpv6(street.pc());
    Wait.until("the computer's IPv6", Wait.LONG, this::hasIpv6, () -> router.status());

    atMtu(1500, 1440, ShopStreet.WEB_4, ShopStreet.WEB_6);
    atMtu(1492, 1432, ShopStreet.WEB_4, ShopStreet.WEB_6);
    atMtu(1460, 1400, ShopStreet.WEB_4, ShopStreet.WEB_6);
    atMtu(1454, 1394, ShopStreet.WEB_4, ShopStreet.WEB_6);
    inPieces(ShopStreet.WEB_4, ShopStreet.WEB_6);

    lineMtu(1500);
    router.changeTo(ShopTunnel.document(over("[" + ShopStreet.FAR_6 + "]")));
    Wait.until("the tunnel runs over IPv6", this::isOverIpv6);
    atMtu(1500, 1420, SECOND_4, SECOND_6);
    atMtu(1492, 1412, SECOND_4, SECOND_6);
    atMtu(1460, 1380, SECOND_4, SECOND_6);
    atMtu(1454, 1374, SECOND_4, SECOND_6);
    inPieces(SECOND_4, SECOND_6);
  }

  private String over(String address) {
    return tunnel.fullOfBoth().replace("vpn.example", address);
  }

  private boolean hasIpv6() {
    String shown = street.pc().must("ip", "-6", "addr", "show", "dev", "eth0", "scope", "global");
    return shown.contains("inet6 2001:db8:70:") && !shown.contains("tentative");
  }

  private boolean isOverIpv6() {
    return tunnel.far().dump().peer(tunnel.keys().publicKey()).endpoint().startsWith("[2001:");
  }

  /** By the lease; and below 1280 + 60 of the line only a tunnel that carries no IPv6 fits. */
  @Test
  void ofTheLeaseAndTheLeastLineOfAll() {
    open();
    street.lineAsksForMtu(1454);
    router.configure(ShopTunnel.document(tunnel.full().replace("vpn.example", ShopStreet.FAR_4)));
    router.start();
    router.awaitHandshake();
    street.askForAddress(street.pc());
    street.internet().ip("link set dev " + ShopStreet.LINE + " mtu 1454");
    carries(1394, ShopStreet.WEB_4, null);
    lineMtu(1280);
    carries(1220, ShopStreet.WEB_4, null);
    router.changeTo(
        ShopTunnel.document(tunnel.full().replace("vpn.example", "[" + ShopStreet.FAR_6 + "]")));
    Wait.until("the tunnel runs over IPv6", this::isOverIpv6);
    carries(1200, SECOND_4, null);
  }

  private void atMtu(int lineBytes, int mtuBytes, String to4, String to6) {
    lineMtu(lineBytes);
    carries(mtuBytes, to4, to6);
  }

  private void lineMtu(int bytes) {
    street.internet().ip("link set dev " + ShopStreet.LINE + " mtu " + bytes);
    street.noren().ip("link set dev eth0 mtu " + bytes);
  }

  private void carries(int mtuBytes, String to4, String to6) {
    try (Capture pieces = pieces()) {
      fits(mtuBytes, to4, to6);
      assertEquals(List.of(), pieces.packets(), "in pieces, at " + mtuBytes);
    }
  }

  /** IPv6 in the tunnel needs 1280 bytes, which then come in pieces: the control of the others. */
  private void inPieces(String to4, String to6) {
    lineMtu(1280);
    try (Capture pieces = pieces()) {
      fits(1280, to4, to6);
      Wait.until("it is in pieces", () -> !pieces.packets().isEmpty());
    }
  }

  private Capture pieces() {
    return Capture.received(street.internet(), ShopStreet.LINE, PIECES);
  }

  private void fits(int mtuBytes, String to4, String to6) {
    String device = tunnel.name();
    Wait.until(
        "the tunnel's MTU is " + mtuBytes,
        Wait.LONG,
        () ->
            street
                .noren()
                .must("ip", "link", "show", "dev", device)
                .contains(" mtu " + mtuBytes + " "),
        () -> street.noren().must("ip", "link") + router.status());
    // The refusal comes last: once told, the computer asks for no greater segments itself.
    loads(to4, mtuBytes - TCP_4);
    greatest(to4, mtuBytes - ECHO_4, mtuBytes);
    if (to6 != null) {
      loads("[" + to6 + "]", mtuBytes - TCP_6);
      greatest(to6, mtuBytes - ECHO_6, mtuBytes);
    }
  }

  private void greatest(String to, int dataBytes, int mtuBytes) {
    Wait.until(
        to + " answers " + dataBytes + " bytes in one piece",
        Wait.LONG,
        () -> echo(to, dataBytes).ok(),
        () -> echo(to, dataBytes) + router.status());
    Ran refused = echo(to, dataBytes + 1);
    assertFalse(refused.ok(), refused.toString());
    assertTrue(
        Pattern.compile("mtu ?[=:] ?" + mtuBytes + "\\b")
            .matcher(refused.out() + refused.err())
            .find(),
        refused.toString());
  }

  private Ran echo(String to, int dataBytes) {
    return street
        .pc()
        .run("ping", "-n", "-c", "1", "-W", "1", "-M", "do", "-s", "" + dataBytes, to);
  }

  private void loads(String server, int segmentBytes) {
    try (Capture opening = Capture.received(street.far(), tunnel.far().name(), OPENING)) {
      street
          .pc()
          .must("curl", "-sS", "-o", "/dev/null", "--max-time", "30", "http://" + server + "/big");
      Wait.until("the connection's opening", () -> !opening.packets().isEmpty());
      String first = opening.packets().getFirst();
      assertTrue(first.contains("mss " + segmentBytes + ","), first);
    }
  }
}
