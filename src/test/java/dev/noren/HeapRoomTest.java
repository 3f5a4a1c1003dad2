package dev.noren;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.protocol.Limits;
import org.junit.jupiter.api.Test;

class HeapRoomTest {
  private static final long MB = 1 << 20;

  /** What Java calls its most memory when it was given this much. */
  private static long maxMemory(long heapBytes) {
    return heapBytes / 30 * 29;
  }

  private static long room(long heapBytes) {
    return HeapRoom.apply(Limits.WHITEPAPER, maxMemory(heapBytes)).tableBytes();
  }

  @Test
  void theSmallestHeapHasRoomForAFew() {
    assertEquals(Limits.tableBytes(250, 2_500), room(24 * MB));
    assertEquals(Limits.tableBytes(250, 2_500), room(16 * MB));
  }

  @Test
  void whatTheLauncherGivesForMorePeersIsThereForThem() {
    long wanted = Limits.tableBytes(10_000, 100_000);
    assertTrue(room(24 * MB + wanted) >= wanted);
    assertTrue(room(24 * MB + wanted) < wanted + 2 * MB);
  }
}
