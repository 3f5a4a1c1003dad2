package dev.noren.audit;

import dev.noren.status.LogEntry;
import dev.noren.status.LogEntry.Kind;
import dev.noren.status.LogQuery;
import dev.noren.text.Past;
import dev.noren.text.Sentence;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.tinylog.Logger;

/**
 * Writes the audit log. A line is on disk, synced, when its call returns. What can't be written is
 * counted and said, and never stops the router; neither can what others cause (devices, refused
 * traffic) wear out the disk, since only so many lines an hour are written of each kind.
 */
public final class AuditLog {
  /** The most lines of a kind in an hour; what people change is always written. */
  static final int MOST_AN_HOUR = 120;

  private static final long HOUR_NS = 3_600_000_000_000L;

  private final AuditFiles files;
  private final Consumer<LogEntry> copy;
  private final Map<Kind, Hour> hours = new EnumMap<>(Kind.class);
  private int keepDays;
  private YearMonth month;
  private String last;
  private boolean unfinished;
  private long lost;
  private Sentence problem;

  /** How many lines of a kind were written since its hour began, and how many were not. */
  private static final class Hour {
    private long sinceNs;
    private int written;
    private long leftOut;
  }

  /**
   * A log in this state folder; nothing is touched yet.
   *
   * @param keepDays how long lines are kept, days
   * @param copy is given each entry that is written, such as a {@link Syslog}
   */
  public AuditLog(Path stateFolder, int keepDays, Consumer<LogEntry> copy) {
    files = new AuditFiles(stateFolder);
    this.keepDays = keepDays;
    this.copy = copy;
  }

  /** Changes how long lines are kept. */
  public synchronized void keep(int days) {
    keepDays = days;
  }

  /** Why the last line could not be written, one sentence; null where it could. */
  public synchronized Sentence problem() {
    return problem;
  }

  /**
   * Writes an entry.
   *
   * @param nowNs a clock that never jumps, nanoseconds
   */
  public synchronized void write(LogEntry entry, long nowNs) {
    Hour hour = hours.computeIfAbsent(entry.kind(), kind -> new Hour());
    if (hour.written == 0 || nowNs - hour.sinceNs >= HOUR_NS) {
      hour.sinceNs = nowNs;
      hour.written = 0;
    }
    if (entry.kind() != Kind.CONFIG && hour.written >= MOST_AN_HOUR) {
      hour.leftOut++;
      return;
    }
    hour.written++;
    if (hour.leftOut > 0) {
      put(new LogEntry(entry.at(), entry.kind(), "-", Past.words("past.too-many", hour.leftOut)));
      hour.leftOut = 0;
    }
    put(entry);
  }

  private void put(LogEntry entry) {
    copy.accept(entry);
    try {
      if (last == null) {
        find();
      }
      turnTo(entry.at());
      if (unfinished) {
        append(new LogEntry(entry.at(), Kind.ROUTER, "-", AuditFiles.AFTER_A_CUT), true);
        unfinished = false;
      }
      if (lost > 0) {
        append(
            new LogEntry(
                entry.at(), Kind.ROUTER, "-", Past.words("past.lost-lines", lost, problem)),
            false);
        lost = 0;
      }
      append(entry, false);
      problem = null;
    } catch (IOException e) {
      lost++;
      // Whatever half of it is there is found when the next one is written.
      last = null;
      if (problem == null) {
        Logger.error("The audit log can't be written: {}", e.getMessage());
      }
      problem = Sentence.of("audit.not-written", Sentence.of(e));
    }
  }

  /** Finds the last line, which the next one follows. */
  private void find() throws IOException {
    Files.createDirectories(
        files.folder(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    List<YearMonth> months = files.months();
    String[] found = {AuditLine.NOTHING_BEFORE};
    boolean[] whole = {true};
    month = null;
    for (YearMonth each : months.reversed()) {
      AuditFiles.lines(
          files.file(each),
          (number, line, ended) -> {
            found[0] = AuditLine.hash(line);
            whole[0] = ended && AuditLine.parse(line) != null;
          });
      month = month == null ? each : month;
      if (!found[0].equals(AuditLine.NOTHING_BEFORE)) {
        break;
      }
    }
    unfinished = !whole[0];
    last = found[0];
  }

  /** A clock that goes back does not take the log back to a file before the last. */
  private void turnTo(Instant at) throws IOException {
    YearMonth now = YearMonth.from(at.atZone(ZoneOffset.UTC));
    if (month == null || now.isAfter(month)) {
      // A half line stays where it is, and the one that tells of it follows it there.
      if (unfinished) {
        return;
      }
      month = now;
    }
  }

  private void append(LogEntry entry, boolean endsHalfLine) throws IOException {
    byte[] line = new AuditLine(entry, last).bytes();
    Path file = files.file(month);
    boolean isNew = !Files.exists(file);
    ByteBuffer bytes = ByteBuffer.allocate(line.length + 2);
    if (endsHalfLine && !endsWithLine(file)) {
      bytes.put((byte) '\n');
    }
    bytes.put(line).put((byte) '\n').flip();
    try (FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    if (isNew) {
      try (FileChannel folder = FileChannel.open(files.folder(), StandardOpenOption.READ)) {
        folder.force(true);
      }
    }
    last = AuditLine.hash(line);
  }

  private static boolean endsWithLine(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer one = ByteBuffer.allocate(1);
      return channel.size() == 0
          || (channel.read(one, channel.size() - 1) == 1 && one.get(0) == '\n');
    }
  }

  /**
   * Deletes the months that ended long enough ago; to be called once a day.
   *
   * @param now the greatest time that is known
   */
  public synchronized void deleteOld(Instant now) {
    Instant oldest = now.minus(keepDays, ChronoUnit.DAYS);
    try {
      for (YearMonth each : files.months()) {
        Instant end = each.plusMonths(1).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        if (end.isBefore(oldest) && !each.equals(month)) {
          Files.deleteIfExists(files.file(each));
        }
      }
    } catch (IOException e) {
      Logger.warn("Old audit logs can't be deleted: {}", e.getMessage());
    }
  }

  /** The entries that are asked for, the oldest first. */
  public List<LogEntry> entries(LogQuery query) throws IOException {
    return files.entries(query);
  }
}
