package dev.noren.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.audit.OpenedConnections.Told;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenedConnectionsTest {
  private static final long START = Long.MAX_VALUE - 7;
  private static final long FIRST = START + OpenedConnections.FIRST_NS;
  private static final long SECOND = FIRST + OpenedConnections.PERIOD_NS;

  private final OpenedConnections opened = new OpenedConnections();

  @Test
  void aNewDeviceIsToldOfSoonAndThenOnceAPeriod() {
    opened.opened("till", "tcp a", START);
    opened.opened("till", "udp b", START + 1);
    opened.opened("till", "tcp a", START + 2);
    assertEquals(List.of(), opened.poll(FIRST - 1));
    assertEquals(List.of(new Told("till", "tcp a, 2 times; udp b")), opened.poll(FIRST));
    opened.opened("till", "tcp c", FIRST);
    assertEquals(List.of(), opened.poll(SECOND - 1));
    assertEquals(List.of(new Told("till", "tcp c")), opened.poll(SECOND));
    assertEquals(List.of(), opened.poll(SECOND + OpenedConnections.PERIOD_NS));
    opened.opened("till", "tcp a", SECOND + OpenedConnections.PERIOD_NS);
    assertEquals(
        List.of(new Told("till", "tcp a")),
        opened.poll(SECOND + OpenedConnections.PERIOD_NS + OpenedConnections.FIRST_NS),
        "silent for a period, it is new again");
  }

  @Test
  void aLineIsCutAndSaysWhatItLeavesOut() {
    for (int i = 0; i < 1_000; i++) {
      opened.opened("till", "tcp 192.0.2.1:" + (10_000 + i) + " through hq", START);
    }
    List<Told> told = opened.poll(FIRST);
    assertEquals(1, told.size());
    String what = told.getFirst().what();
    assertTrue(what.length() <= AuditLine.MOST_TEXT, what);
    assertTrue(what.startsWith("tcp 192.0.2.1:10000 through hq; tcp 192.0.2.1:10001 "), what);
    int listed = what.split("through hq", -1).length - 1;
    assertTrue(listed > 10, what);
    assertTrue(what.endsWith("through hq; and " + (1_000 - listed) + " more"), what);
  }

  @Test
  void aScanFromManyIsAFewLines() {
    for (int i = 0; i < 100_000; i++) {
      opened.opened("device " + i, "tcp " + i, START);
    }
    List<Told> told = opened.poll(FIRST);
    assertEquals(OpenedConnections.MOST_DEVICES + 1, told.size());
    assertEquals(
        1,
        told.stream()
            .filter(each -> each.who().equals("others") && each.what().endsWith(" more"))
            .count());
    long later = FIRST + told.size() * OpenedConnections.EACH_NS;
    opened.opened("device 1", "tcp a", SECOND);
    assertEquals(List.of(), opened.poll(later - 1), "so many are told of more seldom");
    assertEquals(List.of(new Told("device 1", "tcp a")), opened.poll(later));
    opened.opened("device 99999", "tcp a", later);
    assertEquals(
        List.of(new Told("device 99999", "tcp a")),
        opened.poll(later + OpenedConnections.FIRST_NS),
        "there is room again");
  }

  @Test
  void whatWasMissedIsSaidOnce() {
    opened.lost(3);
    opened.opened("till", "tcp a", START);
    assertEquals(
        List.of(
            new Told("till", "tcp a"),
            new Told("-", "more connections, which were too many to be told apart")),
        opened.poll(FIRST));
    opened.opened("till", "tcp a", FIRST);
    assertEquals(List.of(new Told("till", "tcp a")), opened.poll(SECOND));
  }

  @Test
  void atTheEndTheRestIsTold() {
    opened.opened("till", "tcp a", START);
    assertEquals(List.of(new Told("till", "tcp a")), opened.rest());
    assertEquals(List.of(), opened.rest());
  }
}
