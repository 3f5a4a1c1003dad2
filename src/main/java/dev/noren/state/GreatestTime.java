package dev.noren.state;

import static java.util.concurrent.TimeUnit.HOURS;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.tinylog.Logger;

/**
 * The greatest time that this box ever saw. A board without a clock of its own starts in the past,
 * where nothing would grow old: while its clock is unsure, expiry goes by this. The file is written
 * at most once an hour, and at the end. One thread.
 */
public final class GreatestTime implements AutoCloseable {
  /** The file's name in the state folder: seconds since 1970 as decimal digits. */
  static final String FILE = "greatest-time";

  static final long SAVE_EVERY_SECONDS = HOURS.toSeconds(1);

  private final Path file;
  private final InstantSource clock;
  private long savedSeconds;
  private long greatestSeconds;

  /** Reads what an earlier run left; the folder must be there. */
  public GreatestTime(Path stateFolder, InstantSource clock) {
    this.file = stateFolder.resolve(FILE);
    this.clock = clock;
    try {
      savedSeconds = StateFile.read(file);
    } catch (IOException e) {
      Logger.warn("{}: the greatest time is not known: {}", file, e.getMessage());
    }
    greatestSeconds = savedSeconds;
  }

  /**
   * The time by which things expire.
   *
   * @param clockIsSure whether the clock was set by somebody who knows
   */
  public Instant forExpiry(boolean clockIsSure) {
    Instant now = clock.instant();
    if (now.getEpochSecond() > greatestSeconds) {
      greatestSeconds = now.getEpochSecond();
      if (greatestSeconds - savedSeconds >= SAVE_EVERY_SECONDS) {
        save();
      }
    }
    return clockIsSure || now.getEpochSecond() >= greatestSeconds
        ? now
        : Instant.ofEpochSecond(greatestSeconds);
  }

  private void save() {
    // Where it can't be written, it is tried again in an hour and not each time.
    savedSeconds = greatestSeconds;
    try {
      StateFile.write(file, greatestSeconds);
    } catch (IOException e) {
      Logger.warn("{}: the greatest time can't be saved: {}", file, e.getMessage());
    }
  }

  @Override
  public void close() {
    if (greatestSeconds > savedSeconds) {
      save();
    }
  }
}
