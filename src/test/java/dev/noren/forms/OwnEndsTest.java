package dev.noren.forms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.config.Gateway;
import dev.noren.config.HostPort;
import dev.noren.crypto.PrivateKey;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OwnEndsTest {
  private static OwnEnds of(List<HostPort> set, String... addresses) {
    Gateway gateway =
        new Gateway(
            PrivateKey.generate(new Random(1)),
            51820,
            List.of(443),
            List.of(Cidr.parse("10.99.0.1/24")),
            set,
            0,
            0);
    return OwnEnds.of(gateway, Arrays.stream(addresses).map(IpAddress::parse).toList());
  }

  @Test
  void ipv6IsFirstThenIpv4ThenWhatWasSetThenOtherPorts() {
    OwnEnds ends =
        of(
            List.of(HostPort.parse("vpn.example:51820")),
            "203.0.113.7",
            "fe80::1",
            "fd00::1",
            "2001:db8::7");
    assertEquals(
        "[[2001:db8::7]:51820, 203.0.113.7:51820, vpn.example:51820, [2001:db8::7]:443,"
            + " 203.0.113.7:443]",
        ends.endpoints().toString());
    assertNull(ends.obstacle());
  }

  @Test
  void whatHidesItIsNamed() {
    assertTrue(of(List.of(), "100.64.7.100").obstacle().toString().contains("CGNAT"));
    assertTrue(of(List.of(), "192.168.1.7").obstacle().toString().contains("another router hides"));
    assertTrue(of(List.of(), "fd00::1").obstacle().toString().contains("no line has an address"));
    assertEquals(List.of(), of(List.of(), "10.1.2.3").endpoints());
    assertEquals(1, of(List.of(HostPort.parse("vpn.example:1")), "10.1.2.3").endpoints().size());
  }
}
