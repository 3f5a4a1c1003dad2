package dev.noren.router;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.noren.doctor.Load.Processors;
import dev.noren.metrics.Machine;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessorWatchTest {
  private static final long S = SECONDS.toNanos(1);

  private String stat = "";
  private String own = "";
  private final ProcessorWatch watch =
      new ProcessorWatch(
          () -> Machine.of(stat, "", "", List.of(), own, "", new Machine.Heap(0, 0, 0)));

  /** Ticks of both processors: user, idle, interrupts of the network card's kind; and our own. */
  private void counts(int user0, int idle0, int soft0, int user1, int idle1, int ownTicks) {
    stat =
        """
        cpu  0 0 0 0
        cpu0 %d 0 0 %d 0 0 %d 0
        cpu1 %d 0 0 %d 0 0 0 0
        """
            .formatted(user0, idle0, soft0, user1, idle1);
    own = "7 (noren) S" + " 0".repeat(10) + " " + ownTicks + " 0 0";
  }

  @Test
  void nothingIsKnownAtFirst() {
    assertNull(watch.lately());
    counts(0, 0, 0, 0, 0, 0);
    watch.look(0);
    counts(100, 0, 0, 0, 100, 0);
    watch.look(ProcessorWatch.LEAST_NS - 1);
    assertNull(watch.lately(), "too soon");
  }

  @Test
  void theFullestIsToldAndAllTogether() {
    counts(500, 500, 0, 100, 900, 40);
    watch.look(0);
    counts(1100, 540, 360, 300, 1700, 740);
    watch.look(10 * S);
    assertEquals(new Processors(2, "0", 96, 36, 58, 70, 10), watch.lately());
  }

  @Test
  void whatIsLongerAgoDoesNotCount() {
    counts(0, 0, 0, 0, 0, 0);
    watch.look(0);
    counts(1000, 0, 0, 1000, 0, 1000);
    watch.look(10 * S);
    counts(1000, 500, 0, 1000, 500, 1000);
    watch.look(15 * S);
    counts(1000, 1000, 0, 1000, 1000, 1000);
    watch.look(20 * S);
    assertEquals(new Processors(2, "0", 0, 0, 0, 0, 10), watch.lately());
  }

  @Test
  void whereLinuxSaysNothingNothingIsKnown() {
    watch.look(0);
    watch.look(10 * S);
    assertNull(watch.lately());
  }

  @Test
  void aProcessorThatWasSwitchedOnLaterIsLeftOut() {
    stat = "cpu0 0 0 0 0 0 0 0 0\n";
    watch.look(0);
    counts(50, 50, 0, 100, 0, 0);
    watch.look(10 * S);
    assertEquals(new Processors(2, "0", 50, 0, 50, 0, 10), watch.lately());
  }
}
