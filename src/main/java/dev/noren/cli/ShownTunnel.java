package dev.noren.cli;

import dev.noren.crypto.PresharedKey;
import dev.noren.crypto.PrivateKey;
import dev.noren.crypto.PublicKey;
import dev.noren.text.Sentence;
import java.util.ArrayList;
import java.util.List;

/**
 * An interface as its configuration socket describes it.
 *
 * @param name the interface
 * @param privateKey base64, or null
 * @param publicKey base64, or null without a private key
 * @param listenPort 0 where none is open
 * @param fwMark 0 for none
 * @param peers in the socket's order
 */
record ShownTunnel(
    String name,
    String privateKey,
    String publicKey,
    int listenPort,
    long fwMark,
    List<Peer> peers) {
  private static final long MAX_PORT = 0xffff;
  private static final long MAX_MARK = 0xffffffffL;

  /**
   * A peer.
   *
   * @param publicKey base64
   * @param presharedKey base64, or null
   * @param endpoint as the socket writes it, or null
   * @param allowedIps as the socket writes them
   * @param handshakeSeconds unix time of the latest handshake, 0 for never
   * @param handshakeNanos the nanoseconds beyond that
   * @param receivedBytes unsigned
   * @param sentBytes unsigned
   * @param keepaliveSeconds 0 for off
   */
  record Peer(
      String publicKey,
      String presharedKey,
      String endpoint,
      List<String> allowedIps,
      long handshakeSeconds,
      long handshakeNanos,
      long receivedBytes,
      long sentBytes,
      int keepaliveSeconds) {}

  /**
   * Reads the answer to {@code get=1}.
   *
   * @throws CommandFailure where it carries an error or is none
   */
  static ShownTunnel parse(String name, String answer) throws CommandFailure {
    Reader reader = new Reader();
    try {
      for (String line : answer.split("\n", -1)) {
        int equals = line.indexOf('=');
        if (equals > 0) {
          reader.take(line.substring(0, equals), line.substring(equals + 1));
        }
      }
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(Sentence.of("show.unreadable", name), e);
    }
    if (reader.errno != 0) {
      throw new CommandFailure(
          reader.errno < 0
              ? Sentence.of("show.cut", name)
              : Sentence.of("show.errno", name, reader.errno));
    }
    return reader.finish(name);
  }

  /** Collects the lines; a peer begins with its public_key. */
  private static final class Reader {
    private final List<Peer> peers = new ArrayList<>();
    private PrivateKey privateKey;
    private int listenPort;
    private long fwMark;
    private long errno = -1;
    private String publicKey;
    private String presharedKey;
    private String endpoint;
    private List<String> allowedIps = new ArrayList<>();
    private long handshakeSeconds;
    private long handshakeNanos;
    private long receivedBytes;
    private long sentBytes;
    private int keepaliveSeconds;

    void take(String key, String value) {
      switch (key) {
        case "private_key" -> privateKey = PrivateKey.parseHex(value);
        case "listen_port" -> listenPort = (int) number(value, MAX_PORT);
        case "fwmark" -> fwMark = number(value, MAX_MARK);
        case "public_key" -> {
          endPeer();
          publicKey = PublicKey.parseHex(value).toBase64();
        }
        case "preshared_key" -> {
          PresharedKey given = PresharedKey.parseHex(value);
          presharedKey = given.isNone() ? null : given.toBase64();
        }
        case "endpoint" -> endpoint = ScopeName.instead(value);
        case "allowed_ip" -> allowedIps.add(value);
        case "last_handshake_time_sec" -> handshakeSeconds = number(value, Long.MAX_VALUE);
        case "last_handshake_time_nsec" -> handshakeNanos = number(value, Long.MAX_VALUE);
        case "rx_bytes" -> receivedBytes = Long.parseUnsignedLong(value);
        case "tx_bytes" -> sentBytes = Long.parseUnsignedLong(value);
        case "persistent_keepalive_interval" -> keepaliveSeconds = (int) number(value, MAX_PORT);
        case "errno" -> errno = number(value, Integer.MAX_VALUE);
        default -> {
          // Later versions may tell more, as protocol_version once was added.
        }
      }
    }

    private static long number(String value, long most) {
      long number = Long.parseLong(value);
      if (number < 0 || number > most) {
        throw new IllegalArgumentException("out of range");
      }
      return number;
    }

    private void endPeer() {
      if (publicKey != null) {
        peers.add(
            new Peer(
                publicKey,
                presharedKey,
                endpoint,
                List.copyOf(allowedIps),
                handshakeSeconds,
                handshakeNanos,
                receivedBytes,
                sentBytes,
                keepaliveSeconds));
      }
      presharedKey = null;
      endpoint = null;
      allowedIps = new ArrayList<>();
      handshakeSeconds = 0;
      handshakeNanos = 0;
      receivedBytes = 0;
      sentBytes = 0;
      keepaliveSeconds = 0;
    }

    ShownTunnel finish(String name) {
      endPeer();
      return new ShownTunnel(
          name,
          privateKey == null ? null : privateKey.toBase64(),
          privateKey == null ? null : privateKey.publicKey().toBase64(),
          listenPort,
          fwMark,
          List.copyOf(peers));
    }
  }
}
