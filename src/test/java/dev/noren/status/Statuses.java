package dev.noren.status;

import dev.noren.config.MacAddress;
import dev.noren.config.RouterConfig.Role;
import dev.noren.config.TunnelName;
import dev.noren.config.TunnelUse.Mode;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import dev.noren.status.Carried.Way;
import dev.noren.status.RouterStatus.Config;
import dev.noren.status.RouterStatus.Lan;
import dev.noren.status.RouterStatus.Lease;
import dev.noren.status.RouterStatus.Line;
import dev.noren.status.RouterStatus.Page;
import dev.noren.status.RouterStatus.Peer;
import dev.noren.status.RouterStatus.Pending;
import dev.noren.status.RouterStatus.Rule;
import dev.noren.status.RouterStatus.Service;
import dev.noren.status.RouterStatus.StaticRoute;
import dev.noren.status.RouterStatus.Tunnel;
import dev.noren.status.TrafficDay.Series;
import dev.noren.status.Trend.Quality;
import dev.noren.text.Sentence;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;

/** Snapshots for tests. */
public final class Statuses {
  public static final Instant AT = Instant.parse("2026-10-05T08:00:00Z");

  /** One with something in every field. */
  public static final RouterStatus FULL = full(7_200_000, 5_000_000, 100);

  /** What a new box beside a router has. */
  public static final RouterStatus UNCLAIMED =
      new RouterStatus(
          AT,
          AT,
          0,
          "noren",
          new Config(0, AT, "nobody", "nothing was saved yet"),
          Role.BESIDE,
          false,
          null,
          List.of(),
          true,
          List.of(new Line(0, "eth0", "dhcp", null, null, List.of(), true, false, null, total(0))),
          null,
          new Page(null, List.of()),
          List.of(),
          List.of(),
          List.of(),
          List.of(new Rule("input_dropped", Sentence.plain("refused on the way in"), 0, 0)),
          List.of(),
          new Condition(Health.SETUP, AT, null));

  /** A day of which the second half is known, with a busy hour. */
  public static final TrafficDay DAY =
      new TrafficDay(
          AT.minusSeconds(86_400),
          300,
          List.of(series("line", "eth0", 1), series("tunnel", "hq", 2)));

  /** Ninety days of which the last hour but one is known, and half of the last. */
  public static final Trend TREND =
      new Trend(
          new TrafficDay(
              AT.minusSeconds(2_160 * 3_600L),
              3_600,
              List.of(hours(Series.LINE, "eth0", 1), hours(Series.TUNNEL, "hq", 2))),
          List.of(new Quality(Way.tunnel("hq"), last(Trend.UNKNOWN, 2L), last(25_000L, 23_400L))));

  /** How the first far end answers. */
  public static final List<Echoes> ECHOES =
      List.of(
          new Echoes(
              "hq",
              "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=",
              IpAddress.parse("10.9.0.1"),
              20,
              1,
              23_400L,
              false));

  private Statuses() {}

  private static Series series(String kind, String name, int part) {
    List<Long> received =
        LongStream.range(0, 288)
            .mapToObj(i -> i < 144 ? TrafficDay.UNKNOWN : (i / 12 == 20 ? 900_000L : 1_000) / part)
            .toList();
    List<Long> sent = received.stream().map(each -> each < 0 ? each : (Long) (each / 4)).toList();
    return new Series(
        kind, name, 3_000_000_000L / part, 700_000_000L / part, 43_200, received, sent);
  }

  private static Series hours(String kind, String name, int part) {
    return new Series(
        kind,
        name,
        7_200_000_000L / part,
        1_800_000_000L / part,
        5_400,
        last(1_000_000L / part, 2_000_000L / part),
        last(250_000L / part, 500_000L / part));
  }

  private static List<Long> last(long one, long other) {
    return LongStream.range(0, 2_160)
        .mapToObj(i -> i == 2_158 ? (Long) one : i == 2_159 ? (Long) other : Trend.UNKNOWN)
        .toList();
  }

  private static Traffic total(long bytes) {
    return Traffic.total(bytes, bytes / 2);
  }

