package dev.noren.config;

import dev.noren.crypto.PresharedKey;
import dev.noren.crypto.PublicKey;
import dev.noren.net.Cidr;
import dev.noren.text.Sentence;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects one [Peer] section. */
final class PeerSection extends Section {
  static final List<String> KEYS =
      List.of("PublicKey", "PresharedKey", "AllowedIPs", "Endpoint", "PersistentKeepalive");

  private final int headerLine;
  private final Set<Cidr> allowedIps = new LinkedHashSet<>();
  private PublicKey publicKey;
  private PresharedKey presharedKey = PresharedKey.NONE;
  private HostPort endpoint;
  private int keepaliveSeconds;

  PeerSection(String file, int headerLine, List<ConfigError> errors) {
    super(file, errors);
    this.headerLine = headerLine;
  }

  @Override
  void take(int line, String key, String spacedValue) {
    String value = Values.squeezed(spacedValue);
    switch (key) {
      case "PublicKey" -> readOnceFilled(line, key, value, v -> publicKey = Values.publicKey(v));
      case "PresharedKey" ->
          readOnceFilled(line, key, value, v -> presharedKey = Values.presharedKey(v));
      case "AllowedIPs" -> {
        for (String prefix : value.split(",", -1)) {
          read(line, key, prefix, filled(this::changeAllowedIps));
        }
      }
      case "Endpoint" -> readOnceFilled(line, key, value, v -> endpoint = HostPort.parse(v));
      case "PersistentKeepalive" ->
          readOnceFilled(line, key, value, v -> keepaliveSeconds = Values.keepalive(v));
      default -> throw new IllegalStateException(key);
    }
  }

  /** A + adds and a - takes away, as wg has it since 1.0.20250521; nothing before it adds too. */
  private void changeAllowedIps(String prefix) {
    boolean remove = prefix.startsWith("-");
    boolean signed = remove || prefix.startsWith("+");
    Cidr cidr = Values.cidr(signed ? prefix.substring(1) : prefix).masked();
    if (remove) {
      allowedIps.remove(cidr);
    } else {
      allowedIps.add(cidr);
    }
  }

  int headerLine() {
    return headerLine;
  }

  /** The line of the public key, or of the section where it has none. */
  int keyLine() {
    return has("PublicKey") ? lineOf("PublicKey") : headerLine;
  }

  /** The section as a record, or null if it has no public key, which is then among the errors. */
  PeerConfig finish() {
    if (!has("PublicKey")) {
      error(headerLine, "PublicKey", Sentence.of("conf.peer-key-missing"));
    }
    return publicKey == null
        ? null
        : new PeerConfig(
            publicKey, presharedKey, List.copyOf(allowedIps), endpoint, keepaliveSeconds);
  }
}
