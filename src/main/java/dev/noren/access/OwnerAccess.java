package dev.noren.access;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.noren.access.Sessions.Session;
import dev.noren.text.Refused;
import dev.noren.text.Sentence;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * Lets the owner in at the page: who claims the box first, and who knows the passphrase later. A
 * source that fails waits longer each time, and nobody waits for another. Any thread may call.
 */
public final class OwnerAccess {
  private final Keeper keeper;

  private final RandomGenerator chance;
  private final Sessions sessions;
  private final Attempts attempts = new Attempts(true);

  /** Apart, so that who has a technician's code can't begin anew with the owner's passphrase. */
  private final Attempts visitAttempts = new Attempts(true);

  private volatile Owner owner;
  private SetupCode code;
  private SetupCode visitCode;

  /** Keeps what must outlive a power cut. */
  public interface Keeper {
    /** Keeps the owner; when this returns, the set-up code is void. */
    void keep(String owner) throws IOException;
  }

  /** What came of an attempt. */
  public enum Outcome {
    /** It is the owner. */
    LET_IN,

    /** It is not, or it is not known to be. */
    REFUSED,

    /** There were too many attempts from there: this one was not looked at. */
    TOO_MANY,

    /** The passphrase is right, and the code of the second factor is missing or wrong. */
    CODE_NEEDED,

    /** The new passphrase is too easy to guess. */
    WEAK,

    /** The box belongs to somebody already, or to nobody yet. */
    NOT_NOW
  }

  /**
   * A decision.
   *
   * @param session what has begun, or null
   * @param waitSeconds how long nothing is looked at from now on, seconds; 0 for not at all
   * @param why what is wrong with the new passphrase, or null
   */
  public record Decision(Outcome outcome, Session session, long waitSeconds, Sentence why) {
    private static Decision of(Outcome outcome) {
      return new Decision(outcome, null, 0, null);
    }
  }

  /**
   * What was kept.
   *
   * @param owner what the keeper was given last, or null for no owner yet
   * @param code the set-up code, where there is no owner yet; else null
   * @throws IllegalArgumentException where the owner's text is damaged
   */
  public OwnerAccess(String owner, SetupCode code, Keeper keeper, RandomGenerator chance) {
    this.owner = owner == null ? null : Owner.parse(owner);
    this.code = code;
    this.keeper = keeper;
    this.chance = chance;
    this.sessions = new Sessions(chance);
  }

  /** Whether the box has an owner. */
  public boolean isClaimed() {
    return owner != null;
  }

  /** Whether the owner has a second factor. */
  public boolean hasSecondFactor() {
    Owner known = owner;
    return known != null && known.totp() != null;
  }

  /**
   * Somebody claims the box.
   *
   * @param source where from
   * @param typed the set-up code as it was typed; "" for none
   * @param present whether somebody was at the box's button just now; asked where nothing was
   *     typed, and once
   * @param known words that a passphrase should not be
   * @throws IOException where it can't be kept, and then nothing has changed
   */
  public synchronized Decision claim(
      String source,
      String typed,
      BooleanSupplier present,
      String passphrase,
      List<String> known,
      long nowNs)
      throws IOException {
    if (owner != null) {
      return Decision.of(Outcome.NOT_NOW);
    }
    long waitNs = attempts.waitNs(source, nowNs);
    if (waitNs > 0) {
      return tooMany(waitNs);
    }
    boolean byCode = code != null && code.matches(typed);
    if (!byCode && !typed.isBlank()) {
      return refused(source, nowNs);
    }
    Sentence why = Strength.problem(passphrase, known);
    if (why != null) {
      if (!byCode) {
        // To look takes a moment, and who has shown nothing yet gets few of those.
        attempts.failed(source, nowNs);
      }
      return new Decision(Outcome.WEAK, null, 0, why);
    }
    // Asked last, so that one press is enough however many passphrases were too easy.
    if (!byCode && !present.getAsBoolean()) {
      return refused(source, nowNs);
    }
    Owner made = Owner.of(PassphraseHash.of(passphrase, chance));
    keeper.keep(made.text());
    owner = made;
    code = null;
    attempts.succeeded(source);
    return letIn(nowNs);
  }

  /**
   * Somebody signs in.
   *
   * @param source where from
   * @param oneTimeCode the second factor's code or a recovery code; "" for none
   * @param now the time of day
   * @throws IOException where it can't be kept that a code was used, and then nobody is let in
   */
  public Decision signIn(
      String source, String passphrase, String oneTimeCode, Instant now, long nowNs)
      throws IOException {
    Owner known;
    synchronized (this) {
      known = owner;
      long waitNs = attempts.waitNs(source, nowNs);
      if (known == null) {
        return Decision.of(Outcome.NOT_NOW);
      }
      if (waitNs > 0) {
        return tooMany(waitNs);
      }
      // Counted before it is looked at, so that many at once are not looked at together.
      attempts.failed(source, nowNs);
    }
    boolean right = known.passphrase().matches(passphrase);
    synchronized (this) {
      // Meanwhile there may be another passphrase.
      if (!right || !known.passphrase().equals(owner.passphrase())) {
        return new Decision(Outcome.REFUSED, null, seconds(attempts.waitNs(source, nowNs)), null);
      }
      if (owner.totp() != null && !secondFactor(oneTimeCode, now)) {
        return new Decision(
            Outcome.CODE_NEEDED, null, seconds(attempts.waitNs(source, nowNs)), null);
      }
      attempts.succeeded(source);
      return letIn(nowNs);
    }
  }