  public static RouterStatus full(long uptimeMs, long lineBytes, long peerBytes) {
    return new RouterStatus(
        AT,
        AT.minusMillis(uptimeMs),
        uptimeMs,
        "shop-1",
        new Config(8, AT.minusSeconds(300), "root (local): akira, ssh from 192.0.2.9", "name"),
        Role.ROUTER,
        true,
        new Pending("lan.address", "root (local)", AT.plusSeconds(73), 73),
        List.of(
            Sentence.plain(
                "the line eth2 has given no address for half an hour: look at its cable, and"
                    + " whether the modem is on"),
            Sentence.plain("the tunnel hq has had no handshake")),
        true,
        List.of(
            new Line(
                0,
                "eth0",
                "static",
                Cidr.parse("192.0.2.2/29"),
                IpAddress.parse("192.0.2.1"),
                List.of(IpAddress.parse("198.51.100.53"), IpAddress.parse("2001:db8::53")),
                true,
                true,
                AT.minusSeconds(7_100),
                total(lineBytes)),
            new Line(
                1,
                "eth2",
                "pppoe",
                null,
                null,
                List.of(),
                false,
                false,
                AT.minusSeconds(1_800),
                total(0))),
        new Lan(
            "br-lan",
            List.of("eth1", "eth3"),
            Cidr.parse("10.23.45.1/24"),
            Cidr.parse("2001:db8:1::1/64"),
            IpAddress.parse("10.23.45.100"),
            IpAddress.parse("10.23.45.199")),
        new Page(
            "noren-2.local",
            List.of(IpAddress.parse("10.23.45.1"), IpAddress.parse("2001:db8:1::1"))),
        List.of(
            new Lease(
                MacAddress.parse("02:00:00:00:00:01"),
                IpAddress.parse("10.23.45.10"),
                "till",
                AT.plusSeconds(3_600),
                AT.minusSeconds(60)),
            new Lease(
                MacAddress.parse("02:00:00:00:00:02"),
                IpAddress.parse("10.23.45.111"),
                null,
                null,
                null)),
        List.of(
            new Tunnel(
                new TunnelName("hq"),
                true,
                Mode.FULL,
                true,
                Sentence.plain("every device that has this box as its gateway, and the box itself"),
                1420,
                51820,
                List.of(Cidr.parse("10.9.0.2/32"), Cidr.parse("fd00:9::2/128")),
                List.of(
                    new Peer(
                        "本社 office",
                        "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=",
                        "198.51.100.7:51820",
                        false,
                        12L,
                        3L,
                        0,
                        total(peerBytes),
                        25,
                        List.of(Cidr.parse("0.0.0.0/0"), Cidr.parse("::/0")),
                        Origin.OUTSIDE),
                    new Peer(
                        null,
                        "TrMvSoP4jYQlY6RIzBgbssQqY3vxI2Pi+y71lOWWXX0=",
                        null,
                        true,
                        null,
                        null,
                        0,
                        total(0),
                        0,
                        List.of(),
                        null)),
                new Reached("本社 office", "198.51.100.7", AT.minusSeconds(3_600)))),
        List.of(
            new Service("dnsmasq", AT.minusSeconds(7_190), 1, "caught SIGTERM"),
            new Service("pppd-eth2", null, 31, "Timeout waiting for PADO packets")),
        List.of(
            new Rule(
                "killswitch_hq", Sentence.plain("kept from going round the tunnel hq"), 12, 3_000),
            new Rule("input_dropped", Sentence.plain("refused on the way in"), 1, 60),
            new Rule(
                "dns_forced", Sentence.plain("questions for names brought to this box"), 0, 0)),
        List.of(new StaticRoute(Cidr.parse("10.77.0.0/16"), IpAddress.parse("192.168.1.50"))),
        new Condition(Health.UP, AT.minusSeconds(7_000), null));
  }

  /** The same with other problems and tunnels. */
  public static RouterStatus with(
      RouterStatus status, List<Sentence> problems, List<Tunnel> tunnels) {
    return new RouterStatus(
        status.at(),
        status.since(),
        status.uptimeMs(),
        status.name(),
        status.config(),
        status.role(),
        status.claimed(),
        status.pending(),
        problems,
        status.cable(),
        status.lines(),
        status.lan(),
        status.page(),
        status.leases(),
        tunnels,
        status.services(),
        status.rules(),
        status.routesToTell(),
        status.condition());
  }

  /** The same router in another condition. */
  public static RouterStatus in(RouterStatus status, Condition condition) {
    return new RouterStatus(
        status.at(),
        status.since(),
        status.uptimeMs(),
        status.name(),
        status.config(),
        status.role(),
        status.claimed(),
        status.pending(),
        status.problems(),
        status.cable(),
        status.lines(),
        status.lan(),
        status.page(),
        status.leases(),
        status.tunnels(),
        status.services(),
        status.rules(),
        status.routesToTell(),
        condition);
  }

  /** A tunnel of other traffic, with its kill switch on or off. */
  public static Tunnel tunnel(Tunnel tunnel, Mode mode, boolean killSwitch) {
    return new Tunnel(
        tunnel.name(),
        tunnel.up(),
        mode,
        killSwitch,
        killSwitch ? tunnel.promisedFor() : null,
        tunnel.mtuBytes(),
        tunnel.listenPort(),
        tunnel.addresses(),
        tunnel.peers(),
        tunnel.reached());
  }
}
