package dev.noren.uapi;

import dev.noren.crypto.PrivateKey;
import dev.noren.net.Cidr;
import dev.noren.tunnel.Drop;
import dev.noren.tunnel.TunnelSnapshot;
import dev.noren.tunnel.TunnelSnapshot.PeerSnapshot;
import java.util.Map;

/** Writes a tunnel as the lines that answer {@code get=1}. */
final class GetAnswer {
  private static final long NS_PER_S = 1_000_000_000L;

  private GetAnswer() {}

  /** The lines of a tunnel, each ended, without the closing errno. */
  static String of(TunnelSnapshot tunnel) {
    StringBuilder text = new StringBuilder(256 + tunnel.peers().size() * 512);
    PrivateKey privateKey = tunnel.privateKey();
    if (privateKey != null) {
      line(text, "private_key", privateKey.toHex());
    }
    if (tunnel.listenPort() != 0) {
      line(text, "listen_port", tunnel.listenPort());
    }
    if (tunnel.mark() != 0) {
      line(text, "fwmark", Integer.toUnsignedString(tunnel.mark()));
    }
    for (PeerSnapshot peer : tunnel.peers()) {
      write(text, peer);
    }
    return text.toString();
  }

  private static void write(StringBuilder text, PeerSnapshot peer) {
    line(text, "public_key", peer.publicKey().toHex());
    line(text, "preshared_key", peer.presharedKey().toHex());
    line(text, "protocol_version", 1);
    if (peer.endpoint() != null) {
      line(text, "endpoint", peer.endpoint());
    }
    line(text, "last_handshake_time_sec", peer.lastHandshakeUnixNs() / NS_PER_S);
    line(text, "last_handshake_time_nsec", peer.lastHandshakeUnixNs() % NS_PER_S);
    line(text, "tx_bytes", peer.sentBytes());
    line(text, "rx_bytes", peer.receivedBytes());
    line(text, "persistent_keepalive_interval", peer.persistentKeepaliveSeconds());
    for (Cidr prefix : peer.allowedIps()) {
      line(text, "allowed_ip", prefix);
    }
  }

  /**
   * The lines of the dropped packets, one a reason: Noren's own request {@code get=drops}, which
   * the {@code wg} tool never sends.
   */
  static String of(Map<Drop, Long> drops) {
    StringBuilder text = new StringBuilder();
    drops.forEach((reason, packets) -> line(text, reason.key(), packets));
    return text.toString();
  }

  private static void line(StringBuilder text, String key, Object value) {
    text.append(key).append('=').append(value).append('\n');
  }
}
