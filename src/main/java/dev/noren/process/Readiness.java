package dev.noren.process;

import dev.noren.linux.ProcessIo;
import java.io.IOException;
import org.tinylog.Logger;

/** Tells the launcher, where it waits, that it may leave us in the background. */
public final class Readiness {
  /** The number of a descriptor that the launcher reads; not set in the foreground. */
  private static final String VARIABLE = "NOREN_READY_FD";

  private Readiness() {}

  /**
   * Writes "ready" where the launcher waits, and lets go of its terminal.
   *
   * @param keepOutput whether log lines are still to be seen there
   */
  public static void announce(boolean keepOutput) {
    String descriptor = System.getenv(VARIABLE);
    if (descriptor == null || descriptor.isEmpty()) {
      return;
    }
    try {
      ProcessIo.tell(Integer.parseInt(descriptor), "ready");
      if (!keepOutput) {
        ProcessIo.detachStandardStreams();
      }
    } catch (IOException | NumberFormatException e) {
      Logger.error("{}={}: {}", VARIABLE, descriptor, e.getMessage());
    }
  }
}
