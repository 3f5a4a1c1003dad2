package dev.noren.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.noren.net.Endpoint;
import dev.noren.net.IpAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class FarEndSearchTest {
  private static final long PATIENCE = FarEndSearch.PATIENCE_NS;
  private static final long TURN = FarEndSearch.TURN_NS;
  private static final Endpoint A = endpoint("192.0.2.1", 51820);
  private static final Endpoint B = endpoint("192.0.2.1", 443);
  private static final Endpoint C = endpoint("2001:db8::1", 51820);
  private static final List<Endpoint> ALL = List.of(A, B, C);

  private final FarEndSearch search = new FarEndSearch();

  /** Near the clock's end, which it passes on the way. */
  private long now = Long.MAX_VALUE - TURN / 2;

  private static Endpoint endpoint(String address, int port) {
    return Endpoint.of(IpAddress.parse(address), port);
  }

  @Test
  void triesEachInTurnAndBeginsAnew() {
    assertNull(search.look(A, ALL, PATIENCE - 1, now));
    assertEquals(B, search.look(A, ALL, PATIENCE, now));
    Endpoint inUse = B;
    for (Endpoint next : List.of(C, A, B, C)) {
      assertNull(search.look(inUse, ALL, 2 * PATIENCE, now + TURN - 1));
      now += TURN;
      assertEquals(next, search.look(inUse, ALL, 2 * PATIENCE, now));
      inUse = next;
    }
  }

  @Test
  void anAnswerEndsTheSearchAndTheNextOneIsAsPatient() {
    assertEquals(B, search.look(A, ALL, PATIENCE, now));
    assertNull(search.look(B, ALL, 0, now + 1));
    assertNull(search.look(B, ALL, PATIENCE - 1, now + 2 * TURN));
    assertEquals(C, search.look(B, ALL, PATIENCE, now + 2 * TURN + 1));
  }

  @Test
  void fromWhereItRoamedToItGoesBackToWhatIsKnown() {
    assertEquals(B, search.look(A, List.of(B), PATIENCE, now));
    assertEquals(B, new FarEndSearch().look(null, List.of(B, C), PATIENCE, now));
  }

  @Test
  void theOnlyAddressIsNotGivenAnew() {
    assertNull(search.look(A, List.of(A), PATIENCE, now));
    assertNull(search.look(A, List.of(), PATIENCE, now));
  }
}
