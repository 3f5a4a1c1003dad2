package dev.noren.router;

import dev.noren.control.SignalText;
import dev.noren.doctor.CutWatch;
import dev.noren.status.Condition;
import dev.noren.status.Health;
import dev.noren.status.HealthSigns;
import dev.noren.status.HealthSigns.Why;
import dev.noren.status.HealthWatch;
import dev.noren.status.SignalFile;
import dev.noren.text.Past;
import dev.noren.text.Sentence;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Looks how the router is, has the doctor look while something is wrong, and writes each change
 * down once. For the router's thread.
 */
final class ConditionKeeper {
  private final HealthWatch watch;
  private final CutWatch cuts;
  private final Consultation consultation;
  private final Happenings happenings;
  private final InstantSource clock;
  private final LongSupplier nowNs;

  ConditionKeeper(
      HealthWatch watch,
      CutWatch cuts,
      Consultation consultation,
      Happenings happenings,
      InstantSource clock,
      LongSupplier nowNs) {
    this.watch = watch;
    this.cuts = cuts;
    this.consultation = consultation;
    this.happenings = happenings;
    this.clock = clock;
    this.nowNs = nowNs;
  }

  /**
   * To be called a few times a second.
   *
   * @param seen what is seen, without what the doctor says
   * @return the state of health in force
   */
  Health look(HealthSigns seen) {
    cuts.look(seen, nowNs.getAsLong());
    Health plain = seen.plain();
    Why why = consultation.why(plain);
    HealthSigns signs = seen.explained(why);
    if (watch.look(signs, clock.instant(), nowNs.getAsLong())) {
      happenings.router(told(watch.now()));
    }
    Health inForce = watch.now().health();
    consultation.look(plain, plain.isWrong() || signs.fits().isWrong() || inForce.isWrong());
    return inForce;
  }

  /** What is written down of a change. */
  static String told(Condition now) {
    Sentence says = SignalText.says(SignalFile.TABLE.of(now.health()));
    return now.finding() == null
        ? Past.words("past.condition", says)
        : Past.words("past.condition-found", says, now.finding().number(), now.finding().says());
  }
}
