package dev.noren.protocol.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.noren.crypto.PrivateKey;
import dev.noren.crypto.PublicKey;
import dev.noren.net.Endpoint;
import dev.noren.net.IpAddress;
import dev.noren.protocol.Limits;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PeerTest {
  private static final PublicKey KEY = PrivateKey.generate(new Random(1)).publicKey();

  private final StagedPool pool = new StagedPool(100_000);

  private Peer peer() {
    return new Peer(KEY, Limits.WHITEPAPER, pool, () -> {});
  }

  @Test
  void aRemovedPeerTakesNothingOutOfThePool() {
    Peer peer = peer();
    peer.staged().stage(new byte[100], 0, 100);
    peer.markRemoved();
    assertEquals(0, pool.usedBytes());
    assertFalse(peer.staged().stage(new byte[100], 0, 100), "by a loop that had found it before");
    assertEquals(0, pool.usedBytes());
  }

  @Test
  void forgettingTheSourceNeverUndoesAMove() throws InterruptedException {
    int rounds = 20_000;
    Endpoint old =
        new Endpoint(IpAddress.parse("192.0.2.1"), 1, 0, IpAddress.parse("192.0.2.9"), 0);
    Endpoint moved = Endpoint.parse("198.51.100.1:1");
    Peer peer = peer();
    AtomicInteger ready = new AtomicInteger();
    AtomicInteger done = new AtomicInteger();
    Thread mover =
        new Thread(
            () -> {
              for (int i = 1; i <= rounds; i++) {
                while (ready.get() < i) {
                  Thread.onSpinWait();
                }
                for (int wait = 0; wait < i % 61; wait++) {
                  ready.get(); // so that every interleaving comes up
                }
                peer.endpoint(moved);
                done.set(i);
              }
            });
    mover.setDaemon(true);
    mover.start();
    for (int i = 1; i <= rounds; i++) {
      peer.endpoint(old);
      ready.set(i);
      peer.forgetSource();
      while (done.get() < i) {
        Thread.onSpinWait();
      }
      assertEquals(moved, peer.endpoint(), "round " + i);
    }
    mover.join();
  }
}
