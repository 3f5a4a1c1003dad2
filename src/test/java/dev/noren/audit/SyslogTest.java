package dev.noren.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.status.LogEntry;
import dev.noren.status.LogEntry.Kind;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SyslogTest {
  private static final LogEntry ENTRY =
      new LogEntry(
          Instant.parse("2026-10-05T08:00:00.123456789Z"), Kind.CONFIG, "root (local)", "name\n本");

  /** RFC 5424, 6: priority, version, time, host, program, process, kind, data, text. */
  @Test
  void aMessageIsAsTheStandardSays() {
    assertEquals(
        "<110>1 2026-10-05T08:00:00.123456Z shop-1 noren - config - \ufeffroot (local): name?本",
        new String(Syslog.message(ENTRY, "shop-1"), UTF_8));
  }

  @Test
  void aLongMessageEndsWithAWholeCharacter() {
    for (int i = 0; i < 3; i++) {
      LogEntry longOne =
          new LogEntry(ENTRY.at(), Kind.CONFIG, "x".repeat(i), "本".repeat(Syslog.MOST_BYTES));
      byte[] message = Syslog.message(longOne, "shop-1");
      assertTrue(message.length <= Syslog.MOST_BYTES && message.length > Syslog.MOST_BYTES - 3);
      assertTrue(new String(message, UTF_8).endsWith("本"));
    }
  }

  @Test
  @Timeout(30)
  void itComesOverUdp() throws Exception {
    try (DatagramSocket server = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        Syslog syslog = new Syslog("127.0.0.1", server.getLocalPort(), "shop-1")) {
      syslog.accept(ENTRY);
      DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
      server.receive(packet);
      assertEquals(
          new String(Syslog.message(ENTRY, "shop-1"), UTF_8),
          new String(packet.getData(), 0, packet.getLength(), UTF_8));
    }
  }

  /** Closed, so that nothing is taken out of the queue. */
  @Test
  @Timeout(30)
  void whoHasSomethingToSayNeverWaits() {
    Syslog syslog = new Syslog("127.0.0.1", 9, "shop-1");
    syslog.close();
    for (int i = 0; i < 10 * Syslog.MOST_WAITING; i++) {
      syslog.accept(ENTRY);
    }
    assertTrue(syslog.leftOut() >= 8 * Syslog.MOST_WAITING, "" + syslog.leftOut());
  }
}
