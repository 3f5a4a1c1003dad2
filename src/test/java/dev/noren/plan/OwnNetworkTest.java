package dev.noren.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.net.Cidr;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnNetworkTest {
  private static final String MACHINE = "4f1c0a5e2b7d4c3e9a8b7c6d5e4f3a2b";

  @Test
  void isAlwaysTheSameOfOneMachine() {
    assertEquals(Cidr.parse("10.226.159.1/24"), OwnNetwork.choose(MACHINE, null, List.of()));
  }

  /** Of 200 out of 65,536, about 0.3 pairs are the same; these are not. */
  @Test
  void machinesDoNotOverlap() {
    Set<Cidr> networks = new HashSet<>();
    Set<Integer> second = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      Cidr own = OwnNetwork.choose("machine " + i, null, List.of());
      assertTrue(Cidr.parse("10.0.0.0/8").contains(own.address()));
      networks.add(own.masked());
      second.add((int) (own.address().low() >>> 16 & 255));
    }
    assertTrue(networks.size() >= 199, networks::toString);
    assertTrue(second.size() > 100, second::toString);
  }

  @ParameterizedTest
  @CsvSource({
    "10.226.159.0/24, 10.",
    "10.226.0.0/16, 10.",
    "10.226.159.77/32, 10.",
    "10.128.0.0/9, 10.",
    "10.0.0.0/8, 172.",
    "10.0.0.0/8 172.16.0.0/12, 192.168.",
    "0.0.0.0/3 128.0.0.0/2, 192.168.",
  })
  void movesAwayFromWhatIsTaken(String taken, String start) {
    List<Cidr> networks = List.of(taken.split(" ", -1)).stream().map(Cidr::parse).toList();
    Cidr own = OwnNetwork.choose(MACHINE, null, networks);
    assertTrue(own.toString().startsWith(start), own.toString());
    networks.forEach(network -> assertFalse(network.overlaps(own), own.toString()));
  }

  @Test
  void keepsWhatItMovedToUntilThatIsTaken() {
    Cidr first = OwnNetwork.choose(MACHINE, null, List.of());
    Cidr moved = OwnNetwork.choose(MACHINE, first, List.of(first));
    assertNotEquals(first, moved);
    assertEquals(moved, OwnNetwork.choose(MACHINE, moved, List.of()));
    assertNotEquals(moved, OwnNetwork.choose(MACHINE, moved, List.of(moved)));
  }

  /** Where everything is taken, there still is a network. */
  @Test
  void hasAnAnswerWhereNothingIsFree() {
    List<Cidr> all = List.of(Cidr.parse("0.0.0.0/0"));
    assertEquals(Cidr.parse("10.226.159.1/24"), OwnNetwork.choose(MACHINE, null, all));
  }

  @ParameterizedTest
  @CsvSource({
    "192.168.1.1/24, 192.168.1.100, 192.168.1.249",
    "192.168.1.150/24, 192.168.1.151, 192.168.1.249",
    "192.168.1.240/24, 192.168.1.100, 192.168.1.239",
    "192.168.1.1/30, 192.168.1.2, 192.168.1.2",
    "192.168.1.2/30, 192.168.1.1, 192.168.1.1",
    "192.168.1.1/29, 192.168.1.3, 192.168.1.6",
    "10.0.0.1/8, 10.100.0.0, 10.100.3.231",
  })
  void clientsGetARangeWithoutNoren(String own, String from, String to) {
    ClientRange range = ClientRange.of(Cidr.parse(own));
    assertEquals(from + " " + to, range.from() + " " + range.to());
  }
}
