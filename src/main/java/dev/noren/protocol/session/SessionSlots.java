package dev.noren.protocol.session;

import java.util.ArrayList;
import java.util.List;

/**
 * The three places a session of one peer can stand in (WP 6.2): packets still arrive on the
 * previous one, are sent on the current one, and the next one waits for its first packet, which
 * proves that the initiator has the keys. Immutable: whoever changes the slots publishes new ones,
 * and then takes leave of the sessions that {@link #droppedBy} names.
 *
 * @param previous receives what was under way when the current session came; or null
 * @param current sends and receives; or null
 * @param next receives, and does not send before it is confirmed; or null
 */
public record SessionSlots(Session previous, Session current, Session next) {
  /** No sessions. */
  public static final SessionSlots EMPTY = new SessionSlots(null, null, null);

  /**
   * After a valid response: the new session is confirmed by it, and sends at once. An unconfirmed
   * next session is newer than the current one, so it is the one kept as previous.
   */
  public SessionSlots withInitiated(Session session) {
    return new SessionSlots(
        /* previous= */ next != null ? next : current, session, /* next= */ null);
  }

  /** After a response was made: the new session waits to be confirmed. */
  public SessionSlots withResponded(Session session) {
    return new SessionSlots(/* previous= */ null, current, /* next= */ session);
  }

  /** After the first valid packet on {@link #next}. Without a next session, these slots. */
  public SessionSlots confirmed() {
    return next == null
        ? this
        : new SessionSlots(/* previous= */ current, /* current= */ next, /* next= */ null);
  }

  /** The sessions there are, oldest first. */
  public List<Session> sessions() {
    List<Session> sessions = new ArrayList<>(3);
    addIfAny(previous, sessions);
    addIfAny(current, sessions);
    addIfAny(next, sessions);
    return sessions;
  }

  /** The sessions that stand here and no longer in the slots that come after. */
  public List<Session> droppedBy(SessionSlots after) {
    List<Session> dropped = sessions();
    dropped.removeAll(after.sessions());
    return dropped;
  }

  private static void addIfAny(Session session, List<Session> sessions) {
    if (session != null) {
      sessions.add(session);
    }
  }
}
