package dev.noren.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskFilesTest {
  @TempDir Path folder;

  @Test
  void aFullDiskIsSaidWithTheFile() throws IOException {
    Path file = Files.createSymbolicLink(folder.resolve("x"), Path.of("/dev/full"));
    IOException thrown =
        assertThrows(IOException.class, () -> new DiskFiles(folder).write("x", new byte[1]));
    assertEquals(file + " can't be written: No space left on device", thrown.getMessage());
  }
}
