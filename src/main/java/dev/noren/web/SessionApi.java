package dev.noren.web;

import dev.noren.access.OwnerAccess;
import dev.noren.access.OwnerAccess.Decision;
import dev.noren.access.OwnerAccess.Outcome;
import dev.noren.control.RecordJson;
import dev.noren.text.Language;
import dev.noren.text.Past;
import dev.noren.text.Refused;
import dev.noren.text.Sentence;
import dev.noren.web.Route.Whom;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Claiming the box, signing in and out, and in which language the page is. */
final class SessionApi implements Site.Doorkeeper {
  private static final long YEAR_SECONDS = 365L * 24 * 60 * 60;
  private static final String STRICT = "; Path=/; SameSite=Strict";

  /**
   * Attempts that may wait for their turn at once: looking at one takes a moment. More than the
   * connections that the firewall lets one device have, so that no device takes all places.
   */
  private static final int MOST_WAITING = 32;

  private static final int BUSY_SECONDS = 5;

  private final Semaphore places = new Semaphore(MOST_WAITING);
  private final OwnerAccess access;
  private final BooleanSupplier present;
  private final Journal journal;
  private final InstantSource clock;
  private final LongSupplier nowNs;

  /**
   * @param present whether somebody pressed the box's button just now
   */
  SessionApi(
      OwnerAccess access,
      BooleanSupplier present,
      Journal journal,
      InstantSource clock,
      LongSupplier nowNs) {
    this.access = access;
    this.present = present;
    this.journal = journal;
    this.clock = clock;
    this.nowNs = nowNs;
  }

  /** How far the caller is. */
  record State(
      boolean claimed, boolean signedIn, boolean secondFactor, String language, String proof)
      implements RecordJson.Sparse {}

  /** Looks at what somebody has typed. */
  private interface Attempt {
    Reply answer() throws IOException;
  }

  /** Claims the box. */
  record Claim(String code, String passphrase) implements RecordJson.Sparse {
    /** Without the secrets. */
    @Override
    public String toString() {
      return "Claim[]";
    }
  }

  /** Signs in. */
  record Login(String passphrase, String code) implements RecordJson.Sparse {
    /** Without the secrets. */
    @Override
    public String toString() {
      return "Login[]";
    }
  }

  /** Another passphrase. */
  record Change(String old, String passphrase) implements RecordJson.Sparse {
    /** Without the secrets. */
    @Override
    public String toString() {
      return "Change[]";
    }
  }

  /** Another language. */
  record Spoken(String language) {}

  List<Route> routes() {
    return List.of(
        new Route("GET", "/api/v1/session", Whom.ANYBODY, this::state),
        new Route("POST", "/api/v1/claim", Whom.ANYBODY, this::claim),
        new Route("POST", "/api/v1/login", Whom.ANYBODY, this::login),
        new Route("POST", "/api/v1/logout", Whom.OWNER, this::logout),
        new Route("PUT", "/api/v1/passphrase", Whom.OWNER, this::passphrase),
        new Route("PUT", "/api/v1/language", Whom.ANYBODY, SessionApi::language));
  }

  @Override
  public void recognize(Call call) {
    String token = call.cookie(call.sessionCookie());
    if (token != null) {
      call.session(access.session(token, nowNs.getAsLong()));
    }
  }

  @Override
  public boolean isClaimed() {
    return access.isClaimed();
  }

  private Reply state(Call call) {
    boolean signedIn = call.session() != null;
    return Reply.json(
        new State(
            access.isClaimed(),
            signedIn,
            access.hasSecondFactor(),
            call.language().code(),
            signedIn ? call.session().proof() : null),
        call.language());
  }

  private Reply claim(Call call) throws IOException {
    Claim claim = call.body(Claim.class);
    return inTurn(call, () -> claim(call, claim));
  }

  /**
   * Who floods the box with attempts is not to keep those from it who have signed in. What was sent
   * is read before, so that who sends it slowly holds no place.
   */
  private Reply inTurn(Call call, Attempt attempt) throws IOException {
    if (!places.tryAcquire()) {
      return Reply.wait(BUSY_SECONDS, Sentence.of("web.busy", BUSY_SECONDS), call.language());
    }
    try {
      return attempt.answer();
    } finally {
      places.release();
    }
  }

