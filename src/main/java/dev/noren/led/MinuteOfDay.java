package dev.noren.led;

import java.util.TimeZone;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * The time of day as the clock on the wall has it, in minutes after midnight. It is asked at each
 * edge of a rhythm, so it makes no garbage, as {@link java.time.LocalTime} would.
 */
public final class MinuteOfDay implements IntSupplier {
  private static final long MINUTE_MS = 60_000;
  private static final long DAY_MS = 24 * 60 * MINUTE_MS;

  private final TimeZone zone;
  private final LongSupplier unixMs;

  /**
   * In a place.
   *
   * @param unixMs the time, milliseconds since 1970
   */
  MinuteOfDay(TimeZone zone, LongSupplier unixMs) {
    this.zone = zone;
    this.unixMs = unixMs;
  }

  /** By the machine's clock, where the machine is. */
  public static MinuteOfDay ofMachine() {
    return new MinuteOfDay(TimeZone.getDefault(), System::currentTimeMillis);
  }

  @Override
  public int getAsInt() {
    long ms = unixMs.getAsLong();
    return (int) (Math.floorMod(ms + zone.getOffset(ms), DAY_MS) / MINUTE_MS);
  }
}
