package dev.noren.router;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.noren.doctor.Diagnosis;
import dev.noren.doctor.Doctor;
import dev.noren.doctor.Observations;
import dev.noren.doctor.Symptom;
import dev.noren.router.Questions.Answers;
import dev.noren.status.Health;
import dev.noren.status.HealthSigns.Why;
import java.util.function.LongSupplier;

/**
 * When the doctor looks and asks: while something is wrong, or somebody wants to know. As soon as
 * neither is so, nothing is asked any more, but for a moment now and then of a box that has no
 * tunnel to hold: nothing else would tell whether its line still leads to the internet. What he
 * said last goes into the health, and holds as long as the same is wrong. For the router's thread.
 */
final class Consultation {
  /** How often the counters are looked at. */
  private static final long LOOK_NS = SECONDS.toNanos(2);

  /** How often a diagnosis is made that nobody asks for, while something is wrong. */
  private static final long ROUND_NS = SECONDS.toNanos(10);

  /** For how long somebody who asked wants to know. */
  private static final long ASKED_NS = SECONDS.toNanos(30);

  /** What has been wrong for longer is looked into less often. */
  private static final long NEW_NS = SECONDS.toNanos(180);

  private static final long SELDOM_NS = SECONDS.toNanos(300);

  /** For how long it is asked then: two rounds. */
  private static final long MOMENT_NS = SECONDS.toNanos(10);

  private final Enquiry enquiry;
  private final Evidence evidence;
  private final Questions questions;
  private final LongSupplier nowNs;
  private Health plain = Health.STARTING;
  private Health diagnosedOf = Health.STARTING;
  private Diagnosis newest;
  private Long askedNs;
  private Long sinceNs;
  private long seldomNs;
  private long looksNs;
  private long roundNs;

  Consultation(Enquiry enquiry, Evidence evidence, Questions questions, LongSupplier nowNs) {
    this.enquiry = enquiry;
    this.evidence = evidence;
    this.questions = questions;
    this.nowNs = nowNs;
    this.looksNs = nowNs.getAsLong();
    this.roundNs = nowNs.getAsLong();
  }

  /** What the doctor has said of a state of health, as far as he has looked at it. */
  Why why(Health of) {
    return newest == null || !of.isLike(diagnosedOf)
        ? Why.UNKNOWN
        : new Why(true, newest.isFault() ? newest.finding() : null, newest.isNothingBeyond());
  }

  /**
   * To be called a few times a second.
   *
   * @param seen the state of health that fits what is seen without asking anybody
   * @param wrong whether this, or what is in force, has to be looked into
   */
  void look(Health seen, boolean wrong) {
    long now = nowNs.getAsLong();
    if (!seen.isLike(plain)) {
      // Something else is wrong, or nothing any more: what was found before does not go with it.
      plain = seen;
      sinceNs = null;
      roundNs = now;
      looksNs = now;
    }
    if (now - looksNs < 0) {
      return;
    }
    looksNs = now + LOOK_NS;
    evidence.follow(now);
    boolean asked = askedNs != null && now - askedNs < ASKED_NS;
    if (isWorthAsking(wrong, now) || asked) {
      ask();
      if (now - roundNs >= 0 && questions.answers() != null) {
        roundNs = now + ROUND_NS;
        seen(now);
      }
    } else {
      questions.rest();
      newest = wrong ? newest : null;
    }
  }

  /** All the time while it is new; what stays as it is, is asked for a moment now and then. */
  private boolean isWorthAsking(boolean wrong, long now) {
    if (!wrong && plain != Health.READY) {
      sinceNs = null;
      return false;
    }
    if (sinceNs == null) {
      sinceNs = now;
      seldomNs = now + (wrong ? NEW_NS : 0);
    }
    if (now - seldomNs >= SELDOM_NS) {
      seldomNs += SELDOM_NS;
    }
    return (wrong && now - sinceNs < NEW_NS) || (now - seldomNs >= 0 && now - seldomNs < MOMENT_NS);
  }

  /**
   * What is wrong; what was asked long ago is asked again, for who looks once more.
   *
   * @param symptom what he complains of, or null
   */
  Diagnosis diagnose(Symptom symptom) {
    long now = nowNs.getAsLong();
    askedNs = now;
    ask();
    Observations all = observations(now);
    Diagnosis made = Doctor.diagnose(all);
    keep(made);
    return symptom == null ? made : Doctor.diagnose(all, symptom);
  }

  /** The same by what is known already: nobody is asked for who looks all the time. */
  Diagnosis known() {
    return seen(nowNs.getAsLong());
  }

  private void ask() {
    Answers known = questions.answers();
    questions.want(
        enquiry.asked(known != null && Boolean.FALSE.equals(known.outside().namesAnswer())));
  }

  private Diagnosis seen(long now) {
    Diagnosis made = Doctor.diagnose(observations(now));
    keep(made);
    return made;
  }

  private Observations observations(long now) {
    return evidence.now(questions.answers(), now);
  }

  /** What somebody complains of changes nothing of what is wrong. */
  private void keep(Diagnosis made) {
    if (made.settled()) {
      newest = made;
      diagnosedOf = plain;
    }
  }
}
