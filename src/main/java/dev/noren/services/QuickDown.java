package dev.noren.services;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Ends the process that has a tunnel up, or cleans up after one that was killed. */
public final class QuickDown {
  /** How long a tunnel may take to go down; its hooks may be slow. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private static final long LOOK_EVERY_MS = 50;
  private static final int LOOKS_FOR_THE_OWNER = 40;

  private final Machine machine;

  /** Takes down what was brought up on this machine, with its state folder. */
  public QuickDown(Machine machine) {
    this.machine = machine;
  }

  /**
   * Takes a tunnel down, and returns when it is gone.
   *
   * @return whether all could be undone
   * @throws IOException with a sentence, where no such tunnel is up or it can't be ended
   */
  public boolean run(String name) throws IOException {
    UndoJournal journal = new UndoJournal(machine.folder(), name);
    ProcessHandle process = null;
    int looks = 0;
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try (NameLock lock = NameLock.tryTake(machine.folder(), name)) {
        if (lock.isHeld() && (process == null || isGone(process))) {
          if (process == null && !journal.exists()) {
            throw new IOException(name + " is not up");
          }
          return new UndoRunner(machine.doer(name), journal).recover();
        }
        if (process == null && lock.owner().isPresent()) {
          process = terminate(name, lock);
        }
        looks++;
        if (process == null && looks > LOOKS_FOR_THE_OWNER) {
          throw new IOException(name + " is up in a process that can't be seen here" + by(lock));
        }
        if (System.nanoTime() - end >= 0) {
          throw new IOException(name + " does not end" + by(lock));
        }
      }
      pause();
    }
  }

  /**
   * Asks the lock's owner to end; null where it is not to be seen. It may have just ended by
   * itself, and then the next look finds the lock free.
   */
  private static ProcessHandle terminate(String name, NameLock lock) throws IOException {
    long pid = lock.owner().getAsLong();
    ProcessHandle process = ProcessHandle.of(pid).orElse(null);
    if (process == null || !lock.isOpenIn(pid)) {
      return null;
    }
    if (!process.destroy() && process.isAlive()) {
      throw new IOException(name + " may not be ended by this user" + by(lock));
    }
    return process;
  }

  /** A process that nobody has asked for its exit code yet is gone too. */
  private static boolean isGone(ProcessHandle process) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
      return stat.startsWith(") Z", stat.lastIndexOf(')')) || !process.isAlive();
    } catch (IOException e) {
      return !process.isAlive();
    }
  }

  static String by(NameLock lock) {
    return lock.owner().isPresent() ? " (process " + lock.owner().getAsLong() + ")" : "";
  }

  private static void pause() throws IOException {
    try {
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for the tunnel to go down", e);
    }
  }
}
