package dev.noren.bench;

import dev.noren.street.Running;
import dev.noren.street.Street;
import dev.noren.street.Uapi;
import dev.noren.street.Wait;
import dev.noren.street.WgEnd;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How long a tunnel takes from its command to the first answer at its socket, and what it has in
 * RAM when nothing happens any more.
 */
final class StartUp {
  /** By then what a start still does in the background is done, too. */
  private static final long REST_MS = 30_000;

  private StartUp() {}

  /** Starts both ends in the background, lets them shake hands and rest, and ends them. */
  static Map<Measure, Double> of(Contestant contestant, Street street) {
    List<Double> startMs = new ArrayList<>();
    Map<Measure, Double> measured = new EnumMap<>(Measure.class);
    try (Pair pair =
        Pair.started(contestant, street, end -> startMs.add(startMs(contestant, end)))) {
      Wait.pause(REST_MS);
      measured.put(Measure.START, (startMs.getFirst() + startMs.getLast()) / 2);
      measured.put(Measure.IDLE_RSS, Math.max(megabytes(pair.left()), megabytes(pair.right())));
    }
    return measured;
  }

  /** The command returns when the tunnel is ready; that it is shows in the answer. */
  private static double startMs(Contestant contestant, WgEnd end) {
    String[] command = contestant.inBackground(end.name()).toArray(String[]::new);
    long beforeNs = System.nanoTime();
    end.host().runIn(Map.of("LOG_LEVEL", "error"), command).must();
    String answer = Uapi.ask(end.name(), "get=1\n\n");
    double ms = (System.nanoTime() - beforeNs) / 1e6;
    if (!answer.endsWith("errno=0\n\n")) {
      throw new AssertionError(contestant.name() + " was not ready when its command returned.");
    }
    return ms;
  }

  /** Of the only process in the host. */
  private static double megabytes(WgEnd end) {
    return Running.run("ip", "netns", "pids", end.host().namespace())
        .must()
        .lines()
        .mapToDouble(pid -> ProcessFigures.megabytes(Long.parseLong(pid.strip())))
        .max()
        .orElseThrow();
  }
}
