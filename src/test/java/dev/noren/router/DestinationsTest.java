package dev.noren.router;

import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.audit.AuditLog;
import dev.noren.config.MacAddress;
import dev.noren.net.IpAddress;
import dev.noren.plan.RouterCases;
import dev.noren.plan.RouterPlan;
import dev.noren.services.Flow;
import dev.noren.state.GreatestTime;
import dev.noren.status.LogEntry.Kind;
import dev.noren.status.LogQuery;
import dev.noren.status.RouterStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where devices connect to is written down while that is asked for, and forgotten otherwise. */
class DestinationsTest {
  private static final Instant NOW = Instant.parse("2026-10-05T08:00:00Z");
  private static final String TILL = "10.226.159.100";
  private static final String WEB = "198.51.100.80";
  private static final int VPN = 0x6e72_0100 + 188;

  @TempDir private Path state;
  private final SyslogCopy syslog = new SyslogCopy();
  private RouterPlan plan;
  private long nowNs;
  private AuditLog audit;
  private GreatestTime greatest;
  private Destinations destinations;
  private Consumer<Flow> listener;
  private Runnable lost;
  private IOException failure;

  @BeforeEach
  void start() throws Exception {
    plan = RouterCases.of("two-lines").plan();
    audit = new AuditLog(state, 365, syslog);
    greatest = new GreatestTime(state, () -> NOW);
    Happenings happenings = new Happenings(audit, syslog, greatest, () -> NOW, () -> nowNs);
    RouterStatus.Lease lease =
        new RouterStatus.Lease(
            MacAddress.parse("02:00:00:00:00:01"), IpAddress.parse(TILL), "till", null, null);
    destinations = new Destinations(this::watch, () -> List.of(lease), happenings);
  }

  private Destinations.Watch watch(Consumer<Flow> to, Runnable whenLost) throws IOException {
    if (failure != null) {
      throw failure;
    }
    listener = to;
    lost = whenLost;
    return () -> listener = null;
  }

  @AfterEach
  void end() {
    destinations.close();
    syslog.close();
    greatest.close();
  }

  private void look(boolean wanted, long laterNs) {
    nowNs += laterNs;
    destinations.look(wanted, plan, nowNs);
  }

  private static Flow flow(String from, String to, int port, String answersTo, int mark) {
    IpAddress destination = IpAddress.parse(to);
    return new Flow(
        port == 0 ? 1 : 6,
        IpAddress.parse(from),
        destination,
        port,
        destination,
        IpAddress.parse(answersTo),
        mark);
  }

  private List<String> written(Kind kind) throws Exception {
    return audit.entries(new LogQuery(null, kind, LogQuery.MOST)).stream()
        .map(entry -> entry.who() + ": " + entry.what())
        .toList();
  }

  @Test
  void theDeviceTheDestinationAndTheWayAreWrittenDown() throws Exception {
    look(true, 0);
    listener.accept(flow(TILL, WEB, 443, "203.0.113.7", 0));
    listener.accept(flow(TILL, WEB, 443, "192.168.8.100", 0));
    listener.accept(flow(TILL, WEB, 443, "192.168.8.100", 0));
    listener.accept(flow(TILL, "10.50.0.10", 0, "10.8.0.2", VPN));
    listener.accept(flow("10.226.159.7", WEB, 80, "203.0.113.7", 0));
    look(true, SECONDS.toNanos(1));
    assertEquals(List.of(), written(Kind.OPENED));
    look(true, SECONDS.toNanos(5));
    List<String> lines = written(Kind.OPENED);
    assertEquals(2, lines.size(), lines.toString());
    assertTrue(
        lines.contains(
            "02:00:00:00:00:01 (till): tcp 198.51.100.80:443 by eth0; tcp 198.51.100.80:443 by"
                + " eth2, 2 times; icmp 10.50.0.10 through vpn"),
        lines.toString());
    assertTrue(
        lines.contains("10.226.159.7: tcp 198.51.100.80:80 by eth0"), "without a lease of ours");
  }

