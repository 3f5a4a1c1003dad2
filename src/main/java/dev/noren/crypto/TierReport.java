package dev.noren.crypto;

import java.util.List;

/**
 * What a trial of the tiers found.
 *
 * @param rows one per tier that was tried
 * @param choice the fastest that passed
 */
public record TierReport(List<Row> rows, AeadTier choice) {
  /** The lengths of packets that are timed: about a bare acknowledgement, and a full one. */
  public static final List<Integer> SIZES = List.of(64, 512, 1420);

  public TierReport {
    rows = List.copyOf(rows);
  }

  /**
   * One tier.
   *
   * @param problem why it can't be used, a sentence without its stop, or null if it can
   * @param times one per size of {@link #SIZES}; none if there is a problem
   */
  public record Row(AeadTier tier, String problem, List<Times> times) {
    public Row {
      times = List.copyOf(times);
    }

    /** Nanoseconds to seal and open one full packet. */
    long fullPacketNs() {
      Times full = times.getLast();
      return full.sealNs + full.openNs;
    }
  }

  /**
   * How long one packet takes, the median of several short runs.
   *
   * @param bytes the plaintext's length
   */
  public record Times(int bytes, long sealNs, long openNs) {}

  /** For the log, such as {@code direct, 743 ns to seal 1420 bytes and 749 ns to open them}. */
  public String summary() {
    Row row = rows.stream().filter(r -> r.tier == choice).findFirst().orElseThrow();
    Times full = row.times.getLast();
    return choice
        + ", "
        + full.sealNs
        + " ns to seal "
        + full.bytes
        + " bytes and "
        + full.openNs
        + " ns to open them";
  }
}