  private Reply claim(Call call, Claim claim) throws IOException {
    Decision decision =
        access.claim(
            call.source().getHostAddress(),
            claim.code() == null ? "" : claim.code(),
            present,
            Call.needed(claim.passphrase(), "passphrase"),
            List.of("noren"),
            nowNs.getAsLong());
    if (decision.outcome() == Outcome.REFUSED) {
      journal.signedIn(call.author(), Past.words("past.claim-code"));
      return refused(decision, Sentence.of("web.setup-code"), call);
    }
    if (decision.outcome() == Outcome.LET_IN) {
      journal.signedIn(call.author(), Past.words("past.claimed"));
    }
    return answer(decision, call);
  }

  private Reply login(Call call) throws IOException {
    Login login = call.body(Login.class);
    return inTurn(call, () -> login(call, login));
  }

  private Reply login(Call call, Login login) throws IOException {
    Decision decision =
        access.signIn(
            call.source().getHostAddress(),
            Call.needed(login.passphrase(), "passphrase"),
            login.code() == null ? "" : login.code(),
            clock.instant(),
            nowNs.getAsLong());
    switch (decision.outcome()) {
      case LET_IN -> journal.signedIn(call.author(), Past.words("past.in"));
      case REFUSED -> journal.signedIn(call.author(), Past.words("past.in-passphrase"));
      case CODE_NEEDED -> journal.signedIn(call.author(), Past.words("past.in-code"));
      default -> {}
    }
    return answer(decision, call);
  }

  private Reply passphrase(Call call) throws IOException {
    Change change = call.body(Change.class);
    Decision decision =
        access.changePassphrase(
            call.source().getHostAddress(),
            Call.needed(change.old(), "old"),
            Call.needed(change.passphrase(), "passphrase"),
            List.of("noren"),
            nowNs.getAsLong());
    if (decision.outcome() == Outcome.LET_IN) {
      journal.signedIn(call.author(), Past.words("past.passphrase"));
    } else if (decision.outcome() == Outcome.REFUSED) {
      journal.signedIn(call.author(), Past.words("past.passphrase-kept"));
    }
    return answer(decision, call);
  }

  static Reply answer(Decision decision, Call call) {
    return switch (decision.outcome()) {
      case LET_IN ->
          Reply.done()
              .with(
                  "Set-Cookie: "
                      + call.sessionCookie()
                      + "="
                      + decision.session().token()
                      + strict(call)
                      + "; HttpOnly");
      case REFUSED -> refused(decision, Sentence.of("web.passphrase"), call);
      case CODE_NEEDED -> refused(decision, Sentence.of("web.code-needed"), call);
      case TOO_MANY ->
          Reply.wait(
              decision.waitSeconds(),
              Sentence.of("signin.too-many", decision.waitSeconds()),
              call.language());
      case WEAK -> Reply.error(422, decision.why(), call.language());
      case NOT_NOW -> Reply.error(409, Sentence.of("web.claimed-state"), call.language());
    };
  }

  private static String strict(Call call) {
    return call.isSecure() ? STRICT + "; Secure" : STRICT;
  }

  static Reply refused(Decision decision, Sentence sentence, Call call) {
    Long wait = decision.waitSeconds() == 0 ? null : (Long) decision.waitSeconds();
    return Reply.json(401, new Reply.Problem(sentence, null, wait), call.language());
  }

  private Reply logout(Call call) {
    access.signOut(call.session().token());
    return Reply.done()
        .with("Set-Cookie: " + call.sessionCookie() + "=" + strict(call) + "; Max-Age=0");
  }

  private static Reply language(Call call) throws IOException {
    Language language = Language.of(Call.needed(call.body(Spoken.class).language(), "language"));
    if (language == null) {
      throw new Refused("web.language");
    }
    return Reply.done().with(cookie(language));
  }

  /** The header that has a browser keep which language it is. */
  static String cookie(Language language) {
    return "Set-Cookie: "
        + Call.LANGUAGE
        + "="
        + language.code()
        // It is no secret, and who goes on from HTTP to HTTPS comes from another site.
        + "; Path=/; SameSite=Lax"
        + "; Max-Age="
        + YEAR_SECONDS;
  }
}
