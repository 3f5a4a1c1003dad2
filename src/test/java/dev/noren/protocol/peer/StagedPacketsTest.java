package dev.noren.protocol.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StagedPacketsTest {
  private final StagedPool pool = new StagedPool(100_000);
  private final StagedPackets staged = new StagedPackets(4, pool);

  @Test
  void packetsComeOutInOrderAsCopies() {
    assertTrue(staged.isEmpty());
    byte[] buffer = {0, 1, 2, 3, 4, 5};
    assertTrue(staged.stage(buffer, 1, 2));
    assertTrue(staged.stage(buffer, 3, 3));
    assertTrue(staged.stage(buffer, 0, 0));
    buffer[1] = 99;
    assertFalse(staged.isEmpty());
    assertEquals(List.of("[1, 2]", "[3, 4, 5]", "[]"), drain(staged));
    assertTrue(staged.isEmpty());
    assertEquals(List.of(), drain(staged));
  }

  @Test
  void theOldestAreDroppedAboveTheLimit() {
    for (int i = 0; i < 4; i++) {
      assertTrue(stage(staged, i, 1));
    }
    assertFalse(stage(staged, 4, 1));
    assertFalse(stage(staged, 5, 1));
    assertEquals(List.of("[2]", "[3]", "[4]", "[5]"), drain(staged));
  }

  @Test
  void drainAndClearGiveThePoolItsBytesBack() {
    stage(staged, 1, 1000);
    stage(staged, 2, 500);
    assertEquals(StagedPool.cost(1000) + StagedPool.cost(500), pool.usedBytes());
    assertEquals(2, staged.drain(packet -> {}));
    assertEquals(0, pool.usedBytes());
    for (int i = 0; i < 9; i++) {
      stage(staged, i, 1000);
    }
    assertEquals(4 * StagedPool.cost(1000), pool.usedBytes());
    assertEquals(4, staged.clear());
    assertEquals(0, pool.usedBytes());
    assertEquals(0, staged.clear());
    assertTrue(staged.isEmpty());
  }

  @Test
  void whenThePoolIsOutAPeersOwnOldestMakeRoom() {
    StagedPool small = new StagedPool(2 * StagedPool.cost(100));
    StagedPackets mine = new StagedPackets(4, small);
    StagedPackets other = new StagedPackets(4, small);
    assertTrue(stage(mine, 1, 100));
    assertTrue(stage(other, 2, 100));
    assertFalse(stage(mine, 3, 100));
    assertEquals(2 * StagedPool.cost(100), small.usedBytes());
    assertEquals(1, other.drain(packet -> assertEquals(2, packet[0])));
    assertEquals(1, mine.drain(packet -> assertEquals(3, packet[0])));
    assertEquals(0, small.usedBytes());
  }

  @Test
  void aPacketThatCannotFitIsDroppedAndCostsNoOther() {
    StagedPool small = new StagedPool(2 * StagedPool.cost(100));
    StagedPackets mine = new StagedPackets(4, small);
    StagedPackets other = new StagedPackets(4, small);
    assertTrue(stage(other, 1, 100));
    assertFalse(stage(mine, 2, 101));
    assertTrue(mine.isEmpty());
    assertTrue(stage(mine, 3, 99));
    assertFalse(stage(mine, 4, 101));
    assertEquals(1, mine.drain(packet -> assertEquals(3, packet[0])));
    assertEquals(1, other.clear());
    assertEquals(0, small.usedBytes());
  }

  @Test
  void thePoolIsTakenToTheLastByteAndNoFurther() {
    StagedPool exact = new StagedPool(10);
    assertFalse(exact.take(11));
    assertTrue(exact.take(10));
    assertFalse(exact.take(1));
    assertEquals(0, exact.freeBytes());
    exact.giveBack(10);
    assertEquals(10, exact.freeBytes());
  }

  @Test
  void whatIsStagedWhileDrainingWaitsForTheNextTime() {
    stage(staged, 1, 1);
    assertEquals(1, staged.drain(packet -> stage(staged, 2, 1)));
    assertEquals(List.of("[2]"), drain(staged));
  }

  @Test
  void untilTheLastWasShownItIsNotEmpty() {
    stage(staged, 1, 1);
    stage(staged, 2, 1);
    assertEquals(2, staged.drain(packet -> assertFalse(staged.isEmpty())));
    assertTrue(staged.isEmpty());
  }

  @Test
  void stagingAndDrainingThreadsLoseNothing() throws InterruptedException {
    int packets = 20_000;
    StagedPackets roomy = new StagedPackets(packets, new StagedPool(1L << 30));
    Thread stager =
        new Thread(
            () -> {
              for (int i = 0; i < packets; i++) {
                roomy.stage(new byte[] {(byte) i, (byte) (i >> 8)}, 0, 2);
              }
            });
    stager.start();
    List<Integer> drained = new ArrayList<>();
    while (drained.size() < packets) {
      boolean last = !stager.isAlive();
      roomy.drain(packet -> drained.add((packet[0] & 0xff) | (packet[1] & 0xff) << 8));
      if (last) {
        break;
      }
    }
    stager.join();
    assertEquals(packets, drained.size());
    for (int i = 0; i < packets; i++) {
      assertEquals(i, drained.get(i));
    }
    assertTrue(roomy.isEmpty());
  }

  private static boolean stage(StagedPackets staged, int first, int length) {
    byte[] packet = new byte[length];
    packet[0] = (byte) first;
    return staged.stage(packet, 0, length);
  }

  private static List<String> drain(StagedPackets staged) {
    List<String> shown = new ArrayList<>();
    int count = staged.drain(packet -> shown.add(java.util.Arrays.toString(packet)));
    assertEquals(count, shown.size());
    return shown;
  }
}
