package dev.noren.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;

/** What the kernel counts of a process, from {@code /proc} (proc(5)). */
public final class ProcessFigures {
  /** Process times are in hundredths of a second (USER_HZ). */
  private static final double TICKS_PER_SECOND = 100;

  private static final int UTIME = 14;
  private static final int STIME = 15;
  private static final int CUTIME = 16;
  private static final int CSTIME = 17;

  private ProcessFigures() {}

  /** Seconds of processor time that it has used, in itself and in the kernel. */
  static double cpuSeconds(long pid) {
    return ticks(pid, UTIME, STIME) / TICKS_PER_SECOND;
  }

  /** The same with the programs that it has run and that have ended. */
  static double cpuSecondsWithPrograms(long pid) {
    return ticks(pid, UTIME, STIME, CUTIME, CSTIME) / TICKS_PER_SECOND;
  }

  private static long ticks(long pid, int... fields) {
    String stat = read(pid, "stat");
    // The second field is a name in parentheses, which may hold blanks.
    String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return IntStream.of(fields).mapToLong(field -> Long.parseLong(afterName[field - 3])).sum();
  }

  /** The memory that it has in RAM now, MB of 2^20 bytes. */
  static double megabytes(long pid) {
    return status(pid, "VmRSS:");
  }

  /** The most memory that it ever had in RAM, MB of 2^20 bytes. */
  public static double peakMegabytes(long pid) {
    return status(pid, "VmHWM:");
  }

  private static double status(long pid, String name) {
    return read(pid, "status")
            .lines()
            .filter(line -> line.startsWith(name))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst()
            .orElseThrow()
        / 1024.0;
  }

  private static String read(long pid, String file) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
