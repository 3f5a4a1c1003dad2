package dev.noren.bench;

import dev.noren.crypto.PresharedKey;
import dev.noren.crypto.PrivateKey;
import dev.noren.crypto.PublicKey;
import dev.noren.protocol.Limits;
import dev.noren.protocol.cookie.MacStamper;
import dev.noren.protocol.handshake.InitiatorHandshake;
import dev.noren.protocol.handshake.LocalIdentity;
import dev.noren.protocol.handshake.Tai64n;
import dev.noren.protocol.message.Initiation;
import dev.noren.protocol.message.MessageType;
import dev.noren.protocol.message.Response;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Plays many peers that all begin a handshake with one responder, and prints how many valid
 * responses a second it gave. The initiations are made before, and the responses checked after, so
 * that between there is little else to do than to send and receive.
 */
public final class HandshakeFlood {
  /** Answered before it counts, so that a JVM has compiled what it needs. */
  private static final int WARM_UP = 8_000;

  private static final int COUNTED = 8_000;

  /**
   * So many wait for an answer, far below what a responder takes for load (128 in wireguard-go).
   */
  private static final int WINDOW = 64;

  /** When nothing came for so long, what waits is lost; sooner it might still be in a queue. */
  private static final int PATIENCE_MS = 3_000;

  private final LocalIdentity[] peers;
  private final byte[][] initiations = new byte[WARM_UP + COUNTED][];
  private final InitiatorHandshake[] handshakes = new InitiatorHandshake[WARM_UP + COUNTED];
  private final byte[][] responses = new byte[WARM_UP + COUNTED][];

  /** Which handshakes were answered, in the order of their answers. */
  private final int[] order = new int[WARM_UP + COUNTED];

  private int answered;
  private long startNs;
  private long endNs;

  private HandshakeFlood(LocalIdentity[] peers) {
    this.peers = peers;
  }

  /**
   * Runs it.
   *
   * @param args a file with the peers' private keys in base64, a line each; the responder's public
   *     key in base64, its address and its port
   */
  public static void main(String[] args) throws IOException {
    LocalIdentity[] peers =
        Files.readAllLines(Path.of(args[0])).stream()
            .map(line -> LocalIdentity.of(PrivateKey.parseBase64(line)))
            .toArray(LocalIdentity[]::new);
    HandshakeFlood flood = new HandshakeFlood(peers);
    flood.prepare(PublicKey.parseBase64(args[1]));
    flood.pour(new InetSocketAddress(args[2], Integer.parseInt(args[3])));
    if (flood.answered <= WARM_UP) {
      System.err.printf(
          "The responder answered %d of %d initiations.%n",
          flood.answered, flood.initiations.length);
      System.exit(1);
    }
    System.out.println(flood.validPerSecond());
  }

  /** Makes all initiations: each peer in turn, each time a little later. */
  private void prepare(PublicKey responder) {
    SecureRandom random = new SecureRandom();
    byte[][] shared = new byte[peers.length][PublicKey.SIZE];
    for (int i = 0; i < peers.length; i++) {
      peers[i].privateKey().sharedSecret(responder, shared[i]);
    }
    MacStamper stamper = new MacStamper(responder);
    byte[] stamp = new byte[Tai64n.SIZE];
    long beginUnixNs = System.currentTimeMillis() * 1_000_000;
    for (int i = 0; i < initiations.length; i++) {
      int peer = i % peers.length;
      Tai64n.write(beginUnixNs + i / peers.length * Tai64n.STEP_NS, stamp, 0);
      initiations[i] = new byte[Initiation.SIZE];
      PrivateKey ephemeral = PrivateKey.generate(random);
      handshakes[i] =
          InitiatorHandshake.start(
              peers[peer], responder, shared[peer], ephemeral, i, stamp, initiations[i], 0);
      stamper.stamp(initiations[i], 0, Initiation.SIZE, 0, Limits.WHITEPAPER);
    }
  }

  private void pour(InetSocketAddress responder) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(responder);
      socket.setSoTimeout(PATIENCE_MS);
      DatagramPacket in = new DatagramPacket(new byte[2048], 2048);
      int sent = 0;
      int waiting = 0;
      while (sent < initiations.length || waiting > 0) {
        while (waiting < WINDOW && sent < initiations.length) {
          socket.send(new DatagramPacket(initiations[sent], Initiation.SIZE));
          sent++;
          waiting++;
        }
        try {
          in.setLength(2048);
          socket.receive(in);
          waiting = Math.max(0, waiting - 1);
          received(Arrays.copyOf(in.getData(), in.getLength()));
        } catch (SocketTimeoutException e) {
          waiting = 0;
        }
      }
    }
  }

  private void received(byte[] message) {
    if (MessageType.of(message, 0, message.length) != Response.TYPE) {
      return;
    }
    int index = Response.receiver(message, 0);
    if (index < 0 || index >= responses.length || responses[index] != null) {
      return;
    }
    responses[index] = message;
    order[answered++] = index;
    endNs = System.nanoTime();
    if (answered == WARM_UP) {
      startNs = endNs;
    }
  }

  /** Checks the responses that came after the warm-up. */
  private double validPerSecond() {
    int valid = 0;
    for (int i = WARM_UP; i < answered; i++) {
      int index = order[i];
      LocalIdentity peer = peers[index % peers.length];
      if (handshakes[index].finish(responses[index], 0, peer, PresharedKey.NONE) != null) {
        valid++;
      }
    }
    return valid * 1e9 / (endNs - startNs);
  }
}
