package dev.noren.router;

import dev.noren.config.Form;
import dev.noren.config.Pairing;
import dev.noren.config.Pairing.Decision;
import dev.noren.config.SiteForm;
import dev.noren.control.PairingDesk.Pair;
import dev.noren.control.RecordJson;
import dev.noren.forms.Hello;
import dev.noren.forms.Inviter;
import dev.noren.forms.Joiner;
import dev.noren.forms.ShopNames;
import dev.noren.forms.Terms;
import dev.noren.forms.Transcript;
import dev.noren.net.Cidr;
import dev.noren.text.Sentence;
import java.util.List;

/** How far the pairings are, as people see it. For the router's thread. */
final class PairingViews {
  private static final Sentence JOINED = Sentence.of("pairing.joined");

  private final PairingSteps steps;
  private final PairingAnswers answers;
  private final PairingCalls calls;

  PairingViews(PairingSteps steps, PairingAnswers answers, PairingCalls calls) {
    this.steps = steps;
    this.answers = answers;
    this.calls = calls;
  }

  /** All that are under way. */
  List<Pair> all() {
    return steps.config().forms().stream()
        .filter(form -> form.pairing() != null)
        .map(form -> form.pairing().invites() ? inviting(form) : joining((SiteForm) form))
        .toList();
  }

  /** One that is over. */
  static Pair finished(Form form, String digits) {
    Pairing pairing = form.pairing();
    return new Pair(
        form.name(),
        pairing.invites(),
        pairing.shop(),
        digits,
        null,
        JOINED,
        pairing.expires(),
        List.of());
  }

  private Pair inviting(Form form) {
    Pairing pairing = form.pairing();
    Hello hello = pairing.heard() == null ? null : RecordJson.read(pairing.heard(), Hello.class);
    Terms terms = pairing.said() == null ? null : RecordJson.read(pairing.said(), Terms.class);
    Transcript transcript = Inviter.transcript(form);
    return new Pair(
        form.name(),
        true,
        hello == null ? pairing.shop() : ShopNames.shown(hello.name()),
        transcript == null ? null : transcript.digits(),
        hello == null ? null : "" + seen(hello, terms),
        invitingState(form, transcript != null),
        pairing.expires(),
        List.of());
  }

  private static Cidr seen(Hello hello, Terms terms) {
    return terms.joinerSeenAs() == null ? hello.subnet() : terms.joinerSeenAs();
  }

  private Sentence invitingState(Form form, boolean digits) {
    Pairing pairing = form.pairing();
    return switch (pairing.decision()) {
      case REFUSED -> Sentence.of("pairing.refused");
      case ACCEPTED -> Sentence.of("pairing.accepted");
      case PAIRED -> Sentence.of("pairing.joined-used", JOINED);
      case OPEN -> {
        if (answers.isExpired(pairing)) {
          yield Sentence.of("pairing.over", form.name());
        }
        if (pairing.heard() == null) {
          yield Sentence.of("pairing.nobody-yet");
        }
        yield digits ? Pair.toCompare(form.name()) : Sentence.of("pairing.called");
      }
    };
  }

  private Pair joining(SiteForm form) {
    Pairing pairing = form.pairing();
    Transcript transcript = Joiner.transcript(form);
    Terms terms = pairing.heard() == null ? null : RecordJson.read(pairing.heard(), Terms.class);
    Sentence problem = calls.problem(pairing);
    return new Pair(
        form.name(),
        false,
        pairing.shop(),
        transcript == null ? null : transcript.digits(),
        terms == null ? null : join(terms.seenAs()),
        problem != null ? problem : joiningState(form),
        pairing.expires(),
        List.of());
  }

  private static String join(List<Cidr> networks) {
    return String.join(", ", networks.stream().map(Cidr::toString).toList());
  }

  private Sentence joiningState(SiteForm form) {
    Pairing pairing = form.pairing();
    if (pairing.heard() == null) {
      return pairing.endpoints().isEmpty()
          ? Sentence.of("pairing.waits")
          : Sentence.of("pairing.calls");
    }
    if (pairing.decision() == Decision.OPEN) {
      return Pair.toCompare(form.name());
    }
    return Sentence.of("pairing.accepted-here");
  }
}
