package dev.noren.cli;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** An interface in the layout of {@code wg show}, for people. */
final class PrettyTunnel {
  /** The latest handshake first, those without one last; otherwise the socket's order stays. */
  private static final Comparator<ShownTunnel.Peer> LATEST_FIRST =
      Comparator.comparingLong(ShownTunnel.Peer::handshakeSeconds)
          .thenComparingLong(ShownTunnel.Peer::handshakeNanos)
          .reversed();

  private final Paint paint;
  private final HumanUnits units;
  private final boolean hideKeys;
  private final long nowSeconds;

  /**
   * A layout.
   *
   * @param hideKeys whether (hidden) stands for a secret
   * @param nowSeconds unix time
   */
  PrettyTunnel(Paint paint, boolean hideKeys, long nowSeconds) {
    this.paint = paint;
    this.units = new HumanUnits(paint);
    this.hideKeys = hideKeys;
    this.nowSeconds = nowSeconds;
  }

  String text(ShownTunnel tunnel) {
    StringBuilder text = new StringBuilder(paint.reset());
    text.append(paint.greenBold("interface"))
        .append(": ")
        .append(paint.green(tunnel.name()))
        .append('\n');
    if (tunnel.publicKey() != null) {
      line(text, "public key", tunnel.publicKey());
      line(text, "private key", secret(tunnel.privateKey()));
    }
    if (tunnel.listenPort() != 0) {
      line(text, "listening port", Integer.toString(tunnel.listenPort()));
    }
    if (tunnel.fwMark() != 0) {
      line(text, "fwmark", "0x" + Long.toHexString(tunnel.fwMark()));
    }
    for (ShownTunnel.Peer peer : tunnel.peers().stream().sorted(LATEST_FIRST).toList()) {
      text.append('\n');
      add(text, peer);
    }
    return text.toString();
  }

  private void add(StringBuilder text, ShownTunnel.Peer peer) {
    text.append(paint.yellowBold("peer"))
        .append(": ")
        .append(paint.yellow(peer.publicKey()))
        .append('\n');
    if (peer.presharedKey() != null) {
      line(text, "preshared key", secret(peer.presharedKey()));
    }
    if (peer.endpoint() != null) {
      line(text, "endpoint", peer.endpoint());
    }
    line(text, "allowed ips", allowedIps(peer.allowedIps()));
    if (peer.handshakeSeconds() != 0) {
      line(text, "latest handshake", units.ago(peer.handshakeSeconds(), nowSeconds));
    }
    if (peer.receivedBytes() != 0 || peer.sentBytes() != 0) {
      line(
          text,
          "transfer",
          units.bytes(peer.receivedBytes())
              + " received, "
              + units.bytes(peer.sentBytes())
              + " sent");
    }
    if (peer.keepaliveSeconds() != 0) {
      line(text, "persistent keepalive", "every " + units.duration(peer.keepaliveSeconds()));
    }
  }

  private String allowedIps(List<String> prefixes) {
    return prefixes.isEmpty()
        ? "(none)"
        : prefixes.stream()
            .map(prefix -> prefix.replace("/", paint.cyan("/")))
            .collect(Collectors.joining(", "));
  }

  private String secret(String key) {
    return hideKeys ? "(hidden)" : key;
  }

  private void line(StringBuilder text, String name, String value) {
    text.append("  ").append(paint.bold(name)).append(": ").append(value).append('\n');
  }
}
