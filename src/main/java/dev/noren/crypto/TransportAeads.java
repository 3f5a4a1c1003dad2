package dev.noren.crypto;

import java.util.EnumSet;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Knows who seals transport packets. It begins with what is there at once, so that the start stays
 * short; {@link #improve} finds the fastest, in a thread of the caller's, and from then on every
 * {@link AeadLane} takes that.
 */
public final class TransportAeads {
  private volatile AeadTier tier;
  private volatile TierReport report;

  private TransportAeads(AeadTier tier) {
    this.tier = tier;
  }

  /**
   * Begins with the JDK's cipher if this JDK has it and it passes a short self-test, else with
   * Bouncy Castle's.
   *
   * @throws SelfTestException when Bouncy Castle's fails its self-test too
   */
  public static TransportAeads start() {
    try {
      SelfTest.checkTransport(AeadTier.CIPHER.create());
      return new TransportAeads(AeadTier.CIPHER);
    } catch (TierUnavailableException | IllegalStateException e) {
      // No such cipher here, or one that can't be trusted: improve() tells which it is.
      SelfTest.checkTransport(new BouncyAead());
      return new TransportAeads(AeadTier.BOUNCY_CASTLE);
    }
  }

  /**
   * A new object for one thread, of the tier that one begins with, and never another.
   *
   * @throws SelfTestException as {@link #start} does
   */
  public static TransportAead create() {
    return start().lane().aead();
  }

  /**
   * Tries all tiers, which is told by {@link TierReport#rows}; nothing is chosen for anyone.
   *
   * @param chance for keys, lengths and contents of packets
   * @param nanoClock such as {@code System::nanoTime}
   * @throws SelfTestException when none of them computes right results
   */
  public static TierReport tryAll(RandomGenerator chance, LongSupplier nanoClock) {
    return trial(chance, nanoClock, TierTrial.Pace.DEFAULT).run(EnumSet.allOf(AeadTier.class));
  }

  /**
   * Tries the tiers that may be faster, and lets every lane take the fastest that passes. It takes
   * about a second of one core.
   *
   * @param chance for keys, lengths and contents of packets
   * @param nanoClock such as {@code System::nanoTime}
   * @throws SelfTestException when none of them computes right results: then no packet is safe
   */
  public TierReport improve(RandomGenerator chance, LongSupplier nanoClock) {
    return improve(trial(chance, nanoClock, TierTrial.Pace.DEFAULT));
  }

  TierReport improve(TierTrial trial) {
    // Bouncy Castle's is never the fastest, and would cost memory and time to compile.
    TierReport found = trial.run(EnumSet.complementOf(EnumSet.of(AeadTier.BOUNCY_CASTLE)));
    report = found;
    tier = found.choice();
    return found;
  }

  private static TierTrial trial(
      RandomGenerator chance, LongSupplier nanoClock, TierTrial.Pace pace) {
    return new TierTrial(AeadTier::create, chance, nanoClock, pace);
  }

  /** The tier that lanes use now. */
  public AeadTier tier() {
    return tier;
  }

  /** What {@link #improve} found, or null as long as it has not. */
  public TierReport report() {
    return report;
  }

  /** A new lane, for one thread. */
  public AeadLane lane() {
    return new AeadLane(this);
  }
}
