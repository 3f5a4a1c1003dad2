package dev.noren.crypto;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Tries the tiers on this Java and this processor: each is tested, all are timed until they become
 * no faster, and tested again as compiled code. Takes about a second, and belongs in the
 * background.
 */
final class TierTrial {
  private static final String FAILED = "it computes wrong results on this Java and processor";

  /** Where a tier's objects come from. */
  interface Maker {
    TransportAead make(AeadTier tier) throws TierUnavailableException;
  }

  /**
   * How much to do.
   *
   * @param minTurns turns that are always taken: enough for all to be compiled
   * @param quietNs the end is when none has become faster for so long
   * @param maxTurns or else after so many turns
   * @param packets of each size in a turn
   */
  record Pace(int minTurns, long quietNs, int maxTurns, int packets) {
    static final Pace DEFAULT = new Pace(300, 300_000_000L, 20_000, 16);
  }

  private final Maker maker;
  private final LongSupplier nanoClock;
  private final Pace pace;
  private final AeadSelfTest selfTest;
  private final Map<AeadTier, TransportAead> aeads = new EnumMap<>(AeadTier.class);
  private final Map<AeadTier, TierTimer> timers = new EnumMap<>(AeadTier.class);
  private final Map<AeadTier, String> problems = new EnumMap<>(AeadTier.class);

  TierTrial(Maker maker, RandomGenerator chance, LongSupplier nanoClock, Pace pace) {
    this.maker = maker;
    this.nanoClock = nanoClock;
    this.pace = pace;
    this.selfTest = new AeadSelfTest(chance);
  }

  /**
   * Tries these tiers, and Bouncy Castle if none of them is any good.
   *
   * @throws SelfTestException when that fails too
   */
  TierReport run(Collection<AeadTier> tiers) {
    tiers.forEach(this::make);
    time();
    if (problems.keySet().containsAll(tiers)) {
      make(AeadTier.BOUNCY_CASTLE);
      time();
    }
    List<TierReport.Row> rows = rows();
    AeadTier choice =
        rows.stream()
            .filter(row -> row.problem() == null)
            .min(Comparator.comparingLong(TierReport.Row::fullPacketNs))
            .orElseThrow(() -> new SelfTestException("every ChaCha20-Poly1305"))
            .tier();
    return new TierReport(rows, choice);
  }

  private void make(AeadTier tier) {
    try {
      TransportAead aead = maker.make(tier);
      if (selfTest.passes(aead)) {
        aeads.put(tier, aead);
        timers.put(tier, new TierTimer(aead, nanoClock, pace.packets));
      } else {
        problems.put(tier, FAILED);
      }
    } catch (TierUnavailableException e) {
      problems.put(tier, e.getMessage());
    }
  }

  /**
   * The tiers take turns. So a busy machine is busy for all of them; and they share code, which
   * HotSpot compiles anew when it first serves two of them.
   */
  private void time() {
    long fasterAt = nanoClock.getAsLong();
    for (int turn = 0; turn < pace.maxTurns && !timers.isEmpty(); turn++) {
      boolean faster = false;
      for (AeadTier tier : usable()) {
        faster |= turn(tier);
      }
      long now = nanoClock.getAsLong();
      if (faster) {
        fasterAt = now;
      } else if (turn >= pace.minTurns && now - fasterAt >= pace.quietNs) {
        break;
      }
    }
    for (AeadTier tier : usable()) {
      if (!selfTest.passes(aeads.get(tier))) {
        refuse(tier);
      }
    }
  }

  private boolean turn(AeadTier tier) {
    TierTimer timer = timers.get(tier);
    try {
      boolean faster = timer.turn();
      if (timer.failed()) {
        refuse(tier);
      }
      return faster;
    } catch (RuntimeException e) {
      // As bad as a wrong result.
      refuse(tier);
      return false;
    }
  }

  /** A copy, since one may be refused on the way. */
  private List<AeadTier> usable() {
    return List.copyOf(timers.keySet());
  }

  private void refuse(AeadTier tier) {
    timers.remove(tier);
    problems.put(tier, FAILED);
  }

  private List<TierReport.Row> rows() {
    List<TierReport.Row> rows = new ArrayList<>();
    for (AeadTier tier : AeadTier.values()) {
      if (problems.containsKey(tier)) {
        rows.add(new TierReport.Row(tier, problems.get(tier), List.of()));
      } else if (timers.containsKey(tier)) {
        rows.add(new TierReport.Row(tier, null, timers.get(tier).times()));
      }
    }
    return rows;
  }
}
