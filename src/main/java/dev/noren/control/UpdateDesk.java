package dev.noren.control;

import dev.noren.text.Sentence;
import dev.noren.update.UpdateState;
import java.io.IOException;

/**
 * New versions of the whole box. Any thread may call; an IOException's message is one sentence that
 * is shown as it is.
 */
public interface UpdateDesk {
  /** The most of a file that is given at once, bytes. */
  int MOST_PART_BYTES = 256 << 10;

  /**
   * How far an update is.
   *
   * @param runs the version that runs, or null where it runs as it is being written
   * @param state which of these
   * @param version the version that is being written, waits, is tried, or was not good; or null
   * @param percent how much is written while it is being written, or null
   * @param tonight whether the version that waits begins at night by itself
   * @param says all of it in words
   */
  record Update(
      String runs,
      UpdateState.Kind state,
      String version,
      Integer percent,
      boolean tonight,
      Sentence says) {
    /** Whether another file can be given to the box now. */
    public boolean takesAnother() {
      return state.takesAnother();
    }
  }

  /** How far it is now. */
  Update update() throws IOException;

  /**
   * Takes a part of a file with a new version. The first begins anew; each other one follows the
   * one before, or is that once more. After the last one it is checked and written.
   *
   * @param offset where in the file it is
   * @param of how long the whole file is, bytes
   * @param part its bytes, at most {@link #MOST_PART_BYTES}
   * @param author who gives it, and from where
   * @throws IllegalArgumentException where it is no such file, or the part does not follow
   */
  void giveUpdate(long offset, long of, byte[] part, String author) throws IOException;

  /**
   * Restarts the machine with the version that waits. Unless that proves itself, what runs now
   * comes back.
   *
   * @param author who it is, and from where
   */
  void tryUpdate(String author) throws IOException;

  /**
   * Has {@link #tryUpdate} done at night, or not any more.
   *
   * @param author who it is, and from where
   */
  void tryTonight(boolean wanted, String author) throws IOException;
}
