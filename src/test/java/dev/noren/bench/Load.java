package dev.noren.bench;

import dev.noren.street.Iperf;
import dev.noren.street.Ping;
import dev.noren.street.Street;
import dev.noren.street.TwoShops;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Load from the left to the right host: through a tunnel, or past it. */
final class Load {
  private static final int PINGS = 200;

  /** A router runs for weeks; a JVM compiles its loops in the first three seconds of load. */
  static final int WARM_UP_SECONDS = 4;

  private final Street street;
  private final int seconds;
  private final Map<Measure, Double> measured = new EnumMap<>(Measure.class);

  /** Loads of so many seconds each. */
  Load(Street street, int seconds) {
    this.street = street;
    this.seconds = seconds;
  }

  /** Starts both ends, measures, and ends them. */
  Map<Measure, Double> of(Contestant contestant) {
    if (contestant.role() == Contestant.Role.WIRE) {
      wire();
      return measured;
    }
    try (Pair pair = Pair.inFront(contestant, street)) {
      long left = pair.left().process().pid();
      long right = pair.right().process().pid();
      tcp(TwoShops.RIGHT_4, 1, WARM_UP_SECONDS);
      if (contestant.role() == Contestant.Role.NOREN_AVX2) {
        measured.put(Measure.TCP_1, tcp(TwoShops.RIGHT_4, 1, seconds).megabits());
        return measured;
      }
      tunnel(left, right);
    }
    return measured;
  }

  private void wire() {
    Ping.answers(street.left(), Street.RIGHT_4);
    measured.put(Measure.PING, Ping.averageMs(street.left(), Street.RIGHT_4, PINGS));
    measured.put(Measure.TCP_1, tcp(Street.RIGHT_4, 1, seconds).megabits());
    measured.put(Measure.TCP_4, tcp(Street.RIGHT_4, 4, seconds).megabits());
    measured.put(Measure.UDP, udp(Street.RIGHT_4).megabits());
  }

  private void tunnel(long left, long right) {
    measured.put(Measure.PING, Ping.averageMs(street.left(), TwoShops.RIGHT_4, PINGS));
    double before = ProcessFigures.cpuSeconds(left) + ProcessFigures.cpuSeconds(right);
    Iperf one = tcp(TwoShops.RIGHT_4, 1, seconds);
    double used = ProcessFigures.cpuSeconds(left) + ProcessFigures.cpuSeconds(right) - before;
    measured.put(Measure.TCP_1, one.megabits());
    measured.put(Measure.CPU, used / (one.bytes() / 1e9));
    measured.put(Measure.TCP_4, tcp(TwoShops.RIGHT_4, 4, seconds).megabits());
    measured.put(Measure.UDP, udp(TwoShops.RIGHT_4).megabits());
    measured.put(
        Measure.PEAK_RSS,
        Math.max(ProcessFigures.peakMegabytes(left), ProcessFigures.peakMegabytes(right)));
  }

  /** Sends over TCP for so long. */
  Iperf tcp(String address, int streams, int duration) {
    return iperf(address, duration, "-P", Integer.toString(streams));
  }

  /** Sends datagrams as fast as it can; what arrives is what counts. */
  private Iperf udp(String address) {
    return iperf(address, seconds, "-u", "-b", "0", "-l", "1200");
  }

  private Iperf iperf(String address, int duration, String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(List.of("-t", Integer.toString(duration)));
    return Iperf.run(street.left(), street.right(), address, all.toArray(String[]::new));
  }
}
