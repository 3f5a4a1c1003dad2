package dev.noren.web;

import dev.noren.access.OwnerAccess;
import dev.noren.access.OwnerAccess.Decision;
import dev.noren.access.OwnerAccess.Outcome;
import dev.noren.access.TotpSecret;
import dev.noren.control.RecordJson;
import dev.noren.text.Past;
import dev.noren.text.Refused;
import dev.noren.text.Sentence;
import dev.noren.web.Route.Whom;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The owner's second factor. */
final class FactorApi {
  private final OwnerAccess access;
  private final Journal journal;
  private final Supplier<String> box;
  private final InstantSource clock;
  private final LongSupplier nowNs;
  private final SecureRandom chance = new SecureRandom();

  /**
   * @param box the box's name
   */
  FactorApi(
      OwnerAccess access,
      Journal journal,
      Supplier<String> box,
      InstantSource clock,
      LongSupplier nowNs) {
    this.access = access;
    this.journal = journal;
    this.box = box;
    this.clock = clock;
    this.nowNs = nowNs;
  }

  /** A secret for the owner's app, which shows that it has it by a code. */
  record Factor(String secret, String code) implements RecordJson.Sparse {
    /** Without the secret. */
    @Override
    public String toString() {
      return "Factor[]";
    }
  }

  /** The recovery codes, which are shown this once. */
  record Recovery(List<String> codes) {
    /** Without the codes. */
    @Override
    public String toString() {
      return "Recovery[]";
    }
  }

  /** That it is the owner, and not somebody at a page that was left open. */
  record Confirmed(String passphrase) implements RecordJson.Sparse {
    /** Without the passphrase. */
    @Override
    public String toString() {
      return "Confirmed[]";
    }
  }

  List<Route> routes() {
    return List.of(
        new Route("POST", "/api/v1/second-factor/secret", Whom.OWNER, this::secret),
        new Route("POST", "/api/v1/second-factor", Whom.OWNER, this::add),
        new Route("POST", "/api/v1/second-factor/remove", Whom.OWNER, this::remove));
  }

  private Reply secret(Call call) {
    TotpSecret secret = TotpSecret.generate(chance);
    String uri = secret.uri("Noren " + box.get(), "owner");
    return Reply.json(new PeopleApi.Codes(uri, secret.base32(), QrImage.of(uri)), call.language());
  }

  private Reply add(Call call) throws IOException {
    Factor factor = call.body(Factor.class);
    List<String> codes =
        access.addSecondFactor(
            new TotpSecret(Call.needed(factor.secret(), "secret")),
            Call.needed(factor.code(), "code"),
            clock.instant());
    if (codes == null) {
      throw new Refused("web.factor-code");
    }
    journal.signedIn(call.author(), Past.words("past.codes-on"));
    return Reply.json(new Recovery(codes), call.language());
  }

  private Reply remove(Call call) throws IOException {
    String passphrase = Call.needed(call.body(Confirmed.class).passphrase(), "passphrase");
    Decision decision =
        access.removeSecondFactor(call.source().getHostAddress(), passphrase, nowNs.getAsLong());
    if (decision.outcome() == Outcome.LET_IN) {
      journal.signedIn(call.author(), Past.words("past.codes-off"));
      return Reply.done();
    }
    if (decision.outcome() == Outcome.REFUSED) {
      journal.signedIn(call.author(), Past.words("past.codes-kept"));
    }
    return decision.outcome() == Outcome.NOT_NOW
        ? Reply.error(409, Sentence.of("web.no-factor"), call.language())
        : SessionApi.answer(decision, call);
  }
}
