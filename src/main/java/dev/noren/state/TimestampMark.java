package dev.noren.state;

import static java.util.concurrent.TimeUnit.MINUTES;

import dev.noren.linux.OwnFolder;
import dev.noren.protocol.handshake.Tai64n;
import dev.noren.tunnel.Timestamps;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.function.LongSupplier;
import org.tinylog.Logger;

/**
 * TAI64N timestamps that never go back, not even over a restart with a wrong clock. A value ahead
 * of all that were given out is kept in the state folder; a start begins beyond it. A board without
 * a clock of its own can so shake hands before it knows the time.
 *
 * <p>While the clock is ahead of the mark the reserve is a quarter of an hour, so that the file is
 * written rarely. While it is behind, timestamps count up in single steps, and the reserve is
 * short, so that many restarts in a row don't run away with it.
 */
public final class TimestampMark implements Timestamps, ReservedTime {
  /** The file's name in the state folder: nanoseconds since 1970 as decimal digits. */
  static final String FILE = "tai64n";

  static final long AHEAD_NS = MINUTES.toNanos(15);
  static final long SHORT_AHEAD_NS = 64 * Tai64n.STEP_NS;

  /** The lock on the file keeps other processes out, and may be had once in this one. */
  private static final Object IN_THIS_PROCESS = new Object();

  private final Path folder;
  private final LongSupplier unixNs;
  private long lastNs;
  private long reservedNs;
  private boolean warned;

  /**
   * Reads the mark that an earlier run left.
   *
   * @param unixNs the machine's clock, right or wrong, nanoseconds since 1970
   */
  public TimestampMark(Path folder, LongSupplier unixNs) {
    this.folder = folder;
    this.unixNs = unixNs;
    try {
      OwnFolder.make(folder);
      lastNs = kept(folder);
    } catch (IOException e) {
      warn(e);
    }
    reservedNs = lastNs;
  }

  @Override
  public synchronized byte[] next() {
    long clockNs = Math.max(0, unixNs.getAsLong());
    // Timestamps are rounded down, so two are told apart only a whole step later.
    boolean clockLeads = clockNs - lastNs >= Tai64n.STEP_NS;
    lastNs = clockLeads ? clockNs : lastNs + Tai64n.STEP_NS;
    if (lastNs > reservedNs) {
      reserve(lastNs + (clockLeads ? AHEAD_NS : SHORT_AHEAD_NS));
    }
    byte[] timestamp = new byte[Tai64n.SIZE];
    Tai64n.write(lastNs, timestamp, 0);
    return timestamp;
  }

  /** What is reserved in a folder, or null where nothing is. */
  public static Instant reserved(Path folder) throws IOException {
    long keptNs = kept(folder);
    return keptNs == 0 ? null : Instant.EPOCH.plusNanos(keptNs);
  }

  @Override
  public Instant reserved() throws IOException {
    return reserved(folder);
  }

  @Override
  public synchronized void startBeyond(Instant mark) {
    long markNs = ChronoUnit.NANOS.between(Instant.EPOCH, mark);
    lastNs = Math.max(lastNs, markNs);
    if (lastNs > reservedNs) {
      reserve(lastNs);
    }
  }

  private void reserve(long untilNs) {
    reservedNs = untilNs;
    synchronized (IN_THIS_PROCESS) {
      try (FileChannel lock = openLock();
          FileLock held = lock.lock()) {
        // Several tunnels share the mark; the greatest counts.
        if (held.isValid() && readOrZero() < untilNs) {
          StateFile.write(folder.resolve(FILE), untilNs);
        }
      } catch (IOException e) {
        warn(e);
      }
    }
  }

  /** Who may open the file, if only to read, could hold the lock, and with it every handshake. */
  private FileChannel openLock() throws IOException {
    OwnFolder.check(folder);
    Path file = folder.resolve(FILE + ".lock");
    FileAttribute<Set<PosixFilePermission>> ours = attribute("rw-------");
    FileChannel channel =
        FileChannel.open(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), ours);
    try {
      // One that an earlier version left may be open to others.
      if (!Files.getPosixFilePermissions(file).equals(ours.value())) {
        Files.setPosixFilePermissions(file, ours.value());
      }
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static FileAttribute<Set<PosixFilePermission>> attribute(String permissions) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
  }

  private static long kept(Path folder) throws IOException {
    return StateFile.read(folder.resolve(FILE));
  }

  /** What is kept; 0 if it cannot be read, as it is then to be written anew. */
  private long readOrZero() {
    try {
      return kept(folder);
    } catch (IOException e) {
      return 0;
    }
  }

  private void warn(IOException e) {
    if (!warned) {
      warned = true;
      Logger.warn(
          "{}: the timestamp mark cannot be kept ({}); after a restart with a clock that is behind,"
              + " far ends will refuse the handshake until it is right",
          folder,
          e.getMessage());
    }
  }
}
