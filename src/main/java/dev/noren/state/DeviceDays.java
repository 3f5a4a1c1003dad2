package dev.noren.state;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.tinylog.Logger;

/**
 * On which day each device that calls in was seen last, and since when it has been known, so that
 * those that nobody uses any more are noticed. The file is written at most once an hour, where
 * something is new, and at the end. One thread.
 */
public final class DeviceDays implements AutoCloseable {
  /** The file's name in the state folder: a line each with a public key and two days. */
  static final String FILE = "device-days";

  static final long SAVE_EVERY_NS = TimeUnit.HOURS.toNanos(1);

  /** A clock that says an earlier day was never set. */
  static final LocalDate FIRST = LocalDate.of(2026, 1, 1);

  private static final String NEVER = "-";

  private final Path file;
  private final Map<String, Days> days;
  private boolean isNew;
  private Long savedNs;

  /**
   * The days of one device, in the box's time zone.
   *
   * @param known since when the router has known it
   * @param seen when it last shook hands, or null for never
   */
  public record Days(LocalDate known, LocalDate seen) {}

  /** Reads what an earlier run left; the folder must be there. */
  public DeviceDays(Path stateFolder) {
    file = stateFolder.resolve(FILE);
    Map<String, Days> read = new TreeMap<>();
    try {
      read.putAll(read(stateFolder));
    } catch (IOException e) {
      Logger.warn("{} begins anew: {}", file, e.getMessage());
    }
    days = read;
  }

  /**
   * What a router's state folder has, by the devices' public keys.
   *
   * @throws IOException with a sentence
   */
  public static Map<String, Days> read(Path stateFolder) throws IOException {
    Path file = stateFolder.resolve(FILE);
    Map<String, Days> days = new TreeMap<>();
    try {
      for (String line : Files.readAllLines(file, StandardCharsets.US_ASCII)) {
        String[] columns = line.split(" ", -1);
        days.put(
            columns[0],
            new Days(
                LocalDate.parse(columns[1]),
                columns[2].equals(NEVER) ? null : LocalDate.parse(columns[2])));
      }
    } catch (NoSuchFileException e) {
      return Map.of();
    } catch (DateTimeException | ArrayIndexOutOfBoundsException e) {
      throw new IOException(file + " holds no days", e);
    }
    return days;
  }

  /**
   * Takes down what is to be seen.
   *
   * @param keys all devices that there are; others are forgotten
   * @param seen the days of the last handshakes, where there were any
   * @param today the day
   * @param nowNs a clock that never jumps
   */
  public void look(
      Collection<String> keys, Map<String, LocalDate> seen, LocalDate today, long nowNs) {
    if (today.isBefore(FIRST)) {
      return;
    }
    isNew |= days.keySet().retainAll(keys);
    for (String key : keys) {
      Days before = days.get(key);
      Days now =
          before == null
              ? new Days(today, seenOn(seen.get(key), null))
              : new Days(before.known(), seenOn(seen.get(key), before.seen()));
      if (!now.equals(before)) {
        days.put(key, now);
        isNew = true;
      }
    }
    if (isNew && (savedNs == null || nowNs - savedNs >= SAVE_EVERY_NS)) {
      savedNs = nowNs;
      save();
    }
  }

  /** The later of two days, of which one that a clock said that was never set does not count. */
  private static LocalDate seenOn(LocalDate day, LocalDate before) {
    boolean counts = day != null && !day.isBefore(FIRST);
    return counts && (before == null || day.isAfter(before)) ? day : before;
  }

  private void save() {
    StringBuilder text = new StringBuilder();
    days.forEach(
        (key, each) ->
            text.append(key)
                .append(' ')
                .append(each.known())
                .append(' ')
                .append(each.seen() == null ? NEVER : each.seen())
                .append('\n'));
    try {
      StateFile.write(file, text.toString());
      isNew = false;
    } catch (IOException e) {
      Logger.warn("{}: when devices were seen can't be saved: {}", file, e.getMessage());
    }
  }

  @Override
  public void close() {
    if (isNew) {
      save();
    }
  }
}
