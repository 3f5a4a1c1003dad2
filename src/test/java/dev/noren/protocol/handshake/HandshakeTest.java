package dev.noren.protocol.handshake;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.crypto.BouncyAead;
import dev.noren.crypto.PresharedKey;
import dev.noren.crypto.PrivateKey;
import dev.noren.crypto.PublicKey;
import dev.noren.crypto.TransportAead;
import dev.noren.crypto.TransportKey;
import dev.noren.protocol.message.Initiation;
import dev.noren.protocol.message.Response;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandshakeTest {
  private static final int OUR_INDEX = 0x11111111;
  private static final int THEIR_INDEX = 0x22222222;

  private final Random random = new Random(42);
  private final LocalIdentity initiator = LocalIdentity.of(PrivateKey.generate(random));
  private final LocalIdentity responder = LocalIdentity.of(PrivateKey.generate(random));
  private final byte[] staticStatic = new byte[32];
  private final byte[] timestamp = new byte[Tai64n.SIZE];
  private final byte[] initiation = new byte[Initiation.SIZE];
  private final byte[] response = new byte[Response.SIZE];

  HandshakeTest() {
    assertTrue(initiator.privateKey().sharedSecret(responder.publicKey(), staticStatic));
    Tai64n.write(1_700_000_000_000_000_000L, timestamp, 0);
  }

  private InitiatorHandshake start() {
    return InitiatorHandshake.start(
        initiator,
        responder.publicKey(),
        staticStatic,
        PrivateKey.generate(random),
        OUR_INDEX,
        timestamp,
        initiation,
        0);
  }

  private SessionKeys respond(PresharedKey psk) {
    ResponderHandshake handshake = ResponderHandshake.read(responder, initiation, 0);
    assertNotNull(handshake.openTimestamp(staticStatic));
    return handshake.respond(psk, PrivateKey.generate(random), THEIR_INDEX, response, 0);
  }

  private static boolean same(TransportKey one, TransportKey other) {
    TransportAead aead = new BouncyAead();
    byte[] packet = new byte[16];
    aead.seal(one, 0, packet, 0, 0, packet, 0);
    return aead.open(other, 0, packet, 0, 16, packet, 0) == 0;
  }

  private static void assertFit(SessionKeys ours, SessionKeys theirs) {
    assertTrue(same(ours.send(), theirs.receive()));
    assertTrue(same(theirs.send(), ours.receive()));
    assertFalse(same(ours.send(), ours.receive()));
    assertEquals(ours.localIndex(), theirs.remoteIndex());
    assertEquals(ours.remoteIndex(), theirs.localIndex());
  }

  @Test
  void everyTamperedByteOfAnInitiationIsRefused() {
    assertNotNull(start());
    for (int at = Initiation.EPHEMERAL; at < Initiation.MAC1; at++) {
      for (int bit : new int[] {1, 0x80}) {
        initiation[at] ^= (byte) bit;
        ResponderHandshake handshake = ResponderHandshake.read(responder, initiation, 0);
        if (at < Initiation.TIMESTAMP) {
          assertNull(handshake, "byte " + at);
        } else {
          assertEquals(initiator.publicKey(), handshake.remote());
          assertNull(handshake.openTimestamp(staticStatic), "byte " + at);
        }
        initiation[at] ^= (byte) bit;
      }
    }
  }

  @Test
  void everyTamperedByteOfAResponseIsRefusedAndLeavesNoChange() {
    InitiatorHandshake handshake = start();
    SessionKeys theirs = respond(PresharedKey.NONE);
    for (int at = Response.RECEIVER; at < Response.MAC1; at++) {
      for (int bit : new int[] {1, 0x80}) {
        response[at] ^= (byte) bit;
        assertNull(handshake.finish(response, 0, initiator, PresharedKey.NONE), "byte " + at);
        response[at] ^= (byte) bit;
      }
    }
    assertFit(handshake.finish(response, 0, initiator, PresharedKey.NONE), theirs);
  }

  @Test
  void aResponseCountsOnce() {
    InitiatorHandshake handshake = start();
    respond(PresharedKey.NONE);
    assertNotNull(handshake.finish(response, 0, initiator, PresharedKey.NONE));
    assertNull(handshake.finish(response, 0, initiator, PresharedKey.NONE));
  }

  /** A mistake that others shipped: a PSK change that does not reach the handshake. */
  @Test
  void aPresharedKeyThatChangesAfterTheInitiationCountsForTheResponse() {
    PresharedKey changed = PresharedKey.generate(random);
    InitiatorHandshake handshake = start();
    SessionKeys theirs = respond(changed);
    assertNull(handshake.finish(response, 0, initiator, PresharedKey.NONE));
    assertNull(handshake.finish(response, 0, initiator, PresharedKey.generate(random)));
    assertFit(handshake.finish(response, 0, initiator, changed), theirs);
  }

  @Test
  void aWipedPresharedKeyEndsTheHandshakeAndDoesNotPassForNone() {
    PresharedKey wiped = PresharedKey.generate(random);
    wiped.wipe();
    InitiatorHandshake handshake = start();
    assertNull(respond(wiped));
    assertArrayEquals(new byte[Response.SIZE], response);
    respond(PresharedKey.NONE);
    assertNull(handshake.finish(response, 0, initiator, wiped));
  }

  @Test
  void anInitiationForAnotherKeyIsNotRead() {
    start();
    assertNull(
        ResponderHandshake.read(LocalIdentity.of(PrivateKey.generate(random)), initiation, 0));
  }

  /** Who knows our public key can name anyone as the sender; the timestamp proves who it is. */
  @Test
  void aClaimedIdentityIsNotProvenWithoutItsKey() {
    PrivateKey impostor = PrivateKey.generate(random);
    byte[] impostorShared = new byte[32];
    assertTrue(impostor.sharedSecret(responder.publicKey(), impostorShared));
    InitiatorHandshake.start(
        new LocalIdentity(impostor, initiator.publicKey()),
        responder.publicKey(),
        impostorShared,
        PrivateKey.generate(random),
        OUR_INDEX,
        timestamp,
        initiation,
        0);
    ResponderHandshake handshake = ResponderHandshake.read(responder, initiation, 0);
    assertEquals(initiator.publicKey(), handshake.remote());
    assertNull(handshake.openTimestamp(staticStatic));
    assertThrows(
        IllegalStateException.class,
        () ->
            handshake.respond(
                PresharedKey.NONE, PrivateKey.generate(random), THEIR_INDEX, response, 0));
  }

  /** A mistake that others shipped: one of the seven low-order public keys drawing an answer. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
      })
  void aLowOrderKeyDrawsNoAnswer(String hex) {
    byte[] low = HexFormat.of().parseHex(hex);
    byte[] out = new byte[Initiation.SIZE];
    assertNull(
        InitiatorHandshake.start(
            initiator,
            PublicKey.of(low),
            staticStatic,
            PrivateKey.generate(random),
            OUR_INDEX,
            timestamp,
            out,
            0),
        "as the peer we are configured for");
    assertArrayEquals(new byte[Initiation.SIZE], out);

    // As the ephemeral key of an initiation that is right otherwise: all know the zero secret.
    byte[] hostile =
        new PaperInitiator(
                initiator.privateKey().bytes(),
                responder.publicKey().bytes(),
                PrivateKey.generate(random).bytes(),
                OUR_INDEX)
            .initiation(timestamp, low, new byte[32]);
    assertNull(ResponderHandshake.read(responder, hostile, 0));

    InitiatorHandshake ours = start();
    respond(PresharedKey.NONE);
    System.arraycopy(low, 0, response, Response.EPHEMERAL, 32);
    assertNull(ours.finish(response, 0, initiator, PresharedKey.NONE), "as the answer's ephemeral");
  }

  @Test
  void withoutAStaticStaticSecretNothingIsStarted() {
    byte[] out = new byte[Initiation.SIZE];
    assertNull(
        InitiatorHandshake.start(
            initiator,
            responder.publicKey(),
            new byte[32],
            PrivateKey.generate(random),
            OUR_INDEX,
            timestamp,
            out,
            0));
    assertArrayEquals(new byte[Initiation.SIZE], out);
  }

  @Test
  void ephemeralKeysAreWipedOnceTheyHaveServed() {
    PrivateKey mine = PrivateKey.generate(random);
    PrivateKey theirs = PrivateKey.generate(random);
    InitiatorHandshake handshake =
        InitiatorHandshake.start(
            initiator,
            responder.publicKey(),
            staticStatic,
            mine,
            OUR_INDEX,
            timestamp,
            initiation,
            0);
    ResponderHandshake answer = ResponderHandshake.read(responder, initiation, 0);
    assertNotNull(answer.openTimestamp(staticStatic));
    assertNotNull(answer.respond(PresharedKey.NONE, theirs, THEIR_INDEX, response, 0));
    assertThrows(IllegalStateException.class, theirs::bytes);
    assertNotNull(mine.bytes(), "still needed");
    assertNotNull(handshake.finish(response, 0, initiator, PresharedKey.NONE));
    assertThrows(IllegalStateException.class, mine::bytes);
  }

  @Test
  void aWipedHandshakeTakesNoResponse() {
    InitiatorHandshake handshake = start();
    respond(PresharedKey.NONE);
    handshake.wipe();
    assertNull(handshake.finish(response, 0, initiator, PresharedKey.NONE));
  }

  @Test
  void anInitiationIsAnsweredOnceAndOnlyWhenProven() {
    start();
    ResponderHandshake handshake = ResponderHandshake.read(responder, initiation, 0);
    PrivateKey ephemeral = PrivateKey.generate(random);
    assertThrows(
        IllegalStateException.class,
        () -> handshake.respond(PresharedKey.NONE, ephemeral, THEIR_INDEX, response, 0));
    assertNull(handshake.openTimestamp(new byte[32]));
    assertNotNull(handshake.openTimestamp(staticStatic), "a failed proof spoils nothing");
    assertThrows(IllegalStateException.class, () -> handshake.openTimestamp(staticStatic));
    assertNotNull(handshake.respond(PresharedKey.NONE, ephemeral, THEIR_INDEX, response, 0));
    PrivateKey another = PrivateKey.generate(random);
    assertThrows(
        IllegalStateException.class,
        () -> handshake.respond(PresharedKey.NONE, another, THEIR_INDEX, response, 0));
  }

  @Test
  void nothingSecretIsShown() {
    InitiatorHandshake handshake = start();
    SessionKeys keys = respond(PresharedKey.NONE);
    assertEquals(
        "SessionKeys[send=(transport key), receive=(transport key), localIndex=572662306,"
            + " remoteIndex=286331153]",
        keys.toString());
    assertTrue(initiator.toString().contains("(private key)"));
    assertNotNull(handshake);
  }
}
