package dev.noren.router;

import static java.util.concurrent.TimeUnit.HOURS;
import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.audit.AuditLog;
import dev.noren.config.MacAddress;
import dev.noren.config.RouterConfig;
import dev.noren.config.RouterConfig.Role;
import dev.noren.config.RouterJson;
import dev.noren.config.WanConfig;
import dev.noren.net.IpAddress;
import dev.noren.plan.Layout;
import dev.noren.state.GreatestTime;
import dev.noren.status.LogEntry.Kind;
import dev.noren.status.LogQuery;
import dev.noren.status.RouterStatus;
import dev.noren.text.Sentence;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What comes, goes and is refused is written down, and what is old is deleted. */
class ChronicleTest {
  private static final Layout NO_LINE = new Layout(Role.ROUTER, true, List.of(), null, List.of());

  @TempDir private Path state;
  private final SyslogCopy syslog = new SyslogCopy();
  private final List<RouterStatus.Lease> leases = new ArrayList<>();
  private final List<RouterStatus.Rule> rules = new ArrayList<>();
  private Instant now = Instant.parse("2026-10-05T08:00:00Z");
  private long nowNs = Long.MAX_VALUE - SECONDS.toNanos(7);
  private AuditLog audit;
  private GreatestTime greatest;
  private Happenings happenings;
  private Chronicle chronicle;

  @BeforeEach
  void start() {
    audit = new AuditLog(state, 365, syslog);
    greatest = new GreatestTime(state, () -> now);
    happenings = new Happenings(audit, syslog, greatest, () -> now, () -> nowNs);
    chronicle = new Chronicle(() -> leases, () -> rules, happenings, () -> now, nowNs);
  }

  @AfterEach
  void end() {
    syslog.close();
    greatest.close();
  }

  private void look(long laterNs) {
    nowNs += laterNs;
    chronicle.look(NO_LINE, nowNs);
  }

  private List<String> written(Kind kind) throws Exception {
    return audit.entries(new LogQuery(null, kind, LogQuery.MOST)).stream()
        .map(entry -> entry.who() + ": " + entry.what())
        .toList();
  }

  private static RouterStatus.Lease lease(int number, String address, String name) {
    return new RouterStatus.Lease(
        MacAddress.parse("02:00:00:00:00:0" + number), IpAddress.parse(address), name, null, null);
  }

  @Test
  void devicesThatComeAndGoAreWrittenDown() throws Exception {
    leases.add(lease(1, "10.7.0.11", "till"));
    look(0);
    assertEquals(List.of(), written(Kind.DEVICE), "it was there before the router was");
    leases.add(lease(2, "10.7.0.12", null));
    look(SECONDS.toNanos(5) - 1);
    assertEquals(List.of(), written(Kind.DEVICE));
    look(1);
    leases.set(0, lease(1, "10.7.0.21", "till"));
    look(SECONDS.toNanos(5));
    look(SECONDS.toNanos(5));
    leases.clear();
    look(SECONDS.toNanos(5));
    look(SECONDS.toNanos(5));
    assertEquals(
        List.of(
            "02:00:00:00:00:02: has the address 10.7.0.12",
            "02:00:00:00:00:01 (till): has the address 10.7.0.21",
            "02:00:00:00:00:01 (till): is gone; it had the address 10.7.0.21",
            "02:00:00:00:00:02: is gone; it had the address 10.7.0.12"),
        written(Kind.DEVICE));
  }

  private void count(long first, long second) {
    rules.clear();
    rules.add(new RouterStatus.Rule("refused_direct", Sentence.plain("was to leave"), first, 0));
    rules.add(new RouterStatus.Rule("refused_own", Sentence.plain("our own"), second, 0));
  }

  @Test
  void whatIsRefusedIsWrittenDownAtOnceAndThenSummedUp() throws Exception {
    count(1_000, 5);
    look(MINUTES.toNanos(1));
    assertEquals(List.of(), written(Kind.REFUSED), "it was counted before the router was there");
    count(1_003, 5);
    look(MINUTES.toNanos(1) - 1);
    assertEquals(List.of(), written(Kind.REFUSED));
    look(1);
    assertEquals(List.of("-: was to leave: 3 packets"), written(Kind.REFUSED));
    for (int i = 1; i <= 7; i++) {
      count(1_003 + i, 5);
      look(MINUTES.toNanos(1));
    }
    assertEquals(1, written(Kind.REFUSED).size());
    count(1_020, 6);
    look(MINUTES.toNanos(1));
    assertEquals(
        List.of(
            "-: was to leave: 3 packets", "-: our own: 1 packet", "-: was to leave: 17 packets"),
        written(Kind.REFUSED));
    // As after the counters were taken away and made anew.
    count(0, 0);
    look(MINUTES.toNanos(1));
    count(2, 0);
    look(MINUTES.toNanos(9));
    assertEquals("-: was to leave: 2 packets", written(Kind.REFUSED).getLast());
  }

  private static Layout line(boolean healthy) {
    WanConfig config = new WanConfig("eth0", new WanConfig.Dhcp(), WanConfig.Ipv6.AUTO);
    Layout.Line line = new Layout.Line(0, config, "eth0", "eth0", null, healthy);
    return new Layout(Role.ROUTER, true, List.of(line), null, List.of());
  }

  @Test
  void aLineThatBecomesWellOrGoesDownIsWrittenDown() throws Exception {
    Instant start = now;
    for (boolean healthy : new boolean[] {false, false, true, true, false}) {
      now = now.plusSeconds(10);
      chronicle.look(line(healthy), nowNs);
    }
    assertEquals(
        List.of("-: the line at eth0 is well", "-: the line at eth0 is down"),
        written(Kind.ROUTER));
    assertEquals(start.plusSeconds(50), chronicle.lineSince().get("eth0"));
  }

  /** By the greatest time that was ever seen: a clock that fell back keeps nothing. */
  @Test
  void whatIsOldIsDeletedByItself() throws Exception {
    happenings.router("started");
    now = now.plus(Duration.ofDays(365 + 31));
    happenings.router("a year later");
    nowNs += HOURS.toNanos(1);
    happenings.growOld();
    assertEquals(List.of("-: a year later"), written(Kind.ROUTER));
    now = now.plus(Duration.ofDays(365 + 31));
    happenings.growOld();
    happenings.router("two years later");
    nowNs += HOURS.toNanos(1) - 1;
    happenings.growOld();
    assertEquals(2, written(Kind.ROUTER).size(), "not before an hour has gone by");
    greatest.forExpiry(true);
    now = Instant.EPOCH;
    nowNs += 1;
    happenings.growOld();
    assertEquals(List.of("-: two years later"), written(Kind.ROUTER));
  }

  @Test
  @Timeout(30)
  void aSyslogServerGetsItOnceTheDocumentNamesOne() throws Exception {
    try (DatagramSocket server = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      happenings.router("before");
      happenings.follow(config("\"127.0.0.1:" + server.getLocalPort() + "\""));
      happenings.refused("-", "one packet");
      server.setSoTimeout(10_000);
      DatagramPacket packet = new DatagramPacket(new byte[1024], 1024);
      server.receive(packet);
      String said = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
      assertTrue(said.endsWith("-: one packet") && said.contains(" corner noren "), said);
      happenings.follow(config("null"));
      happenings.router("after");
      server.setSoTimeout(300);
      assertThrows(SocketTimeoutException.class, () -> server.receive(packet));
    }
  }

  private static RouterConfig config(String syslog) throws Exception {
    return RouterJson.read(
        "x", "{\"schema\": 1, \"name\": \"corner\", \"log\": {\"syslog\": " + syslog + "}}");
  }
}
