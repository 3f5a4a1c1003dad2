package dev.noren.router;

import dev.noren.config.ConfigException;
import dev.noren.config.Form;
import dev.noren.config.HostPort;
import dev.noren.config.Pairing;
import dev.noren.config.Pairing.Decision;
import dev.noren.config.TunnelName;
import dev.noren.control.PairingDesk;
import dev.noren.control.RecordJson;
import dev.noren.forms.Hello;
import dev.noren.forms.Invitation;
import dev.noren.text.Past;
import dev.noren.text.Sentence;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.tinylog.Logger;

/** What persons do about pairings, and what time does. For the router's thread. */
final class Pairings implements PairingDesk {
  /** How long who comes too late is told so. */
  private static final Duration AFTERWARDS = Duration.ofHours(Invitation.HOURS);

  private final PairingSteps steps;
  private final PairingStarts starts;
  private final PairingViews views;
  private final PairingDecisions decisions;

  Pairings(PairingSteps steps, PairingAnswers answers, PairingCalls calls, InstantSource clock) {
    this.steps = steps;
    this.starts = new PairingStarts(steps, clock);
    this.views = new PairingViews(steps, answers, calls);
    this.decisions = new PairingDecisions(steps, answers, calls, views);
  }

  @Override
  public Invited invite(TunnelName form, String shop, HostPort far, String author)
      throws IOException, ConfigException {
    return starts.invite(form, shop, far, author);
  }

  @Override
  public List<Sentence> join(String line, TunnelName form, String shop, String author)
      throws IOException, ConfigException {
    return starts.join(line, form, shop, author);
  }

  @Override
  public List<Pair> pairings() {
    return views.all();
  }

  @Override
  public Pair accept(TunnelName form, String author) throws IOException, ConfigException {
    return decisions.accept(form, author);
  }

  @Override
  public void refuse(TunnelName form, String author) throws IOException, ConfigException {
    decisions.refuse(form, author);
  }

  /** To be called now and then: what is finished is marked so, and what is long past goes. */
  void look() {
    Instant now = steps.now();
    for (Form form : steps.config().forms()) {
      Pairing pairing = form.pairing();
      if (pairing == null || !pairing.invites() || steps.live().pending() != null) {
        continue;
      }
      boolean past = !now.isBefore(pairing.expires().plus(AFTERWARDS));
      boolean paired = pairing.decision() == Decision.ACCEPTED && hasChangedOver(form);
      if (past || paired) {
        try {
          steps.settle(
              form.withPairing(past ? null : pairing.paired()),
              Past.words(past ? "past.invitation-past" : "past.changed-over", form.name()),
              PairingSteps.AUTHOR);
        } catch (IOException | ConfigException e) {
          Logger.debug("{}: a pairing stays for now: {}", form.name(), e.getMessage());
        }
        return;
      }
    }
  }

  /** Whether the shop that was accepted has shaken hands with its key for good. */
  private boolean hasChangedOver(Form form) {
    Hello hello;
    try {
      hello = RecordJson.read(form.pairing().heard(), Hello.class);
    } catch (IllegalArgumentException e) {
      Logger.debug("{}: what was heard can't be read: {}", form.name(), e.getMessage());
      return false;
    }
    return Stream.ofNullable(steps.tunnels().get().get(form.name().text()))
        .flatMap(tunnel -> tunnel.peers().stream())
        .anyMatch(
            peer ->
                Objects.equals(peer.publicKey().toBase64(), hello.publicKey())
                    && peer.lastHandshakeUnixNs() != 0);
  }
}
