package dev.noren.uapi;

import dev.noren.crypto.PrivateKey;
import dev.noren.net.Cidr;
import dev.noren.tunnel.Drop;
import dev.noren.tunnel.TunnelSnapshot;
import dev.noren.tunnel.TunnelSnapshot.PeerSnapshot;
import java.io.IOException;
import java.util.Map;

/** Writes a tunnel as the lines that answer {@code get=1}. */
final class GetAnswer {
  private static final long NS_PER_S = 1_000_000_000L;

  private GetAnswer() {}

  /** Adds the lines of a tunnel. */
  static void write(TunnelSnapshot tunnel, Answer answer) throws IOException {
    PrivateKey privateKey = tunnel.privateKey();
    if (privateKey != null) {
      answer.line("private_key", privateKey.toHex());
    }
    if (tunnel.listenPort() != 0) {
      answer.line("listen_port", tunnel.listenPort());
    }
    if (tunnel.mark() != 0) {
      answer.line("fwmark", Integer.toUnsignedString(tunnel.mark()));
    }
    for (PeerSnapshot peer : tunnel.peers()) {
      write(peer, answer);
    }
  }

  private static void write(PeerSnapshot peer, Answer answer) throws IOException {
    answer.line("public_key", peer.publicKey().toHex());
    answer.line("preshared_key", peer.presharedKey().toHex());
    answer.line("protocol_version", 1);
    if (peer.endpoint() != null) {
      answer.line("endpoint", peer.endpoint());
    }
    answer.line("last_handshake_time_sec", peer.lastHandshakeUnixNs() / NS_PER_S);
    answer.line("last_handshake_time_nsec", peer.lastHandshakeUnixNs() % NS_PER_S);
    answer.line("tx_bytes", peer.sentBytes());
    answer.line("rx_bytes", peer.receivedBytes());
    answer.line("persistent_keepalive_interval", peer.persistentKeepaliveSeconds());
    for (Cidr prefix : peer.allowedIps()) {
      answer.line("allowed_ip", prefix);
    }
  }

  /**
   * Adds the lines of the dropped packets, one a reason: Noren's own request {@code get=drops},
   * which the {@code wg} tool never sends.
   */
  static void write(Map<Drop, Long> drops, Answer answer) throws IOException {
    for (Map.Entry<Drop, Long> count : drops.entrySet()) {
      answer.line(count.getKey().key(), count.getValue());
    }
  }
}
