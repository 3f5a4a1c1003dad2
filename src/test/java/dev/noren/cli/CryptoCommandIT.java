package dev.noren.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The jar as it is delivered: its manifest opens what the direct tier calls. */
class CryptoCommandIT {
  @Test
  void theJarHasAllTiers() throws Exception {
    List<String> lines = noren("crypto");
    assertEquals(7, lines.size(), lines.toString());
    for (int i = 0; i < 4; i++) {
      String tier = List.of("direct", "own-poly1305", "cipher", "bouncy-castle").get(i);
      assertTrue(lines.get(2 + i).matches(tier + "( \\*)?( +[1-9]\\d*){6}"), "not timed: " + lines);
    }
    assertEquals(1, lines.stream().filter(line -> line.contains(" * ")).count(), lines.toString());
    assertTrue(lines.getLast().startsWith("* is what a tunnel takes with this Java "));
  }

  private static List<String> noren(String command) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                "target/noren.jar",
                command)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      byte[] output = process.getInputStream().readAllBytes();
      assertEquals(0, process.waitFor());
      return Arrays.asList(new String(output, StandardCharsets.UTF_8).split("\n"));
    } finally {
      process.destroyForcibly();
    }
  }
}
