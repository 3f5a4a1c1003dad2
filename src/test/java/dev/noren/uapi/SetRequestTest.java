package dev.noren.uapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.linux.Errno;
import dev.noren.tunnel.TunnelChange;
import dev.noren.tunnel.TunnelChange.PeerChange;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SetRequestTest {
  private static final String KEY = "ab".repeat(32);
  private static final String OTHER = "cd".repeat(32);

  private static TunnelChange read(String... lines) throws UapiException {
    return read(new RequestPool(1 << 20), lines);
  }

  private static TunnelChange read(RequestPool pool, String... lines) throws UapiException {
    try (RequestPool.Share share = pool.share()) {
      SetRequest request = new SetRequest(share);
      for (String line : lines) {
        request.line(line);
      }
      return request.change();
    }
  }

  @Test
  void allRequestsTogetherTakeNoMoreThanThePool() throws UapiException {
    RequestPool pool = new RequestPool(2 * RequestPool.PEER_BYTES + RequestPool.PREFIX_BYTES);
    String[] twoPeers = {
      "public_key=" + KEY, "allowed_ip=::/0", "public_key=" + OTHER, "allowed_ip=-::/0"
    };
    var error = assertThrows(UapiException.class, () -> read(pool, twoPeers));
    assertEquals(Errno.ENOMEM, error.errno());
    assertEquals(0, pool.usedBytes(), "it is given back");
    try (RequestPool.Share another = pool.share()) {
      read(pool, Arrays.copyOf(twoPeers, 3));
      another.take(RequestPool.PREFIX_BYTES + 1);
      assertThrows(UapiException.class, () -> read(pool, Arrays.copyOf(twoPeers, 3)));
    }
    read(pool, Arrays.copyOf(twoPeers, 3));
  }

  @Test
  void readsAnInterfaceAndTwoPeers() throws UapiException {
    TunnelChange change =
        read(
            "private_key=" + KEY,
            "listen_port=51820",
            "fwmark=4294967295",
            "replace_peers=true",
            "public_key=" + KEY,
            "preshared_key=" + OTHER,
            "endpoint=[2001:db8::1]:51820",
            "persistent_keepalive_interval=25",
            "replace_allowed_ips=true",
            "allowed_ip=10.0.0.0/8",
            "allowed_ip=-10.1.0.0/16",
            "protocol_version=1",
            "public_key=" + OTHER,
            "remove=true",
            "update_only=true");
    assertNotNull(change.privateKey());
    assertEquals(51820, change.listenPort());
    assertEquals(-1, change.mark());
    assertTrue(change.replacePeers());
    PeerChange first = change.peers().get(0);
    assertEquals(KEY, first.publicKey().toHex());
    assertEquals("[2001:db8::1]:51820", first.endpoint().toString());
    assertEquals(25, first.persistentKeepaliveSeconds());
    assertTrue(first.replaceAllowedIps());
    assertEquals("10.0.0.0/8", first.allowedIps().get(0).prefix().toString());
    assertFalse(first.allowedIps().get(0).remove());
    assertTrue(first.allowedIps().get(1).remove());
    PeerChange second = change.peers().get(1);
    assertTrue(second.remove());
    assertTrue(second.updateOnly());
    assertNull(second.presharedKey());
    assertNull(second.persistentKeepaliveSeconds());
    assertTrue(second.allowedIps().isEmpty());
  }

  @Test
  void aKeyOfZerosClears() throws UapiException {
    TunnelChange change = read("private_key=" + "00".repeat(32), "fwmark=0", "listen_port=0");
    assertTrue(change.clearPrivateKey());
    assertNull(change.privateKey());
    assertEquals(0, change.mark());
    assertEquals(0, change.listenPort());
    TunnelChange peer = read("public_key=" + KEY, "preshared_key=" + "00".repeat(32));
    assertTrue(peer.peers().get(0).presharedKey().isNone());
  }

  @Test
  void nothingAskedIsNothingChanged() throws UapiException {
    TunnelChange change = read();
    assertNull(change.privateKey());
    assertNull(change.listenPort());
    assertNull(change.mark());
    assertFalse(change.replacePeers() || change.clearPrivateKey());
    assertTrue(change.peers().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "private_key=ab", "private_key=", "listen_port=65536", "listen_port=-1", "listen_port=",
        "fwmark=4294967296", "fwmark=0x10", "replace_peers=false", "unknown=1", "remove=true",
        "allowed_ip=10.0.0.0/8", "public_key=zz"
      })
  void refusesABadInterfaceLine(String line) {
    UapiException error = assertThrows(UapiException.class, () -> read(line));
    assertEquals(Errno.EINVAL, error.errno());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "endpoint=host.example:1",
        "endpoint=1.2.3.4",
        "endpoint=[fe80::1%nosuchif]:1",
        "persistent_keepalive_interval=65536",
        "persistent_keepalive_interval=off",
        "allowed_ip=10.0.0.0/33",
        "allowed_ip=",
        "allowed_ip=--1.1.1.1/32",
        "remove=1",
        "update_only=yes",
        "replace_allowed_ips=0",
        "protocol_version=2",
        "listen_port=1",
        "preshared_key=abc"
      })
  void refusesABadPeerLine(String line) {
    UapiException error = assertThrows(UapiException.class, () -> read("public_key=" + KEY, line));
    assertEquals(Errno.EINVAL, error.errno());
  }

  @Test
  void aLineWithoutEqualsIsNoRequest() {
    UapiException error = assertThrows(UapiException.class, () -> read("garbage"));
    assertEquals(Errno.EPROTO, error.errno());
  }

  @Test
  void aMessageNeverHoldsASecret() {
    String almost = "12".repeat(31) + "1x";
    for (String line : new String[] {"private_key=" + almost, "public_key=" + almost}) {
      UapiException error = assertThrows(UapiException.class, () -> read(line));
      assertFalse(error.getMessage().contains("1212"), error.getMessage());
    }
    UapiException error =
        assertThrows(
            UapiException.class, () -> read("public_key=" + KEY, "preshared_key=" + almost));
    assertFalse(error.getMessage().contains("1212"), error.getMessage());
  }
}
