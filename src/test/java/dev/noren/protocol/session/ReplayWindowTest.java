package dev.noren.protocol.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.protocol.Limits;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ReplayWindowTest {
  private static final int WINDOW = 8128;

  /** One more than the window: the kernel's T_LIM. */
  private static final long T = WINDOW + 1;

  private static final long REJECT = Limits.WHITEPAPER.rejectAfterMessages();
  private static final long TWO_32 = 1L << 32;
  private static final long TOP = -1;

  private record Row(int number, long counter, boolean accepted) {}

  private final List<Row> rows = new ArrayList<>();

  private void row(int number, long counter, boolean accepted) {
    rows.add(new Row(number, counter, accepted));
  }

  private void runRows() {
    ReplayWindow window = new ReplayWindow();
    for (Row row : rows) {
      assertEquals(
          row.accepted(),
          window.accept(row.counter()),
          () -> "row " + row.number() + ", counter " + Long.toUnsignedString(row.counter()));
    }
  }

  /**
   * The rows of the Linux driver's own replay test. Its counters at the reject limit are left to
   * {@code SessionTest}, since the limit is the session's.
   */
  @Test
  void theKernelsTable() {
    row(1, 0, true);
    row(2, 1, true);
    row(3, 1, false);
    row(4, 9, true);
    row(5, 8, true);
    row(6, 7, true);
    row(7, 7, false);
    row(8, T, true);
    row(9, T - 1, true);
    row(10, T - 1, false);
    row(11, T - 2, true);
    row(12, 2, true);
    row(13, 2, false);
    row(14, T + 16, true);
    row(15, 3, false);
    row(16, T + 16, false);
    row(17, T * 4, true);
    row(18, T * 4 - (T - 1), true);
    row(19, 10, false);
    row(20, T * 4 - T, false);
    row(21, T * 4 - (T + 1), false);
    row(22, T * 4 - (T - 2), true);
    row(23, T * 4 + 1 - T, false);
    row(24, 0, false);
    row(26, REJECT - 1, true);
    row(28, REJECT - 1, false);
    row(29, REJECT - 2, true);
    row(32, REJECT - 2, false);
    row(33, REJECT - 3, true);
    row(34, 0, false);
    runRows();
  }

  @Test
  void theWindowsEdge() {
    row(1, 20_000, true);
    row(2, 20_000 - 8127, true);
    row(3, 20_000 - 8128, true);
    row(4, 20_000 - 8129, false);
    row(5, 20_000 - 8127, false);
    row(6, 20_000 - 8128, false);
    row(7, 20_001, true);
    row(8, 20_001 - 8128, false);
    row(9, 20_001 - 8126, true);
    runRows();
  }

  @Test
  void beyond32Bits() {
    row(1, TWO_32 - 1, true);
    row(2, TWO_32, true);
    row(3, 0, false);
    row(4, TWO_32 + 5, true);
    row(5, 5, false);
    row(6, TWO_32 - 1, false);
    row(7, TWO_32 - 2, true);
    row(8, 3 * TWO_32 + 5, true);
    row(9, 2 * TWO_32 + 5, false);
    row(10, 3 * TWO_32 + 4, true);
    runRows();
  }

  @Test
  void acrossTheSignBitAndUpToTheTop() {
    row(1, Long.MAX_VALUE - 1, true);
    row(2, Long.MIN_VALUE, true);
    row(3, Long.MAX_VALUE, true);
    row(4, Long.MAX_VALUE, false);
    row(5, Long.MAX_VALUE - WINDOW + 2, true);
    row(6, Long.MIN_VALUE, false);
    row(7, Long.MAX_VALUE - WINDOW + 1, true);
    row(8, Long.MAX_VALUE - WINDOW, false);
    row(9, TOP, true);
    row(10, TOP - WINDOW, true);
    row(11, TOP - WINDOW - 1, false);
    row(12, TOP, false);
    row(13, 0, false);
    row(14, 1, false);
    row(15, Long.MIN_VALUE, false);
    row(16, TOP - 1, true);
    runRows();
  }

  /** A jump of any length leaves no bit of the past behind, whichever block it lands in. */
  @TestFactory
  Stream<DynamicTest> farJumpsForgetThePast() {
    return Stream.of(63, 64, 65, 8127, 8128, 8129, 8191, 8192, 8193, 16_384, 1 << 20, TWO_32)
        .map(Number::longValue)
        .map(jump -> DynamicTest.dynamicTest("jump " + jump, () -> jumpOver(jump)));
  }

  private static void jumpOver(long jump) {
    ReplayWindow window = new ReplayWindow();
    long last = 3 * T;
    for (long counter = 0; counter <= last; counter++) {
      assertTrue(window.accept(counter));
    }
    assertTrue(window.accept(last + jump));
    for (long counter = last + jump; counter > last + jump - 3 * T; counter--) {
      boolean fresh = counter > last && counter < last + jump;
      assertEquals(
          fresh && last + jump - counter <= WINDOW, window.accept(counter), "counter " + counter);
    }
  }

  @Test
  void inOrderThenBackwards() {
    ReplayWindow window = new ReplayWindow();
    for (long counter = 0; counter < T; counter++) {
      assertTrue(window.accept(counter));
    }
    for (long counter = T - 1; counter >= 0; counter--) {
      assertFalse(window.accept(counter));
    }
    ReplayWindow backwards = new ReplayWindow();
    for (long counter = WINDOW; counter >= 0; counter--) {
      assertTrue(backwards.accept(counter), "counter " + counter);
    }
  }

  @Property(tries = 60)
  void agreesWithASet(@ForAll long seed) {
    SplittableRandom chance = new SplittableRandom(seed);
    long[] starts = {9000, TWO_32 - 9000, Long.MAX_VALUE - 9000, TOP - 40_000};
    long base = starts[chance.nextInt(starts.length)];
    ReplayWindow window = new ReplayWindow();
    Twin twin = new Twin();
    for (int i = 0; i < 3000; i++) {
      base += chance.nextInt(20) == 0 ? chance.nextInt(12) * 1000L : chance.nextInt(3);
      long counter = base - (chance.nextInt(4) == 0 ? chance.nextInt(9000) : chance.nextInt(70));
      boolean expected = twin.accept(counter);
      assertEquals(
          expected,
          window.accept(counter),
          () -> "seed " + seed + ", counter " + Long.toUnsignedString(counter));
    }
  }

  /** The same rule with a set that forgets nothing. */
  private static final class Twin {
    private final Set<Long> seen = new HashSet<>();
    private long highest;

    boolean accept(long counter) {
      if (Long.compareUnsigned(counter, highest) > 0) {
        highest = counter;
      }
      return Long.compareUnsigned(highest - counter, WINDOW) <= 0 && seen.add(counter);
    }
  }
}
