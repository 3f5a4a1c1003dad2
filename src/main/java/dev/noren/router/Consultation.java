package dev.noren.router;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.noren.doctor.Diagnosis;
import dev.noren.doctor.Doctor;
import dev.noren.router.Questions.Answers;
import dev.noren.status.Health;
import java.util.function.LongSupplier;

/**
 * When the doctor looks and asks: while something is wrong, or somebody wants to know. As soon as
 * neither is so, nothing is asked any more. For the router's thread.
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
  private final FindingsTold told;
  private final LongSupplier nowNs;
  private Long askedNs;
  private Long wrongSinceNs;
  private long seldomNs;
  private long looksNs;
  private long roundNs;

  Consultation(
      Enquiry enquiry,
      Evidence evidence,
      Questions questions,
      Happenings happenings,
      LongSupplier nowNs) {
    this.enquiry = enquiry;
    this.evidence = evidence;
    this.questions = questions;
    this.told = new FindingsTold(happenings);
    this.nowNs = nowNs;
    this.looksNs = nowNs.getAsLong();
    this.roundNs = nowNs.getAsLong();
  }

  /** To be called a few times a second. */
  void look(Health health) {
    long now = nowNs.getAsLong();
    if (now - looksNs < 0) {
      return;
    }
    looksNs = now + LOOK_NS;
    evidence.follow(now);
    boolean wrong = isWrong(health);
    if (isWorthAsking(wrong, now) || (askedNs != null && now - askedNs < ASKED_NS)) {
      ask();
    } else {
      questions.rest();
    }
    if (!wrong) {
      told.found(null);
    } else if (now - roundNs >= 0 && questions.answers() != null) {
      roundNs = now + ROUND_NS;
      told.found(seen(now).finding());
    }
  }

  /** Through a tunnel that nobody uses nothing comes, and that may be so all night. */
  private static boolean isWrong(Health health) {
    return !health.isWell() && health != Health.UNPROVED;
  }

  /** All the time while it is new; what stays as it is, is asked for a moment now and then. */
  private boolean isWorthAsking(boolean wrong, long now) {
    if (!wrong) {
      wrongSinceNs = null;
      return false;
    }
    if (wrongSinceNs == null) {
      wrongSinceNs = now;
      seldomNs = now + NEW_NS;
    }
    if (now - seldomNs >= SELDOM_NS) {
      seldomNs += SELDOM_NS;
    }
    return now - wrongSinceNs < NEW_NS || (now - seldomNs >= 0 && now - seldomNs < MOMENT_NS);
  }

  /** What is wrong; what was asked long ago is asked again, for who looks once more. */
  Diagnosis diagnose() {
    long now = nowNs.getAsLong();
    askedNs = now;
    ask();
    return seen(now);
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
    return Doctor.diagnose(evidence.now(questions.answers(), now));
  }
}
