package dev.noren.control;

import dev.noren.status.Signal.Form;
import java.io.IOException;
import java.util.List;

/**
 * The box's lights and what its button does, for who is not in front of it. An IOException's
 * message is one sentence that is shown as it is.
 */
public interface LightDesk {
  /** How long a box can be asked to show which one it is. */
  int MOST_SECONDS = 3_600;

  /**
   * What the lights show.
   *
   * @param signal the signal's key in the table
   * @param form which lights the box has
   * @param pressedSecondsAgo how long ago the button was pressed shortly, or null for never: that
   *     somebody is in front of the box
   * @param missing what the board's file names and is not there, a sentence each
   */
  record Shown(String signal, Form form, Long pressedSecondsAgo, List<String> missing) {
    public Shown {
      missing = List.copyOf(missing);
    }
  }

  /** What they show now. */
  Shown lights() throws IOException;

  /** Has the box show which one it is for so many seconds; 0 ends that. */
  void identify(int seconds) throws IOException;

  /**
   * Has all signals shown in turn.
   *
   * @return how many seconds each takes
   */
  int testLights() throws IOException;

  /**
   * Has the box forget all that it was told and found out, its keys and its log too, and start
   * again.
   */
  void factoryReset(String author) throws IOException;
}
