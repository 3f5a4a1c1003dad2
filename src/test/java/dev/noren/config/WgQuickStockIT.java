package dev.noren.config;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Holds our verdict on each test file against that of the stock wg-quick and wg. */
class WgQuickStockIT {
  /** What only later versions of wg know, a byte order mark, and a name that wg would look up. */
  private static final Set<String> APART =
      Set.of("signed-prefixes.conf", "windows.conf", "manual.conf");

  @TempDir private Path folder;

  @TestFactory
  Stream<DynamicTest> acceptsOnlyWhatTheStockToolsAccept() throws Exception {
    Path good = Path.of(WgQuickStockIT.class.getResource("/config/good").toURI());
    List<Path> files;
    try (Stream<Path> all = Files.list(good)) {
      files = all.filter(file -> file.toString().endsWith(".conf")).sorted().toList();
    }
    assertTrue(files.size() >= 6);
    return files.stream()
        .filter(file -> !APART.contains(file.getFileName().toString()))
        .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> compare(file)));
  }

  private void compare(Path file) throws Exception {
    Path copy = folder.resolve("nrc.conf");
    Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
    String stripped = run("wg-quick", "strip", copy.toString());
    Path wg = Files.writeString(folder.resolve("wg"), stripped);
    // wg reads the whole file before it looks for the interface, which is not there.
    String verdict = run("wg", "setconf", "nrc-none", wg.toString());
    assertTrue(verdict.contains("Unable to modify interface"), verdict);
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(20, TimeUnit.SECONDS));
    return output;
  }
}
