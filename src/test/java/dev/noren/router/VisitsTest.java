package dev.noren.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.config.RouterConfig;
import dev.noren.config.TunnelName;
import dev.noren.config.WgQuickFile;
import dev.noren.control.VisitDesk.Opened;
import dev.noren.forms.DeviceFiles;
import dev.noren.forms.Visit;
import dev.noren.net.IpAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VisitsTest {
  private static final TunnelName STAFF = new TunnelName("staff");

  @TempDir Path state;

  private final List<String> log = new ArrayList<>();
  private RouterConfig config;
  private List<IpAddress> pages = List.of(IpAddress.parse("10.23.45.1"));
  private Instant now = Instant.parse("2026-11-28T08:00:00Z");
  private long nowNs = -5;
  private int ended;
  private Visits visits;

  @BeforeEach
  void begin() throws Exception {
    config = DeviceFiles.shop();
    restart();
  }

  private void restart() {
    visits =
        new Visits(
            state,
            () -> config,
            () -> pages,
            () -> now,
            () -> nowNs,
            (who, what) -> log.add(who + ": " + what),
            () -> ended++);
  }

  private void pass(long seconds) {
    now = now.plusSeconds(seconds);
    nowNs += TimeUnit.SECONDS.toNanos(seconds);
    visits.look();
  }

  @Test
  void theFileLeadsToThePageAndNowhereElse() throws Exception {
    Opened opened = visits.openVisit(STAFF, "owner");
    assertEquals(7200, opened.secondsLeft());
    WgQuickFile.parse("visit.conf", opened.conf());
    assertTrue(opened.conf().contains("\nAllowedIPs = 10.23.45.1/32\n"), opened.conf());
    assertFalse(opened.conf().contains("DNS"), opened.conf());
    assertTrue(opened.conf().contains("\nAddress = 10.8.0.254/32"), opened.conf());
    assertEquals(List.of("owner: lets a technician look at the page by staff for 2 hours"), log);
    assertFalse(opened.toString().contains("PrivateKey"));
    assertFalse(Files.readString(state.resolve(Visits.FILE)).contains("PrivateKey"));
  }

  @Test
  void itEndsByItself() throws Exception {
    visits.openVisit(STAFF, "owner");
    pass(7199);
    assertEquals(1, visits.visit().secondsLeft());
    now = now.plusSeconds(1);
    nowNs += TimeUnit.SECONDS.toNanos(1);
    assertNull(visits.current(), "before anybody looks");
    assertEquals(0, ended);
    visits.look();
    assertEquals(1, ended);
    assertEquals("-: the technician's visit has ended, as its time is up", log.getLast());
    assertFalse(Files.exists(state.resolve(Visits.FILE)));
    visits.look();
    assertEquals(1, ended);
  }

  @Test
  void aRestartNeitherEndsItNorMakesItLonger() throws Exception {
    visits.openVisit(STAFF, "owner");
    Visit before = visits.current();
    pass(3600);
    restart();
    assertEquals(before, visits.current());
    assertEquals(3600, visits.visit().secondsLeft());
    pass(3600);
    assertNull(visits.current());
    restart();
    assertNull(visits.current());
  }

  /** A board without a clock of its own may start in the past, and stay there. */
  @Test
  void whereTheClockStandsStillItEndsAllTheSame() throws Exception {
    visits.openVisit(STAFF, "owner");
    restart();
    nowNs += TimeUnit.SECONDS.toNanos(7200);
    assertNull(visits.current());
    assertThrows(NullPointerException.class, () -> visits.visit().secondsLeft());
  }

  @Test
  void itEndsAtOnceWhenSomebodySaysSo() throws Exception {
    visits.closeVisit("owner");
    assertEquals(List.of(), log);
    visits.openVisit(STAFF, "owner");
    visits.closeVisit("owner");
    assertNull(visits.current());
    assertNull(visits.visit());
    assertEquals("owner: the technician's visit was ended", log.getLast());
    restart();
    assertNull(visits.current());
  }

  @Test
  void anotherTakesItsPlace() throws Exception {
    visits.openVisit(STAFF, "owner");
    Visit first = visits.current();
    visits.openVisit(STAFF, "owner");
    assertEquals(1, ended);
    assertFalse(first.publicKey().equals(visits.current().publicKey()));
  }

  @Test
  void withItsFormItGoes() throws Exception {
    visits.openVisit(STAFF, "owner");
    config = config.withForms(List.of());
    visits.look();
    assertNull(visits.current());
    assertTrue(log.getLast().endsWith("as staff is gone"), log.toString());
  }

  @Test
  void whatIsNotPossibleIsSaid() {
    IOException none =
        assertThrows(IOException.class, () -> visits.openVisit(new TunnelName("nobody"), "owner"));
    assertTrue(none.getMessage().startsWith("there is no form"), none.getMessage());
    pages = List.of();
    IOException page = assertThrows(IOException.class, () -> visits.openVisit(STAFF, "owner"));
    assertTrue(page.getMessage().startsWith("a technician has no way"), page.getMessage());
    assertNull(visits.current());
    assertEquals(List.of(), log);
  }

  @Test
  void aDamagedFileIsNobody() throws Exception {
    visits.openVisit(STAFF, "owner");
    assertNotNull(visits.current());
    Files.writeString(state.resolve(Visits.FILE), "form staff\nkey x\n");
    restart();
    assertNull(visits.current());
  }
}
