package dev.noren.services;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaseFilesTest {
  @TempDir private Path state;

  private Path file(String port) throws IOException {
    return Files.createDirectories(state.resolve("run/udhcpc-" + port)).resolve("lease");
  }

  @Test
  void readsThoseOfThePortsThatAreAskedFor() throws IOException {
    LeaseFiles files = new LeaseFiles(state);
    Files.writeString(file("eth0"), "address=10.0.0.2\nprefix=24\n");
    Files.writeString(file("eth1"), "address=10.0.1.2\nprefix=24\n");
    assertEquals("10.0.0.2/24", files.read(List.of("eth0")).get("eth0").address().toString());
    Files.writeString(file("eth0"), "address=10.0.0.3\nprefix=24\n");
    assertEquals(
        "10.0.0.3/24", files.read(List.of("eth0", "eth2")).get("eth0").address().toString());
    files.forget("eth0");
    assertEquals(Map.of(), files.read(List.of("eth0")));
  }

  @Test
  void whatIsNoPlainFileIsNotRead() throws IOException {
    LeaseFiles files = new LeaseFiles(state);
    Files.writeString(state.resolve("other"), "address=10.0.0.2\nprefix=24\n");
    Files.createSymbolicLink(file("eth0"), state.resolve("other"));
    Files.createDirectory(file("eth1"));
    assertNull(files.read(List.of("eth0", "eth1")).get("eth0"));
  }

  @Test
  void onlySoMuchIsRead() throws IOException {
    Files.writeString(file("eth0"), "x".repeat(1 << 20) + "\naddress=10.0.0.2\nprefix=24\n");
    assertEquals(Map.of(), new LeaseFiles(state).read(List.of("eth0")));
  }
}
