package dev.noren.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ProcessIoTest {
  private static final String READY_FD = "9";

  /** A program that is started with a descriptor to tell on, as the launcher does. */
  static final class Background {
    private Background() {}

    public static void main(String[] args) throws IOException {
      System.out.println("before");
      ProcessIo.tell(Integer.parseInt(READY_FD), "ready");
      ProcessIo.detachStandardStreams();
      System.out.println("after");
      System.err.println("after");
      int input = System.in.read();
      ProcessIo.umask(0);
      Files.writeString(Path.of(args[0]), "read " + input + ", umask " + ProcessIo.umask(18));
    }
  }

  @Test
  @Timeout(60)
  void aProgramGoesToTheBackground(@TempDir Path folder) throws Exception {
    Path ready = folder.resolve("ready");
    Path result = folder.resolve("result");
    Process process =
        new ProcessBuilder(
                "sh",
                "-c",
                "ready=$1; shift; exec \"$@\" " + READY_FD + ">\"$ready\"",
                "sh",
                ready.toString(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Background.class.getName(),
                result.toString())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().write("typed".getBytes(StandardCharsets.UTF_8));
    String output;
    try (InputStream printed = process.getInputStream()) {
      output = new String(printed.readAllBytes(), StandardCharsets.UTF_8);
    }
    assertEquals(0, process.waitFor(), output);
    assertEquals("before\n", output);
    assertEquals("ready\n", Files.readString(ready));
    assertEquals("read -1, umask 0", Files.readString(result));
  }

  @Test
  void aMissingDescriptorIsSaid() {
    int unused = 1 << 20;
    LinuxException e = assertThrows(LinuxException.class, () -> ProcessIo.tell(unused, "ready"));
    assertEquals(
        "can't write to file descriptor 1048576: not an open descriptor (EBADF)", e.getMessage());
  }
}
