package dev.noren.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ForeignFileTest {
  private static final String OVPN =
      """
      client
      dev tun
      proto udp
      remote vpn.example.com 1194
      nobind
      <ca>
      -----BEGIN CERTIFICATE-----
      </ca>
      """;

  @Test
  void anOpenVpnProfileIsRefusedInOneSentence() {
    assertEquals(ForeignFile.OPENVPN, ForeignFile.of(OVPN));
    assertEquals(ForeignFile.OPENVPN, ForeignFile.of("dev tap0\r\nremote 192.0.2.7\r\n"));
    ConfigException refused =
        assertThrows(ConfigException.class, () -> WgQuickFile.parse("office.conf", OVPN));
    assertEquals(
        "office.conf: is an OpenVPN profile (.ovpn), and Noren speaks WireGuard only: ask the other"
            + " side for a WireGuard file (.conf) or for an invitation of theirs",
        refused.getMessage());
  }

  @Test
  void ipsecIsRecognisedInItsForms() {
    assertEquals(
        ForeignFile.IPSEC,
        ForeignFile.of("config setup\nconn office\n\tleft=%any\n\tright=192.0.2.1\n"));
    assertEquals(
        ForeignFile.IPSEC,
        ForeignFile.of(
            """
            connections {
              office {
                remote_addrs = 192.0.2.1
                children {
                }
              }
            }
            """));
    assertEquals(
        ForeignFile.IPSEC_SECRETS, ForeignFile.of("# keys\n192.0.2.1 : PSK \"s3cr3t-word\"\n"));
    assertEquals(
        ForeignFile.APPLE_IPSEC,
        ForeignFile.of(
            "<?xml version=\"1.0\"?><plist version=\"1.0\"><dict><key>PayloadType</key>"
                + "<string>com.apple.vpn.managed</string><key>VPNType</key><string>IKEv2</string>"));
    assertEquals(
        ForeignFile.APPLE_WIREGUARD,
        ForeignFile.of(
            "<plist><dict><key>PayloadType</key><string>com.apple.vpn.managed</string>"
                + "<key>VPNSubType</key><string>com.wireguard.ios</string>"));
  }

  @Test
  void noSecretOfItIsInTheMessage() {
    ConfigException refused =
        assertThrows(
            ConfigException.class,
            () -> ForeignFile.refuse("a", "192.0.2.1 : PSK \"s3cr3t-word\"\n"));
    assertTrue(refused.getMessage().indexOf("s3cr3t") < 0);
  }

  @Test
  void whatIsMeantForWireGuardIsLeftToItsReader() {
    assertNull(ForeignFile.of(""));
    assertNull(ForeignFile.of("{\"schema\": 1}"));
    assertNull(ForeignFile.of("[Interface]\nPrivateKey = x\n# client\n[Peer]\nEndpoint = a:1\n"));
    assertNull(ForeignFile.of(" [ peer ]\nclient\ndev tun\nremote x 1\n"));
    assertNull(ForeignFile.of("PrivateKey = x\nremote = y\n"));
  }
}
