package dev.noren.control;

import java.io.IOException;

/** Restarts the machine. */
public interface RestartDesk {
  /**
   * Has the machine restart at once; what is on trial is not kept by that.
   *
   * @param author who it is, and from where
   * @throws IOException with a sentence, where it can't be restarted from here
   */
  void restart(String author) throws IOException;
}
