package dev.noren.config;

import dev.noren.config.RouterTunnel.Peer;
import dev.noren.crypto.PresharedKey;
import dev.noren.crypto.PublicKey;
import dev.noren.net.Cidr;
import dev.noren.text.Refused;
import java.util.List;

/** Reads the peers of one tunnel. */
final class PeersReader {
  private static final PublicKey NO_KEY = PublicKey.of(new byte[PublicKey.SIZE]);

  private final PublicKey own;
  private final Once ends;
  private final Once names = new Once();
  private final Once keys = new Once();
  private final Once allowed = new Once();

  /**
   * @param own the tunnel's own key, or null
   * @param ends the pairs of keys that tunnels have
   */
  PeersReader(PublicKey own, Once ends) {
    this.own = own;
    this.ends = ends;
  }

  Peer read(Fields fields) {
    String name =
        fields.text("name", (path, text) -> names.take(path, RouterValues.personsName(text)));
    PublicKey key = key(fields);
    PresharedKey presharedKey = presharedKey(fields);
    List<Cidr> allowedIps =
        fields.texts("allowedIps", (path, text) -> allowed.take(path, RouterValues.subnet(text)));
    HostPort endpoint = endpoint(fields);
    int keepaliveSeconds = keepaliveSeconds(fields);
    return new Peer(
        name, new PeerConfig(key, presharedKey, allowedIps, endpoint, keepaliveSeconds));
  }

  PublicKey key(Fields fields) {
    return fields.required("publicKey", "hint.peer-key", this::takeKey);
  }

  static PresharedKey presharedKey(Fields fields) {
    return fields.textOr(
        "presharedKey", PresharedKey.NONE, text -> RouterValues.secret(text, Values::presharedKey));
  }

  static HostPort endpoint(Fields fields) {
    return fields.text("endpoint", text -> RouterValues.reachable(HostPort.parse(text)));
  }

  static int keepaliveSeconds(Fields fields) {
    return fields.number("keepaliveSeconds", 0, 65535, 0);
  }

  private PublicKey takeKey(String path, String text) {
    PublicKey key = Values.publicKey(text);
    if (key.equals(own)) {
      throw new Refused("peer.own-key");
    }
    if (key.equals(NO_KEY)) {
      throw new Refused("peer.zero-key");
    }
    keys.take(path, key);
    if (own != null) {
      takeEnds(path, List.of(own, key));
    }
    return key;
  }

  /** By these two keys the far end knows a tunnel. */
  private void takeEnds(String path, List<PublicKey> pair) {
    if (ends.has(pair)) {
      throw new Refused("peer.same-ends", ends.pathOf(pair));
    }
    ends.take(path, pair);
  }
}
