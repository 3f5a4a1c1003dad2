package dev.noren.uapi;

import dev.noren.crypto.PresharedKey;
import dev.noren.crypto.PrivateKey;
import dev.noren.crypto.PublicKey;
import dev.noren.net.Cidr;
import dev.noren.net.Endpoint;
import dev.noren.tunnel.AllowedIpChanges;
import dev.noren.tunnel.TunnelChange;
import dev.noren.tunnel.TunnelChange.PeerChange;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the lines of a {@code set=1} request, one by one, into one change. A line before the first
 * {@code public_key} speaks of the interface, a later one of the peer named last. Messages name the
 * key and never the value of a secret.
 */
final class SetRequest {
  private static final long MAX_UINT32 = 0xffffffffL;
  private static final int MAX_UINT16 = 65535;

  private final RequestPool.Share share;

  private PrivateKey privateKey;
  private boolean clearPrivateKey;
  private Integer listenPort;
  private Integer mark;
  private boolean replacePeers;
  private final List<PeerChange> peers = new ArrayList<>();

  private PublicKey peer;
  private boolean remove;
  private boolean updateOnly;
  private PresharedKey presharedKey;
  private Endpoint endpoint;
  private Integer keepaliveSeconds;
  private boolean replaceAllowedIps;
  private AllowedIpChanges.Builder allowedIps = new AllowedIpChanges.Builder();

  /**
   * An empty one.
   *
   * @param share pays for what the lines become
   */
  SetRequest(RequestPool.Share share) {
    this.share = share;
  }

  /** Takes the next line, "key=value". */
  void line(String line) throws UapiException {
    int equals = line.indexOf('=');
    if (equals < 0) {
      throw UapiException.protocol("a line is not key=value");
    }
    String key = line.substring(0, equals);
    String value = line.substring(equals + 1);
    try {
      if (key.equals("public_key")) {
        finishPeer();
        share.take(RequestPool.PEER_BYTES);
        peer = PublicKey.parseHex(value);
      } else if (peer == null) {
        interfaceKey(key, value);
      } else {
        peerKey(key, value);
      }
    } catch (IllegalArgumentException e) {
      throw UapiException.invalid(key + ": " + e.getMessage());
    }
  }

  /** The whole change, after the last line. */
  TunnelChange change() {
    finishPeer();
    return new TunnelChange(privateKey, clearPrivateKey, listenPort, mark, replacePeers, peers);
  }

  private void interfaceKey(String key, String value) throws UapiException {
    switch (key) {
      case "private_key" -> {
        clearPrivateKey = value.matches("0{64}");
        privateKey = clearPrivateKey ? null : PrivateKey.parseHex(value);
      }
      case "listen_port" -> listenPort = (int) number(value, MAX_UINT16);
      case "fwmark" -> mark = (int) number(value, MAX_UINT32);
      case "replace_peers" -> replacePeers = isTrue(value);
      default -> throw UapiException.invalid("the interface has no key \"" + key + "\"");
    }
  }

  private void peerKey(String key, String value) throws UapiException {
    switch (key) {
      case "remove" -> remove = isTrue(value);
      case "update_only" -> updateOnly = isTrue(value);
      case "preshared_key" -> presharedKey = PresharedKey.parseHex(value);
      case "endpoint" -> endpoint = endpoint(value);
      case "persistent_keepalive_interval" -> keepaliveSeconds = (int) number(value, MAX_UINT16);
      case "replace_allowed_ips" -> replaceAllowedIps = isTrue(value);
      case "allowed_ip" -> {
        boolean minus = value.startsWith("-");
        Cidr prefix = Cidr.parse(minus ? value.substring(1) : value);
        share.take(RequestPool.PREFIX_BYTES);
        allowedIps.add(prefix, minus);
      }
      case "protocol_version" -> {
        if (!value.equals("1")) {
          throw UapiException.invalid("protocol_version is not 1");
        }
      }
      default -> throw UapiException.invalid("a peer has no key \"" + key + "\"");
    }
  }

  private void finishPeer() {
    if (peer == null) {
      return;
    }
    peers.add(
        new PeerChange(
            peer,
            remove,
            updateOnly,
            presharedKey,
            endpoint,
            keepaliveSeconds,
            replaceAllowedIps,
            allowedIps.build()));
    peer = null;
    remove = false;
    updateOnly = false;
    presharedKey = null;
    endpoint = null;
    keepaliveSeconds = null;
    replaceAllowedIps = false;
    allowedIps = new AllowedIpChanges.Builder();
  }

  private static boolean isTrue(String value) throws UapiException {
    if (!value.equals("true")) {
      throw UapiException.invalid("the only value is true");
    }
    return true;
  }

  private static long number(String value, long most) {
    boolean digits = !value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!digits || value.length() > 10 || Long.parseLong(value) > most) {
      throw new IllegalArgumentException("not a number from 0 to " + most);
    }
    return Long.parseLong(value);
  }

  /** An endpoint, in which the wg tool may name an interface as an IPv6 address's scope. */
  private static Endpoint endpoint(String value) {
    int percent = value.indexOf('%');
    int bracket = value.indexOf(']');
    if (percent < 0 || bracket < percent) {
      return Endpoint.parse(value);
    }
    String scope = value.substring(percent + 1, bracket);
    if (!scope.chars().allMatch(c -> c >= '0' && c <= '9')) {
      scope = Integer.toString(interfaceIndex(scope));
    }
    return Endpoint.parse(value.substring(0, percent + 1) + scope + value.substring(bracket));
  }

  private static int interfaceIndex(String name) {
    try {
      NetworkInterface found = NetworkInterface.getByName(name);
      if (found != null) {
        return found.getIndex();
      }
    } catch (SocketException e) {
      // As good as none of that name.
    }
    throw new IllegalArgumentException("there is no interface \"" + name + "\"");
  }
}
