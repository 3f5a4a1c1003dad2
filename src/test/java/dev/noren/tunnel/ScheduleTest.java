package dev.noren.tunnel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.protocol.Limits;
import dev.noren.protocol.peer.Peer;
import dev.noren.protocol.peer.StagedPool;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final long NEVER = Long.MAX_VALUE;

  private final Schedule schedule = new Schedule();

  private static Peer peer(int number) {
    Peer peer = new Peer(BareTunnel.key(number), Limits.WHITEPAPER, new StagedPool(1), () -> {});
    peer.timers().start(0);
    return peer;
  }

  @Test
  void aPeerWithoutADeadlineIsNotInIt() {
    for (int i = 0; i < 10_000; i++) {
      schedule.plan(peer(i));
    }
    assertEquals(NEVER, schedule.nextNs());
    assertNull(schedule.takeDue(NEVER - 1));
  }

  @Test
  void anEarlierOrLaterPlanReplacesTheOneBefore() {
    Peer one = peer(1);
    one.timers().setPersistentKeepalive(25, 1_000);
    schedule.plan(one);
    assertEquals(1_000, schedule.nextNs());
    one.timers().authenticatedSent(2_000);
    schedule.plan(one);
    assertEquals(25_000_002_000L, schedule.nextNs());
    assertNull(schedule.takeDue(25_000_001_999L));
    assertSame(one, schedule.takeDue(25_000_002_000L));
    assertNull(schedule.takeDue(NEVER - 1), "once");
    one.timers().setPersistentKeepalive(0, 0);
    schedule.plan(one);
    assertEquals(NEVER, schedule.nextNs());
  }

  @Test
  void peersDueAtTheSameTimeAreAllThere() {
    List<Peer> peers = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      peers.add(peer(i));
      peers.get(i).timers().setPersistentKeepalive(25, 77);
      schedule.plan(peers.get(i));
    }
    schedule.forget(peers.remove(2));
    for (int left = peers.size(); left > 0; left--) {
      assertTrue(peers.remove(schedule.takeDue(77)));
    }
    assertNull(schedule.takeDue(77));
  }

  @Test
  void agreesWithAListThatIsSearched() {
    SplittableRandom chance = new SplittableRandom(3);
    List<Peer> peers = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      peers.add(peer(i));
    }
    List<Peer> planned = new ArrayList<>();
    for (int step = 0; step < 20_000; step++) {
      Peer peer = peers.get(chance.nextInt(peers.size()));
      long nowNs = step;
      if (chance.nextInt(5) == 0) {
        schedule.forget(peer);
        planned.remove(peer);
      } else {
        peer.timers().stop();
        peer.timers().start(nowNs);
        peer.timers().setPersistentKeepalive(0, nowNs);
        if (chance.nextInt(6) > 0) {
          peer.timers().setPersistentKeepalive(1, nowNs + chance.nextInt(100));
        }
        planned.remove(peer);
        if (peer.timers().nextDeadlineNs() != NEVER) {
          planned.add(peer);
        }
        schedule.plan(peer);
      }
      long next = planned.stream().mapToLong(p -> p.timers().nextDeadlineNs()).min().orElse(NEVER);
      assertEquals(next, schedule.nextNs());
      for (Peer due = schedule.takeDue(nowNs); due != null; due = schedule.takeDue(nowNs)) {
        assertTrue(planned.remove(due));
        assertTrue(due.timers().nextDeadlineNs() <= nowNs);
      }
    }
  }
}
