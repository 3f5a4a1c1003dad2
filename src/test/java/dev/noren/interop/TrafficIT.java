package dev.noren.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.street.Host;
import dev.noren.street.Iperf;
import dev.noren.street.Ping;
import dev.noren.street.Street;
import dev.noren.street.TwoShops;
import dev.noren.street.WgEnd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ping, TCP and UDP through the tunnel, inner IPv4 and IPv6, over outer IPv4 and IPv6. */
@MethodSource("dev.noren.street.Ends#andOffloadsOff")
class TrafficIT extends ShopsTest {
  private static final long TCP_BYTES = 4_000_000;
  private static final int IP4_ICMP = 28;
  private static final int IP6_ICMP = 48;

  @ParameterizedTest(name = "MTU {0}")
  @ValueSource(ints = {1280, 1420, 34_000, 65_455})
  void carriesPingTcpAndUdpAtTheMtu(int mtuBytes) {
    left.host().ip("link set dev " + left.name() + " mtu " + mtuBytes);
    right.host().ip("link set dev " + right.name() + " mtu " + mtuBytes);
    Ping.answers(left.host(), TwoShops.RIGHT_4);
    Ping.answers(right.host(), TwoShops.LEFT_4, mtuBytes - IP4_ICMP);
    Ping.answers(left.host(), TwoShops.RIGHT_6, mtuBytes - IP6_ICMP);
    tcp(left.host(), right.host(), TwoShops.RIGHT_4);
    tcp(right.host(), left.host(), TwoShops.LEFT_6);
    udp(left.host(), right.host(), TwoShops.RIGHT_4, Math.min(mtuBytes, 1400) - IP4_ICMP);
    assertTrue(left.about(right).received() > TCP_BYTES / 2, "what came in was counted");
    assertTrue(left.about(right).sent() > TCP_BYTES / 2, "what went out was counted");
  }

  @Test
  void carriesPingAndTcpOverOuterIpv6() {
    shops.leftKnows("[" + Street.RIGHT_6 + "]:" + WgEnd.PORT);
    shops.rightKnows("[" + Street.LEFT_6 + "]:" + WgEnd.PORT);
    Ping.answers(left.host(), TwoShops.RIGHT_4);
    Ping.answers(left.host(), TwoShops.RIGHT_6);
    tcp(left.host(), right.host(), TwoShops.RIGHT_6);
    tcp(right.host(), left.host(), TwoShops.LEFT_4);
    assertEquals("[" + Street.RIGHT_6 + "]:" + WgEnd.PORT, left.about(right).endpoint());
    assertEquals("[" + Street.LEFT_6 + "]:" + WgEnd.PORT, right.about(left).endpoint());
  }

  @Test
  void answersFromTheAddressThatWasAddressed() {
    shops.leftKnows("[2001:db8:b::3]:" + WgEnd.PORT);
    shops.rightKnows("");
    Ping.answers(left.host(), TwoShops.RIGHT_4);
    tcp(left.host(), right.host(), TwoShops.RIGHT_4);
    assertEquals("[2001:db8:b::3]:" + WgEnd.PORT, left.about(right).endpoint());
  }

  private static void tcp(Host from, Host to, String address) {
    long arrived = Iperf.tcp(from, to, address, TCP_BYTES).bytes();
    assertTrue(arrived > TCP_BYTES / 2, "only " + arrived + " bytes arrived at " + address);
  }

  private static void udp(Host from, Host to, String address, int datagramBytes) {
    long arrived = Iperf.udp(from, to, address, datagramBytes, "4M").bytes();
    assertTrue(arrived > 400_000, "only " + arrived + " of 500,000 bytes arrived");
  }
}
