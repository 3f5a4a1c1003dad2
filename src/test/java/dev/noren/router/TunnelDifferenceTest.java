package dev.noren.router;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.noren.config.ConfigException;
import dev.noren.config.RouterConfig;
import dev.noren.config.RouterJson;
import dev.noren.crypto.PrivateKey;
import dev.noren.crypto.PublicKey;
import dev.noren.net.Endpoint;
import dev.noren.net.IpAddress;
import dev.noren.plan.TunnelPlan;
import dev.noren.tunnel.TunnelChange;
import dev.noren.tunnel.TunnelChange.PeerChange;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Where a peer's packets go to after another plan. */
class TunnelDifferenceTest {
  private static final PrivateKey OWN = PrivateKey.generate(new Random(1));
  private static final PublicKey PEER = PrivateKey.generate(new Random(2)).publicKey();
  private static final String A = "192.0.2.1";
  private static final String B = "192.0.2.2";
  private static final String C = "2001:db8::1";

  private static TunnelPlan plan(String endpoint, int keepaliveSeconds, String... known)
      throws ConfigException {
    RouterConfig config =
        RouterJson.read(
            "the test",
            """
            {"schema": 1, "tunnels": [{"name": "hq", "privateKey": "%s",
              "addresses": ["10.9.0.2/32"], "peers": [{"publicKey": "%s", "endpoint": "%s",
              "allowedIps": ["10.50.0.0/16"], "keepaliveSeconds": %d}],
              "use": {"mode": "split", "subnets": ["10.50.0.0/16"]}}]}
            """
                .formatted(OWN.toBase64(), PEER, endpoint, keepaliveSeconds));
    List<IpAddress> addresses = Stream.of(known).map(IpAddress::parse).toList();
    return new TunnelPlan(config.tunnels().getFirst(), 1, 1420, Map.of("vpn.example", addresses));
  }

  private static TunnelPlan named(String... known) throws ConfigException {
    return plan("vpn.example:51820", 0, known);
  }

  /** Where the peer is moved to, or that it is not. */
  private static String moved(TunnelPlan before, String inUse, TunnelPlan after) {
    Map<PublicKey, Endpoint> there = new HashMap<>();
    if (inUse != null) {
      there.put(PEER, Endpoint.of(IpAddress.parse(inUse), 51820));
    }
    TunnelChange change = TunnelDifference.between(before, there, after);
    if (change.peers().isEmpty()) {
      return "untouched";
    }
    PeerChange peer = change.peers().getFirst();
    return peer.endpoint() == null ? "stays" : peer.endpoint().address().toString();
  }

  @Test
  void aNewPeerGoesToTheFirstAddress() throws ConfigException {
    assertEquals(A, moved(null, null, named(A, B)));
    assertEquals("stays", moved(null, null, named()), "there is none yet");
    assertEquals(A, moved(named(), null, named(A, B)));
  }

  @Test
  void whatIsInUseStaysWhileItIsOneOfTheRightOnes() throws ConfigException {
    assertEquals("untouched", moved(named(A, B), A, named(B, A)));
    assertEquals("untouched", moved(named(A, C), C, named(A, B, C)));
    assertEquals("stays", moved(named(A, C), C, plan("vpn.example:51820", 9, A, C)));
  }

  @Test
  void whatIsNotRightAnyMoreIsLeft() throws ConfigException {
    assertEquals(B, moved(named(A), A, named(B)));
    assertEquals(A, moved(named(A, C), C, named(A)));
    assertEquals(A, moved(named(C), C, plan("192.0.2.1:51820", 0)));
  }

  @Test
  void aPeerThatRoamedKnowsBest() throws ConfigException {
    assertEquals("untouched", moved(named(A), B, named(C)));
  }
}
