package dev.noren.router;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.noren.status.RouterStatus.Rule;
import dev.noren.text.Sentence;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RefusedLatelyTest {
  private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

  private final RefusedLately lately = new RefusedLately();

  private List<Long> look(long second, String name, long packets) {
    return lately
        .look(List.of(new Rule(name, Sentence.plain(name), packets, 0)), second * SECOND_NS)
        .stream()
        .map(each -> each.packets())
        .toList();
  }

  @Test
  void onlyWhatHasGrownInTheLastMinuteCounts() {
    assertEquals(List.of(), look(0, "devices_refused_phones", 100));
    assertEquals(List.of(5L), look(3, "devices_refused_phones", 105));
    assertEquals(List.of(5L), look(60, "devices_refused_phones", 105));
    assertEquals(List.of(), look(64, "devices_refused_phones", 105));
  }

  @Test
  void aCounterThatBeganAnewCountsFromThere() {
    look(0, "devices_refused_phones", 100);
    assertEquals(List.of(4L), look(3, "devices_refused_phones", 4));
  }

  @Test
  void whatIsRefusedWhateverTheDocumentSaysIsNoRule() {
    for (String name : new String[] {"refused_from_line", "let_desk", "killswitch_hq", "lan_iot"}) {
      look(0, name, 0);
      assertEquals(List.of(), look(3, name, 9));
    }
  }
}
