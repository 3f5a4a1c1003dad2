package dev.noren.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.config.RouterConfig;
import dev.noren.config.RouterTunnel;
import dev.noren.config.TunnelName;
import dev.noren.plan.TunnelNumbers.Numbered;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TunnelNumbersTest {
  private static final int ROUNDS = 300;

  private static RouterCases each;

  @BeforeAll
  static void read() throws Exception {
    each = RouterCases.of("two-tunnels");
  }

  private static RouterTunnel tunnel(String name) {
    RouterTunnel like = each.config().tunnels().getFirst();
    return new RouterTunnel(
        new TunnelName(name),
        like.privateKey(),
        0,
        List.of(),
        like.addresses(),
        0,
        like.peers(),
        like.use(),
        true,
        true);
  }

  private static List<RouterTunnel> tunnels(String... names) {
    return Stream.of(names).map(TunnelNumbersTest::tunnel).toList();
  }

  private static int alone(String name) {
    return TunnelNumbers.NONE.with(tunnels(name)).of(new TunnelName(name));
  }

  /** Two names that the same number follows from. */
  private static List<String> rivals() {
    String first = "t0";
    String second =
        IntStream.iterate(1, i -> i + 1)
            .mapToObj(i -> "t" + i)
            .filter(name -> alone(name) == alone(first))
            .findFirst()
            .orElseThrow();
    return List.of(first, second);
  }

  @Test
  void aTunnelKeepsItsNumberWhenItsRivalGoes() {
    List<String> rivals = rivals();
    TunnelName second = new TunnelName(rivals.getLast());
    TunnelNumbers both = TunnelNumbers.NONE.with(tunnels(rivals.toArray(String[]::new)));
    TunnelNumbers later = both.with(tunnels(second.text()));
    assertEquals(alone(rivals.getFirst()) % 250 + 1, both.of(second), "the next one");
    assertEquals(both.of(second), later.of(second));
    // After a restart, and when the first comes back.
    TunnelNumbers again = TunnelNumbers.parse(later.text()).with(tunnels(second.text()));
    assertEquals(later, again);
    assertEquals(
        both.of(new TunnelName(rivals.getFirst())),
        again.with(tunnels(rivals.getFirst())).of(new TunnelName(rivals.getFirst())));
  }

  /** Or a packet with the mark of one that ends would take one that begins. */
  @Test
  void noNumberChangesHandsInOneChange() {
    List<String> rivals = rivals();
    TunnelNumbers first = TunnelNumbers.NONE.with(tunnels(rivals.getFirst()));
    TunnelNumbers second = first.with(tunnels(rivals.getLast()));
    assertTrue(
        first.of(new TunnelName(rivals.getFirst())) != second.of(new TunnelName(rivals.getLast())));
  }

  @Test
  void whateverComesAndGoesTheOthersKeepTheirNumbers() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int names : new int[] {6, 260, 2000}) {
      List<String> pool =
          new ArrayList<>(IntStream.range(0, names).mapToObj(i -> "t" + i).toList());
      TunnelNumbers numbers = TunnelNumbers.NONE;
      Set<String> before = Set.of();
      for (int round = 0; round < ROUNDS; round++) {
        Collections.shuffle(pool, random);
        int most = Math.min(random.nextBoolean() ? 4 : RouterConfig.MOST_TUNNELS, names);
        Set<String> after = new TreeSet<>(pool.subList(0, random.nextInt(most + 1)));
        before.stream().filter(name -> random.nextInt(3) > 0).forEach(after::add);
        while (after.size() > RouterConfig.MOST_TUNNELS) {
          after.remove(after.iterator().next());
        }
        TunnelNumbers next = numbers.with(tunnels(after.toArray(String[]::new)));
        check("seed " + seed + ", round " + round, numbers, before, next, after);
        assertEquals(next, TunnelNumbers.parse(next.text()));
        numbers = next;
        before = after;
      }
    }
  }

  private static void check(
      String where, TunnelNumbers old, Set<String> before, TunnelNumbers now, Set<String> after) {
    Set<Integer> inForce = new HashSet<>();
    before.forEach(name -> inForce.add(old.of(new TunnelName(name))));
    Set<Integer> all = new HashSet<>();
    for (String name : after) {
      int number = now.of(new TunnelName(name));
      assertTrue(number >= 1 && number <= Marks.LAST_TUNNEL, where);
      assertTrue(all.add(number), () -> where + ": two have " + number);
      if (before.contains(name)) {
        assertEquals(old.of(new TunnelName(name)), number, where);
      } else {
        assertFalse(inForce.contains(number), where);
      }
    }
  }

  @Test
  void theLongestGoneGivesItsNumberUp() {
    TunnelNumbers numbers = TunnelNumbers.NONE;
    for (int i = 0; i < Marks.LAST_TUNNEL; i++) {
      numbers = numbers.with(tunnels("t" + i));
    }
    int first = numbers.of(new TunnelName("t0"));
    numbers = numbers.with(tunnels("t1", "t249"));
    assertEquals(first, numbers.with(tunnels("new")).of(new TunnelName("new")));
    assertEquals(Marks.LAST_TUNNEL, numbers.with(tunnels("new")).all().size());
    assertEquals(
        new Numbered(new TunnelName("t2"), numbers.of(new TunnelName("t2"))),
        numbers.with(tunnels("new")).all().getFirst(),
        "the next to give up");
  }

  @Test
  void tooManyAreRefused() {
    String[] names = IntStream.range(0, 126).mapToObj(i -> "t" + i).toArray(String[]::new);
    assertEquals(
        "more than 125 tunnels",
        assertThrows(IllegalArgumentException.class, () -> TunnelNumbers.NONE.with(tunnels(names)))
            .getMessage());
  }

  @Test
  void whatIsNoListOfNumbersIsRefused() {
    for (String text :
        List.of("hq", "hq:", "hq:0", "hq:251", "a:1 a:2", "a:1 b:1", "a:1  b:2", "/:1", " ")) {
      assertThrows(IllegalArgumentException.class, () -> TunnelNumbers.parse(text), text);
    }
    assertEquals(TunnelNumbers.NONE, TunnelNumbers.parse(""));
    assertEquals(
        new TunnelNumbers(List.of(new Numbered(new TunnelName("a=b"), 7))),
        TunnelNumbers.parse("a=b:7"));
  }

  /** Through whole plans: what is said of a running tunnel is left alone. */
  @Test
  void aPlanTouchesNothingOfATunnelThatStays() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    List<String> pool = new ArrayList<>(rivals());
    IntStream.range(1, 5).mapToObj(i -> "other" + i).forEach(pool::add);
    TunnelNumbers numbers = TunnelNumbers.NONE;
    RouterPlan before = RouterPlan.STOPPED;
    for (int round = 0; round < ROUNDS; round++) {
      List<RouterTunnel> tunnels =
          pool.stream()
              .filter(name -> random.nextBoolean())
              .map(TunnelNumbersTest::tunnel)
              .toList();
      RouterPlan after =
          RouterPlan.of(each.config().withTunnels(tunnels), true, with(each.facts(), numbers));
      for (TunnelPlan tunnel : after.tunnels()) {
        if (before.tunnels().contains(tunnel)) {
          untouched(tunnel, before.deedsTo(after), "seed " + seed + ", round " + round);
        }
        assertFalse(
            before.tunnels().stream()
                .anyMatch(
                    old ->
                        old.number() == tunnel.number() && !old.device().equals(tunnel.device())),
            "seed " + seed);
      }
      assertEquals(
          names(before, after), same(before, after), () -> "seed " + seed + ": renumbered");
      numbers = TunnelNumbers.parse(numbers.with(tunnels).text());
      boolean restart = random.nextInt(10) == 0;
      before = restart ? RouterPlan.STOPPED : after;
    }
  }

  private static Set<String> names(RouterPlan before, RouterPlan after) {
    Set<String> names = new TreeSet<>();
    before.tunnels().forEach(tunnel -> names.add(tunnel.device()));
    names.retainAll(after.tunnels().stream().map(TunnelPlan::device).toList());
    return names;
  }

  private static Set<String> same(RouterPlan before, RouterPlan after) {
    Set<String> names = new TreeSet<>();
    before.tunnels().stream()
        .filter(after.tunnels()::contains)
        .forEach(tunnel -> names.add(tunnel.device()));
    return names;
  }

  private static void untouched(TunnelPlan tunnel, List<Deed> deeds, String where) {
    String table = Integer.toString(Marks.tableOfTunnel(tunnel.number()));
    for (Deed deed : deeds) {
      if (deed instanceof Deed.Command command) {
        assertFalse(command.does().contains(table), () -> where + ": " + command.does());
        assertFalse(command.does().contains(tunnel.device()), () -> where + ": " + command.does());
      } else if (deed instanceof Deed.Tunnel change) {
        assertFalse(tunnel.equals(change.before()) || tunnel.equals(change.after()), where);
      }
    }
  }

  private static RouterFacts with(RouterFacts facts, TunnelNumbers numbers) {
    return new RouterFacts(
        facts.machineId(),
        facts.ports(),
        facts.leases(),
        facts.chosenWan(),
        facts.sickLines(),
        facts.endpoints(),
        facts.ipv6(),
        facts.chosenLan(),
        numbers);
  }
}
