package dev.noren.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script, called as udhcpc calls it: by one process for as long as that asks. */
class DhcpClientTest {
  @TempDir private Path folder;
  private Path lease;

  @BeforeEach
  void write() throws Exception {
    lease = folder.resolve("lease");
    String script = DhcpClient.service("eth0", "noren").files().get("script");
    Files.writeString(
        folder.resolve("script"), script.replace(ServicePlan.FOLDER, folder.toString()));
  }

  /** One client's calls, one after another. */
  private void client(String... events) throws Exception {
    StringBuilder calls = new StringBuilder();
    for (String event : events) {
      calls.append("sh script ").append(event).append(" || exit; ");
    }
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", calls + ":").directory(folder.toFile());
    builder.environment().put("ip", "192.0.2.7");
    builder.environment().put("router", "192.0.2.1 192.0.2.2");
    Process process = builder.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor(), said);
    assertEquals("", said);
  }

  @Test
  void whatItIsGivenIsWrittenDown() throws Exception {
    client("deconfig", "bound");
    assertEquals("address=192.0.2.7\nprefix=24\ngateway=192.0.2.1\n", Files.readString(lease));
  }

  @Test
  void whatTheOneBeforeItGotGoesOnWhileItAsks() throws Exception {
    client("deconfig", "bound");
    client("deconfig");
    assertTrue(Files.exists(lease));
    client("deconfig", "leasefail");
    assertFalse(Files.exists(lease), "nobody answers any more");
  }

  @Test
  void whatIsTakenAwayIsGoneAtOnce() throws Exception {
    client("deconfig", "bound", "deconfig");
    assertFalse(Files.exists(lease));
    client("deconfig", "bound");
    client("deconfig", "deconfig");
    assertFalse(Files.exists(lease));
  }
}
