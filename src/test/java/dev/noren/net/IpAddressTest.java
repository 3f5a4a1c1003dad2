package dev.noren.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {
  /** RFC 5952, sections 4 and 5: the one canonical text of each address. */
  @ParameterizedTest
  @CsvSource({
    "2001:db8::1, 2001:db8::1",
    "2001:0DB8:0:0:0:0:0:0001, 2001:db8::1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "::, ::",
    "::1, ::1",
    "fe80::, fe80::",
    "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
    "::ffff:192.0.2.1, ::ffff:192.0.2.1",
    "64:ff9b::192.0.2.33, 64:ff9b::c000:221",
    "0.0.0.0, 0.0.0.0",
    "255.255.255.255, 255.255.255.255",
    "192.0.2.1, 192.0.2.1",
  })
  void writesTheCanonicalText(String given, String canonical) {
    assertEquals(canonical, IpAddress.parse(given).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "1.2.3",
        "1.2.3.4.5",
        "256.1.1.1",
        "1.2.3.-4",
        "01.2.3.4",
        "1.2.3.4 ",
        "a.b.c.d",
        ":",
        ":::",
        "1::2::3",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7:8::",
        "12345::",
        "g::",
        "::1.2.3",
        "1.2.3.4::",
        "::1%eth0",
        "[::1]",
        "example.com",
        "١.2.3.4",
        ":1::2"
      })
  void refusesWhatIsNoAddress(String given) {
    var error = assertThrows(IllegalArgumentException.class, () -> IpAddress.parse(given));
    assertTrue(error.getMessage().contains("is not an IP address"), error.getMessage());
  }

  @Test
  void agreesWithTheJdkOnRandomAddresses() throws UnknownHostException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 2000; i++) {
      byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
      random.nextBytes(bytes);
      for (int at = 0; at < bytes.length; at++) {
        if (random.nextInt(3) > 0) {
          bytes[at] = 0;
        }
      }
      IpAddress address = IpAddress.of(bytes, 0, bytes.length);
      assertArrayEquals(bytes, address.toBytes(), "seed " + seed);
      assertEquals(address, IpAddress.parse(address.toString()), "seed " + seed);
      byte[] jdk = InetAddress.getByName(address.toString()).getAddress();
      boolean mapped = address.v6() && address.high() == 0 && address.low() >>> 32 == 0xffff;
      if (!mapped) {
        assertArrayEquals(jdk, bytes, "seed " + seed + " " + address);
      }
    }
  }

  @Test
  void knowsALinkLocalAddress() {
    assertTrue(IpAddress.parse("fe80::1").isLinkLocal());
    assertTrue(IpAddress.parse("febf::1").isLinkLocal());
    assertFalse(IpAddress.parse("fec0::1").isLinkLocal());
    assertFalse(IpAddress.parse("169.254.0.1").isLinkLocal());
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.5/24, 10.0.0.0/24, 10.0.0.255, 10.0.1.0",
    "10.0.0.5/0, 0.0.0.0/0, 255.1.1.1, ::1",
    "10.0.0.5, 10.0.0.5/32, 10.0.0.5, 10.0.0.4",
    "2001:db8::5/64, 2001:db8::/64, 2001:db8::ffff:0:0:1, 2001:db8:0:1::",
    "2001:db8::8005/113, 2001:db8::8000/113, 2001:db8::ffff, 2001:db8::7fff",
    "::/0, ::/0, ffff::, 1.2.3.4",
  })
  void aPrefixContainsItsOwnAndNothingElse(String prefix, String masked, String in, String out) {
    Cidr cidr = Cidr.parse(prefix);
    assertEquals(masked, cidr.masked().toString());
    assertTrue(cidr.contains(IpAddress.parse(in)));
    assertFalse(cidr.contains(IpAddress.parse(out)));
    assertTrue(cidr.overlaps(cidr.masked()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.2.3.4/33", "1.2.3.4/-1", "1.2.3.4/", "::/129", "1.2.3.4/1/2", "/8"})
  void refusesWhatIsNoPrefix(String given) {
    assertThrows(IllegalArgumentException.class, () -> Cidr.parse(given));
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1:51820, 192.0.2.1:51820",
    "[2001:DB8::1]:1, [2001:db8::1]:1",
    "[fe80::1%7]:65535, [fe80::1%7]:65535",
  })
  void readsAnEndpoint(String given, String shown) {
    Endpoint endpoint = Endpoint.parse(given);
    assertEquals(shown, endpoint.toString());
    assertTrue(endpoint.sameRemote(Endpoint.parse(shown)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "192.0.2.1",
        "192.0.2.1:0",
        "192.0.2.1:65536",
        "192.0.2.1:",
        "::1:51820",
        "[192.0.2.1]:1",
        "[::1]",
        "[::1%eth0]:1",
        "host:51820",
        ":51820",
        "192.0.2.1:+1"
      })
  void refusesWhatIsNoEndpoint(String given) {
    assertThrows(IllegalArgumentException.class, () -> Endpoint.parse(given));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.0.0.1", "10.9.0.2", "223.255.255.255", "64:ff9b::1", "fd09::2"})
  void aHostElsewhereCanHaveIt(String text) {
    assertTrue(IpAddress.parse(text).isOneHost());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "127.0.0.1",
        "224.0.0.1",
        "::",
        "::1",
        "::ffff:10.0.0.1",
        "fe80::1",
        "ff02::1"
      })
  void noHostElsewhereCanHaveIt(String text) {
    assertFalse(IpAddress.parse(text).isOneHost());
  }
}
