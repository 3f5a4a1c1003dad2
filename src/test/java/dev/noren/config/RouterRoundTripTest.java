package dev.noren.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.noren.config.Access.Group;
import dev.noren.config.Access.Person;
import dev.noren.config.AccessRule.Target;
import dev.noren.config.AccessRule.Who;
import dev.noren.config.Form.Extent;
import dev.noren.config.LanConfig.Reservation;
import dev.noren.config.Pairing.Decision;
import dev.noren.config.Pairing.Side;
import dev.noren.config.RouterConfig.LogConfig;
import dev.noren.config.RouterConfig.Ports;
import dev.noren.config.RouterConfig.Role;
import dev.noren.config.RouterTunnel.Peer;
import dev.noren.config.VdiForm.Desk;
import dev.noren.config.WanConfig.Dhcp;
import dev.noren.config.WanConfig.Ipv6;
import dev.noren.config.WanConfig.Pppoe;
import dev.noren.config.WanConfig.Static;
import dev.noren.crypto.PresharedKey;
import dev.noren.crypto.PrivateKey;
import dev.noren.crypto.PublicKey;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import dev.noren.text.Language;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What is written reads back the same. */
class RouterRoundTripTest {
  @Property(tries = 200)
  void writtenReadsBackTheSame(@ForAll long seed) throws ConfigException {
    RouterConfig config = config(new Random(seed));
    assertEquals(config, RouterJson.read("x.json", RouterJson.write(config)));
  }

  private static RouterConfig config(Random random) {
    int lines = random.nextInt(3);
    boolean ports = random.nextBoolean();
    LanConfig lan = lan(random);
    return new RouterConfig(
        "shop-" + random.nextInt(9),
        random.nextBoolean() ? Role.ROUTER : Role.AUTO,
        ports
            ? new Ports(List.of("eth0", "eth1"), List.of("br0"))
            : new Ports(List.of(), List.of()),
        IntStream.range(0, lines).mapToObj(i -> wan(random, i)).toList(),
        lan,
        new DnsConfig(
            random.nextBoolean(),
            some(random, i -> IpAddress.v6(0x20010db8L << 32, i)),
            some(
                random,
                i ->
                    new DnsConfig.DomainServer(
                        "d" + i + ".example", IpAddress.v4(0x0b000000 + i)))),
        some(random, i -> tunnel(random, i, lan)),
        forms(random),
        access(random),
        new LogConfig(
            random.nextBoolean(),
            random.nextBoolean() ? null : new HostPort("log.example", 514),
            random.nextInt(1, 3651)),
        random.nextBoolean()
            ? LedConfig.ALWAYS
            : new LedConfig(
                LocalTime.of(random.nextInt(12, 24), random.nextInt(60)),
                LocalTime.of(random.nextInt(12), random.nextInt(60))),
        metrics(random),
        new UpdateConfig(
            random.nextBoolean(),
            random.nextBoolean() ? UpdateConfig.Install.ASK : UpdateConfig.Install.NIGHT),
        notices(random));
  }

  private static NoticesConfig notices(Random random) {
    boolean signedIn = random.nextBoolean();
    boolean secure = random.nextBoolean();
    return new NoticesConfig(
        random.nextBoolean() ? Language.ENGLISH : Language.JAPANESE,
        random.nextBoolean()
            ? null
            : new NoticesConfig.Mail(
                "owner@shop.example",
                random.nextBoolean() ? null : "box@shop.example",
                random.nextBoolean() ? "smtp.example.com" : "2001:db8::25",
                random.nextInt(3),
                signedIn
                    ? NoticesConfig.Security.STARTTLS
                    : List.copyOf(EnumSet.allOf(NoticesConfig.Security.class))
                        .get(random.nextInt(3)),
                signedIn ? "owner" : null,
                signedIn ? "\"q\\ %d#".formatted(random.nextInt()) : null),
        random.nextBoolean()
            ? null
            : new NoticesConfig.Webhook(
                WebAddress.parse(
                    (secure ? "https" : "http")
                        + List.of("://h.example", "://[2001:db8::7]:8443/a?b=c&d=%20", "://h:80/~")
                            .get(random.nextInt(3))),
                secure && random.nextBoolean() ? "%032x==".formatted(random.nextLong()) : null),
        random.nextBoolean()
            ? NoticesConfig.OFF.events()
            : Set.copyOf(
                some(random, i -> List.copyOf(EnumSet.allOf(NoticesConfig.Event.class)).get(i))));
  }

  private static MetricsConfig metrics(Random random) {
    return new MetricsConfig(
        random.nextBoolean(),
        random.nextBoolean(),
        List.of(),
        random.nextBoolean() ? null : "%032x==".formatted(random.nextLong()));
  }

