package dev.noren.uapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.protocol.Limits;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The heap of the launcher is enough for the peers that it says, whatever they and wg do. */
class CrowdTest {
  private static final int PREFIXES_EACH = 10;
  private static final long BASE_BYTES = 24L << 20;

  @Test
  @Timeout(120)
  void twoThousandPeersFitInTheirHeap() throws Exception {
    assertFit(2_000);
  }

  @Test
  @Tag("soak")
  void tenThousandPeersFitInTheirHeap() throws Exception {
    assertFit(10_000);
  }

  private static void assertFit(int peers) throws Exception {
    long heapBytes = BASE_BYTES + Limits.tableBytes(peers, (long) peers * PREFIXES_EACH);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xms5m",
                "-XX:NewSize=1m",
                "-XX:MaxNewSize=8m",
                "-XX:NewRatio=8",
                "-XX:MinHeapFreeRatio=5",
                "-XX:MaxHeapFreeRatio=10",
                "-XX:-ShrinkHeapInSteps",
                "-Xmx" + heapBytes / 1024 + "k",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.noren.uapi.Crowd",
                Integer.toString(peers),
                Integer.toString(PREFIXES_EACH))
            .redirectErrorStream(true)
            .start();
    try {
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertEquals(0, process.waitFor(), output);
      assertTrue(output.contains("used_bytes"), output);
    } finally {
      process.destroyForcibly();
    }
  }
}
