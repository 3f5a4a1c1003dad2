package dev.noren.led;

import dev.noren.linux.Errno;
import dev.noren.linux.LinuxException;
import dev.noren.linux.WatchdogDevice;
import java.nio.file.Path;

/** What restarts the machine unless it is fed. */
interface Watchdog {
  /**
   * Holds the restart off once more.
   *
   * @return null, or why that failed
   */
  String feed();

  /** Takes it off the machine's neck. */
  void release();

  /** Opens one. */
  @FunctionalInterface
  interface Opener {
    Watchdog open() throws LinuxException;
  }

  /**
   * One that somebody else holds, such as who watches a new version's trial, and feeds until then:
   * it is opened as soon as that one lets go of it.
   */
  static Watchdog whenFree(Opener opener) {
    return new Watchdog() {
      private Watchdog held;

      @Override
      public String feed() {
        if (held == null) {
          try {
            held = opener.open();
          } catch (LinuxException e) {
            return e.errno() == Errno.EBUSY ? null : e.getMessage();
          }
        }
        return held.feed();
      }

      @Override
      public void release() {
        if (held != null) {
          held.release();
        }
      }
    };
  }

  /**
   * The kernel's.
   *
   * @throws LinuxException with a sentence
   */
  static Watchdog open(Path device) throws LinuxException {
    WatchdogDevice opened = WatchdogDevice.open(device.toString());
    return new Watchdog() {
      @Override
      public String feed() {
        int errno = opened.feed();
        return errno == 0 ? null : Errno.describe(errno);
      }

      @Override
      public void release() {
        opened.release();
      }
    };
  }
}
