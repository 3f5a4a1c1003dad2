package dev.noren.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.noren.crypto.PresharedKey;
import dev.noren.crypto.PrivateKey;
import dev.noren.crypto.PublicKey;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What is written reads back the same, however a person may have laid it out. */
class WgQuickRoundTripTest {
  private static final List<String> HOOKS =
      List.of("echo %i", "ip rule add from 10.0.0.0/8 table 7", "a=b; test \"$a\" = b && [ 1 ]");

  @Property(tries = 300)
  void writtenReadsBackTheSame(@ForAll long seed) throws ConfigException {
    TunnelConfig config = config(new Random(seed));
    String text = WgQuickFile.write(config);
    assertEquals(config, WgQuickFile.parse("x.conf", text));
  }

  @Property(tries = 300)
  void layoutDoesNotMatter(@ForAll long seed) throws ConfigException {
    Random random = new Random(seed);
    String text = WgQuickFile.write(config(random));
    String messy = messy(text, random);
    assertEquals(text, WgQuickFile.write(WgQuickFile.parse("x.conf", messy)), messy);
  }

  /** The same file with other cases, spaces, comments, line ends and lists broken up. */
  private static String messy(String text, Random random) {
    StringBuilder messy = new StringBuilder(random.nextBoolean() ? "\uFEFF" : "");
    String end = random.nextBoolean() ? "\r\n" : "\n";
    for (String line : text.split("\n", -1)) {
      int equals = line.indexOf(" = ");
      String key = equals < 0 ? line : line.substring(0, equals);
      String value = equals < 0 ? "" : line.substring(equals + 3);
      List<String> values = List.of(value);
      if (List.of("Address", "AllowedIPs", "DNS").contains(key) && random.nextBoolean()) {
        values = List.of(value.split(", "));
      }
      for (String one : values) {
        messy.append(" \t".repeat(random.nextInt(2)));
        messy.append(random.nextBoolean() ? key.toUpperCase(Locale.ROOT) : key);
        messy.append(equals < 0 ? "" : random.nextBoolean() ? "=" : "\t =  ").append(one);
        messy.append(random.nextBoolean() ? "" : " # a = comment").append(end);
      }
    }
    return messy.toString();
  }

  private static TunnelConfig config(Random random) {
    Map<PublicKey, PeerConfig> peers = new LinkedHashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      PublicKey key = PublicKey.of(bytes(random));
      peers.put(
          key,
          new PeerConfig(
              key,
              random.nextBoolean() ? PresharedKey.NONE : PresharedKey.of(bytes(random)),
              cidrs(random).stream().map(Cidr::masked).distinct().toList(),
              random.nextBoolean() ? null : endpoint(random),
              random.nextInt(3) == 0 ? random.nextInt(65536) : 0));
    }
    return new TunnelConfig(own(random), new ArrayList<>(peers.values()));
  }

  private static InterfaceConfig own(Random random) {
    return new InterfaceConfig(
        PrivateKey.of(bytes(random)),
        random.nextBoolean() ? 0 : random.nextInt(65536),
        random.nextBoolean() ? 0 : random.nextLong(1L << 32),
        cidrs(random),
        cidrs(random).stream().map(Cidr::address).toList(),
        random.nextBoolean() ? List.of() : List.of("shop.example", "~."),
        random.nextBoolean() ? 0 : random.nextInt(1280, InterfaceConfig.MAX_MTU + 1),
        switch (random.nextInt(3)) {
          case 0 -> RouteTable.AUTO;
          case 1 -> RouteTable.OFF;
          default -> RouteTable.of(random.nextLong(1, 1L << 32));
        },
        new Hooks(hooks(random), hooks(random), hooks(random), hooks(random)),
        random.nextBoolean());
  }

  private static List<String> hooks(Random random) {
    return HOOKS.subList(0, random.nextInt(HOOKS.size() + 1));
  }

  private static List<Cidr> cidrs(Random random) {
    List<Cidr> cidrs = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      IpAddress address = address(random);
      cidrs.add(new Cidr(address, random.nextInt(address.bits() + 1)));
    }
    return cidrs.stream().distinct().toList();
  }

  private static HostPort endpoint(Random random) {
    String host =
        switch (random.nextInt(3)) {
          case 0 -> "hq-1.shop.example";
          case 1 -> "fe80::1%wg0";
          default -> address(random).toString();
        };
    return new HostPort(host, random.nextInt(1, 65536));
  }

  private static IpAddress address(Random random) {
    return random.nextBoolean()
        ? IpAddress.v4(random.nextInt())
        : IpAddress.v6(random.nextLong() << random.nextInt(64), random.nextInt(9));
  }

  private static byte[] bytes(Random random) {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return bytes;
  }
}
