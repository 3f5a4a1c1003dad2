package dev.noren.services;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import dev.noren.plan.RouterFacts.Lease;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaseFilesTest {
  @TempDir private Path state;

  private Path file(String service) throws IOException {
    return Files.createDirectories(state.resolve("run").resolve(service)).resolve("lease");
  }

  private void write(String service, String text) throws IOException {
    Files.writeString(file(service), text);
  }

  @Test
  void readsThoseOfThePortsThatAreAskedFor() throws IOException {
    LeaseFiles files = new LeaseFiles(state);
    write("udhcpc-eth0", "address=10.0.0.2\nprefix=24\n");
    write("udhcpc-eth1", "address=10.0.1.2\nprefix=24\n");
    Map<String, String> ports = Map.of("eth0", "eth0", "eth2", "eth2");
    assertEquals(Set.of("eth0"), files.read(ports).keySet());
    assertEquals("10.0.0.2/24", files.read(ports).get("eth0").address().toString());
    write("udhcpc-eth0", "address=10.0.0.3\nprefix=24\n");
    assertEquals("10.0.0.3/24", files.read(ports).get("eth0").address().toString());
    Files.delete(file("udhcpc-eth0"));
    assertEquals(Map.of(), files.read(ports));
  }

  @Test
  void aPrefixJoinsTheAddressOfItsLine() throws IOException {
    write("udhcpc-eth0", "address=10.0.0.2\nprefix=24\ngateway=10.0.0.1\ndns=9.9.9.9\n");
    write("dhclient6-eth0", "delegated=2001:db8:7::/56\n");
    LeaseFiles files = new LeaseFiles(state);
    assertEquals(
        new Lease(
            Cidr.parse("10.0.0.2/24"),
            IpAddress.parse("10.0.0.1"),
            List.of(IpAddress.parse("9.9.9.9")),
            null,
            0,
            Cidr.parse("2001:db8:7::/56")),
        files.read(Map.of("eth0", "eth0")).get("eth0"));
    // A static line has no DHCP client.
    Files.delete(file("udhcpc-eth0"));
    Lease prefix = files.read(Map.of("eth0", "eth0")).get("eth0");
    assertNull(prefix.address());
    assertEquals(Cidr.parse("2001:db8:7::/56"), prefix.delegated());
  }

  @Test
  void aPppInterfaceHasItsAddressOfPppdAndNothingBeforeIt() throws IOException {
    write("dhclient6-ppp0", "delegated=2001:db8:7::/56\n");
    write("udhcpc-eth0", "address=10.0.0.2\nprefix=24\n");
    LeaseFiles files = new LeaseFiles(state);
    assertEquals(Map.of(), files.read(Map.of("ppp0", "eth0")));
    Path helper = Files.createDirectories(state.resolve("helper"));
    Files.writeString(helper.resolve("pppd-ppp0.lease"), "address=203.0.113.9\nprefix=32\n");
    Lease lease = files.read(Map.of("ppp0", "eth0")).get("ppp0");
    assertEquals(Cidr.parse("203.0.113.9/32"), lease.address());
    assertEquals(Cidr.parse("2001:db8:7::/56"), lease.delegated());
  }

  @Test
  void whatIsNoPlainFileIsNotRead() throws IOException {
    LeaseFiles files = new LeaseFiles(state);
    Files.writeString(state.resolve("other"), "address=10.0.0.2\nprefix=24\n");
    Files.createSymbolicLink(file("udhcpc-eth0"), state.resolve("other"));
    Files.createDirectory(file("udhcpc-eth1"));
    assertEquals(Map.of(), files.read(Map.of("eth0", "eth0", "eth1", "eth1")));
  }

  @Test
  void onlySoMuchIsRead() throws IOException {
    write("udhcpc-eth0", "x".repeat(1 << 20) + "\naddress=10.0.0.2\nprefix=24\n");
    assertEquals(Map.of(), new LeaseFiles(state).read(Map.of("eth0", "eth0")));
  }
}
