package dev.noren.tunnel;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.crypto.PresharedKey;
import dev.noren.crypto.PrivateKey;
import dev.noren.crypto.TransportAead;
import dev.noren.crypto.TransportAeads;
import dev.noren.net.Endpoint;
import dev.noren.protocol.Limits;
import dev.noren.protocol.cookie.MacStamper;
import dev.noren.protocol.handshake.InitiatorHandshake;
import dev.noren.protocol.handshake.LocalIdentity;
import dev.noren.protocol.handshake.ResponderHandshake;
import dev.noren.protocol.handshake.SessionKeys;
import dev.noren.protocol.handshake.Tai64n;
import dev.noren.protocol.message.Initiation;
import dev.noren.protocol.message.Response;
import dev.noren.protocol.message.Transport;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A peer of tunnel b on strings: it makes and reads real messages, but sends only what the test
 * wants, when and from where it wants it. It has no loop and no timer.
 */
final class Puppet {
  final PrivateKey key;
  final Endpoint home;
  final MacStamper stamper;
  private final int number;
  private final TunnelPair pair;
  private final LocalIdentity me;
  private final Random random;
  private final byte[] staticStatic = new byte[32];
  private final TransportAead aead = TransportAeads.create();
  private long lastStampNs;
  private InitiatorHandshake handshake;
  private SessionKeys keys;
  private long counter;

  Puppet(TunnelPair pair, int number, PrivateKey key) {
    this.pair = pair;
    this.number = number;
    this.key = key;
    home = Endpoint.parse("203.0.113." + number + ":" + (3000 + number));
    me = LocalIdentity.of(key);
    random = new Random(number);
    stamper = new MacStamper(pair.keyB.publicKey());
    assertTrue(key.sharedSecret(pair.keyB.publicKey(), staticStatic));
  }

  /** What b is told of it. */
  TunnelChange.PeerChange asPeer(PresharedKey psk, String... morePrefixes) {
    String[] prefixes = Arrays.copyOf(morePrefixes, morePrefixes.length + 1);
    prefixes[morePrefixes.length] = inner() + "/32";
    return TunnelPair.peer(key.publicKey(), psk, home, prefixes);
  }

  /** Its address inside the tunnel. */
  String inner() {
    return "10.0.0." + number;
  }

  /** Sends to b from its home; all that this leads to has then happened. */
  void send(byte[] message) throws IOException {
    sendFrom(home, message);
  }

  /** Sends to b from elsewhere. */
  void sendFrom(Endpoint place, byte[] message) throws IOException {
    pair.net.send(place, TunnelPair.B_OUTER, message);
    pair.calm();
  }

  /** What b sent to its home so far. */
  List<byte[]> heard(int type) {
    return pair.net.sentTo(home, type);
  }

  /** The last of what b sent to its home. */
  byte[] lastHeard(int type) {
    List<byte[]> all = heard(type);
    assertTrue(!all.isEmpty(), () -> "nothing of type " + type + ", drops " + pair.b.drops());
    return all.get(all.size() - 1);
  }

  /** A fresh initiation, which {@link #finish} then waits for the answer of. */
  byte[] initiation() {
    return initiation(nextTimestamp());
  }

  /** An initiation with that timestamp. */
  byte[] initiation(byte[] timestamp) {
    byte[] message = new byte[Initiation.SIZE];
    handshake =
        InitiatorHandshake.start(
            me,
            pair.keyB.publicKey(),
            staticStatic,
            PrivateKey.generate(random),
            random.nextInt(),
            timestamp,
            message,
            0);
    stamper.stamp(message, 0, message.length, pair.clock.nowNs(), Limits.WHITEPAPER);
    return message;
  }

  /** A timestamp greater than all before. */
  byte[] nextTimestamp() {
    lastStampNs = Math.max(lastStampNs + Tai64n.STEP_NS, pair.clock.unixNs());
    byte[] stamp = new byte[Tai64n.SIZE];
    Tai64n.write(lastStampNs, stamp, 0);
    return stamp;
  }

  /** Reads the response to the last initiation; false, and waiting on, if it is not valid. */
  boolean finish(byte[] response, PresharedKey psk) {
    SessionKeys made = handshake.finish(response, 0, me, psk);
    return made != null && use(made);
  }

  /** Answers an initiation of b's, and uses the session from then on. */
  byte[] response(byte[] initiation, PresharedKey psk) {
    ResponderHandshake answer = ResponderHandshake.read(me, initiation, 0);
    assertNotNull(answer.openTimestamp(staticStatic));
    byte[] message = new byte[Response.SIZE];
    use(answer.respond(psk, PrivateKey.generate(random), random.nextInt(), message, 0));
    stamper.stamp(message, 0, message.length, pair.clock.nowNs(), Limits.WHITEPAPER);
    return message;
  }

  private boolean use(SessionKeys made) {
    keys = made;
    counter = 0;
    return true;
  }

  /** Shakes hands with b, and confirms it with a keepalive. */
  void shakeHands() throws IOException {
    send(initiation());
    assertTrue(finish(lastHeard(Response.TYPE), PresharedKey.NONE));
    send(data(new byte[0]));
  }

  /** The index by which b finds the session. */
  int sessionAtB() {
    return keys.remoteIndex();
  }

  /** A transport message with the next counter. */
  byte[] data(byte[] plain) {
    return data(counter++, plain);
  }

  /** A transport message with that counter; the plaintext is sealed as it is. */
  byte[] data(long withCounter, byte[] plain) {
    byte[] message = new byte[Transport.OVERHEAD + plain.length];
    Transport.writeHeader(message, 0, keys.remoteIndex(), withCounter);
    aead.seal(keys.send(), withCounter, plain, 0, plain.length, message, Transport.CIPHERTEXT);
    return message;
  }

  /** A packet from this address inside to 10.0.0.2, which is b's. */
  byte[] packet(String source) {
    return pair.packet(source, "10.0.0.2", 96);
  }

  /** Has the host behind b send a packet to this end. */
  byte[] sendFromB(int length) throws IOException {
    byte[] packet = pair.packet("10.0.0.2", inner(), length);
    pair.tunB.send(packet);
    pair.calm();
    return packet;
  }

  /** What b sealed, with its padding; null if it is not of the session. */
  byte[] open(byte[] message) {
    byte[] plain = new byte[message.length - Transport.CIPHERTEXT];
    int length =
        Transport.receiver(message, 0) != keys.localIndex()
            ? -1
            : aead.open(
                keys.receive(),
                Transport.counter(message, 0),
                message,
                Transport.CIPHERTEXT,
                plain.length,
                plain,
                0);
    return length < 0 ? null : Arrays.copyOf(plain, length);
  }
}
