package dev.noren.protocol.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class IndexTableTest {
  private final IndexTable<String> table = new IndexTable<>();

  @Test
  void anIndexHasOneOwner() {
    assertTrue(table.putIfAbsent(7, "handshake"));
    assertFalse(table.putIfAbsent(7, "another"));
    assertEquals("handshake", table.get(7));
    assertEquals(1, table.size());
  }

  @Test
  void anIndexMovesFromHandshakeToSession() {
    table.putIfAbsent(7, "handshake");
    assertFalse(table.replace(7, "another", "session"));
    assertFalse(table.replace(8, "handshake", "session"));
    assertTrue(table.replace(7, "handshake", "session"));
    assertEquals("session", table.get(7));
    assertNull(table.get(8));
    assertEquals(1, table.size());
  }

  @Test
  void onlyItsOwnerFreesAnIndex() {
    table.putIfAbsent(7, "session");
    assertFalse(table.remove(7, "another"));
    assertFalse(table.remove(8, "session"));
    assertEquals("session", table.get(7));
    assertTrue(table.remove(7, "session"));
    assertFalse(table.remove(7, "session"));
    assertNull(table.get(7));
    assertEquals(0, table.size());
  }

  @Test
  void zeroAndNegativeIndicesAreIndices() {
    for (int index : new int[] {0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
      assertNull(table.get(index));
      assertTrue(table.putIfAbsent(index, "at " + index));
    }
    assertEquals("at 0", table.get(0));
    assertEquals("at -2147483648", table.get(Integer.MIN_VALUE));
  }

  @Test
  void aTakenIndexIsNotChosen() {
    Iterator<Integer> draws = List.of(5, 5, -9, 6).iterator();
    RandomGenerator scripted =
        new RandomGenerator() {
          @Override
          public int nextInt() {
            return draws.next();
          }

          @Override
          public long nextLong() {
            throw new AssertionError("an index has 32 bits");
          }
        };
    table.putIfAbsent(5, "taken");
    assertEquals(-9, table.chooseFree(scripted));
    table.putIfAbsent(-9, "taken too");
    assertEquals(6, table.chooseFree(scripted));
  }

  @Property(tries = 40)
  void agreesWithAHashMap(@ForAll long seed) {
    SplittableRandom chance = new SplittableRandom(seed);
    IndexTable<Integer> mine = new IndexTable<>();
    Map<Integer, Integer> twin = new HashMap<>();
    // Few low bits make long chains; many indices make the table grow.
    int mask = chance.nextBoolean() ? 0xff00_0003 : 0x3ff;
    for (int step = 0; step < 4000; step++) {
      int index = chance.nextInt() & mask;
      int value = chance.nextInt(3);
      switch (chance.nextInt(5)) {
        case 0, 1 ->
            assertEquals(twin.putIfAbsent(index, value) == null, mine.putIfAbsent(index, value));
        case 2 -> assertEquals(twin.remove(index, value), mine.remove(index, value));
        case 3 -> {
          int expected = chance.nextInt(3);
          assertEquals(twin.replace(index, expected, value), mine.replace(index, expected, value));
        }
        default -> assertEquals(twin.get(index), mine.get(index));
      }
      assertEquals(twin.size(), mine.size());
    }
    twin.forEach((index, value) -> assertEquals(value, mine.get(index)));
  }

  /** While others come, move and go, the lasting ones are seen by every reader all the time. */
  @Test
  void readersNeverLoseSightOfWhatStays() throws InterruptedException {
    int[] lasting = new SplittableRandom(11).ints(12).toArray();
    AtomicReference<IndexTable<Integer>> shared = new AtomicReference<>(holding(lasting));
    AtomicReference<String> lost = new AtomicReference<>();
    AtomicBoolean over = new AtomicBoolean();
    Thread[] readers = new Thread[2];
    for (int i = 0; i < readers.length; i++) {
      readers[i] =
          new Thread(
              () -> {
                while (!over.get()) {
                  IndexTable<Integer> seen = shared.get();
                  for (int index : lasting) {
                    Integer found = seen.get(index);
                    if (found == null || found != index) {
                      lost.set(index + " gave " + found);
                    }
                  }
                }
              });
      readers[i].start();
    }
    RandomGenerator chance = new SplittableRandom(12);
    for (int round = 0; round < 500; round++) {
      // Fresh tables, since a table grows only a few times in its life.
      IndexTable<Integer> mine = holding(lasting);
      shared.set(mine);
      comeMoveAndGo(mine, chance);
      assertEquals(lasting.length, mine.size());
    }
    over.set(true);
    for (Thread reader : readers) {
      reader.join();
    }
    assertNull(lost.get());
  }

  private static IndexTable<Integer> holding(int[] indices) {
    IndexTable<Integer> table = new IndexTable<>();
    for (int index : indices) {
      assertTrue(table.putIfAbsent(index, index));
    }
    return table;
  }

  private static void comeMoveAndGo(IndexTable<Integer> table, RandomGenerator chance) {
    List<Integer> passing = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      int index = table.chooseFree(chance);
      assertTrue(table.putIfAbsent(index, 1));
      passing.add(index);
    }
    passing.forEach(index -> assertTrue(table.replace(index, 1, 2)));
    passing.forEach(index -> assertTrue(table.remove(index, 2)));
  }
}
