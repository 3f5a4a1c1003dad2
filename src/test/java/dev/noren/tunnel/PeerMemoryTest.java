package dev.noren.tunnel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.protocol.Limits;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The heap is set by these two numbers: see "Bounds" in README.md. */
class PeerMemoryTest {
  @Test
  @Timeout(120)
  void aPeerTakesAtMost4KilobytesAndAPrefix128Bytes() throws Exception {
    Map<String, Long> bytes = measured();
    assertTrue(bytes.get("busy_peer") <= Limits.PEER_BYTES, bytes::toString);
    assertTrue(bytes.get("idle_peer") < bytes.get("busy_peer"), bytes::toString);
    assertTrue(bytes.get("prefix4") <= Limits.PREFIX_BYTES, bytes::toString);
    assertTrue(bytes.get("prefix6") <= Limits.PREFIX_BYTES, bytes::toString);
    assertTrue(bytes.get("prefix4") >= 32, () -> "less than its node: " + bytes);
  }

  /** In a Java of its own: here other tests' objects come and go. */
  private static Map<String, Long> measured() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:MarkSweepAlwaysCompactCount=1", // or dead objects stay, for speed
                "-Xmx64m",
                "-XX:+UseCompressedOops",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.noren.tunnel.PeerMemory")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertEquals(0, process.waitFor(), output);
      Map<String, Long> bytes = new HashMap<>();
      output
          .lines()
          .map(line -> line.split(" "))
          .forEach(words -> bytes.put(words[0], Long.valueOf(words[1])));
      return bytes;
    } finally {
      process.destroyForcibly();
    }
  }
}
