package dev.noren.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.noren.net.IpAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoutersHeardTest {
  private static final String NONE = "0".repeat(32);
  private static final String ROUTER = "fe800000000000000000000000000001";

  @TempDir private Path root;

  private void route(String to, String length, String flags, String device) throws IOException {
    Path file = Files.createDirectories(root.resolve("proc/net")).resolve("ipv6_route");
    Files.writeString(
        file,
        "%s 40 %s 00 %s 00000100 00000001 00000000 00000001     eth0\n"
                .formatted("fd" + "0".repeat(30), NONE, NONE)
            + "%s %s %s 00 %s 00000400 00000001 00000000 %s %s\n"
                .formatted(to, length, NONE, ROUTER, flags, device));
  }

  @Test
  void aDefaultRouteThatWasAnnouncedIsOfItsRouter() throws IOException {
    route(NONE, "00", "00450003", "eth0");
    assertEquals(IpAddress.parse("fe80::1"), new RoutersHeard(root).on("eth0"));
    assertNull(new RoutersHeard(root).on("eth1"));
  }

  @Test
  void oneThatSomebodyMadeIsNone() throws IOException {
    route(NONE, "00", "00000003", "eth0");
    assertNull(new RoutersHeard(root).on("eth0"));
  }

  @Test
  void aPrefixIsNoWayToEverywhere() throws IOException {
    route(NONE, "03", "00450003", "eth0");
    assertNull(new RoutersHeard(root).on("eth0"));
  }

  @Test
  void aMachineWithoutIpv6HasNone() {
    assertNull(new RoutersHeard(root).on("eth0"));
  }
}
