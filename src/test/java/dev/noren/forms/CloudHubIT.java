package dev.noren.forms;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.config.HostPort;
import dev.noren.config.WgQuickFile;
import dev.noren.net.Cidr;
import dev.noren.services.TestNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stock wg-quick takes the hub's file, and bash and nft its commands. */
class CloudHubIT {
  @TempDir private Path folder;

  @Test
  void theStockToolsTakeIt() throws Exception {
    CloudHub hub =
        CloudHub.create(
            HostPort.parse("hub.example.com:51820"),
            Cidr.parse("10.99.7.1/24"),
            Cidr.parse("10.23.45.1/24"),
            List.of(),
            new SecureRandom());
    Path file = folder.resolve("noren.conf");
    Files.writeString(file, hub.wgQuick());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    try (TestNamespace machine = new TestNamespace()) {
      String stripped = machine.run("wg-quick", "strip", file.toString());
      assertTrue(stripped.contains("ListenPort = 51820"), stripped);
      assertFalse(stripped.contains("PostUp"), stripped);
      run(machine, WgQuickFile.parse("noren.conf", hub.wgQuick()).own().hooks().postUp());
      run(machine, WgQuickFile.parse("noren.conf", hub.wgQuick()).own().hooks().postUp());
      String table = machine.run("nft", "list", "table", "inet", "noren_hub");
      assertTrue(table.contains("policy drop"), table);
      assertTrue(table.contains("iifname \"noren\" oifname \"noren\" accept"), table);
      assertTrue(machine.run("sysctl", "-n", "net.ipv4.ip_forward").startsWith("1"));
      run(machine, WgQuickFile.parse("noren.conf", hub.wgQuick()).own().hooks().postDown());
      assertFalse(machine.run("nft", "list", "tables").contains("noren_hub"));
    }
  }

  /** As wg-quick does. */
  private static void run(TestNamespace machine, List<String> hooks) throws IOException {
    for (String hook : hooks) {
      machine.run("bash", "-c", "eval \"$0\"", hook.replace("%i", "noren"));
    }
  }
}
