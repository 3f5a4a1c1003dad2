package dev.noren.status;

/**
 * When a lamp is lit: on and off by turns, in steps of milliseconds that come again and again.
 * Pure: the time since the signal began goes in.
 */
public final class Rhythm {
  /** What {@link #nextEdgeMs} gives where nothing ever changes. */
  public static final long NEVER = Long.MAX_VALUE;

  /** Longer than anybody looks. */
  private static final int MOST_MS = 10_000;

  private final String name;
  private final boolean steady;
  private final int[] ends;

  private Rhythm(String name, boolean steady, int[] ends) {
    this.name = name;
    this.steady = steady;
    this.ends = ends;
  }

  /**
   * Reads one.
   *
   * @param steps milliseconds, on and off by turns, beginning with on; or {@code on} or {@code off}
   * @throws IllegalArgumentException with a sentence
   */
  public static Rhythm parse(String name, String steps) {
    if (steps.equals("on") || steps.equals("off")) {
      return new Rhythm(name, steps.equals("on"), new int[0]);
    }
    String[] numbers = steps.split(" +", -1);
    if (numbers.length % 2 != 0) {
      throw new IllegalArgumentException(
          "the rhythm " + name + " has no even number of steps: give on and off by turns");
    }
    int[] ends = new int[numbers.length];
    int end = 0;
    for (int i = 0; i < ends.length; i++) {
      if (!numbers[i].matches("[1-9][0-9]{0,4}") || Integer.parseInt(numbers[i]) > MOST_MS) {
        throw new IllegalArgumentException(
            "the rhythm "
                + name
                + " has the step "
                + numbers[i]
                + ", which is no number of 1 to "
                + MOST_MS
                + " ms");
      }
      end += Integer.parseInt(numbers[i]);
      ends[i] = end;
    }
    return new Rhythm(name, false, ends);
  }

  /** What the table calls it. */
  public String name() {
    return name;
  }

  /** How long it takes until it begins anew, milliseconds; 0 where nothing ever changes. */
  public int periodMs() {
    return ends.length == 0 ? 0 : ends[ends.length - 1];
  }

  /**
   * Whether the lamp is lit.
   *
   * @param ms since the signal began, 0 or more
   */
  public boolean isOn(long ms) {
    return ends.length == 0 ? steady : step(ms) % 2 == 0;
  }

  /** When it changes next after that moment, or {@link #NEVER}. */
  public long nextEdgeMs(long ms) {
    if (ends.length == 0) {
      return NEVER;
    }
    return ms - ms % periodMs() + ends[step(ms)];
  }

  /**
   * Whether people would see the same: the same steps, whichever comes first, since nobody knows
   * when it began.
   */
  public boolean looksLike(Rhythm other) {
    if (ends.length == 0 || ends.length != other.ends.length) {
      return ends.length == other.ends.length && steady == other.steady;
    }
    for (int turned = 0; turned < ends.length; turned += 2) {
      boolean same = true;
      for (int i = 0; i < ends.length && same; i++) {
        same = stepMs(i) == other.stepMs((i + turned) % ends.length);
      }
      if (same) {
        return true;
      }
    }
    return false;
  }

  private int stepMs(int i) {
    return i == 0 ? ends[0] : ends[i] - ends[i - 1];
  }

  private int step(long ms) {
    int within = (int) (ms % periodMs());
    int step = 0;
    while (within >= ends[step]) {
      step++;
    }
    return step;
  }

  @Override
  public String toString() {
    return name;
  }
}
