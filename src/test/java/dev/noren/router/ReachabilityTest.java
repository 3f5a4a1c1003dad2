package dev.noren.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.config.RouterConfig;
import dev.noren.config.RouterJson;
import dev.noren.config.RouterTunnel;
import dev.noren.crypto.PresharedKey;
import dev.noren.crypto.PublicKey;
import dev.noren.net.Cidr;
import dev.noren.net.Endpoint;
import dev.noren.status.Reached;
import dev.noren.tunnel.TunnelSnapshot;
import dev.noren.tunnel.TunnelSnapshot.PeerSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a tunnel counts as reached from outside, and for how long that is known. */
class ReachabilityTest {
  private static final String PHONE = "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=";
  private static final String OFFICE = "TrMvSoP4jYQlY6RIzBgbssQqY3vxI2Pi+y71lOWWXX0=";
  private static final List<Cidr> OWN = List.of(Cidr.parse("192.168.77.0/24"));
  private static final Instant NOW = Instant.parse("2026-11-28T08:00:00Z");
  private static final long SECOND_NS = 1_000_000_000L;

  @TempDir private Path state;
  private RouterTunnel tunnel;
  private Reachability reachability;
  private long nowNs;

  @BeforeEach
  void open() throws Exception {
    RouterConfig config =
        RouterJson.read(
            "x",
            """
            {"schema": 1, "tunnels": [{"name": "shop", "addresses": ["10.9.0.1/24"],
              "privateKey": "yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=", "listenPort": 51820,
              "use": {"subnets": ["10.9.0.2/32"]}, "peers": [
              {"name": "phone", "publicKey": "%s", "allowedIps": ["10.9.0.2/32"]},
              {"name": "office", "publicKey": "%s", "allowedIps": ["10.9.0.3/32"],
               "endpoint": "203.0.113.2:51820"}]}]}
            """
                .formatted(PHONE, OFFICE));
    tunnel = config.tunnels().getFirst();
    reachability = new Reachability(state);
  }

  private static PeerSnapshot peer(String key, String endpoint, Instant handshake) {
    return new PeerSnapshot(
        PublicKey.parseBase64(key),
        PresharedKey.NONE,
        Endpoint.parse(endpoint),
        0,
        handshake.getEpochSecond() * SECOND_NS,
        0,
        -1,
        0,
        0,
        List.of());
  }

  private void look(Instant at, PeerSnapshot peer) {
    nowNs += SECOND_NS;
    reachability.look(
        List.of(tunnel),
        Map.of("shop", new TunnelSnapshot(null, 51_820, 0, List.of(peer))),
        OWN,
        at.getEpochSecond() * SECOND_NS,
        nowNs);
  }

  private Instant reachedAt() {
    Reached reached = reachability.of(tunnel, 51_820);
    return reached == null ? null : reached.at();
  }

  @Test
  void whoCallsFromTheInternetProvesIt() {
    look(NOW, peer(PHONE, "192.168.77.5:4000", NOW.minusSeconds(2)));
    assertNull(reachedAt(), "from inside nothing is shown");
    look(NOW, peer(PHONE, "203.0.113.77:4000", NOW.minusSeconds(2)));
    assertEquals(
        new Reached("phone", "203.0.113.77", NOW.minusSeconds(2)), reachability.of(tunnel, 51_820));
    assertNull(reachability.of(tunnel, 51_821), "another port is another way in");
  }

  /** As who comes by an invitation. */
  @Test
  void whoHasNoNameProvesItToo() throws Exception {
    tunnel =
        RouterJson.read(
                "x",
                """
                {"schema": 1, "tunnels": [{"name": "shop", "addresses": ["10.9.0.1/24"],
                  "privateKey": "yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=",
                  "listenPort": 51820, "use": {"subnets": ["10.9.0.2/32"]},
                  "peers": [{"publicKey": "%s", "allowedIps": ["10.9.0.2/32"]}]}]}
                """
                    .formatted(PHONE))
            .tunnels()
            .getFirst();
    look(NOW, peer(PHONE, "203.0.113.77:4000", NOW));
    assertEquals(new Reached(null, "203.0.113.77", NOW), reachability.of(tunnel, 51_820));
  }

