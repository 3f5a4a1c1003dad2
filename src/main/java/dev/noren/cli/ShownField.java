package dev.noren.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One field of {@code wg show NAME FIELD}, for scripts: lines of columns between tabs. */
enum ShownField {
  PUBLIC_KEY,
  PRIVATE_KEY,
  LISTEN_PORT,
  FWMARK,
  PEERS,
  PRESHARED_KEYS,
  ENDPOINTS,
  ALLOWED_IPS,
  LATEST_HANDSHAKES,
  TRANSFER,
  PERSISTENT_KEEPALIVE,
  DUMP;

  /** As it is named on the command line. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static List<String> words() {
    return Arrays.stream(values()).map(ShownField::word).toList();
  }

  /** The field of this name, or null. */
  static ShownField of(String word) {
    return Arrays.stream(values()).filter(f -> f.word().equals(word)).findFirst().orElse(null);
  }

  /**
   * The field's lines.
   *
   * @param withName whether each line begins with the interface's name, as for {@code all}
   */
  String text(ShownTunnel tunnel, boolean withName) {
    String start = withName ? tunnel.name() + '\t' : "";
    return lines(tunnel).map(line -> start + line + '\n').collect(Collectors.joining());
  }

  private Stream<String> lines(ShownTunnel tunnel) {
    return switch (this) {
      case PUBLIC_KEY -> Stream.of(orNone(tunnel.publicKey()));
      case PRIVATE_KEY -> Stream.of(orNone(tunnel.privateKey()));
      case LISTEN_PORT -> Stream.of(Integer.toString(tunnel.listenPort()));
      case FWMARK -> Stream.of(fwMark(tunnel));
      case PEERS -> tunnel.peers().stream().map(ShownTunnel.Peer::publicKey);
      case PRESHARED_KEYS -> perPeer(tunnel, peer -> orNone(peer.presharedKey()));
      case ENDPOINTS -> perPeer(tunnel, peer -> orNone(peer.endpoint()));
      case ALLOWED_IPS -> perPeer(tunnel, peer -> allowedIps(peer, " "));
      case LATEST_HANDSHAKES -> perPeer(tunnel, peer -> "" + peer.handshakeSeconds());
      case TRANSFER -> perPeer(tunnel, ShownField::transfer);
      case PERSISTENT_KEEPALIVE -> perPeer(tunnel, ShownField::keepalive);
      case DUMP -> Stream.concat(Stream.of(dump(tunnel)), perPeer(tunnel, ShownField::dump));
    };
  }

  private static Stream<String> perPeer(
      ShownTunnel tunnel, Function<ShownTunnel.Peer, String> column) {
    return tunnel.peers().stream().map(peer -> peer.publicKey() + '\t' + column.apply(peer));
  }

  private static String dump(ShownTunnel tunnel) {
    return String.join(
        "\t",
        orNone(tunnel.privateKey()),
        orNone(tunnel.publicKey()),
        Integer.toString(tunnel.listenPort()),
        fwMark(tunnel));
  }

  private static String dump(ShownTunnel.Peer peer) {
    return String.join(
        "\t",
        orNone(peer.presharedKey()),
        orNone(peer.endpoint()),
        allowedIps(peer, ","),
        Long.toString(peer.handshakeSeconds()),
        transfer(peer),
        keepalive(peer));
  }

  private static String orNone(String text) {
    return Objects.requireNonNullElse(text, "(none)");
  }

  private static String fwMark(ShownTunnel tunnel) {
    return tunnel.fwMark() == 0 ? "off" : "0x" + Long.toHexString(tunnel.fwMark());
  }

  private static String allowedIps(ShownTunnel.Peer peer, String between) {
    return peer.allowedIps().isEmpty() ? "(none)" : String.join(between, peer.allowedIps());
  }

  private static String transfer(ShownTunnel.Peer peer) {
    return Long.toUnsignedString(peer.receivedBytes())
        + '\t'
        + Long.toUnsignedString(peer.sentBytes());
  }

  private static String keepalive(ShownTunnel.Peer peer) {
    return peer.keepaliveSeconds() == 0 ? "off" : Integer.toString(peer.keepaliveSeconds());
  }
}
