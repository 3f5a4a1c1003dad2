package dev.noren.forms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.net.Cidr;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettlementTest {
  private static final String NONCE = "00".repeat(32);

  private static List<Cidr> nets(String... texts) {
    return Arrays.stream(texts).map(Cidr::parse).toList();
  }

  private static Hello hello(String subnet, String... taken) {
    return new Hello(
        "0123456789abcdef", "Ueno", "key", Cidr.parse(subnet), nets(taken), List.of(), "c");
  }

  @Test
  void networksThatDoNotMeetStayAsTheyAre() {
    List<Cidr> own = nets("192.168.10.0/24");
    Terms terms = Settlement.terms(hello("192.168.20.0/24"), own, own, NONCE);
    assertNull(terms.joinerSeenAs());
    assertEquals(own, terms.seenAs());
    Settlement.check(terms, Cidr.parse("192.168.20.0/24"), List.of());
  }

  @Test
  void theSameNetworkAtBothEndsIsSeenAsTwoOthers() {
    List<Cidr> own = nets("192.168.1.0/24");
    Terms terms = Settlement.terms(hello("192.168.1.0/24"), own, own, NONCE);
    Cidr there = terms.joinerSeenAs();
    Cidr here = terms.seenAs().getFirst();
    assertEquals(24, there.prefixLength());
    assertEquals(24, here.prefixLength());
    assertFalse(there.overlaps(here));
    assertTrue(Cidr.parse("10.0.0.0/8").contains(there.address()));
    Settlement.check(terms, Cidr.parse("192.168.1.0/24"), nets("192.168.1.0/24"));
  }

  @Test
  void onlyTheEndThatMeetsSomethingIsSeenAsAnother() {
    Terms terms =
        Settlement.terms(
            hello("192.168.1.0/24"),
            nets("192.168.10.0/24"),
            nets("192.168.10.0/24", "192.168.0.0/16"),
            NONCE);
    assertEquals(nets("192.168.10.0/24"), terms.seenAs());
    assertEquals(24, terms.joinerSeenAs().prefixLength());
    Terms other =
        Settlement.terms(
            hello("192.168.20.0/24", "192.168.10.128/25"),
            nets("192.168.10.0/24"),
            nets("192.168.10.0/24"),
            NONCE);
    assertNull(other.joinerSeenAs());
    assertFalse(other.seenAs().equals(other.subnets()));
  }

  @Test
  void aFreeNetworkMeetsNothingOfEitherEnd() {
    Terms terms =
        Settlement.terms(
            hello("192.168.1.0/24", "10.0.0.0/9"),
            nets("192.168.1.0/24"),
            nets("192.168.1.0/24", "10.128.0.0/10"),
            NONCE);
    Cidr free = Cidr.parse("10.192.0.0/10");
    assertTrue(free.contains(terms.joinerSeenAs().address()), "" + terms);
    assertTrue(free.contains(terms.seenAs().getFirst().address()), "" + terms);
    assertThrows(
        IllegalArgumentException.class,
        () ->
            Settlement.terms(
                hello("192.168.1.0/24", "10.0.0.0/8"),
                nets("192.168.1.0/24"),
                nets("192.168.1.0/24"),
                NONCE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0/0",
        "10.0.0.0/8",
        "192.0.0.0/8",
        "198.51.100.0/24",
        "8.8.8.8/32",
        "127.0.0.0/24",
        "224.0.0.0/24",
        "169.254.0.0/24",
        "fd00::/64",
        "192.168.1.7/24",
        "192.168.1.1/32"
      })
  void whatIsNoShopsNetworkIsRefusedFromEitherEnd(String hostile) {
    List<Cidr> own = nets("192.168.10.0/24");
    assertThrows(
        IllegalArgumentException.class, () -> Settlement.terms(hello(hostile), own, own, NONCE));
    Cidr bad = Cidr.parse(hostile);
    Cidr mine = Cidr.parse("192.168.20.0/24");
    for (Terms terms :
        List.of(
            new Terms(NONCE, List.of(bad), List.of(bad), null),
            new Terms(NONCE, own, List.of(bad), null),
            new Terms(NONCE, own, own, bad))) {
      assertThrows(
          IllegalArgumentException.class, () -> Settlement.check(terms, mine, List.of(mine)));
    }
  }

  @Test
  void termsThatLeadAwayWhatTheJoinerHasAreRefused() {
    Cidr mine = Cidr.parse("192.168.20.0/24");
    Terms swallowing = new Terms(NONCE, nets("192.168.0.0/16"), nets("192.168.0.0/16"), null);
    assertThrows(
        IllegalArgumentException.class, () -> Settlement.check(swallowing, mine, List.of(mine)));
    Terms elsewhere = new Terms(NONCE, nets("10.1.0.0/16"), nets("10.1.0.0/16"), null);
    assertThrows(
        IllegalArgumentException.class,
        () -> Settlement.check(elsewhere, mine, nets("10.1.2.0/24")));
    Terms none = new Terms(NONCE, List.of(), List.of(), null);
    assertThrows(IllegalArgumentException.class, () -> Settlement.check(none, mine, List.of(mine)));
  }

  @Test
  void tooManyNetworksAreRefused() {
    String[] many = new String[Settlement.MOST_NETWORKS + 1];
    Arrays.fill(many, "10.1.2.0/24");
    List<Cidr> own = nets("192.168.10.0/24");
    assertThrows(
        IllegalArgumentException.class,
        () -> Settlement.terms(hello("192.168.1.0/24", many), own, own, NONCE));
  }
}
