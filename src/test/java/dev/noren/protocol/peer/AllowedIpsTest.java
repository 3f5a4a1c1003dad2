package dev.noren.protocol.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class AllowedIpsTest {
  private AllowedIps<String> table = AllowedIps.empty();

  @Test
  void anEmptyTableKnowsNobody() {
    assertNull(lookup("10.0.0.1"));
    assertNull(lookup("2001:db8::1"));
    assertEquals(0, table.size());
    assertEquals(List.of(), table.of("a"));
    assertSame(table, table.without(Cidr.parse("10.0.0.0/8"), "a"));
    assertNull(table.owner(Cidr.parse("0.0.0.0/0")));
  }

  @Test
  void theLongestPrefixWins() {
    add("0.0.0.0/0", "default");
    add("10.0.0.0/8", "a");
    add("10.1.0.0/16", "b");
    add("10.1.2.3/32", "c");
    assertEquals("default", lookup("192.0.2.1"));
    assertEquals("a", lookup("10.2.0.1"));
    assertEquals("b", lookup("10.1.2.4"));
    assertEquals("c", lookup("10.1.2.3"));
    assertEquals("default", lookup("255.255.255.255"));
    assertEquals("default", lookup("0.0.0.0"));
    assertNull(lookup("2001:db8::1"));
  }

  @Test
  void theFamiliesAreApart() {
    add("::/0", "six");
    assertNull(lookup("10.0.0.1"));
    add("0.0.0.0/0", "four");
    assertEquals("four", lookup("10.0.0.1"));
    assertEquals("six", lookup("::1"));
    assertEquals("six", lookup("::10.0.0.1"));
    assertEquals("six", lookup("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"));
    assertEquals(2, table.size());
    remove("::/0", "six");
    assertEquals("four", lookup("10.0.0.1"));
    assertNull(lookup("::1"));
  }

  @Test
  void prefixesAroundTheMiddleAndEndOfAnIpv6Address() {
    add("2001:db8::/63", "63");
    add("2001:db8:0:1::/64", "64");
    add("2001:db8:0:1:8000::/65", "65");
    add("2001:db8:0:1:8000::fffe/127", "127");
    add("2001:db8:0:1:8000::ffff/128", "128");
    assertEquals("63", lookup("2001:db8::1"));
    assertEquals("64", lookup("2001:db8:0:1:7fff::"));
    assertEquals("65", lookup("2001:db8:0:1:8000::1"));
    assertEquals("127", lookup("2001:db8:0:1:8000::fffe"));
    assertEquals("128", lookup("2001:db8:0:1:8000::ffff"));
    assertNull(lookup("2001:db8:0:2::"));
  }

  @Test
  void aPrefixHasOneOwner() {
    add("10.0.0.0/8", "a");
    add("10.0.0.0/8", "b");
    assertEquals(1, table.size());
    assertEquals("b", lookup("10.0.0.1"));
    assertEquals(List.of(), table.of("a"));
    assertEquals(prefixes("10.0.0.0/8"), table.of("b"));
  }

  @Test
  void hostBitsAreMasked() {
    add("10.1.2.3/8", "a");
    assertEquals(prefixes("10.0.0.0/8"), table.of("a"));
    add("10.9.9.9/8", "b");
    assertEquals(1, table.size());
    remove("10.7.7.7/8", "b");
    assertEquals(0, table.size());
    add("2001:db8::1/0", "c");
    assertEquals(prefixes("::/0"), table.of("c"));
  }

  @Test
  void onlyTheOwnerGivesAPrefixUp() {
    add("10.0.0.0/8", "a");
    AllowedIps<String> before = table;
    remove("10.0.0.0/8", "b");
    remove("10.0.0.0/9", "a");
    remove("10.0.0.0/7", "a");
    assertSame(before, table);
    remove("10.0.0.0/8", "a");
    assertNull(lookup("10.0.0.1"));
    assertEquals(0, table.size());
  }

  @Test
  void whatJoinsPrefixesIsNoPrefix() {
    add("10.0.0.0/16", "a");
    add("10.1.0.0/16", "a");
    assertNull(lookup("10.2.0.0"));
    AllowedIps<String> before = table;
    remove("10.0.0.0/15", "a");
    assertSame(before, table);
    add("10.0.0.0/15", "b");
    assertEquals(3, table.size());
    remove("10.0.0.0/15", "b");
    assertEquals("a", lookup("10.0.0.1"));
    assertEquals("a", lookup("10.1.0.1"));
  }

  @Test
  void givingAPrefixToItsOwnerChangesNothing() {
    add("10.0.0.0/8", "a");
    assertSame(table, table.with(Cidr.parse("10.0.0.0/8"), "a"));
  }

  @Test
  void anOlderTableStaysAsItWas() {
    add("10.0.0.0/8", "a");
    AllowedIps<String> before = table;
    add("10.0.0.0/8", "b");
    add("10.0.0.0/9", "c");
    remove("10.0.0.0/8", "b");
    assertEquals("a", before.lookup(IpAddress.parse("10.0.0.1")));
    assertEquals(1, before.size());
    assertEquals(prefixes("10.0.0.0/9"), table.of("c"));
  }

  @Test
  void thePrefixItselfHasAnOwnerOrNone() {
    add("10.0.0.0/8", "a");
    add("10.0.0.0/16", "b");
    add("10.1.0.0/16", "b");
    add("::/0", "six");
    assertEquals("a", owner("10.0.0.0/8"));
    assertEquals("a", owner("10.9.8.7/8"), "host bits do not count");
    assertEquals("b", owner("10.1.0.0/16"));
    assertNull(owner("10.0.0.0/15"), "it only joins others");
    assertNull(owner("10.0.0.0/24"), "a shorter one has the address");
    assertNull(owner("0.0.0.0/0"));
    assertEquals("six", owner("::/0"));
  }

  @Test
  void removalLeavesNoEmptyNodeBehind() {
    SplittableRandom chance = new SplittableRandom(5);
    List<Cidr> prefixes = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      prefixes.add(randomPrefix(chance));
    }
    for (Cidr prefix : prefixes) {
      table = table.with(prefix, "a");
    }
    Collections.shuffle(prefixes, new java.util.Random(5));
    for (Cidr prefix : prefixes) {
      table = table.without(prefix, "a");
      assertEquals(table.size(), table.of("a").size());
      if (table.size() % 16 == 0) {
        assertCompressed(table);
      }
    }
    assertEquals(0, table.size());
    assertEquals(0, table.nodes());
  }

  @Property(tries = 60)
  void agreesWithAList(@ForAll long seed) {
    SplittableRandom chance = new SplittableRandom(seed);
    AllowedIps<String> trie = AllowedIps.empty();
    Twin twin = new Twin();
    List<Cidr> known = new ArrayList<>();
    for (int step = 0; step < 400; step++) {
      Cidr prefix =
          known.isEmpty() || chance.nextInt(3) > 0
              ? randomPrefix(chance)
              : known.get(chance.nextInt(known.size()));
      known.add(prefix);
      String owner = "peer" + chance.nextInt(5);
      switch (chance.nextInt(20)) {
        case 0 -> {
          for (Cidr owned : trie.of(owner)) {
            trie = trie.without(owned, owner);
          }
          twin.withoutOwner(owner);
        }
        case 1, 2, 3, 4, 5, 6 -> {
          trie = trie.without(prefix, owner);
          twin.without(prefix, owner);
        }
        default -> {
          trie = trie.with(prefix, owner);
          twin.with(prefix, owner);
        }
      }
      String has = twin.owners.get(prefix.masked());
      assertEquals(has, trie.owner(prefix), () -> "seed " + seed + ", " + prefix);
      for (int i = 0; i < 4; i++) {
        IpAddress near = near(known.get(chance.nextInt(known.size())), chance);
        assertEquals(twin.lookup(near), trie.lookup(near), () -> "seed " + seed + ", " + near);
      }
    }
    assertCompressed(trie);
    assertEquals(twin.owners.size(), trie.size(), () -> "seed " + seed);
    Map<Cidr, String> shown = new HashMap<>();
    trie.forEach((prefix, owner) -> assertNull(shown.put(prefix, owner)));
    assertEquals(twin.owners, shown, () -> "seed " + seed);
    for (String owner : List.of("peer0", "peer4")) {
      List<Cidr> owned = trie.of(owner);
      assertEquals(twin.of(owner), owned, () -> "seed " + seed);
    }
  }

  /** A set of prefixes has one compressed form: the one that insertions alone give. */
  private static void assertCompressed(AllowedIps<String> table) {
    AllowedIps<String> rebuilt = AllowedIps.empty();
    for (String owner : List.of("a", "peer0", "peer1", "peer2", "peer3", "peer4")) {
      for (Cidr prefix : table.of(owner)) {
        rebuilt = rebuilt.with(prefix, owner);
      }
    }
    assertEquals(rebuilt.size(), table.size());
    assertEquals(rebuilt.nodes(), table.nodes());
    assertTrue(table.nodes() <= 2 * table.size(), table.nodes() + " nodes");
  }

  /** Crowded, so that prefixes nest and collide, with every length and both ends of it. */
  private static Cidr randomPrefix(SplittableRandom chance) {
    boolean v6 = chance.nextBoolean();
    int bits = v6 ? 128 : 32;
    int[] ends = {0, 1, bits / 2, bits / 2 + 1, bits - 1, bits};
    int length =
        chance.nextInt(4) == 0 ? ends[chance.nextInt(ends.length)] : chance.nextInt(bits + 1);
    long low = chance.nextLong() & 0x8000_0003_8001_0003L;
    return v6
        ? new Cidr(IpAddress.v6(chance.nextLong() & 0xc000_0001_0001_0001L, low), length)
        : new Cidr(IpAddress.v4((int) low), length);
  }

  /** An address within the prefix, or one that differs in a bit. */
  private static IpAddress near(Cidr prefix, SplittableRandom chance) {
    IpAddress a = prefix.address();
    int flip = chance.nextInt(a.bits() * 2);
    if (flip >= a.bits()) {
      return a;
    }
    if (!a.v6()) {
      return IpAddress.v4((int) a.low() ^ 1 << flip);
    }
    return flip < 64
        ? IpAddress.v6(a.high(), a.low() ^ 1L << flip)
        : IpAddress.v6(a.high() ^ 1L << flip, a.low());
  }

  /** The same table as a list of all prefixes that is searched from end to end. */
  private static final class Twin {
    private final Map<Cidr, String> owners = new HashMap<>();

    void with(Cidr prefix, String owner) {
      owners.put(prefix.masked(), owner);
    }

    void without(Cidr prefix, String owner) {
      owners.remove(prefix.masked(), owner);
    }

    void withoutOwner(String owner) {
      owners.values().removeIf(owner::equals);
    }

    String lookup(IpAddress address) {
      return owners.keySet().stream()
          .filter(prefix -> prefix.contains(address))
          .max(Comparator.comparingInt(Cidr::prefixLength))
          .map(owners::get)
          .orElse(null);
    }

    List<Cidr> of(String owner) {
      return owners.keySet().stream()
          .filter(prefix -> owners.get(prefix).equals(owner))
          .sorted()
          .toList();
    }
  }

  private void add(String prefix, String owner) {
    table = table.with(Cidr.parse(prefix), owner);
  }

  private String owner(String prefix) {
    return table.owner(Cidr.parse(prefix));
  }

  private void remove(String prefix, String owner) {
    table = table.without(Cidr.parse(prefix), owner);
  }

  private String lookup(String address) {
    return table.lookup(IpAddress.parse(address));
  }

  private static List<Cidr> prefixes(String... texts) {
    return Arrays.stream(texts).map(Cidr::parse).toList();
  }
}
