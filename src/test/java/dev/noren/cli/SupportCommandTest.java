package dev.noren.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupportCommandTest {
  @TempDir private Path folder;
  private final Shell shell = new Shell();

  @Test
  void itGoesWhereItIsWanted() throws IOException {
    assertEquals(0, shell.run("support"), shell.err);
    assertEquals("what helps\n", shell.out);
    Path file = folder.resolve("support.txt");
    assertEquals(0, shell.run("support", "--hide-addresses", file.toString()), shell.err);
    assertEquals("what helps\n", Files.readString(file));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertTrue(shell.out.contains(file + " is written, 11 bytes"), shell.out);
    assertEquals(0, shell.run("support", file.toString()), "once more");
    assertTrue(
        shell.host.asked.get(0).toString().startsWith("support /var/lib/noren false "),
        shell.host.asked.toString());
    assertTrue(
        shell.host.asked.get(1).toString().startsWith("support /var/lib/noren true "),
        shell.host.asked.toString());
  }

  @Test
  void whereItCannotBeIsSaid() {
    assertEquals(1, shell.run("support", folder + "/none/file"));
    assertTrue(shell.err.contains("none"), shell.err);
    shell.host.failure = new IOException("the router is ending");
    assertEquals(1, shell.run("support"));
    assertTrue(shell.err.contains("the router is ending"), shell.err);
  }
}
