package dev.noren.status;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginTest {
  private static final List<Cidr> OWN =
      List.of(
          Cidr.parse("198.51.100.9/24"),
          Cidr.parse("203.0.113.5/32"),
          Cidr.parse("2001:db8:5:1::1/64"));

  @ParameterizedTest
  @CsvSource({
    // From the internet.
    "203.0.113.9, OUTSIDE",
    "2001:db8:6::1, OUTSIDE",
    // The shop's own network, even where it has public addresses.
    "198.51.100.77, INSIDE",
    "2001:db8:5:1::77, INSIDE",
    // Another network of the same upstream router's, and of the same provider's NAT.
    "192.168.1.23, INSIDE",
    "2001:db8:5:99::1, INSIDE",
    "100.64.3.4, INSIDE",
    "fd00::1, INSIDE",
    "fe80::1, INSIDE",
    // What the upstream router turned round has the shop's own outer address.
    "203.0.113.5, INSIDE",
  })
  void whatIsNearShowsNothing(String from, Origin origin) {
    assertEquals(origin, Origin.of(IpAddress.parse(from), OWN));
  }

  @Test
  void whereItsOwnNetworksAreNotKnownOverIpv6NobodyIsOutside() {
    List<Cidr> own = List.of(Cidr.parse("192.168.1.0/24"));
    assertEquals(Origin.INSIDE, Origin.of(IpAddress.parse("2001:db8:6::1"), own));
    assertEquals(Origin.OUTSIDE, Origin.of(IpAddress.parse("203.0.113.9"), own));
  }
}
