package dev.noren.image;

import dev.noren.status.Signal;
import dev.noren.status.SignalFile;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** What lamps did, as it was read off their lines, next to what the table of signals says. */
final class LampTrace {
  /** How late an emulated processor may be with an edge, or early by an earlier one's delay. */
  private static final long BLUR_MS = 200;

  private static final long STEP_MS = 20;

  /** How closely its beginning is sought. */
  private static final long BEGIN_STEP_MS = 50;

  /** What a signal has to have in common with what was seen, where the emulated box stumbles. */
  private static final double LEAST = 0.7;

  /** By so much another signal may look more like what was seen: some have the same lines. */
  private static final double BY_CHANCE = 0.05;

  private final TreeMap<Long, String> levels = new TreeMap<>();

  /**
   * Reads one.
   *
   * @param text lines of the seconds since boot, a blank, and a digit for each lamp, from then on
   */
  LampTrace(String text) {
    for (String line : text.strip().split("\n", -1)) {
      String[] words = line.split(" ", -1);
      levels.put(Math.round(Double.parseDouble(words[0]) * 1_000), words[1]);
    }
  }

  /**
   * What of a turn of all signals is not as the table has it, a sentence each; none where it is.
   * Nobody knows to the moment when it began: what fits best counts.
   *
   * @param stepMs how long each was shown
   */
  List<String> wrong(long stepMs) {
    double most = 0;
    long best = levels.firstKey();
    long last = levels.lastKey() - stepMs * SignalFile.TABLE.all().size() / 2;
    for (long fromMs = levels.firstKey(); fromMs < last; fromMs += BEGIN_STEP_MS) {
      double right = 0;
      long at = fromMs;
      for (Signal signal : SignalFile.TABLE.all()) {
        right += likeness(signal, at, stepMs);
        at += stepMs;
      }
      if (right > most) {
        most = right;
        best = fromMs;
      }
    }
    return wrong(best, stepMs);
  }

  private List<String> wrong(long fromMs, long stepMs) {
    List<String> wrong = new ArrayList<>();
    long at = fromMs;
    for (Signal signal : SignalFile.TABLE.all()) {
      double right = likeness(signal, at, stepMs);
      if (right < LEAST) {
        wrong.add("%s: %.2f of the looks are as the table has it".formatted(signal.key(), right));
      }
      for (Signal other : SignalFile.TABLE.all()) {
        if (likeness(other, at, stepMs) > right + BY_CHANCE) {
          wrong.add("%s looks more like %s".formatted(signal.key(), other.key()));
        }
      }
      at += stepMs;
    }
    return wrong;
  }

  /**
   * What part of the looks at the lamps at which nothing is about to change are as a signal has
   * them.
   */
  private double likeness(Signal signal, long at, long stepMs) {
    int seen = 0;
    int right = 0;
    // The first edge of a signal comes with the last one's end.
    for (long ms = BLUR_MS; ms < stepMs - BLUR_MS; ms += STEP_MS) {
      for (int lamp = 0; lamp < 3; lamp++) {
        if (isClear(signal, lamp, ms)) {
          seen++;
          right += isLit(at + ms, lamp) == lit(signal, lamp, ms) ? 1 : 0;
        }
      }
    }
    return seen == 0 ? 0 : right / (double) seen;
  }

  /** Nothing changes around that moment. */
  private static boolean isClear(Signal signal, int lamp, long ms) {
    boolean now = lit(signal, lamp, ms);
    for (long near = Math.max(0, ms - BLUR_MS / 2); near <= ms + BLUR_MS / 2; near += STEP_MS) {
      if (lit(signal, lamp, near) != now) {
        return false;
      }
    }
    return true;
  }

  private static boolean lit(Signal signal, int lamp, long ms) {
    return signal.three().get(lamp).rhythm().isOn(ms);
  }

  private boolean isLit(long ms, int lamp) {
    var entry = levels.floorEntry(ms);
    return entry != null && entry.getValue().charAt(lamp) == '1';
  }
}
