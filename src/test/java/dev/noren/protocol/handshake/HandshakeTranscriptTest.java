package dev.noren.protocol.handshake;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.crypto.PresharedKey;
import dev.noren.crypto.PrivateKey;
import dev.noren.crypto.TransportAead;
import dev.noren.crypto.TransportAeads;
import dev.noren.crypto.TransportKey;
import dev.noren.protocol.message.HandshakeMacs;
import dev.noren.protocol.message.Initiation;
import dev.noren.protocol.message.Response;
import dev.noren.protocol.message.Transport;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Both sides of the handshake against captured ones, byte for byte. The MACs, which are zeros here,
 * are checked where they are made.
 */
class HandshakeTranscriptTest {
  private static PrivateKey key(Transcript transcript, String field) {
    return PrivateKey.of(transcript.bytes(field));
  }

  private static byte[] staticStatic(Transcript transcript) {
    byte[] shared = new byte[32];
    assertTrue(
        key(transcript, "initiator.private")
            .sharedSecret(key(transcript, "responder.private").publicKey(), shared));
    return shared;
  }

  private static byte[] withoutMacs(byte[] message) {
    byte[] copy = message.clone();
    Arrays.fill(copy, HandshakeMacs.mac1(copy.length), copy.length, (byte) 0);
    return copy;
  }

  private static byte[] seal(TransportKey key, int receiver, long counter, byte[] plain) {
    TransportAead aead = TransportAeads.create();
    byte[] packet = new byte[plain.length + Transport.OVERHEAD];
    Transport.writeHeader(packet, 0, receiver, counter);
    aead.seal(key, counter, plain, 0, plain.length, packet, Transport.CIPHERTEXT);
    return packet;
  }

  private static byte[] open(TransportKey key, byte[] packet) {
    TransportAead aead = TransportAeads.create();
    byte[] plain = new byte[packet.length - Transport.OVERHEAD];
    int opened =
        aead.open(
            key,
            Transport.counter(packet, 0),
            packet,
            Transport.CIPHERTEXT,
            packet.length - Transport.CIPHERTEXT,
            plain,
            0);
    assertEquals(plain.length, opened);
    return plain;
  }

  /** The files are what the independent pair makes, and nothing else. */
  @ParameterizedTest
  @ValueSource(strings = {"psk.txt", "no-psk.txt"})
  void theIndependentPairMakesTheTranscript(String file) {
    Transcript t = Transcript.of(file);
    PaperInitiator initiator =
        new PaperInitiator(
            t.bytes("initiator.private"),
            Paper.dhPublic(t.bytes("responder.private")),
            t.bytes("initiator.ephemeral"),
            t.index("initiator.index"));
    PaperResponder responder =
        new PaperResponder(
            t.bytes("responder.private"),
            t.bytes("responder.ephemeral"),
            t.index("responder.index"));
    assertArrayEquals(t.bytes("initiation"), initiator.initiation(t.bytes("timestamp")));
    assertArrayEquals(
        t.bytes("response"), responder.respond(t.bytes("initiation"), t.bytes("psk")));
    assertTrue(initiator.consume(t.bytes("response"), t.bytes("psk")));
    assertArrayEquals(
        t.bytes("first"),
        Paper.transport(initiator.sendKey, t.index("responder.index"), 0, t.bytes("plain")));
    assertArrayEquals(
        t.bytes("answer"),
        Paper.transport(responder.sendKey, t.index("initiator.index"), 1L << 40, t.bytes("plain")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"psk.txt", "no-psk.txt"})
  void ourInitiatorSaysWhatTheTranscriptSays(String file) {
    Transcript t = Transcript.of(file);
    SessionKeys keys = initiate(t);
    assertArrayEquals(t.bytes("first"), seal(keys.send(), keys.remoteIndex(), 0, t.bytes("plain")));
    assertArrayEquals(t.bytes("plain"), open(keys.receive(), t.bytes("answer")));
  }

  private static SessionKeys initiate(Transcript t) {
    LocalIdentity me = LocalIdentity.of(key(t, "initiator.private"));
    byte[] out = new byte[Initiation.SIZE + 5];
    InitiatorHandshake handshake =
        InitiatorHandshake.start(
            me,
            key(t, "responder.private").publicKey(),
            staticStatic(t),
            key(t, "initiator.ephemeral"),
            t.index("initiator.index"),
            t.bytes("timestamp"),
            out,
            5);
    assertNotNull(handshake);
    assertArrayEquals(withoutMacs(t.bytes("initiation")), Arrays.copyOfRange(out, 5, out.length));
    assertEquals(t.index("initiator.index"), handshake.localIndex());
    byte[] response = new byte[Response.SIZE + 3];
    System.arraycopy(t.bytes("response"), 0, response, 3, Response.SIZE);
    SessionKeys keys = handshake.finish(response, 3, me, PresharedKey.of(t.bytes("psk")));
    assertNotNull(keys);
    assertEquals(t.index("initiator.index"), keys.localIndex());
    assertEquals(t.index("responder.index"), keys.remoteIndex());
    return keys;
  }

  @ParameterizedTest
  @ValueSource(strings = {"psk.txt", "no-psk.txt"})
  void ourResponderSaysWhatTheTranscriptSays(String file) {
    Transcript t = Transcript.of(file);
    ResponderHandshake handshake = read(t);
    byte[] out = new byte[Response.SIZE + 5];
    SessionKeys keys =
        handshake.respond(
            PresharedKey.of(t.bytes("psk")),
            key(t, "responder.ephemeral"),
            t.index("responder.index"),
            out,
            5);
    assertNotNull(keys);
    assertArrayEquals(withoutMacs(t.bytes("response")), Arrays.copyOfRange(out, 5, out.length));
    assertEquals(t.index("responder.index"), keys.localIndex());
    assertEquals(t.index("initiator.index"), keys.remoteIndex());
    assertArrayEquals(t.bytes("plain"), open(keys.receive(), t.bytes("first")));
    assertArrayEquals(
        t.bytes("answer"), seal(keys.send(), keys.remoteIndex(), 1L << 40, t.bytes("plain")));
  }

  private static ResponderHandshake read(Transcript t) {
    LocalIdentity me = LocalIdentity.of(key(t, "responder.private"));
    byte[] initiation = new byte[Initiation.SIZE + 3];
    System.arraycopy(t.bytes("initiation"), 0, initiation, 3, Initiation.SIZE);
    ResponderHandshake handshake = ResponderHandshake.read(me, initiation, 3);
    assertNotNull(handshake);
    assertEquals(key(t, "initiator.private").publicKey(), handshake.remote());
    assertEquals(t.index("initiator.index"), handshake.remoteIndex());
    assertArrayEquals(t.bytes("timestamp"), handshake.openTimestamp(staticStatic(t)));
    return handshake;
  }

  /** Another implementation took our initiation and answered; we understand its answer. */
  @Test
  void weUnderstandTheGoImplementation() {
    Transcript t = Transcript.of("wireguard-go.txt");
    read(t);
    SessionKeys keys = initiate(t);
    assertArrayEquals(t.bytes("first"), seal(keys.send(), keys.remoteIndex(), 0, t.bytes("plain")));
    assertArrayEquals(t.bytes("answer.plain"), open(keys.receive(), t.bytes("answer")));
  }
}
