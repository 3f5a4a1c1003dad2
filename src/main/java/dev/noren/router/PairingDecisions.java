package dev.noren.router;

import dev.noren.config.ConfigException;
import dev.noren.config.Form;
import dev.noren.config.Pairing;
import dev.noren.config.Pairing.Decision;
import dev.noren.config.RouterConfig;
import dev.noren.config.SiteForm;
import dev.noren.config.TunnelName;
import dev.noren.control.PairingDesk.Pair;
import dev.noren.control.RecordJson;
import dev.noren.forms.Hello;
import dev.noren.forms.HubNews;
import dev.noren.forms.Inviter;
import dev.noren.forms.Joiner;
import dev.noren.forms.ShopNames;
import dev.noren.forms.Terms;
import dev.noren.forms.Transcript;
import dev.noren.text.Failed;
import dev.noren.text.Past;
import java.io.IOException;

/** What persons decide on pairings. For the router's thread. */
final class PairingDecisions {
  private final PairingSteps steps;
  private final PairingAnswers answers;
  private final PairingCalls calls;
  private final PairingViews views;

  PairingDecisions(
      PairingSteps steps, PairingAnswers answers, PairingCalls calls, PairingViews views) {
    this.steps = steps;
    this.answers = answers;
    this.calls = calls;
    this.views = views;
  }

  private Form needed(TunnelName name) throws IOException {
    Form form = steps.pairing(name);
    if (form == null) {
      throw new Failed("pairing.none", name);
    }
    return form;
  }

  /** As {@link Pairings#accept}. */
  Pair accept(TunnelName name, String author) throws IOException, ConfigException {
    Form form = needed(name);
    Pairing pairing = form.pairing();
    if (pairing.decision() == Decision.REFUSED) {
      throw new Failed("pairing.was-refused", name);
    }
    Transcript transcript =
        pairing.invites() ? Inviter.transcript(form) : Joiner.transcript((SiteForm) form);
    if (transcript == null) {
      throw new Failed("pairing.no-digits");
    }
    if (pairing.invites()) {
      acceptJoiner(form, author);
    } else {
      acceptInviter((SiteForm) form, author);
    }
    // What was accepted may be finished by now.
    Pair pair =
        views.all().stream()
            .filter(each -> each.form().equals(name))
            .findFirst()
            .orElseGet(() -> PairingViews.finished(form, transcript.digits()));
    return pair.withRemarks(HubNews.of(steps.config().form(name)));
  }

  private void acceptJoiner(Form form, String author) throws IOException, ConfigException {
    Pairing pairing = form.pairing();
    if (pairing.isAccepted()) {
      return;
    }
    if (answers.isExpired(pairing)) {
      throw new Failed("pairing.expired", form.name());
    }
    Hello hello = RecordJson.read(pairing.heard(), Hello.class);
    Terms terms = RecordJson.read(pairing.said(), Terms.class);
    String wished = pairing.shop() == null ? hello.name() : pairing.shop();
    String name = ShopNames.free(wished, steps.config());
    steps.settle(
        Inviter.accept(form, hello, terms, name),
        Past.words("past.accepted-shop", form.name(), name),
        author);
  }

  private void acceptInviter(SiteForm form, String author) throws IOException, ConfigException {
    if (form.pairing().decision() == Decision.OPEN) {
      steps.settle(
          form.withPairing(form.pairing().with(Decision.ACCEPTED)),
          Past.words("past.accepted", form.name()),
          author);
    }
    if (calls.isAccepted(form.pairing())) {
      calls.finish((SiteForm) steps.config().form(form.name()));
    }
  }

  /** As {@link Pairings#refuse}. */
  void refuse(TunnelName name, String author) throws IOException, ConfigException {
    Form form = needed(name);
    if (form.pairing().invites()) {
      if (form.pairing().isAccepted()) {
        throw new Failed("pairing.was-accepted", name);
      }
      steps.settle(
          form.withPairing(form.pairing().with(Decision.REFUSED)),
          Past.words("past.refused-shop", name),
          author);
      return;
    }
    RouterConfig config = steps.config();
    steps
        .live()
        .settle(
            config
                .withForms(
                    config.forms().stream().filter(each -> !each.name().equals(name)).toList())
                .withoutUsesOf(name),
            Past.words("past.given-up", name),
            author);
  }
}
