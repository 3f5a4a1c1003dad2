package dev.noren.config;

import dev.noren.net.Cidr;
import dev.noren.text.Sentence;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The wg-quick file: read with wg's and wg-quick's grammar, written in one fixed form with no keys
 * but theirs, since phone apps refuse any other.
 *
 * <p>Sections and keys are case-insensitive, # starts a comment anywhere, lists may be repeated or
 * comma-separated. Stricter than the stock tools: what they would silently overwrite (a key or a
 * peer given twice) or fail on half-way up (a bad address, a missing key) is refused here.
 */
public final class WgQuickFile {
  private WgQuickFile() {}

  /**
   * Reads a whole file.
   *
   * @param fileName as it is to appear in errors
   * @param text the file's content
   * @throws ConfigException with every error in it
   */
  public static TunnelConfig parse(String fileName, String text) throws ConfigException {
    ForeignFile.refuse(fileName, text);
    return new WgQuickParser(fileName).parse(text);
  }

  /** The file's text, private key and all. {@link #parse} makes the same config of it. */
  public static String write(TunnelConfig config) {
    StringBuilder text = new StringBuilder(256);
    writeInterface(text, config.own());
    for (PeerConfig peer : config.peers()) {
      text.append("\n[Peer]\n");
      writePeer(text, peer);
    }
    return text.toString();
  }

  private static void writeInterface(StringBuilder text, InterfaceConfig own) {
    text.append("[Interface]\n");
    if (own.privateKey() != null) {
      line(text, "PrivateKey", own.privateKey().toBase64());
    }
    if (own.listenPort() != 0) {
      line(text, "ListenPort", own.listenPort());
    }
    if (own.fwMark() != 0) {
      line(text, "FwMark", "0x" + Long.toHexString(own.fwMark()));
    }
    list(text, "Address", own.addresses());
    List<Object> dns = new ArrayList<>(own.dnsServers());
    dns.addAll(own.searchDomains());
    list(text, "DNS", dns);
    if (own.mtuBytes() != 0) {
      line(text, "MTU", own.mtuBytes());
    }
    if (!own.table().equals(RouteTable.AUTO)) {
      line(text, "Table", own.table());
    }
    own.hooks().preUp().forEach(hook -> line(text, "PreUp", hook));
    own.hooks().postUp().forEach(hook -> line(text, "PostUp", hook));
    own.hooks().preDown().forEach(hook -> line(text, "PreDown", hook));
    own.hooks().postDown().forEach(hook -> line(text, "PostDown", hook));
    if (own.saveConfig()) {
      line(text, "SaveConfig", "true");
    }
  }

  private static void writePeer(StringBuilder text, PeerConfig peer) {
    line(text, "PublicKey", peer.publicKey().toBase64());
    if (!peer.presharedKey().isNone()) {
      line(text, "PresharedKey", peer.presharedKey().toBase64());
    }
    list(text, "AllowedIPs", peer.allowedIps());
    if (peer.endpoint() != null) {
      line(text, "Endpoint", peer.endpoint());
    }
    if (peer.persistentKeepaliveSeconds() != 0) {
      line(text, "PersistentKeepalive", peer.persistentKeepaliveSeconds());
    }
  }

  private static void line(StringBuilder text, String key, Object value) {
    text.append(key).append(" = ").append(value).append('\n');
  }

  private static void list(StringBuilder text, String key, Collection<?> values) {
    if (!values.isEmpty()) {
      line(text, key, values.stream().map(Object::toString).collect(Collectors.joining(", ")));
    }
  }

  /**
   * What is allowed but probably not meant, one sentence each.
   *
   * @param fileName as it is to appear in the sentences
   */
  public static List<Sentence> warnings(String fileName, TunnelConfig config) {
    List<Sentence> warnings = new ArrayList<>(warningsOfPeers(fileName, config));
    if (config.own().saveConfig()) {
      warnings.add(Sentence.of("error.file", fileName, Sentence.of("conf.save-config")));
    }
    return warnings;
  }

  /** Those that do not depend on where the file lies. */
  static List<Sentence> warningsOfPeers(String fileName, TunnelConfig config) {
    List<Sentence> warnings = new ArrayList<>();
    Set<Cidr> seen = new HashSet<>();
    config.peers().stream()
        .flatMap(peer -> peer.allowedIps().stream())
        .filter(cidr -> !seen.add(cidr))
        .distinct()
        .map(cidr -> Sentence.of("conf.allowed-twice", cidr))
        .forEach(warnings::add);
    if (config.own().privateKey() != null) {
      config.peers().stream()
          .filter(peer -> peer.publicKey().equals(config.own().privateKey().publicKey()))
          .map(peer -> Sentence.of("conf.own-peer"))
          .forEach(warnings::add);
    }
    if (config.own().dnsServers().isEmpty() && !config.own().searchDomains().isEmpty()) {
      warnings.add(Sentence.of("conf.only-search"));
    }
    return warnings.stream().map(warning -> Sentence.of("error.file", fileName, warning)).toList();
  }
}
