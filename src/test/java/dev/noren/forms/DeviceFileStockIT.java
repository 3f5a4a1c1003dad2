package dev.noren.forms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The stock wg-quick and wg take every device's file. */
class DeviceFileStockIT {
  @TempDir private Path folder;

  static Stream<String> names() {
    return DeviceFiles.NAMES.stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void stockToolsTakeIt(String name) throws Exception {
    for (boolean own : new boolean[] {true, false}) {
      Path conf = folder.resolve("ndf.conf");
      Files.writeString(conf, text(name, own));
      String stripped = run("wg-quick", "strip", conf.toString());
      assertTrue(stripped.contains("AllowedIPs = "), stripped);
      assertEquals(own, stripped.contains("PrivateKey = "), stripped);
      Path left = Files.writeString(folder.resolve("wg"), stripped);
      // wg reads the whole file before it looks for the interface, which is not there.
      String verdict = run("wg", "setconf", "ndf-none", left.toString());
      assertTrue(verdict.contains("Unable to modify interface"), verdict);
    }
    Path bad = Files.writeString(folder.resolve("bad"), text(name, true));
    String verdict = run("wg", "setconf", "ndf-none", bad.toString());
    assertTrue(verdict.contains("Line unrecognized"), "what wg does not know it says: " + verdict);
  }

  /** The file with an address for the name that wg would look up. */
  private static String text(String name, boolean own) throws Exception {
    return DeviceFiles.file(name, own ? DeviceFiles.KEY : null)
        .text()
        .replace("vpn.example.com", "192.0.2.7");
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(20, TimeUnit.SECONDS));
    return output;
  }
}
