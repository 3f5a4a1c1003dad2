package dev.noren.protocol.peer;

import java.util.ArrayList;
import java.util.List;

/** What a peer's timers ask for, as bits of the number that {@link PeerTimers#poll} returns. */
public final class Action {
  /** The initiation was not answered: forget the cached source address and send another. */
  public static final int RETRANSMIT = 1;

  /** Too many initiations were not answered: drop the staged packets. */
  public static final int GIVE_UP = 1 << 1;

  /** Data came in and nothing went out since: send a keepalive. */
  public static final int KEEPALIVE = 1 << 2;

  /** Data went out and nothing came in since: forget the cached source address and initiate. */
  public static final int NEW_HANDSHAKE = 1 << 3;

  /** No new session for long: wipe sessions and handshake, and free their indices. */
  public static final int WIPE = 1 << 4;

  /** Nothing went either way for the set time: send a keepalive. */
  public static final int PERSISTENT_KEEPALIVE = 1 << 5;

  private static final List<String> NAMES =
      List.of(
          "RETRANSMIT", "GIVE_UP", "KEEPALIVE", "NEW_HANDSHAKE", "WIPE", "PERSISTENT_KEEPALIVE");

  private Action() {}

  /** The names of these bits, as a message shows them: "RETRANSMIT WIPE", or "nothing". */
  public static String names(int actions) {
    List<String> names = new ArrayList<>();
    for (int bit = 0; bit < NAMES.size(); bit++) {
      if ((actions & 1 << bit) != 0) {
        names.add(NAMES.get(bit));
      }
    }
    return names.isEmpty() ? "nothing" : String.join(" ", names);
  }
}
