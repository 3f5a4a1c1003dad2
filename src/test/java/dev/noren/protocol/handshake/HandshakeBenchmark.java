package dev.noren.protocol.handshake;

import dev.noren.crypto.PresharedKey;
import dev.noren.crypto.PrivateKey;
import dev.noren.crypto.PublicKey;
import dev.noren.protocol.message.Initiation;
import dev.noren.protocol.message.Response;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A handshake's two halves, between peers that have met before: what both static keys share is
 * known.
 */
@State(Scope.Thread)
public class HandshakeBenchmark {
  private final RandomGenerator random = new SplittableRandom(1);
  private final LocalIdentity initiator = LocalIdentity.of(PrivateKey.generate(random));
  private final LocalIdentity responder = LocalIdentity.of(PrivateKey.generate(random));
  private final byte[] shared = new byte[PublicKey.SIZE];
  private final byte[] tai64n = new byte[Tai64n.SIZE];
  private final byte[] initiation = new byte[Initiation.SIZE];
  private final byte[] response = new byte[Response.SIZE];

  /** Makes the initiation that is answered. */
  @Setup
  public void meet() {
    initiator.privateKey().sharedSecret(responder.publicKey(), shared);
    initiate();
  }

  @Benchmark
  public final InitiatorHandshake initiate() {
    return InitiatorHandshake.start(
        initiator,
        responder.publicKey(),
        shared,
        PrivateKey.generate(random),
        1,
        tai64n,
        initiation,
        0);
  }

  @Benchmark
  public SessionKeys readAndRespond() {
    ResponderHandshake handshake = ResponderHandshake.read(responder, initiation, 0);
    handshake.openTimestamp(shared);
    return handshake.respond(PresharedKey.NONE, PrivateKey.generate(random), 2, response, 0);
  }
}
