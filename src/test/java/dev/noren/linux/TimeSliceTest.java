package dev.noren.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** Our own calls against what the kernel says afterwards. */
class TimeSliceTest {
  @Test
  void aThreadGetsTheSliceAndOthersKeepTheirs() throws Exception {
    long before = TimeSlice.get();
    FutureTask<Boolean> taken = new FutureTask<>(() -> TimeSlice.set(TimeSlice.SHORTEST_NS));
    FutureTask<Long> slice =
        new FutureTask<>(
            () -> {
              taken.run();
              return TimeSlice.get();
            });
    new Thread(slice).start();
    long after = slice.get();
    assertTrue(taken.get());
    // Kernels before 6.12 take it and say nothing.
    assumeTrue(before != 0);
    assertEquals(TimeSlice.SHORTEST_NS, after);
    assertNotEquals(TimeSlice.SHORTEST_NS, before);
    assertEquals(before, TimeSlice.get());
  }
}
