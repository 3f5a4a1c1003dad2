package dev.noren.protocol.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import org.junit.jupiter.api.Test;

class SessionSlotsTest {
  private final Session a = TestSessions.session(1);
  private final Session b = TestSessions.session(2);
  private final Session c = TestSessions.session(3);
  private final Session d = TestSessions.session(4);

  @Test
  void theFirstInitiatedSessionIsCurrentAtOnce() {
    assertEquals(slots(null, a, null), SessionSlots.EMPTY.withInitiated(a));
  }

  @Test
  void anInitiatedSessionMovesTheCurrentOneBack() {
    assertEquals(slots(a, b, null), slots(null, a, null).withInitiated(b));
    assertEquals(slots(b, c, null), slots(a, b, null).withInitiated(c));
  }

  @Test
  void anInitiatedSessionKeepsAnUnconfirmedNextInsteadOfTheCurrentOne() {
    SessionSlots before = slots(a, b, c);
    SessionSlots after = before.withInitiated(d);
    assertEquals(slots(c, d, null), after);
    assertEquals(List.of(a, b), before.droppedBy(after));
  }

  @Test
  void theFirstRespondedSessionOnlyWaits() {
    assertEquals(slots(null, null, a), SessionSlots.EMPTY.withResponded(a));
  }

  @Test
  void aRespondedSessionDropsThePreviousAndTheOtherThatWaited() {
    SessionSlots before = slots(a, b, c);
    SessionSlots after = before.withResponded(d);
    assertEquals(slots(null, b, d), after);
    assertEquals(List.of(a, c), before.droppedBy(after));
  }

  @Test
  void confirmationMovesEachOnePlace() {
    assertEquals(slots(null, a, null), slots(null, null, a).confirmed());
    assertEquals(slots(a, b, null), slots(null, a, b).confirmed());
    SessionSlots before = slots(a, b, c);
    assertEquals(slots(b, c, null), before.confirmed());
    assertEquals(List.of(a), before.droppedBy(before.confirmed()));
  }

  @Test
  void withNothingToConfirmNothingMoves() {
    SessionSlots slots = slots(a, b, null);
    assertSame(slots, slots.confirmed());
    assertEquals(List.of(), slots.droppedBy(slots));
  }

  @Test
  void sessionsComeOldestFirst() {
    assertEquals(List.of(), SessionSlots.EMPTY.sessions());
    assertEquals(List.of(a, b, c), slots(a, b, c).sessions());
    assertEquals(List.of(b), slots(null, b, null).sessions());
    assertEquals(List.of(a, b, c), slots(a, b, c).droppedBy(SessionSlots.EMPTY));
  }

  private static SessionSlots slots(Session previous, Session current, Session next) {
    return new SessionSlots(previous, current, next);
  }
}
