package dev.noren.mdns;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.net.IpAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is said and heard about a name, and when. */
class ClaimTest {
  private static final IpAddress OWN = IpAddress.parse("10.1.2.1");
  private static final IpAddress OWN_6 = IpAddress.parse("2001:db8::1");
  private static final IpAddress SMALLER = IpAddress.parse("10.1.1.9");
  private static final IpAddress GREATER = IpAddress.parse("10.1.3.9");
  private static final List<IpAddress> ALL = List.of(OWN, OWN_6);
  private static final String NAME = "noren.local";

  private long nowNs = 5;
  private final Claim claim = new Claim("noren", ALL, new Random(1), nowNs);

  /** What it says next, at its time and not one nanosecond before. */
  private Packet said() {
    nowNs = claim.dueNs() - 1;
    assertNull(claim.due(nowNs));
    return packet(claim.due(++nowNs));
  }

  private static Packet packet(byte[] bytes) {
    return packet(bytes, NAME);
  }

  private static Packet packet(byte[] bytes, String name) {
    return Packet.read(bytes, bytes.length, name);
  }

  private void win() {
    for (int i = 0; i < 5; i++) {
      nowNs = claim.dueNs();
      claim.due(nowNs);
    }
    assertTrue(claim.isOwn());
    nowNs += SECONDS.toNanos(1);
  }

  private static Packet has(String name, IpAddress address, int seconds) {
    return packet(Words.announcement(name, List.of(address), seconds), name);
  }

  @Test
  void asksThreeTimesAndSaysItTwice() {
    assertTrue(claim.dueNs() < 5 + MILLISECONDS.toNanos(250), "it begins by chance");
    for (int i = 0; i < 3; i++) {
      long before = nowNs;
      Packet probe = said();
      assertFalse(probe.answer());
      assertEquals(List.of(new Packet.Question(Packet.ANY, true)), probe.questions());
      assertEquals(ALL, probe.claimed());
      assertTrue(i == 0 || nowNs - before == MILLISECONDS.toNanos(250));
      assertFalse(claim.isOwn());
    }
    for (int i = 0; i < 2; i++) {
      Packet announcement = said();
      assertTrue(announcement.answer());
      assertEquals(
          ALL.stream().map(each -> new Packet.Said(each, 120)).toList(), announcement.said());
      assertTrue(claim.isOwn());
    }
    assertEquals(Long.MAX_VALUE, claim.dueNs());
    assertNull(claim.due(Long.MAX_VALUE));
    assertEquals(0, packet(claim.farewell()).said().getFirst().seconds());
  }

  @Test
  void whoFindsItsNameTakenTakesTheNext() {
    said();
    claim.heard(has(NAME, GREATER, 120), false, nowNs);
    assertEquals("noren-2.local", claim.name());
    claim.heard(has("noren-2.local", SMALLER, 120), false, nowNs);
    assertEquals("noren-3.local", claim.name());
    assertNull(claim.farewell());
    win();
    assertEquals("noren-3.local", claim.name());
  }

  @Test
  void whatIsNoConflictIsNone() {
    said();
    claim.heard(has(NAME, OWN, 120), false, nowNs);
    claim.heard(packet(Words.announcement("a.local", List.of(GREATER), 120)), false, nowNs);
    claim.heard(has(NAME, GREATER, 0), false, nowNs);
    claim.heard(has(NAME, GREATER, 120), true, nowNs);
    assertEquals(NAME, claim.name());
  }

  @Test
  void whoHasTheNameAsksOnceMoreBeforeItGivesItUp() {
    win();
    claim.heard(has(NAME, GREATER, 120), false, nowNs);
    assertEquals(NAME, claim.name());
    assertFalse(claim.isOwn());
    claim.heard(has(NAME, GREATER, 120), false, nowNs);
    assertEquals("noren-2.local", claim.name());
  }

  @Test
  void whoMakesUpConflictsGetsNoNewNameForEach() {
    for (int i = 0; i < 500; i++) {
      claim.heard(has(claim.name(), GREATER, 120), false, nowNs);
      assertTrue(claim.name().length() <= "noren-99.local".length(), claim.name());
    }
    assertTrue(claim.dueNs() - nowNs >= SECONDS.toNanos(5), "it takes its time");
  }

