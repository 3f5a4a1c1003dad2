package dev.noren.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.street.NorenRouter;
import dev.noren.street.Ran;
import dev.noren.street.Running;
import dev.noren.street.ShopPhone;
import dev.noren.street.ShopStreet;
import dev.noren.street.ShopTunnel;
import dev.noren.street.Wait;
import java.io.IOException;
import java.net.DatagramSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What only running it brings to light: one sentence each, and nothing half-done. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RouterTroubleIT {
  private static final int PORT = 51821;
  private static final int OTHER_PORT = 51822;

  private ShopStreet street;
  private ShopTunnel tunnel;
  private ShopPhone phone;
  private NorenRouter router;

  @BeforeAll
  void build() {
    street = ShopStreet.router();
    tunnel = new ShopTunnel(street);
    phone = new ShopPhone(street);
    router = new NorenRouter(street.noren());
    router.configure(ShopTunnel.document(tunnels(PORT, OTHER_PORT)));
  }

  @AfterEach
  void stop() {
    if (router.isRunning()) {
      router.stop();
    }
    router.hide("");
  }

  @AfterAll
  void remove() {
    router.close();
    phone.close();
    tunnel.close();
    street.close();
  }

  private String tunnels(int port, int phonePort) {
    String far =
        tunnel.json(
            "\"" + ShopTunnel.OWN_4 + "/32\"",
            "\"10.50.0.0/16\"",
            "{\"mode\": \"split\", \"subnets\": [\"10.50.0.0/16\"]}",
            ", \"listenPort\": " + port);
    return far + "," + phone.json(phonePort, "");
  }

  private void start() {
    router.start();
    router.awaitHandshake();
  }

  /** All that a change may touch; IPv6 addresses of links come by themselves, a moment later. */
  private String machine() {
    return street
        .noren()
        .must(
            "sh",
            "-c",
            "nft list ruleset | grep -v 'packets\\|elements'; ip -o link | sed 's/ qdisc.*//';"
                + " ip -o addr | sed 's/ valid_lft.*//'; ip rule; ip route show table all")
        .lines()
        .filter(line -> !line.contains("fe80::") && !line.contains("2001:db8:a:"))
        .map(line -> line.replaceAll("^\\d+: ", ""))
        .sorted()
        .collect(Collectors.joining("\n"));
  }

  /** One sentence, no trace, and all is as it was. */
  private void isRefused(Ran ran, String before, String... words) {
    assertEquals(1, ran.exit(), ran.toString());
    assertEquals(1, ran.err().strip().lines().count(), ran.toString());
    for (String word : words) {
      assertTrue(ran.err().contains(word), ran.toString());
    }
    assertEquals(before, machine());
    router.awaitStatus("no problem", "\"problems\": \\[\\]");
    assertTrue(street.noren().run("ping", "-c", "1", "-W", "2", ShopStreet.HQ_4).ok());
  }

  @Test
  void aChangeThatTheMachineHasNoRoomForChangesNothing() {
    start();
    String before = machine();
    isRefused(set("tunnels[1].name", "eth1"), before, "eth1");
    try (DatagramSocket holder = street.noren().inside(() -> new DatagramSocket(0))) {
      String port = "" + holder.getLocalPort();
      isRefused(set("tunnels[1].listenPort", port), before, phone.name(), port);
    }
    isRefused(router.runToEnd(true), before, "runs on", "already");
    set("tunnels", "[" + tunnels(OTHER_PORT, PORT) + "]").must();
    router.noren("config", "confirm").must();
    assertTrue(
        router
            .status()
            .matches("(?s).*\"listenPort\": " + OTHER_PORT + ".*\"listenPort\": " + PORT + ".*"),
        router.status());
  }

  private Ran set(String path, String value) {
    return router.noren("config", "set", path, value);
  }

  @Test
  void withoutAProgramAllElseRunsAndOneSentenceSaysWhatIsMissing() {
    router.hide("/usr/sbin/dnsmasq");
    start();
    String missing =
        "dnsmasq is not installed: it is in Debian's package dnsmasq-base; tell whoever looks"
            + " after the system";
    router.awaitStatus(
        "it says what is missing", "\"problems\": \\[\\s*\"" + missing + "\"\\s*\\]");
    assertTrue(router.noren("log").must().contains(missing));
    assertTrue(street.noren().run("ping", "-c", "1", "-W", "2", ShopStreet.HQ_4).ok());
    assertTrue(street.noren().must("ip", "-4", "addr").contains("br-lan"));
    assertTrue(
        street.noren().must("nft", "list", "table", "inet", "noren").contains(tunnel.name()));
  }

  /** Java's report of it has parts of its memory in it, and so may have keys. */
  @Test
  void aCrashsReportIsTheRoutersOwn() throws IOException {
    start();
    Running.run("kill", "-SEGV", Long.toString(router.process().pid())).must();
    Wait.until("it has ended", () -> !router.isRunning());
    Path report = router.state().resolve("crash.log");
    assertTrue(Files.readString(report).contains("SIGSEGV"));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(report)));
    Files.delete(report);
    start();
  }

  @Test
  void aDamagedDocumentFallsBackToTheLastGoodOneAndTheStatusSaysSo() throws IOException {
    set("name", "other").must();
    Path newest = documents().getLast();
    Files.writeString(newest, Files.readString(newest).replace("\"other\"", "\"0ther\""));
    start();
    String status = router.status();
    assertTrue(status.contains("\"name\": \"noren\""), status);
    assertTrue(status.matches("(?s).*\"problems\": \\[\\s*\"[^\"]*damaged[^\"]*\\.\".*"), status);
    router.stop();
    // Where none is whole, it does not begin anew.
    List<byte[]> all = documents().stream().map(RouterTroubleIT::read).toList();
    List<Path> files = documents();
    for (Path file : files) {
      Files.writeString(file, "nothing");
    }
    Ran ran = router.runToEnd(true);
    for (int i = 0; i < files.size(); i++) {
      Files.write(files.get(i), all.get(i));
    }
    assertEquals(1, ran.exit(), ran.toString());
    assertEquals(1, ran.err().strip().lines().count(), ran.toString());
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private List<Path> documents() throws IOException {
    try (var files = Files.list(router.state().resolve("config"))) {
      return files
          .filter(file -> file.getFileName().toString().matches("config.*json"))
          .sorted()
          .toList();
    }
  }

  @Test
  void withoutRightsItSaysWhichAndEnds() {
    Ran ran = router.runToEnd(false);
    assertEquals(1, ran.exit(), ran.toString());
    assertEquals(1, ran.err().strip().lines().count(), ran.toString());
    assertTrue(ran.err().contains("CAP_NET_ADMIN"), ran.toString());
    Running.run("chown", "0:0", router.state().toString()).must();
    try {
      Ran unreadable = router.runToEnd(true);
      assertEquals(1, unreadable.exit(), unreadable.toString());
      assertEquals(1, unreadable.err().strip().lines().count(), unreadable.toString());
      assertTrue(unreadable.err().contains(router.state().toString()), unreadable.toString());
    } finally {
      Running.run("chown", "64321:64321", router.state().toString()).must();
    }
  }
}