  private static WanConfig wan(Random random, int index) {
    WanConfig.Method method =
        switch (random.nextInt(3)) {
          case 0 -> new Dhcp();
          case 1 ->
              new Static(
                  Cidr.parse("192.0.2." + (8 * index + 2) + "/29"),
                  IpAddress.parse("192.0.2." + (8 * index + 1)),
                  some(random, i -> IpAddress.v4(0x0b000000 + i)));
          default -> new Pppoe("u\"\\" + index, printable(random));
        };
    return new WanConfig("eth" + index, method, random.nextBoolean() ? Ipv6.AUTO : Ipv6.OFF);
  }

  private static String printable(Random random) {
    return random
        .ints(random.nextInt(1, 43), ' ', '~' + 1)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static LanConfig lan(Random random) {
    Boolean on = random.nextBoolean() ? null : (Boolean) random.nextBoolean();
    if (random.nextInt(3) == 0) {
      return new LanConfig(null, new DhcpConfig(on, null, null, 720), List.of());
    }
    boolean range = random.nextBoolean();
    return new LanConfig(
        Cidr.parse("10.1.2.1/24"),
        new DhcpConfig(
            on,
            range ? IpAddress.parse("10.1.2.50") : null,
            range ? IpAddress.parse("10.1.2.99") : null,
            random.nextInt(2, 1000)),
        some(
            random,
            i ->
                new Reservation(
                    new MacAddress("02:00:00:00:00:0" + i),
                    IpAddress.parse("10.1.2.1" + i),
                    random.nextBoolean() ? null : "till-" + i,
                    random.nextBoolean())));
  }

  private static RouterTunnel tunnel(Random random, int index, LanConfig lan) {
    List<Peer> peers = some(random, i -> peer(random, index * 10 + i));
    List<Cidr> allowed = peers.stream().flatMap(p -> p.config().allowedIps().stream()).toList();
    int port = random.nextBoolean() ? 0 : 1000 * index + 1000 + random.nextInt(500);
    List<String> devices =
        index > 0
            ? List.of()
            : lan.reservations().stream()
                .map(r -> r.name() == null ? r.mac().text() : r.name())
                .toList();
    return new RouterTunnel(
        new TunnelName("wg" + index),
        PrivateKey.of(bytes(random)),
        port,
        port == 0 ? List.of() : some(random, i -> 1000 * index + 1500 + i),
        List.of(Cidr.parse("10.9." + index + ".1/24"), Cidr.parse("fd00::" + (index + 1) + "/64")),
        random.nextBoolean() ? 0 : random.nextInt(1280, 1500),
        peers,
        new TunnelUse(
            TunnelUse.Mode.SPLIT,
            devices,
            allowed,
            some(random, i -> "t" + index + "-" + i + ".example"),
            List.of(),
            some(random, i -> Cidr.parse("203.0.113." + i + "/32")),
            some(random, i -> "bank" + i + ".example")),
        random.nextBoolean(),
        random.nextBoolean());
  }

  private static Peer peer(Random random, int index) {
    return new Peer(
        random.nextBoolean() ? null : "暖簾 " + index,
        new PeerConfig(
            PublicKey.of(bytes(random)),
            random.nextBoolean() ? PresharedKey.NONE : PresharedKey.of(bytes(random)),
            some(random, i -> Cidr.parse("172." + (16 + i) + "." + index + ".0/24")),
            random.nextBoolean() ? null : HostPort.parse("[2001:db8::7]:51820"),
            random.nextInt(65536)));
  }

  private static List<Form> forms(Random random) {
    return List.of(
        new SiteForm(
            new TunnelName("site"),
            gateway(random, 0),
            random.nextBoolean() ? null : Cidr.parse("10.64.0.0/24"),
            random.nextBoolean(),
            some(random, i -> shop(random, i)),
            random.nextBoolean() ? null : pairing(random, 0)),
        new RemoteForm(
            new TunnelName("remote"),
            gateway(random, 1),
            random.nextBoolean() ? Extent.FULL : Extent.SPLIT,
            some(random, i -> device(random, 1, i))),
        new VdiForm(
            new TunnelName("vdi"),
            gateway(random, 2),
            some(
                random,
                i ->
                    new Desk(
                        "desk " + i,
                        IpAddress.v4(0x0a010205 + i),
                        List.of(Service.parse("tcp/3389"), Service.parse("udp/1-65535")))),
            some(random, i -> device(random, 2, i))),
        new BundleForm(
            new TunnelName("bundle"),
            gateway(random, 3),
            random.nextBoolean() ? null : Cidr.parse("10.64.3.0/24"),
            Extent.SPLIT,
            random.nextBoolean() ? null : shop(random, 9),
            some(random, i -> device(random, 3, i)),
            random.nextBoolean() ? null : pairing(random, 3)),
        new CloudForm(
            tunnel(random, 8, new LanConfig(null, RouterConfig.DEFAULT.lan().dhcp(), List.of())),
            random.nextBoolean() ? null : "雲",
            random.nextBoolean() ? null : "JP"));
  }

  private static Pairing pairing(Random random, int index) {
    boolean invites = random.nextBoolean();
    boolean heard = random.nextBoolean();
    String network = "10.30." + index + ".";
    return new Pairing(
        invites ? Side.INVITES : Side.JOINS,
        "0123456789abcdef",
        PublicKey.of(bytes(random)),
        invites ? null : PrivateKey.of(bytes(random)),
        PresharedKey.of(bytes(random)),
        invites ? null : Cidr.parse(network + "200/24"),
        IpAddress.parse(network + "201"),
        invites ? IpAddress.parse(network + "202") : null,
        some(random, i -> new HostPort("far" + i + ".example", 51_820)),
        Instant.ofEpochSecond(random.nextInt(1 << 30)),
        random.nextBoolean() ? null : "店",
        heard ? "{\"name\":\"x\"}" : null,
        heard ? "{\"nonce\":\"y\"}" : null,
        heard && invites ? "01".repeat(32) : null,
        heard ? List.of(Decision.values()).get(random.nextInt(3)) : Decision.OPEN);
  }

  private static Gateway gateway(Random random, int index) {
    int port = random.nextBoolean() ? 0 : 40_000 + index;
    return new Gateway(
        PrivateKey.of(bytes(random)),
        port,
        port == 0 ? List.of() : some(random, i -> 41_000 + 10 * index + i),
        List.of(Cidr.parse("10.30." + index + ".1/24")),
        some(random, i -> new HostPort("shop" + i + ".example", 51_820)),
        random.nextBoolean() ? 0 : random.nextInt(1280, 1500),
        random.nextInt(300));
  }

  private static Shop shop(Random random, int index) {
    boolean mapped = random.nextBoolean();
    boolean named = random.nextBoolean();
    return new Shop(
        "店 " + index,
        PublicKey.of(bytes(random)),
        random.nextBoolean() ? PresharedKey.NONE : PresharedKey.of(bytes(random)),
        random.nextBoolean() ? null : IpAddress.parse("10.31.0." + index),
        random.nextBoolean() ? null : HostPort.parse("[2001:db8::7]:51820"),
        List.of(Cidr.parse("10.40." + index + ".0/24")),
        mapped ? List.of(Cidr.parse("10.41." + index + ".0/24")) : List.of(),
        mapped && random.nextBoolean(),
        named ? "shop" + index + ".example" : null,
        named ? IpAddress.parse("10.40." + index + ".53") : null,
        random.nextBoolean(),
        random.nextInt(65_536));
  }

  private static Device device(Random random, int form, int index) {
    boolean outside = random.nextBoolean();
    return new Device(
        "device " + form + index,
        null,
        PublicKey.of(bytes(random)),
        PresharedKey.NONE,
        List.of(IpAddress.parse("10.30." + form + "." + (2 + index))),
        outside || random.nextBoolean() ? LocalDate.ofEpochDay(random.nextInt(30_000)) : null,
        outside,
        random.nextBoolean(),
        random.nextBoolean());
  }

  private static Access access(Random random) {
    return new Access(
        List.of(
            new Person("Aki", List.of("g0"), random.nextBoolean() ? null : "A".repeat(32)),
            new Person("Ken", List.of(), null)),
        List.of(new Group("g0", random.nextBoolean(), random.nextInt(1, 169))),
        some(
            random,
            i ->
                new AccessRule(
                    "rule " + i,
                    List.of(Who.parse("group:g0"), Who.parse("form:vdi")),
                    List.of(Target.of(Cidr.parse("10.1.2.7/32"))),
                    some(random, j -> Service.parse("tcp/" + (80 + j))))),
        random.nextBoolean() ? List.of() : List.of(new TunnelName("vdi")));
  }

  private static <T> List<T> some(Random random, IntFunction<T> maker) {
    List<T> made = new ArrayList<>();
    for (int i = 0; i < random.nextInt(4); i++) {
      made.add(maker.apply(i));
    }
    return made.stream().distinct().toList();
  }

  private static byte[] bytes(Random random) {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return bytes;
  }
}
