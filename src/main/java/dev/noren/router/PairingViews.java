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
import java.util.List;

/** How far the pairings are, as people see it. For the router's thread. */
final class PairingViews {
  private static final String JOINED = "the two shops are joined";

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

  private String invitingState(Form form, boolean digits) {
    Pairing pairing = form.pairing();
    return switch (pairing.decision()) {
      case REFUSED -> "it was refused, and the other router is told so";
      case ACCEPTED -> "it was accepted; the other router has not changed over yet";
      case PAIRED -> JOINED + "; whoever else comes by the invitation is told that it was used";
      case OPEN -> {
        if (answers.isExpired(pairing)) {
          yield "it has expired: make another with noren invite " + form.name();
        }
        if (pairing.heard() == null) {
          yield "nobody has called in yet";
        }
        yield digits ? compare(form) : "the other router has called in, and is to say more";
      }
    };
  }

  private static String compare(Form form) {
    return "compare the six digits by telephone: noren pair accept "
        + form.name()
        + " where they are the same at both ends, noren pair refuse "
        + form.name()
        + " where not";
  }

  private Pair joining(SiteForm form) {
    Pairing pairing = form.pairing();
    Transcript transcript = Joiner.transcript(form);
    Terms terms = pairing.heard() == null ? null : RecordJson.read(pairing.heard(), Terms.class);
    String problem = calls.problem(pairing);
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

  private String joiningState(SiteForm form) {
    Pairing pairing = form.pairing();
    if (pairing.heard() == null) {
      return pairing.endpoints().isEmpty()
          ? "waits for the other router to call, as it can't be called"
          : "calls the other router";
    }
    if (pairing.decision() == Decision.OPEN) {
      return compare(form);
    }
    return "it was accepted here; the other shop has not accepted yet";
  }
}
