package dev.noren.tunnel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import dev.noren.protocol.Limits;
import dev.noren.protocol.peer.AllowedIps;
import dev.noren.protocol.peer.Peer;
import dev.noren.protocol.peer.StagedPool;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class AssignmentTest {
  private final Peer a = peer(1);
  private final Peer b = peer(2);
  private AllowedIps<Peer> table = AllowedIps.empty();
  private Assignment change = new Assignment(table);

  private static Peer peer(int number) {
    return new Peer(BareTunnel.key(number), Limits.WHITEPAPER, new StagedPool(1), () -> {});
  }

  private void publish() {
    change.publish();
    table = change.table();
    change = new Assignment(table);
  }

  private static List<Cidr> prefixes(String... texts) {
    return Arrays.stream(texts).map(Cidr::parse).toList();
  }

  private void give(Peer peer, String... texts) {
    prefixes(texts).forEach(prefix -> change.give(prefix, peer));
  }

  @Test
  void aPeerHasItsPrefixesInTheOrderTheyWereGiven() {
    give(a, "10.9.0.0/16", "fd00::1/64", "10.1.0.0/16");
    publish();
    give(a, "0.0.0.0/0", "10.9.7.7/16");
    publish();
    assertEquals(
        prefixes("10.9.0.0/16", "fd00::/64", "10.1.0.0/16", "0.0.0.0/0"),
        a.allowedIps(),
        "masked, and one given twice stays where it was");
  }

  @Test
  void whoLosesAPrefixKeepsTheOthers() {
    give(a, "10.1.0.0/16", "10.2.0.0/16", "10.3.0.0/16");
    publish();
    give(b, "10.2.0.0/16");
    change.take(Cidr.parse("10.3.9.9/16"), a);
    change.take(Cidr.parse("10.1.0.0/16"), b);
    publish();
    assertEquals(prefixes("10.1.0.0/16"), a.allowedIps());
    assertEquals(prefixes("10.2.0.0/16"), b.allowedIps());
  }

  @Test
  void aPrefixLostAndGainedInOneChangeStandsThereOnce() {
    give(a, "10.1.0.0/16", "10.2.0.0/16");
    publish();
    give(b, "10.1.0.0/16");
    give(a, "10.1.0.0/16");
    change.take(Cidr.parse("10.2.0.0/16"), a);
    give(a, "10.2.0.0/16");
    publish();
    assertEquals(prefixes("10.1.0.0/16", "10.2.0.0/16"), a.allowedIps());
    assertEquals(List.of(), b.allowedIps());
  }

  @Test
  void nothingIsToldBeforeTheChangeIsPublished() {
    give(a, "10.1.0.0/16");
    assertEquals(List.of(), a.allowedIps());
    publish();
    change.takeAll(a);
    assertEquals(prefixes("10.1.0.0/16"), a.allowedIps());
    publish();
    assertEquals(List.of(), a.allowedIps());
    assertEquals(0, table.size());
  }

  @Property(tries = 100)
  void agreesWithAMap(@ForAll long seed) {
    SplittableRandom chance = new SplittableRandom(seed);
    List<Peer> peers = List.of(peer(1), peer(2), peer(3));
    Map<Cidr, Peer> twin = new HashMap<>();
    AllowedIps<Peer> now = AllowedIps.empty();
    for (int round = 0; round < 20; round++) {
      Assignment next = new Assignment(now);
      for (int step = 0; step < 12; step++) {
        Cidr prefix = new Cidr(IpAddress.v4(chance.nextInt(16) << 28), chance.nextInt(5));
        Peer peer = peers.get(chance.nextInt(3));
        switch (chance.nextInt(8)) {
          case 0 -> {
            next.takeAll(peer);
            twin.values().removeIf(peer::equals);
          }
          case 1, 2 -> {
            next.take(prefix, peer);
            twin.remove(prefix.masked(), peer);
          }
          default -> {
            next.give(prefix, peer);
            twin.put(prefix.masked(), peer);
          }
        }
      }
      next.publish();
      now = next.table();
      for (Peer peer : peers) {
        HashSet<Cidr> wanted = new HashSet<>(twin.keySet());
        wanted.removeIf(prefix -> !twin.get(prefix).equals(peer));
        assertEquals(wanted, new HashSet<>(peer.allowedIps()), () -> "seed " + seed);
        assertEquals(wanted.size(), peer.allowedIps().size(), () -> "seed " + seed);
      }
    }
  }
}
