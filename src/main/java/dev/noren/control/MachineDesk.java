package dev.noren.control;

import java.io.IOException;
import java.time.ZoneId;

/** What the page has the machine do. Any thread may call. */
public interface MachineDesk {
  /**
   * Has the machine restart at once; what is on trial is not kept by that.
   *
   * @param author who it is, and from where
   * @throws IOException with a sentence, where it can't be restarted from here
   */
  void restart(String author) throws IOException;

  /**
   * Has times shown as they are in this zone from now on, and after restarts.
   *
   * @param author who it is, and from where
   * @throws IOException with a sentence, where it can't be kept
   */
  void timeZone(ZoneId zone, String author) throws IOException;
}
