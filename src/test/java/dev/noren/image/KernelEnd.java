package dev.noren.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.street.Host;
import dev.noren.street.Keys;

/**
 * A far end that is the kernel's own WireGuard: in a network of its own within the box, whose cable
 * leads to the internet of the street. Between the two ends is all that is between others.
 */
final class KernelEnd {
  /** Whom its network has, behind the tunnel. */
  static final String INNER = "10.60.0.10";

  /** The router's end. */
  static final String ROUTER = "10.8.0.2";

  private static final String OUTER = "192.0.2.2";
  private static final int PORT = 51820;

  private final Box box;
  private final Keys keys = Keys.generate();
  private final Keys router = Keys.generate();

  /** At a cable of the internet's. */
  KernelEnd(Box box, Host internet, String cable) {
    this.box = box;
    internet.ip("addr add 192.0.2.1/24 dev " + cable, "link set dev " + cable + " up");
    box.within("modprobe wireguard && modprobe sch_netem");
    box.within(
        "$FAR ip address add "
            + OUTER
            + "/24 dev eth2 && $FAR ip link set eth2 up && $FAR ip link"
            + " set lo up && $FAR ip route add default via 192.0.2.1");
    box.within("umask 077; echo '" + keys.privateKey() + "' >/probe-key");
    box.within(
        "$FAR ip link add far type wireguard && $FAR wg set far listen-port %d private-key"
                .formatted(PORT)
            + " /probe-key peer '%s' allowed-ips %s/32".formatted(router.publicKey(), ROUTER));
    box.within(
        ("$FAR ip address add %s/16 dev far && $FAR ip link set far mtu 1420 up"
                + " && $FAR ip route add %s/32 dev far")
            .formatted(INNER, ROUTER));
  }

  /** The router's file for it. */
  String conf() {
    return """
    [Interface]
    PrivateKey = %s
    Address = %s/32
    [Peer]
    PublicKey = %s
    Endpoint = %s:%d
    AllowedIPs = 10.60.0.0/16
    """
        .formatted(router.privateKey(), ROUTER, keys.publicKey(), OUTER, PORT);
  }

  /** What leaves it is lost, late and out of order from now on. */
  void sufferLoss() {
    box.within(
        "$FAR /usr/sbin/tc qdisc replace dev eth2 root netem delay 30ms 10ms reorder 20% loss 8%");
  }

  /** Serves a file of so many bytes at /file, and returns its sum. */
  String serve(int bytes) {
    box.within("mkdir -p /probe-www && head -c " + bytes + " /dev/urandom >/probe-www/file");
    box.within("$FAR busybox httpd -p " + INNER + ":80 -h /probe-www");
    return box.within("sha256sum </probe-www/file").strip();
  }

  /** Fails where the kernel does not say that it has shaken hands and taken so many bytes in. */
  void hasHeard(long leastBytes) {
    String[] words = box.within("$FAR wg show far dump | tail -n 1").strip().split("\\t", -1);
    assertEquals(router.publicKey(), words[0]);
    assertTrue(Long.parseLong(words[4]) > 0, () -> "a handshake: " + String.join(" ", words));
    assertTrue(Long.parseLong(words[5]) >= leastBytes, () -> "bytes: " + String.join(" ", words));
  }

  /** How many packets the loss has taken away. */
  long lost() {
    String said = box.within("$FAR /usr/sbin/tc -s qdisc show dev eth2");
    return Long.parseLong(said.replaceAll("(?s).*dropped (\\d+).*", "$1"));
  }
}
