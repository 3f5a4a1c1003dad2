package dev.noren.doctor;

import dev.noren.config.RouterConfig.Role;
import dev.noren.config.TunnelName;
import dev.noren.config.TunnelUse.Mode;
import dev.noren.doctor.Load.Delay;
import dev.noren.doctor.Load.LineLoad;
import dev.noren.doctor.Load.Processors;
import dev.noren.doctor.Outside.Web;
import dev.noren.doctor.Sight.Knock;
import dev.noren.doctor.Tightness.Ipv6;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import dev.noren.status.Echoes;
import dev.noren.status.Origin;
import dev.noren.status.RouterStatus;
import dev.noren.status.RouterStatus.Lan;
import dev.noren.status.RouterStatus.Line;
import dev.noren.status.RouterStatus.Peer;
import dev.noren.status.RouterStatus.Service;
import dev.noren.status.RouterStatus.Tunnel;
import dev.noren.status.Statuses;
import dev.noren.status.Traffic;
import dev.noren.text.Sentence;
import java.util.ArrayList;
import java.util.List;

/** A healthy shop router with one tunnel, of which a test changes what it is about. */
final class Case {
  static final String KEY = "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=";
  static final String OWN_KEY = "TrMvSoP4jYQlY6RIzBgbssQqY3vxI2Pi+y71lOWWXX0=";
  static final IpAddress FAR = IpAddress.parse("198.51.100.7");
  static final IpAddress GATEWAY = IpAddress.parse("192.0.2.1");
  static final IpAddress SERVER = IpAddress.parse("192.0.2.53");

  boolean settled = true;
  boolean cable = true;
  Role role = Role.ROUTER;
  final List<Line> lines = new ArrayList<>(List.of(line(0, "192.0.2.2/29", true, true)));
  Cidr lan = Cidr.parse("10.23.45.1/24");
  final List<Service> services = new ArrayList<>();
  final List<Sentence> problems = new ArrayList<>();
  boolean up = true;
  String peerName = "hq office";
  String endpoint = "198.51.100.7:51820";
  boolean callsIn;
  Long handshakeAge = 12L;
  Long dataAge = 3L;
  long unanswered;
  String far = "10.50.0.0/16";
  Origin origin = Origin.OUTSIDE;

  Boolean gatewayAnswers = true;
  Boolean namesAnswer = true;
  Web web = Web.OPEN;
  String portal;
  Long clockOff = 0L;

  final List<UnknownName> names = new ArrayList<>();
  Event badResponses = Event.NEVER;
  Event oldCalls = Event.NEVER;
  Event answered = Event.NEVER;
  Event foreign = Event.NEVER;
  String foreignSource;
  String ownKey = OWN_KEY;
  long oneWay;
  Knock knock = Knock.SILENT;
  Boolean hostAnswers = true;
  boolean largeLost;
  boolean narrowed;

  Event unknownKeys = Event.NEVER;
  String keyHash = "0a1b2c3d";
  IpAddress unknownFrom;
  Event otherKey = Event.NEVER;
  IpAddress otherFrom;
  Event noWireGuard = Event.NEVER;
  IpAddress noWireGuardFrom;

  int echoesLost;
  Long echoTime = 9_000L;
  final List<Refusal> refusals = new ArrayList<>();

  /** The tunnel takes everything, and has no kill switch. */
  boolean open;

  /** For whom the kill switch is promised, or null. */
  Sentence promised;

  /** There is no tunnel. */
  boolean alone;

  /** Nobody is asked for echoes. */
  boolean unasked;

  Long latelyTime = 9_500L;
  Long usualTime = 9_000L;
  Processors processors = new Processors(4, "2", 30, 5, 20, 25, 10);
  LineLoad lineLoad = new LineLoad("eth0", 400_000, 60_000, 6_000_000, 1_500_000);
  final List<Cut> cuts = new ArrayList<>();
  Tightness tightness =
      new Tightness(List.of(SERVER), false, List.of(), new Ipv6(Ipv6.Way.NONE, null, null));

  static Line line(int number, String address, boolean cable, boolean healthy) {
    return new Line(
        number,
        "eth" + number,
        "dhcp",
        address == null ? null : Cidr.parse(address),
        address == null ? null : GATEWAY,
        List.of(),
        cable,
        healthy,
        null,
        Traffic.total(0, 0));
  }

  /** The tunnel was cut so often, each time for the same, at so many seconds from another. */
  void cut(int times, Cut.Cause cause, long apartSeconds) {
    for (int i = times; i > 0; i--) {
      cuts.add(new Cut("hq", KEY, cause, i * apartSeconds, 12));
    }
  }

  /** The far end is called in vain. */
  void silentFor(long seconds) {
    unanswered = seconds;
    handshakeAge = null;
    dataAge = null;
  }

  /** It is one that only calls in, and has not. */
  void waiting() {
    callsIn = true;
    endpoint = null;
    handshakeAge = null;
    dataAge = null;
    origin = null;
  }

  Observations made() {
    return new Observations(
        status(),
        settled,
        new Outside(GATEWAY, gatewayAnswers, List.of(SERVER), namesAnswer, web, portal, clockOff),
        names,
        List.of(
            new Sight(
                "hq",
                KEY,
                ownKey,
                badResponses,
                oldCalls,
                90_000,
                answered,
                foreign,
                foreignSource,
                oneWay,
                knock,
                hostAnswers,
                largeLost,
                narrowed)),
        List.of(
            new Strangers(
                "hq",
                unknownKeys,
                keyHash,
                unknownFrom,
                otherKey,
                otherFrom,
                noWireGuard,
                noWireGuardFrom)),
        unasked
            ? List.of()
            : List.of(
                new Echoes(
                    "hq", KEY, IpAddress.parse("10.9.0.1"), 20, echoesLost, echoTime, false)),
        refusals,
        new Load(processors, lineLoad, List.of(new Delay("hq", KEY, latelyTime, usualTime))),
        new Cuts(90_000, cuts),
        tightness);
  }

  RouterStatus status() {
    RouterStatus full = Statuses.FULL;
    Peer peer =
        new Peer(
            peerName,
            KEY,
            endpoint,
            callsIn,
            handshakeAge,
            dataAge,
            unanswered,
            Traffic.total(0, 0),
            callsIn ? 0 : 25,
            List.of(Cidr.parse(far)),
            origin);
    return new RouterStatus(
        full.at(),
        full.since(),
        full.uptimeMs(),
        "shop-1",
        full.config(),
        role,
        true,
        null,
        problems,
        cable,
        lines,
        lan == null ? null : new Lan("br-lan", List.of("eth1"), lan, null, null, null),
        full.page(),
        List.of(),
        alone ? List.of() : List.of(tunnel(peer)),
        services,
        List.of(),
        List.of(),
        full.condition());
  }

  private Tunnel tunnel(Peer peer) {
    return new Tunnel(
        new TunnelName("hq"),
        up,
        open ? Mode.FULL : Mode.SPLIT,
        !open,
        promised,
        1420,
        51820,
        List.of(Cidr.parse("10.9.0.2/32")),
        List.of(peer),
        null);
  }
}
