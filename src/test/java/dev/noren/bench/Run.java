package dev.noren.bench;

import dev.noren.street.Iperf;
import dev.noren.street.Ping;
import dev.noren.street.Street;
import dev.noren.street.TwoShops;
import dev.noren.street.WgEnd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** One run: both ends of one make, every measure once. */
final class Run {
  private static final int PINGS = 200;

  /** The kernel counts process times in hundredths of a second (USER_HZ). */
  private static final double TICKS_PER_SECOND = 100;

  private static final int UTIME = 14;
  private static final int STIME = 15;

  private final Street street;
  private final int seconds;
  private final Map<Measure, Double> measured = new EnumMap<>(Measure.class);

  private Run(Street street, int seconds) {
    this.street = street;
    this.seconds = seconds;
  }

  /** Starts both ends in the street's outer hosts, measures, and ends them. */
  static Map<Measure, Double> of(Contestant contestant, Street street, int seconds) {
    Run run = new Run(street, seconds);
    try (WgEnd left = new WgEnd(street.left(), contestant.name());
        WgEnd right = new WgEnd(street.right(), contestant.name())) {
      for (WgEnd end : List.of(left, right)) {
        end.startWith(contestant.commandFor(end.name()));
        end.identify();
      }
      know(left, right, TwoShops.RIGHT_4, Street.RIGHT_4);
      know(right, left, TwoShops.LEFT_4, Street.LEFT_4);
      left.up(1420, TwoShops.LEFT_4 + "/24");
      right.up(1420, TwoShops.RIGHT_4 + "/24");
      run.measure(left, right);
    }
    return run.measured;
  }

  private static void know(WgEnd end, WgEnd peer, String inner, String outer) {
    end.set(
        "peer", peer.publicKey(),
        "allowed-ips", inner + "/32",
        "endpoint", outer + ":" + WgEnd.PORT);
  }

  private void measure(WgEnd left, WgEnd right) {
    Ping.answers(street.left(), TwoShops.RIGHT_4);
    // Warm: what a router is after its first second.
    tcp(1, 2);
    measured.put(Measure.PING, Ping.averageMs(street.left(), TwoShops.RIGHT_4, PINGS));
    double before = cpuSeconds(left) + cpuSeconds(right);
    Iperf one = tcp(1, seconds);
    double used = cpuSeconds(left) + cpuSeconds(right) - before;
    measured.put(Measure.TCP_1, one.megabits());
    measured.put(Measure.CPU, used / (one.bytes() / 1e9));
    measured.put(Measure.TCP_4, tcp(4, seconds).megabits());
    Iperf udp =
        Iperf.run(
            street.left(),
            street.right(),
            TwoShops.RIGHT_4,
            "-u",
            "-b",
            "0",
            "-l",
            "1200",
            "-t",
            Integer.toString(seconds));
    measured.put(Measure.UDP, udp.megabits());
    measured.put(Measure.RSS, Math.max(peakMegabytes(left), peakMegabytes(right)));
  }

  private Iperf tcp(int streams, int duration) {
    return Iperf.run(
        street.left(),
        street.right(),
        TwoShops.RIGHT_4,
        "-P",
        Integer.toString(streams),
        "-t",
        Integer.toString(duration));
  }

  private static double cpuSeconds(WgEnd end) {
    String stat = read(end, "stat");
    // The second field is a name in parentheses, which may hold blanks.
    String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long ticks = Long.parseLong(afterName[UTIME - 3]) + Long.parseLong(afterName[STIME - 3]);
    return ticks / TICKS_PER_SECOND;
  }

  private static double peakMegabytes(WgEnd end) {
    return read(end, "status")
            .lines()
            .filter(line -> line.startsWith("VmHWM:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst()
            .orElseThrow()
        / 1024.0;
  }

  private static String read(WgEnd end, String file) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(end.process().pid()), file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