  @Test
  void ofTwoWhoAskAtOnceTheGreaterGoesOn() {
    for (IpAddress other : List.of(SMALLER, GREATER)) {
      said();
      long due = claim.dueNs();
      claim.heard(packet(Words.probe(NAME, List.of(other))), false, nowNs);
      boolean waits = claim.dueNs() - nowNs >= SECONDS.toNanos(1);
      assertEquals(other.equals(GREATER), waits);
      assertTrue(waits || claim.dueNs() == due);
      assertEquals(NAME, claim.name());
    }
    nowNs = claim.dueNs();
    claim.due(nowNs);
    claim.heard(packet(Words.probe(NAME, ALL)), false, nowNs);
    assertTrue(claim.dueNs() - nowNs < SECONDS.toNanos(1), "its own words");
  }

  /** A question as a program sends it. */
  private static Packet question(int type, boolean direct) {
    byte[] bytes = Words.probe(NAME, List.of());
    bytes[NAME.length() + 15] = (byte) type;
    bytes[NAME.length() + 16] = (byte) (direct ? 0x80 : 0);
    return packet(bytes);
  }

  @Test
  void answersWhoAsks() {
    assertNull(claim.heard(question(Packet.A, false), false, nowNs), "the name is not its own yet");
    win();
    Claim.Reply all = claim.heard(question(Packet.ANY, true), false, nowNs);
    assertTrue(all.direct());
    assertEquals(2, packet(all.bytes()).said().size());
    Claim.Reply one = claim.heard(question(Packet.A, false), false, nowNs);
    assertFalse(one.direct());
    assertEquals(List.of(new Packet.Said(OWN, 120)), packet(one.bytes()).said());
    assertNull(claim.heard(question(Packet.A, false), false, nowNs), "all have just heard it");
    nowNs += SECONDS.toNanos(1);
    assertNotNull(claim.heard(question(Packet.A, false), false, nowNs));
  }

  @Test
  void whoKnowsIsNotToldAgain() {
    win();
    Packet knows =
        new Packet(
            0,
            false,
            List.of(new Packet.Question(Packet.A, false)),
            List.of(new Packet.Said(OWN, 60)),
            List.of());
    assertNull(claim.heard(knows, false, nowNs));
  }

  @Test
  void whoAsksAsANameServerIsAskedIsAnsweredAsByOne() {
    win();
    Packet asked =
        new Packet(77, false, question(Packet.A, false).questions(), List.of(), List.of());
    Claim.Reply reply = claim.heard(asked, true, nowNs);
    assertTrue(reply.direct());
    Packet answer = packet(reply.bytes());
    assertEquals(77, answer.id());
    assertEquals(asked.questions(), answer.questions());
    assertEquals(List.of(new Packet.Said(OWN, 10)), answer.said());
  }

  @Test
  void saysThatThereIsNoneOfAKind() {
    Claim four = new Claim("noren", List.of(OWN), new Random(1), 0);
    long now = 0;
    while (!four.isOwn()) {
      now = four.dueNs();
      four.due(now);
    }
    byte[] none = four.heard(question(Packet.AAAA, true), false, now).bytes();
    assertEquals(List.of(), packet(none).said());
    // Its own name once more, and of the types up to 31 the second only.
    byte[] end = {0, 4, 0x40, 0, 0, 0};
    assertEquals(
        Arrays.toString(end),
        Arrays.toString(Arrays.copyOfRange(none, none.length - end.length, none.length)));
  }

  @Test
  void defendsItsNameAtOnce() {
    win();
    Claim.Reply reply = claim.heard(packet(Words.probe(NAME, List.of(GREATER))), false, nowNs);
    assertFalse(reply.direct(), "all are to hear it");
    assertEquals(2, packet(reply.bytes()).said().size());
  }

  @Test
  void readsWhatAnybodyMaySend() {
    Random random = new Random(7);
    byte[] good = Words.probe(NAME, ALL);
    for (int length = 0; length < good.length; length++) {
      assertNull(Packet.read(good, length, NAME));
    }
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = good.clone();
      for (int j = 0; j < 4; j++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      Packet packet = Packet.read(bytes, bytes.length, NAME);
      if (packet != null) {
        claim.heard(packet, random.nextBoolean(), nowNs);
      }
    }
  }
}