  @Test
  void onlyTheShopsOwnAreToldOfAndNothingThatThisBoxAnswers() throws Exception {
    String own = "10.226.159.1";
    assertTrue(FlowText.isShops(flow(TILL, WEB, 80, "203.0.113.7", 0), plan));
    assertFalse(FlowText.isShops(flow(WEB, TILL, 80, WEB, 0), plan), "from elsewhere");
    assertFalse(FlowText.isShops(flow(own, WEB, 80, "203.0.113.7", 0), plan), "its own");
    assertFalse(FlowText.isShops(flow(TILL, own, 53, TILL, 0), plan), "a name is asked for");
    assertFalse(FlowText.isShops(flow(TILL, "203.0.113.7", 53, TILL, 0), plan), "the line's");
    assertFalse(FlowText.isShops(flow(TILL, "10.8.0.2", 53, TILL, 0), plan), "the tunnel's");
    IpAddress till = IpAddress.parse(TILL);
    Flow redirected =
        new Flow(17, till, IpAddress.parse("192.0.2.53"), 53, IpAddress.parse(own), till, 0);
    assertFalse(FlowText.isShops(redirected, plan), "another name server was meant");
    assertFalse(FlowText.isShops(flow(TILL, WEB, 80, TILL, 0), RouterPlan.STOPPED));
    String device = "2001:db8:8000:100::7";
    Flow ipv6 = flow(device, "2001:db8::1", 443, device, 0);
    assertFalse(FlowText.isShops(ipv6, plan));
    RouterPlan withIpv6 = RouterCases.of("ipv6-delegated").plan();
    assertTrue(FlowText.isShops(ipv6, withIpv6));
    assertEquals("tcp [2001:db8::1]:443 by eth0", FlowText.of(ipv6, withIpv6));
  }

  @Test
  void switchedOffNobodyListensAndWhatWasSeenIsForgotten() throws Exception {
    look(false, 0);
    assertNull(listener);
    look(true, 1);
    listener.accept(flow(TILL, WEB, 443, "203.0.113.7", 0));
    look(true, 1);
    listener.accept(flow(TILL, WEB, 444, "203.0.113.7", 0));
    look(false, 1);
    assertNull(listener);
    look(false, MINUTES.toNanos(10));
    look(true, MINUTES.toNanos(10));
    assertNotNull(listener);
    look(true, MINUTES.toNanos(10));
    look(false, 1);
    destinations.close();
    assertEquals(List.of(), written(Kind.OPENED));
  }

  @Test
  void whatIsNotToldYetIsWrittenDownAtTheEnd() throws Exception {
    look(true, 0);
    listener.accept(flow(TILL, WEB, 443, "203.0.113.7", 0));
    look(true, 1);
    destinations.close();
    assertNull(listener);
    assertEquals(
        List.of("02:00:00:00:00:01 (till): tcp 198.51.100.80:443 by eth0"), written(Kind.OPENED));
  }

  @Test
  void aFloodFillsNoMemoryAndIsSaid() throws Exception {
    look(true, 0);
    for (int i = 0; i < 10_000; i++) {
      listener.accept(flow(TILL, WEB, 1 + i, "203.0.113.7", 0));
    }
    lost.run();
    look(true, 1);
    look(true, SECONDS.toNanos(5));
    List<String> lines = written(Kind.OPENED);
    assertEquals(2, lines.size(), lines.toString());
    assertTrue(lines.getFirst().matches(".*; and 40\\d\\d more"), lines.getFirst());
    assertEquals("-: more connections, which were too many to be told apart", lines.getLast());
  }

  @Test
  void aKernelThatDoesNotTellIsSaidOnceAndAskedAgain() throws Exception {
    failure = new IOException("can't hear of it");
    for (int i = 0; i < 200; i++) {
      look(true, SECONDS.toNanos(1));
    }
    assertEquals(
        List.of("-: where devices connect to is not logged: can't hear of it"),
        written(Kind.ROUTER));
    failure = null;
    look(true, SECONDS.toNanos(60));
    assertNotNull(listener);
  }
}
