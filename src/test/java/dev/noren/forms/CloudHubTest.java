package dev.noren.forms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.config.ConfigException;
import dev.noren.config.HostPort;
import dev.noren.config.PeerConfig;
import dev.noren.config.RouterConfig;
import dev.noren.config.RouterJson;
import dev.noren.config.SiteForm;
import dev.noren.config.TunnelConfig;
import dev.noren.config.TunnelName;
import dev.noren.config.WgQuickFile;
import dev.noren.net.Cidr;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CloudHubTest {
  private static final TunnelName NAME = new TunnelName("meet");

  private final CloudHub hub =
      CloudHub.create(
          HostPort.parse("hub.example.com:51820"),
          Cidr.parse("10.99.7.1/24"),
          Cidr.parse("10.23.45.1/24"),
          List.of(Cidr.parse("10.50.0.0/16")),
          new SecureRandom());

  @Test
  void theMachineAndTheShopKnowEachOther() throws ConfigException {
    TunnelConfig machine = WgQuickFile.parse("noren.conf", hub.wgQuick());
    assertEquals(51820, machine.own().listenPort());
    assertEquals(List.of(Cidr.parse("10.99.7.1/24")), machine.own().addresses());
    PeerConfig shop = machine.peers().getFirst();
    assertEquals(
        List.of(Cidr.parse("10.99.7.2/32"), Cidr.parse("10.23.45.0/24")), shop.allowedIps());

    SiteForm form = hub.form(NAME);
    assertEquals(shop.publicKey(), form.gateway().privateKey().publicKey());
    assertEquals(machine.own().privateKey().publicKey(), form.shops().getFirst().publicKey());
    assertEquals(shop.presharedKey(), form.shops().getFirst().presharedKey());
    assertEquals("hub.example.com:51820", form.shops().getFirst().endpoint().toString());
    assertEquals(25, form.shops().getFirst().keepaliveSeconds(), "nobody can call in here");
  }

  @Test
  void theFormIsOneThatTheDocumentTakes() throws ConfigException {
    RouterConfig config =
        RouterJson.read(
            "x",
            RouterJson.write(
                RouterJson.read("x", "{\"schema\": 1, \"lan\": {\"address\": \"10.23.45.1/24\"}}")
                    .withForms(List.of(hub.form(NAME)))));
    Compiled compiled = Compiled.of(config, LocalDate.EPOCH);
    assertEquals(
        "[10.99.7.1/32, 10.99.7.0/24, 10.50.0.0/16]",
        compiled.config().tunnel(NAME).peers().getFirst().config().allowedIps().toString());
    assertEquals(
        List.of(Cidr.parse("10.99.7.0/24"), Cidr.parse("10.50.0.0/16")),
        compiled.access(NAME).shops());
    String document = RouterJson.write(config);
    assertFalse(document.contains(hub.key().toBase64()), "the machine's key is not kept");
  }

  /** Read by hand: the one block of text, whose lines are indented by six. */
  @Test
  void theCloudInitTextHasTheFileForRootAlone() {
    String text = hub.cloudInit();
    assertTrue(text.startsWith("#cloud-config\n"), text);
    assertTrue(text.contains("\n    permissions: \"0600\"\n    content: |\n"), text);
    assertTrue(text.contains("\n  - path: \"/etc/wireguard/noren.conf\"\n"), text);
    assertTrue(
        text.endsWith("runcmd:\n  - [systemctl, enable, --now, \"wg-quick@noren.service\"]\n"),
        text);
    String block =
        text.substring(
            text.indexOf("content: |\n") + "content: |\n".length(), text.indexOf("runcmd:"));
    assertEquals(
        hub.wgQuick(),
        block
            .lines()
            .map(line -> line.isEmpty() ? line : line.substring(6))
            .collect(Collectors.joining("\n", "", "\n")));
    assertTrue(block.lines().allMatch(line -> line.isEmpty() || line.startsWith("      ")), block);
    assertFalse(text.contains("\t"), "YAML takes no tabs");
    assertEquals("CloudHub[hub.example.com:51820]", hub.toString());
  }
}
