package dev.noren.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.services.TestNamespace;
import dev.noren.street.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Debian's udhcpc and dnsmasq with the files that plans give them, as a user without rights. */
class LineServicesIT {
  /** Nobody of Debian's; with the three capabilities that the router keeps. */
  private static final List<String> UNPRIVILEGED =
      List.of(
          "setpriv",
          "--reuid=65534",
          "--regid=65534",
          "--clear-groups",
          "--inh-caps=-all,+net_admin,+net_raw,+net_bind_service",
          "--ambient-caps=-all,+net_admin,+net_raw,+net_bind_service");

  @TempDir private Path folder;

  @Test
  void dnsmasqTakesTheFileOfEveryPlan() throws Exception {
    try (TestNamespace namespace = new TestNamespace()) {
      for (RouterCases each : RouterCases.all()) {
        for (ServicePlan service : each.plan().services()) {
          if (service.name().equals("dnsmasq")) {
            List<String> command = install(service);
            command.add("--test");
            String said = namespace.run(command.toArray(String[]::new));
            assertTrue(said.contains("syntax check OK"), each.name() + ": " + said);
          }
        }
      }
    }
  }

  /** One plan's dnsmasq is the line of another's udhcpc; a namespace is both, over a cable. */
  @Test
  void aRouterBehindARouterGetsItsLease() throws Exception {
    try (TestNamespace inside = new TestNamespace();
        TestNamespace outside = new TestNamespace()) {
      inside.run(
          "ip",
          "link",
          "add",
          "eth0",
          "type",
          "veth",
          "peer",
          "name",
          "br-lan",
          "netns",
          outside.name());
      inside.run("ip", "link", "set", "eth0", "up");
      outside.run("ip", "address", "add", "10.226.159.1/24", "dev", "br-lan");
      outside.run("ip", "link", "set", "br-lan", "up");
      outside.start(Map.of(), words(install(service("router-dhcp", "dnsmasq"))));
      inside.start(Map.of(), words(install(service("beside-unclaimed", "udhcpc-eth0"))));

      Path lease = folder.resolve("udhcpc-eth0/lease");
      Wait.until("a lease in " + lease, () -> Files.exists(lease));
      List<String> lines = Files.readAllLines(lease);
      assertTrue(lines.getFirst().matches("address=10\\.226\\.159\\.[12]\\d\\d"), lines::toString);
      assertEquals(
          List.of("prefix=24", "gateway=10.226.159.1", "dns=10.226.159.1", "domain=lan"),
          lines.subList(1, lines.size()));
      assertFalse(inside.run("ip", "-4", "address", "show", "dev", "eth0").contains("inet "));
      assertTrue(Files.readString(folder.resolve("dnsmasq/leases")).contains(" noren "));
    }
  }

  private static ServicePlan service(String name, String service) throws Exception {
    return RouterCases.of(name).plan().services().stream()
        .filter(each -> each.name().equals(service))
        .findFirst()
        .orElseThrow();
  }

  /** Writes a service's files as the router would, and gives its command. */
  private List<String> install(ServicePlan service) throws IOException {
    Path own = Files.createDirectories(folder.resolve(service.name()));
    for (Map.Entry<String, String> file : service.files().entrySet()) {
      Path path = own.resolve(file.getKey());
      Files.writeString(path, file.getValue().replace(ServicePlan.FOLDER, own.toString()));
      boolean script = file.getValue().startsWith("#!");
      Files.setPosixFilePermissions(
          path, PosixFilePermissions.fromString(script ? "rwx------" : "rw-------"));
      Files.setAttribute(path, "unix:uid", 65_534);
    }
    Files.setAttribute(own, "unix:uid", 65_534);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    List<String> command = new ArrayList<>(UNPRIVILEGED);
    service.command().forEach(word -> command.add(word.replace(ServicePlan.FOLDER, "" + own)));
    return command;
  }

  private static String[] words(List<String> command) {
    return command.toArray(String[]::new);
  }
}