  private boolean secondFactor(String typed, Instant now) throws IOException {
    String plain = SetupCode.plain(typed);
    long step = Totp.match(owner.totp(), plain, now, owner.lastStep());
    String hash = RecoveryCodes.hash(typed);
    Owner after;
    if (step != Totp.NONE) {
      after = owner.withStep(step);
    } else if (owner.recovery().contains(hash)) {
      after = owner.withoutRecovery(hash);
    } else {
      return false;
    }
    keeper.keep(after.text());
    owner = after;
    return true;
  }

  /**
   * Another passphrase; all other sessions end.
   *
   * @return LET_IN with a new session, REFUSED where the old one is wrong, WEAK or TOO_MANY
   */
  public synchronized Decision changePassphrase(
      String source, String old, String passphrase, List<String> known, long nowNs)
      throws IOException {
    long waitNs = attempts.waitNs(source, nowNs);
    if (waitNs > 0) {
      return tooMany(waitNs);
    }
    if (owner == null || !owner.passphrase().matches(old)) {
      return refused(source, nowNs);
    }
    Sentence why = Strength.problem(passphrase, known);
    if (why != null) {
      return new Decision(Outcome.WEAK, null, 0, why);
    }
    Owner after = owner.withPassphrase(PassphraseHash.of(passphrase, chance));
    keeper.keep(after.text());
    owner = after;
    sessions.endAll();
    return letIn(nowNs);
  }

  /**
   * A second factor from now on.
   *
   * @param secret what the owner's telephone has got
   * @param typed its code, which shows that
   * @return the recovery codes, to be shown once; or null where the code is wrong
   * @throws IllegalArgumentException where there is one: it is removed first, by the passphrase
   */
  public synchronized List<String> addSecondFactor(TotpSecret secret, String typed, Instant now)
      throws IOException {
    if (hasSecondFactor()) {
      throw new Refused("web.factor-there");
    }
    long step = Totp.match(secret, SetupCode.plain(typed), now, Totp.NONE);
    if (owner == null || step == Totp.NONE) {
      return null;
    }
    List<String> codes = RecoveryCodes.generate(chance);
    Owner after =
        owner.withSecondFactor(secret, step, codes.stream().map(RecoveryCodes::hash).toList());
    keeper.keep(after.text());
    owner = after;
    return codes;
  }

  /**
   * No second factor any more: a session that somebody holds is not enough for that.
   *
   * @param source where from
   * @return LET_IN without a new session, REFUSED where the passphrase is wrong, TOO_MANY, or
   *     NOT_NOW where there is none
   */
  public synchronized Decision removeSecondFactor(String source, String passphrase, long nowNs)
      throws IOException {
    if (!hasSecondFactor()) {
      return Decision.of(Outcome.NOT_NOW);
    }
    long waitNs = attempts.waitNs(source, nowNs);
    if (waitNs > 0) {
      return tooMany(waitNs);
    }
    if (!owner.passphrase().matches(passphrase)) {
      return refused(source, nowNs);
    }
    Owner after = owner.withSecondFactor(null, Totp.NONE, List.of());
    keeper.keep(after.text());
    owner = after;
    attempts.succeeded(source);
    return Decision.of(Outcome.LET_IN);
  }

  /**
   * A technician may look from now on, until {@link #closeVisit}, and not after a restart.
   *
   * @return the code by which he shows that the owner has sent him
   */
  public synchronized SetupCode openVisit() {
    sessions.endVisits();
    visitCode = SetupCode.generate(chance);
    return visitCode;
  }

  /** No technician may look any more, nor whoever has signed in as one. */
  public synchronized void closeVisit() {
    visitCode = null;
    sessions.endVisits();
  }

  /**
   * A technician signs in.
   *
   * @param source where from
   * @param typed the code as it was typed
   */
  public synchronized Decision signInVisitor(String source, String typed, long nowNs) {
    long waitNs = visitAttempts.waitNs(source, nowNs);
    if (waitNs > 0) {
      return tooMany(waitNs);
    }
    if (visitCode == null || !visitCode.matches(typed)) {
      return refused(visitAttempts, source, nowNs);
    }
    visitAttempts.succeeded(source);
    // One at a time, so that no number of them takes the place of an owner's.
    sessions.endVisits();
    return new Decision(Outcome.LET_IN, sessions.beginVisit(nowNs), 0, null);
  }

  /** The session of this token, which is used by that; or null. */
  public Session session(String token, long nowNs) {
    return sessions.use(token, nowNs);
  }

  /** Ends a session. */
  public void signOut(String token) {
    sessions.end(token);
  }

  private Decision letIn(long nowNs) {
    return new Decision(Outcome.LET_IN, sessions.begin(nowNs), 0, null);
  }

  private Decision refused(String source, long nowNs) {
    return refused(attempts, source, nowNs);
  }

  private static Decision refused(Attempts counted, String source, long nowNs) {
    counted.failed(source, nowNs);
    return new Decision(Outcome.REFUSED, null, seconds(counted.waitNs(source, nowNs)), null);
  }

  private static Decision tooMany(long waitNs) {
    return new Decision(Outcome.TOO_MANY, null, seconds(waitNs), null);
  }

  private static long seconds(long ns) {
    return Math.ceilDiv(ns, SECONDS.toNanos(1));
  }
}
