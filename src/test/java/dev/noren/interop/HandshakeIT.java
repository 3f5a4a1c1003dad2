package dev.noren.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.street.Capture;
import dev.noren.street.Keys;
import dev.noren.street.Ping;
import dev.noren.street.Street;
import dev.noren.street.TwoShops;
import dev.noren.street.Wait;
import dev.noren.street.WgEnd;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may speak with whom: handshakes from either side, keys, peers and allowed IPs. */
@MethodSource("dev.noren.street.Ends#all")
class HandshakeIT extends ShopsTest {
  @Test
  void beginsAtTheLeft() {
    shops.part();
    shops.leftKnows(Street.RIGHT_4 + ":" + WgEnd.PORT);
    shops.rightKnows("");
    Ping.answers(left.host(), TwoShops.RIGHT_4);
    Ping.answers(right.host(), TwoShops.LEFT_4);
    assertEquals(Street.LEFT_4 + ":" + WgEnd.PORT, right.about(left).endpoint());
    assertTrue(right.about(left).handshake() > 0, "the handshake's time is told");
  }

  @Test
  void beginsAtTheRight() {
    shops.part();
    shops.leftKnows("");
    shops.rightKnows(Street.LEFT_4 + ":" + WgEnd.PORT);
    Ping.answers(right.host(), TwoShops.LEFT_4);
    Ping.answers(left.host(), TwoShops.RIGHT_4);
    assertEquals(Street.RIGHT_4 + ":" + WgEnd.PORT, left.about(right).endpoint());
    assertTrue(left.about(right).handshake() > 0, "the handshake's time is told");
  }

  @Test
  void sharesAPresharedKey() {
    String psk = Keys.preshared();
    left.preshare(right, psk);
    right.preshare(left, psk);
    Ping.answers(left.host(), TwoShops.RIGHT_4);
    assertEquals(psk, left.about(right).presharedKey());
  }

  @Test
  void keepsSilentWithAnotherPresharedKeyUntilBothHaveTheSame() {
    Ping.answers(left.host(), TwoShops.RIGHT_4);
    String psk = Keys.preshared();
    left.preshare(right, psk);
    Ping.answers(left.host(), TwoShops.RIGHT_4);
    long before = left.about(right).handshake();
    newHandshakes();
    assertTrue(Ping.isSilent(left.host(), TwoShops.RIGHT_4), "a ping passed with unequal keys");
    assertTrue(left.about(right).handshake() <= before, "no handshake with unequal keys");
    right.preshare(left, psk);
    Ping.answers(left.host(), TwoShops.RIGHT_4);
    left.preshare(right, "");
    right.preshare(left, "");
    newHandshakes();
    Ping.answers(left.host(), TwoShops.RIGHT_4);
    assertEquals("(none)", left.about(right).presharedKey());
  }

  @Test
  void changesItsPrivateKeyWhileItRuns() {
    Ping.answers(left.host(), TwoShops.RIGHT_4);
    String oldKey = left.publicKey();
    left.identify(Keys.generate());
    assertTrue(Ping.isSilent(left.host(), TwoShops.RIGHT_4), "the old session served a new key");
    right.set("peer", oldKey, "remove");
    shops.rightKnows(Street.LEFT_4 + ":" + WgEnd.PORT);
    // The left end has just begun in vain and waits five seconds: the right one may begin at once.
    Ping.answers(right.host(), TwoShops.LEFT_4);
    Ping.answers(left.host(), TwoShops.RIGHT_4);
    assertEquals(left.publicKey(), left.dump().publicKey());
    assertEquals(left.publicKey(), right.dump().peer().publicKey());
  }

  @Test
  void losesAndGainsAPeerWhileItRuns() {
    Ping.answers(left.host(), TwoShops.RIGHT_4);
    left.set("peer", right.publicKey(), "remove");
    assertTrue(left.dump().peers().isEmpty(), "the peer is gone");
    assertTrue(Ping.isSilent(left.host(), TwoShops.RIGHT_4), "a removed peer was spoken to");
    assertTrue(Ping.isSilent(right.host(), TwoShops.LEFT_4), "a removed peer was answered");
    shops.leftKnows(Street.RIGHT_4 + ":" + WgEnd.PORT);
    Ping.answers(left.host(), TwoShops.RIGHT_4);
    Ping.answers(right.host(), TwoShops.LEFT_4);
  }

  @Test
  void dropsAnInnerSourceThatIsNotThePeers() {
    Ping.answers(left.host(), TwoShops.RIGHT_4);
    left.host().ip("addr add 10.77.0.99/32 dev " + left.name());
    long before = right.about(left).received();
    try (Capture capture = Capture.on(right.host(), right.name(), "icmp")) {
      left.host()
          .run("ping", "-c", "3", "-i", "0.01", "-W", "0.3", "-I", "10.77.0.99", TwoShops.RIGHT_4);
      Ping.answers(left.host(), TwoShops.RIGHT_4);
      Wait.until(
          "the right shop's own packets pass",
          () -> capture.packets().stream().anyMatch(line -> line.contains(TwoShops.LEFT_4)));
      assertTrue(
          capture.packets().stream().noneMatch(line -> line.contains("10.77.0.99")),
          "a foreign source came out of the tunnel");
    } finally {
      left.host().ip("addr del 10.77.0.99/32 dev " + left.name());
    }
    assertTrue(right.about(left).received() >= before + 4 * 112, "what was dropped was counted");
  }

  @Test
  void movesAPrefixToItsNewOwner() {
    Ping.answers(left.host(), TwoShops.RIGHT_4);
    String other = Keys.generate().publicKey();
    left.set("peer", other, "allowed-ips", TwoShops.RIGHT_4 + "/32");
    assertEquals("[" + TwoShops.RIGHT_6 + "/128]", left.about(right).allowedIps().toString());
    assertTrue(Ping.isSilent(left.host(), TwoShops.RIGHT_4), "the old owner was spoken to");
    left.set("peer", other, "remove");
    shops.leftKnows("");
    Ping.answers(left.host(), TwoShops.RIGHT_4);
  }

  /** Makes both ends begin anew: another private key for a moment makes their sessions unusable. */
  private void newHandshakes() {
    for (WgEnd end : List.of(left, right)) {
      Keys keys = end.keys();
      end.identify(Keys.generate());
      end.identify(keys);
    }
  }
}
