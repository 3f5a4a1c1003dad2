package dev.noren.services;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The router's works done by a user with three capabilities, next to a provider of its own. */
class WithoutRootIT {
  private static final String USER = "65534";
  private static final List<String> CAPABILITIES =
      List.of("net_bind_service", "net_admin", "net_raw");

  @TempDir private Path folder;
  private TestNamespace router;
  private TestNamespace provider;

  @BeforeEach
  void open() throws IOException {
    router = new TestNamespace();
    provider = new TestNamespace();
    router.run(
        "ip",
        "link",
        "add",
        "eth0",
        "type",
        "veth",
        "peer",
        "name",
        "eth0",
        "netns",
        provider.name());
    router.run("ip", "link", "add", "lan0", "type", "veth", "peer", "name", "pc0");
    provider.run("ip", "address", "add", "198.51.100.1/24", "dev", "eth0");
    provider.run("ip", "link", "set", "eth0", "up");
    provider.start(
        Map.of(),
        "dnsmasq",
        "-k",
        "--conf-file=/dev/null",
        "--user=root",
        "--pid-file=",
        "--no-resolv",
        "--no-hosts",
        "--interface=eth0",
        "--bind-dynamic",
        "--dhcp-range=198.51.100.10,198.51.100.19,1h",
        "--dhcp-leasefile=" + folder.resolve("provider"),
        "--host-record=www.example,192.0.2.80");
  }

  @AfterEach
  void close() throws IOException {
    router.close();
    provider.close();
  }

  @Test
  void threeCapabilitiesWillDo() throws IOException {
    String said = router.run(command(CAPABILITIES));
    assertTrue(said.contains("lease 198.51.100.1"), said);
    assertTrue(said.contains(" by 198.51.100.1\n"), said);
    assertTrue(said.contains("found [192.0.2.80]\n"), said);
    assertTrue(said.contains("elements = { 192.0.2.80 }"), "dnsmasq filled the set: " + said);
    assertTrue(said.contains("services true\n"), said);
    assertTrue(said.contains("ports [eth0, lan0, pc0]\n"), said);
    assertTrue(said.contains("done\n"), said);
  }

  @Test
  void withOneLessItSaysWhich() {
    for (String missing : CAPABILITIES) {
      List<String> others = CAPABILITIES.stream().filter(each -> !each.equals(missing)).toList();
      String said = "";
      try {
        said = router.run(command(others));
      } catch (IOException e) {
        said = e.getMessage();
      }
      assertTrue(
          said.contains("the router needs CAP_" + missing.toUpperCase(Locale.ROOT) + ":"), said);
    }
  }

  /** Our program by that user, who may not look into our home: so with copies of what it needs. */
  private String[] command(List<String> capabilities) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    String caps = "-all,+" + String.join(",+", capabilities);
    Path state = Files.createDirectories(folder.resolve("state"));
    Files.setAttribute(state, "unix:uid", Integer.valueOf(USER));
    return new String[] {
      "setpriv",
      "--reuid=" + USER,
      "--regid=" + USER,
      "--clear-groups",
      "--inh-caps=" + caps,
      "--ambient-caps=" + caps,
      "--bounding-set=" + caps,
      "--no-new-privs",
      System.getProperty("java.home") + "/bin/java",
      "-XX:TieredStopAtLevel=1",
      "-XX:+UseSerialGC",
      "-Djava.io.tmpdir=" + state,
      "-cp",
      classPath(),
      WithoutRoot.class.getName(),
      state.toString()
    };
  }

  private String classPath() throws IOException {
    List<String> copies = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path from = Path.of(entry);
      Path to = folder.resolve("cp" + copies.size()).resolve(from.getFileName());
      // An empty entry would be the folder that the tests run in.
      boolean ours = !entry.isEmpty() && Files.isDirectory(from);
      if (ours || entry.matches(".*/(jna|tinylog)[^/]*\\.jar")) {
        if (!Files.exists(to)) {
          Files.createDirectories(to.getParent());
          copy(from, to);
        }
        copies.add(to.toString());
      }
    }
    return String.join(File.pathSeparator, copies);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }
}
