package dev.noren.services;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import dev.noren.plan.RouterFacts.Lease;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeaseTextTest {
  private static final String GOOD =
      """
      address=192.168.1.50
      prefix=24
      gateway=192.168.1.1
      dns=192.168.1.1 2001:db8::53
      domain=Shop.Example.
      mtu=1454
      delegated=2001:db8:7::/48
      """;

  private final List<String> refused = new ArrayList<>();

  private Optional<Lease> read(String text) {
    return LeaseText.read(text, refused::add);
  }

  private static Lease lease(
      String address, String gateway, List<String> dns, String domain, int mtu, String delegated) {
    return new Lease(
        address == null ? null : Cidr.parse(address),
        gateway == null ? null : IpAddress.parse(gateway),
        dns.stream().map(IpAddress::parse).toList(),
        domain,
        mtu,
        delegated == null ? null : Cidr.parse(delegated));
  }

  @Test
  void readsAWholeOne() {
    assertEquals(
        Optional.of(
            lease(
                "192.168.1.50/24",
                "192.168.1.1",
                List.of("192.168.1.1", "2001:db8::53"),
                "shop.example",
                1454,
                "2001:db8:7::/48")),
        read(GOOD));
    assertEquals(List.of(), refused);
  }

  @Test
  void emptyAndUnknownValuesSayNothing() {
    assertEquals(
        Optional.of(lease("10.0.0.2/8", null, List.of(), null, 0, null)),
        read("address=10.0.0.2\nprefix=8\ngateway=\ndns=\nmtu=\nserver=x\njunk\n=\n"));
    assertEquals(List.of(), refused);
    assertEquals(Optional.empty(), read(""));
    assertEquals(
        Optional.of(lease(null, null, List.of(), null, 0, "fd00:1::/56")),
        read("gateway=10.0.0.1\ndelegated=fd00:1::/56"));
  }

  /** One bad field each; the other fields stay as they are. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gateway|192.168.2.1|gateway: it is in another network than the address",
        "gateway|192.168.1.50|gateway: it is the address itself",
        "gateway|127.0.0.1|gateway: it is no IPv4 address that a host can have",
        "gateway|224.0.0.1|gateway: it is no IPv4 address that a host can have",
        "gateway|::1|gateway: it is no IPv4 address that a host can have",
        "gateway|192.168.1.1 dev lo|gateway: it is no IPv4 address that a host can have",
        "gateway|$(reboot)|gateway: it is no IPv4 address that a host can have",
        "mtu|1279|mtu: it is no number from 1280 to 9000",
        "mtu|9001|mtu: it is no number from 1280 to 9000",
        "mtu|-1500|mtu: it is no number from 1280 to 9000",
        "mtu|1500x|mtu: it is no number from 1280 to 9000",
        "mtu|99999999999|mtu: it is no number from 1280 to 9000",
        "domain|a b|domain: it is no domain's name",
        "domain|-a.example|domain: it is no domain's name",
        "domain|a..example|domain: it is no domain's name",
        "domain|a/b|domain: it is no domain's name",
        "domain|.|domain: it is no domain's name",
        "domain|日本|domain: it is no domain's name",
        "delegated|2001:db8:7::1/48|delegated: it is no IPv6 prefix from /32 to /64",
        "delegated|2001::/16|delegated: it is no IPv6 prefix from /32 to /64",
        "delegated|2001:db8::/65|delegated: it is no IPv6 prefix from /32 to /64",
        "delegated|fe80::/64|delegated: it is no IPv6 prefix from /32 to /64",
        "delegated|10.0.0.0/32|delegated: it is no IPv6 prefix from /32 to /64",
        "delegated|x|delegated: it is no IPv6 prefix from /32 to /64",
      })
  void aHostileValueIsLeftOutAndTheRestTaken(String key, String value, String why) {
    Lease good = read(GOOD).orElseThrow();
    Lease got = read(GOOD.replaceAll("(?m)^" + key + "=.*$", "")).orElseThrow();
    Lease hostile =
        read(GOOD.replaceAll("(?m)^" + key + "=.*$", Matcher.quoteReplacement(key + "=" + value)))
            .orElseThrow();
    assertEquals(got, hostile);
    assertEquals(good.address(), hostile.address());
    assertEquals(List.of(why), refused);
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0,24", "127.0.0.1,8", "169.254,16", "240.0.0.1,24", "255.255.255.255,24",
    "192.168.1.0,24", "192.168.1.255,24", "192.168.1.5,7", "192.168.1.5,33", "192.168.1.5,x",
    "::1,24", "192.168.1.5;id,24",
  })
  void anAddressThatNoHostCanHaveIsNoLease(String address, String prefix) {
    assertEquals(
        Optional.empty(), read("address=" + address + "\nprefix=" + prefix + "\ngateway=10.0.0.1"));
    assertEquals(1, refused.size(), refused::toString);
  }

  @Test
  void aPointToPointAddressMayHaveAnyGateway() {
    assertEquals(
        IpAddress.parse("10.9.9.9"),
        read("address=192.0.2.7\nprefix=32\ngateway=10.9.9.9").orElseThrow().gateway());
  }

  @Test
  void ofServersTheGoodOnesAreTakenAndNotTooMany() {
    String text = GOOD.replaceAll("dns=.*", "dns=1.1.1.1 127.0.0.1 fe80::1 ::1 9.9.9.9 8.8.8.8");
    assertEquals(List.of(IpAddress.parse("1.1.1.1")), read(text).orElseThrow().dns());
    assertEquals(4, refused.size());
  }

  @Test
  void theFirstOfTwoCounts() {
    assertEquals(
        "192.168.1.50/24", read(GOOD + "address=10.0.0.1\n").orElseThrow().address().toString());
    assertEquals(List.of("a second address"), refused);
  }

  @Test
  void noiseNeverThrows() {
    long seed = 20261124;
    Random random = new Random(seed);
    for (int i = 0; i < 3000; i++) {
      char[] text = GOOD.toCharArray();
      for (int j = 0; j < 6; j++) {
        text[random.nextInt(text.length)] =
            (char) random.nextInt(random.nextBoolean() ? 128 : 65536);
      }
      read(new String(text))
          .ifPresent(
              lease ->
                  assertTrue(lease.mtuBytes() == 0 || lease.mtuBytes() >= 1280, "seed " + seed));
    }
  }
}