  @Test
  void whomTheBoxCallsItselfProvesNothing() {
    look(NOW, peer(OFFICE, "203.0.113.2:51820", NOW));
    assertNull(reachedAt());
  }

  @Test
  void anOldHandshakeProvesNothing() {
    look(NOW, peer(PHONE, "203.0.113.77:4000", NOW.minusSeconds(181)));
    assertNull(reachedAt());
  }

  /** The box's own packets keep the upstream router's way open for this one address. */
  @Test
  void whoHasBeenThereProvesItAnewOnlyAfterALongSilence() {
    look(NOW, peer(PHONE, "203.0.113.77:4000", NOW));
    Instant later = NOW.plusSeconds(120);
    look(later, peer(PHONE, "203.0.113.77:4000", later));
    assertEquals(NOW, reachedAt(), "the same way was held open");
    look(later, peer(PHONE, "203.0.113.88:4000", later));
    assertEquals(later, reachedAt(), "from elsewhere");
    Instant muchLater = later.plusSeconds(601);
    look(muchLater, peer(PHONE, "203.0.113.88:4000", muchLater));
    assertEquals(muchLater, reachedAt(), "after a long silence");
  }

  /** It looks all the time, not only when somebody calls. */
  @Test
  void aWayThatTheBoxHeldOpenProvesNothingAfterItsSessionEither() {
    look(NOW, peer(PHONE, "203.0.113.77:4000", NOW));
    for (int seconds = 10; seconds <= 590; seconds += 10) {
      look(NOW.plusSeconds(seconds), peer(PHONE, "203.0.113.77:4000", NOW));
    }
    Instant later = NOW.plusSeconds(595);
    look(later, peer(PHONE, "203.0.113.77:4000", later));
    assertEquals(NOW, reachedAt());
    for (int seconds = 10; seconds <= 610; seconds += 10) {
      look(later.plusSeconds(seconds), peer(PHONE, "203.0.113.77:4000", later));
    }
    Instant muchLater = later.plusSeconds(620);
    look(muchLater, peer(PHONE, "203.0.113.77:4000", muchLater));
    assertEquals(muchLater, reachedAt());
  }

  @Test
  void aDamagedFileIsNoReasonToStayAway() throws IOException {
    Files.writeString(
        state.resolve("reached"), "shop 51820 9223372036854775807 203.0.113.77 " + PHONE + "\n");
    assertNull(new Reachability(state).of(tunnel, 51_820));
  }

  @Test
  void itOutlivesARestart() throws IOException {
    look(NOW, peer(PHONE, "203.0.113.77:4000", NOW));
    assertTrue(Files.readString(state.resolve("reached")).startsWith("shop 51820 "));
    reachability.close();
    reachability = new Reachability(state);
    assertEquals(new Reached("phone", "203.0.113.77", NOW), reachability.of(tunnel, 51_820));
    Files.writeString(state.resolve("reached"), "shop x y z w\n");
    assertNull(new Reachability(state).of(tunnel, 51_820));
  }

  /** Each is saved at the first one; those who come and go write no more than once an hour. */
  @Test
  void itIsNotWrittenAllTheTime() throws IOException {
    look(NOW, peer(PHONE, "203.0.113.77:4000", NOW));
    String first = Files.readString(state.resolve("reached"));
    look(NOW.plusSeconds(60), peer(PHONE, "203.0.113.78:4000", NOW.plusSeconds(60)));
    assertEquals(first, Files.readString(state.resolve("reached")));
    assertFalse(reachability.isDue(nowNs + 9 * SECOND_NS));
    assertTrue(reachability.isDue(nowNs + 10 * SECOND_NS));
    reachability.close();
    assertTrue(Files.readString(state.resolve("reached")).contains("203.0.113.78"));
  }
}
