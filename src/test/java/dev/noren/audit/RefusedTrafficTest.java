package dev.noren.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.noren.audit.RefusedTraffic.Told;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefusedTrafficTest {
  private static final long START = Long.MIN_VALUE + 7;
  private static final long END = START + RefusedTraffic.PERIOD_NS;

  private final RefusedTraffic refused = new RefusedTraffic(true, START);

  @Test
  void theFirstIsToldAtOnceAndTheRestOnceAPeriod() {
    assertEquals(new Told("till", "no: 1 packet"), refused.refused("till", "no", null, 1));
    for (int i = 0; i < 1_000; i++) {
      assertNull(refused.refused("till", "no", null, 5));
    }
    assertEquals(List.of(), refused.poll(END - 1));
    assertEquals(List.of(new Told("till", "no: 5000 packets")), refused.poll(END));
    assertEquals(List.of(), refused.poll(END));
    assertNull(refused.refused("till", "no", null, 2), "it went on");
    assertEquals(
        List.of(new Told("till", "no: 2 packets")), refused.poll(END + RefusedTraffic.PERIOD_NS));
    assertEquals(List.of(), refused.poll(END + 2 * RefusedTraffic.PERIOD_NS));
    assertEquals(new Told("till", "no: 1 packet"), refused.refused("till", "no", null, 1));
  }

  @Test
  void destinationsAreToldOnlyWhereThatIsOn() {
    assertEquals(
        new Told("till", "no, to 192.0.2.1: 3 packets"),
        refused.refused("till", "no", "192.0.2.1", 3));
    RefusedTraffic without = new RefusedTraffic(false, START);
    assertEquals(new Told("till", "no: 3 packets"), without.refused("till", "no", "192.0.2.1", 3));
    assertNull(without.refused("till", "no", "192.0.2.2", 1), "nor told apart by it");
  }

  @Test
  void aFloodFromManyIsAFewLines() {
    int told = 0;
    for (int i = 0; i < 100_000; i++) {
      told += refused.refused("device " + i, "no", null, 1) == null ? 0 : 1;
    }
    assertEquals(RefusedTraffic.MOST_SOURCES + 1, told);
    List<Told> summed = refused.poll(END);
    assertEquals(
        List.of(
            new Told(
                "others",
                "not told apart: " + (100_000 - RefusedTraffic.MOST_SOURCES - 1) + " packets")),
        summed);
    assertNotNull(refused.refused("device 99999", "no", null, 1), "there is room again");
  }
}
