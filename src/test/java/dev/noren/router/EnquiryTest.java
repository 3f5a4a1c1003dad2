package dev.noren.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.crypto.PublicKey;
import dev.noren.net.Endpoint;
import dev.noren.net.IpAddress;
import dev.noren.plan.Marks;
import dev.noren.plan.RouterCases;
import dev.noren.plan.RouterPlan;
import dev.noren.plan.TunnelPlan;
import dev.noren.probe.FarEchoes.Target;
import dev.noren.router.Questions.Asked;
import dev.noren.router.Questions.Inner;
import dev.noren.status.RouterStatus;
import dev.noren.tunnel.TunnelSnapshot;
import dev.noren.tunnel.TunnelSnapshot.PeerSnapshot;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two tunnels, hq and vpn, of which the second takes everything and has a kill switch. */
class EnquiryTest {
  private static final long IN_VAIN_NS = TimeUnit.SECONDS.toNanos(RouterStatus.Peer.TRYING_SECONDS);

  private static final IpAddress HOST = IpAddress.parse("10.8.0.1");

  private final Map<String, TunnelSnapshot> snapshots = new HashMap<>();
  private RouterPlan plan;

  @BeforeEach
  void plan() throws Exception {
    plan = RouterCases.of("two-tunnels").plan();
    answers("hq", "198.51.100.9:51820", 100, 0);
    answers("vpn", "198.51.100.7:51820", 100, 0);
  }

  private TunnelPlan tunnel(String name) {
    return plan.tunnels().stream()
        .filter(each -> each.device().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private PublicKey key(String tunnel) {
    return tunnel(tunnel).config().peers().getFirst().config().publicKey();
  }

  private void answers(String tunnel, String at, long handshakeUnixNs, long unansweredNs) {
    answers(tunnel, at, handshakeUnixNs, unansweredNs, -1);
  }

  private void answers(
      String tunnel, String at, long handshakeUnixNs, long unansweredNs, long dataAgeNs) {
    PeerSnapshot peer =
        new PeerSnapshot(
            key(tunnel),
            null,
            at == null ? null : Endpoint.parse(at),
            0,
            handshakeUnixNs,
            unansweredNs,
            dataAgeNs,
            0,
            0,
            List.of());
    snapshots.put(tunnel, new TunnelSnapshot(null, 51820, 0, List.of(peer)));
  }

  private Asked asked() {
    return asked(false);
  }

  private Asked asked(boolean namesSilent) {
    FarNames names =
        new FarNames(
            (host, servers) -> {
              throw new IOException("nobody");
            },
            () -> 0,
            () -> {});
    FarAnswers.Asked inner =
        new FarAnswers.Asked(
            "vpn", key("vpn").toString(), new Target(HOST, Marks.ofTunnel(tunnel("vpn").number())));
    return new Enquiry(() -> plan, () -> snapshots, names, () -> List.of(inner)).asked(namesSilent);
  }

  @Test
  void whileTunnelsAreUpNoFarEndIsAskedBesideThem() {
    assertEquals(Set.of(), asked().farEnds());
    assertEquals(IpAddress.parse("203.0.113.1"), asked().gateway());
  }

  @Test
  void aFarEndIsAskedWhereItIsCalledInVainAndNoSooner() {
    answers("vpn", "198.51.100.7:51820", 100, IN_VAIN_NS - 1);
    assertEquals(Set.of(), asked().farEnds());
    answers("vpn", "198.51.100.7:51820", 100, IN_VAIN_NS);
    assertEquals(Set.of(Endpoint.parse("198.51.100.7:51820")), asked().farEnds());
    answers("vpn", null, 100, IN_VAIN_NS);
    assertEquals(Set.of(), asked().farEnds());
  }

  @Test
  void whereNoNameServerAnswersAQuietFarEndIsAskedToo() {
    answers("hq", "198.51.100.9:51820", 100, 0, 0);
    answers("vpn", "198.51.100.7:51820", 100, 0, TimeUnit.SECONDS.toNanos(11));
    assertEquals(Set.of(Endpoint.parse("198.51.100.7:51820")), asked(true).farEnds());
    assertEquals(Set.of(), asked(false).farEnds());
  }

  @Test
  void whereEverythingGoesThroughATunnelNoPageIsAskedFor() {
    assertFalse(asked().page());
  }

  @Test
  void whereOnlySomeTrafficDoesThePageIsAskedFor() throws Exception {
    plan = RouterCases.of("beside-split").plan();
    snapshots.clear();
    FarNames names = new FarNames((host, servers) -> null, () -> 0, () -> {});
    assertTrue(new Enquiry(() -> plan, () -> snapshots, names, List::of).asked(false).page());
  }

  @Test
  void hostsBehindATunnelAreAskedOnceItsEndsHaveShakenHands() {
    TunnelPlan vpn = tunnel("vpn");
    Inner host = new Inner(HOST, Marks.ofTunnel(vpn.number()), vpn.mtuBytes());
    assertEquals(List.of(host), asked().inner());
    answers("vpn", "198.51.100.7:51820", 0, 0);
    assertEquals(List.of(), asked().inner());
    answers("vpn", "198.51.100.7:51820", 100, IN_VAIN_NS);
    assertEquals(List.of(), asked().inner());
  }
}
