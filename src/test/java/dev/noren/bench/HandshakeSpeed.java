package dev.noren.bench;

import dev.noren.crypto.PresharedKey;
import dev.noren.crypto.PrivateKey;
import dev.noren.protocol.Limits;
import dev.noren.protocol.cookie.MacChecker;
import dev.noren.protocol.cookie.MacStamper;
import dev.noren.protocol.handshake.InitiatorHandshake;
import dev.noren.protocol.handshake.LocalIdentity;
import dev.noren.protocol.handshake.ResponderHandshake;
import dev.noren.protocol.handshake.Tai64n;
import dev.noren.protocol.message.Initiation;
import dev.noren.protocol.message.Response;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Random;

/**
 * Prints how many handshakes a second one core answers, in this process: from the bytes of an
 * initiation to those of the response, both MACs included. It counts the thread's own time, so that
 * others on the machine don't matter much. The first lines show what a handshake takes before
 * anything is compiled.
 */
public final class HandshakeSpeed {
  private static final long ROUND_NS = 1_000_000_000;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Random random = new Random(1);
  private final LocalIdentity responder = LocalIdentity.of(PrivateKey.generate(random));
  private final LocalIdentity initiator = LocalIdentity.of(PrivateKey.generate(random));
  private final MacChecker checker = new MacChecker(responder.publicKey(), Limits.WHITEPAPER);
  private final MacStamper stamper = new MacStamper(initiator.publicKey());
  private final byte[] staticStatic = new byte[32];
  private final byte[] initiation = new byte[Initiation.SIZE];
  private final byte[] response = new byte[Response.SIZE];

  private HandshakeSpeed() {}

  public static void main(String[] args) {
    HandshakeSpeed speed = new HandshakeSpeed();
    speed.prepare();
    for (int i = 1; i <= 5; i++) {
      long start = cpuNs();
      speed.respond();
      System.out.printf("handshake %d: %.1f ms%n", i, (cpuNs() - start) / 1e6);
    }
    for (int round = 1; round <= 8; round++) {
      System.out.printf("second %d: %d handshakes%n", round, speed.round());
    }
  }

  private static long cpuNs() {
    return THREADS.getCurrentThreadCpuTime();
  }

  private int round() {
    long end = cpuNs() + ROUND_NS;
    int count = 0;
    while (cpuNs() < end) {
      respond();
      count++;
    }
    return count;
  }

  private void prepare() {
    initiator.privateKey().sharedSecret(responder.publicKey(), staticStatic);
    byte[] timestamp = new byte[Tai64n.SIZE];
    Tai64n.write(1_000_000_000_000_000_000L, timestamp, 0);
    PrivateKey ephemeral = PrivateKey.generate(random);
    InitiatorHandshake.start(
        initiator, responder.publicKey(), staticStatic, ephemeral, 7, timestamp, initiation, 0);
    new MacStamper(responder.publicKey())
        .stamp(initiation, 0, Initiation.SIZE, 0, Limits.WHITEPAPER);
  }

  /** As {@code tunnel.Handshakes} does it; the secret of both static keys is kept with a peer. */
  private void respond() {
    boolean known = checker.hasMac1(initiation, 0, Initiation.SIZE);
    ResponderHandshake handshake = ResponderHandshake.read(responder, initiation, 0);
    if (!known || handshake == null || handshake.openTimestamp(staticStatic) == null) {
      throw new IllegalStateException("the initiation is not valid");
    }
    handshake.respond(PresharedKey.NONE, PrivateKey.generate(random), 9, response, 0);
    stamper.stamp(response, 0, Response.SIZE, 0, Limits.WHITEPAPER);
  }
}
