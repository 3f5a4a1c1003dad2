package dev.noren.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.config.CloudForm;
import dev.noren.config.ConfigStore;
import dev.noren.config.RouterConfig;
import dev.noren.config.RouterJson;
import dev.noren.config.TunnelName;
import dev.noren.config.WgQuickFile;
import dev.noren.net.Cidr;
import dev.noren.router.StateConfig;
import dev.noren.state.ReservedTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Codes for people, clouds' files and the hub, by commands on a document on disk. */
class CloudCommandsTest {
  @TempDir private Path state;
  private final Shell shell = new Shell();

  @BeforeEach
  void begin() {
    shell.host.desk =
        new StateConfig(ConfigStore.in(state), ReservedTime.in(state), () -> shell.now);
    shell.host.facts =
        new FormFacts(
            null, Cidr.parse("10.23.45.1/24"), List.of(Cidr.parse("10.23.45.0/24")), Map.of());
  }

  private RouterConfig config() throws IOException {
    return shell.host.desk.load().current().config();
  }

  @Test
  void aPersonGetsASecretThatIsShownOnce() throws IOException {
    assertEquals(Exit.DONE, shell.run("person", "add", "佐藤"), shell.err);
    assertEquals(Exit.DONE, shell.run("person", "totp", "佐藤"), shell.err);
    assertEquals("otpauth://noren/佐藤\n", shell.out);
    assertFalse(shell.err.contains("GEZDGNBV"), shell.err);
    assertEquals(
        "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", config().access().people().getFirst().totpSecret());
    assertFalse(RouterJson.writeHidden(config()).contains("GEZDGNBV"));
    assertEquals(Exit.DONE, shell.run("person", "totp", "--qr", "佐藤"), shell.err);
    assertTrue(shell.out.lines().count() > 10, shell.out);
    assertEquals(Exit.FAILED, shell.run("person", "totp", "nobody"));
    assertEquals("noren: there is no person nobody: there are 佐藤.\n", shell.err);
  }

  @Test
  void aProvidersFileComesInAndGoesOut() throws Exception {
    Path file = state.resolve("tokyo.conf");
    Files.writeString(
        file,
        """
        [Interface]
        PrivateKey = gI6EdUSYvn8ugXOt8QQD6Yc+JyiZxIhp3GInSWRfWGE=
        Address = 10.7.0.2
        PostUp = iptables -A FORWARD -i %i -j ACCEPT

        [Peer]
        PublicKey = xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=
        AllowedIPs = 10.20.0.0/16
        Endpoint = 198.51.100.7:51820
        """);
    String[] command = {
      "form", "import", "sky", file.toString(), "--provider", "Sky VPN", "--country", "JP"
    };
    assertEquals(Exit.DONE, shell.run(command), shell.err);
    assertTrue(
        shell.err.contains("tokyo.conf, line 4, PostUp: was not taken and is never run"),
        shell.err);
    CloudForm form = (CloudForm) config().form(new TunnelName("sky"));
    assertEquals("Sky VPN JP", form.provider() + " " + form.country());
    assertEquals(Exit.DONE, shell.run("config", "export", "sky"), shell.err);
    assertEquals(form.tunnel().toWgQuick(), WgQuickFile.parse("sky.conf", shell.out), shell.out);
    Files.writeString(file, "[Interface]\nJc = 4\n");
    assertEquals(Exit.FAILED, shell.run(command));
    assertTrue(shell.err.contains("tokyo.conf, line 2, Jc: is unknown"), shell.err);
    assertEquals(form, config().form(new TunnelName("sky")));
  }

  @Test
  void aHubIsPrintedOnceAndTheFormLeadsThere() throws IOException {
    assertEquals(
        Exit.DONE, shell.run("form", "hub", "meet", "--endpoint", "hub.example.com:51820"));
    assertTrue(shell.out.startsWith("#cloud-config\n"), shell.out);
    String key = shell.out.replaceAll("(?s).* PrivateKey = (\\S+)\\n.*", "$1");
    assertEquals(44, key.length(), shell.out);
    assertFalse(RouterJson.write(config()).contains(key));
    assertEquals(
        "hub.example.com:51820",
        config().form(new TunnelName("meet")).shops().getFirst().endpoint().toString());
    assertTrue(shell.out.contains("10.23.45.0/24"), shell.out);
    assertEquals(Exit.FAILED, shell.run("form", "hub", "meet", "--endpoint", "hub.example.com:1"));
    assertEquals(Exit.FAILED, shell.run("form", "hub", "other", "--endpoint", "hub.example.com"));
    assertEquals(Exit.USAGE, shell.run("form", "hub", "other"));
  }
}
