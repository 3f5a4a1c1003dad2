package dev.noren.router;

import dev.noren.config.ConfigException;
import dev.noren.config.Form;
import dev.noren.config.HostPort;
import dev.noren.config.RouterConfig;
import dev.noren.config.SiteForm;
import dev.noren.config.TunnelName;
import dev.noren.control.PairingDesk.Invited;
import dev.noren.forms.Invitation;
import dev.noren.forms.Inviter;
import dev.noren.forms.Inviter.Made;
import dev.noren.forms.Joiner;
import dev.noren.forms.OwnEnds;
import dev.noren.forms.Settlement;
import dev.noren.forms.ShopNames;
import dev.noren.net.Cidr;
import dev.noren.plan.Layout;
import dev.noren.text.Failed;
import dev.noren.text.Past;
import dev.noren.text.Sentence;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** How pairings begin: an invitation is made, or followed. For the router's thread. */
final class PairingStarts {
  /** A clock that is before this was never set. */
  private static final Instant EARLIEST = Instant.parse("2025-01-01T00:00:00Z");

  private static final Duration BEHIND = Duration.ofHours(1);

  private final PairingSteps steps;
  private final InstantSource clock;

  PairingStarts(PairingSteps steps, InstantSource clock) {
    this.steps = steps;
    this.clock = clock;
  }

  /** As {@link Pairings#invite}. */
  Invited invite(TunnelName name, String shop, HostPort far, String author)
      throws IOException, ConfigException {
    RouterConfig config = steps.config();
    Form form = config.form(name);
    if (form == null) {
      throw new Failed("pairing.no-form", name);
    }
    Layout layout = steps.layout().get();
    Cidr network = PairingPlace.network(layout);
    try {
      Inviter.checkForm(form);
      OwnEnds ends = OwnEnds.of(form.gateway(), PairingPlace.addresses(layout));
      List<Sentence> remarks = remarks(ends, far, form);
      Made made =
          Inviter.invite(
              form,
              config.name(),
              shop,
              far,
              ends.endpoints(),
              PairingPlace.offered(form, network).getFirst(),
              steps.now(),
              steps.random());
      steps.settle(made.form(), Past.words("past.invited", form.name()), author);
      return new Invited(made.invitation().line(), made.invitation().expires(), remarks);
    } catch (IllegalArgumentException e) {
      throw new Failed(Sentence.of(e), e);
    }
  }

  private List<Sentence> remarks(OwnEnds ends, HostPort far, Form form) throws IOException {
    List<Sentence> remarks = new ArrayList<>();
    Sentence port = Sentence.of("pairing.port", form.gateway().listenPort());
    if (ends.endpoints().isEmpty() && far == null) {
      throw new Failed("pairing.nobody", ends.obstacle(), port);
    }
    if (ends.endpoints().isEmpty()) {
      remarks.add(Sentence.of("pairing.they-cannot", ends.obstacle(), far));
    } else if (ends.obstacle() != null) {
      remarks.add(Sentence.of("pairing.only-set", ends.obstacle(), port));
    } else if (far == null) {
      remarks.add(Sentence.of("pairing.not-seen", port));
    }
    Instant now = clock.instant();
    if (now.isBefore(EARLIEST) || now.plus(BEHIND).isBefore(steps.now())) {
      remarks.add(Sentence.of("pairing.clock", now, Invitation.HOURS));
    }
    return remarks;
  }

  /** As {@link Pairings#join}. */
  List<Sentence> join(String line, TunnelName wished, String shop, String author)
      throws IOException, ConfigException {
    RouterConfig config = steps.config();
    PairingPlace.network(steps.layout().get());
    try {
      Invitation invitation = Invitation.parse(line);
      TunnelName name = wished == null ? ShopNames.form(config) : wished;
      if (config.form(name) != null || config.tunnel(name) != null) {
        throw new Failed("pairing.name-there", name);
      }
      for (Form form : config.forms()) {
        if (form.pairing() != null && form.pairing().id().equals(invitation.id())) {
          throw new Failed(form.pairing().invites() ? "pairing.own" : "pairing.tried", form.name());
        }
      }
      checkNetwork(invitation);
      String called = ShopNames.shown(shop == null ? invitation.name() : shop);
      SiteForm form = Joiner.join(invitation, name, called, steps.random());
      steps.settle(form, Past.words("past.joins", form.name(), called), author);
      return Joiner.remarks(invitation, clock.instant());
    } catch (IllegalArgumentException e) {
      throw new Failed(Sentence.of(e), e);
    }
  }

  /** The invitation may be hostile, and the tunnel's network leads into the tunnel at once. */
  private void checkNetwork(Invitation invitation) throws IOException {
    Cidr network = invitation.provisional().masked();
    LocalDate today = LocalDate.ofInstant(steps.now(), ZoneId.systemDefault());
    boolean overlaps =
        PairingPlace.taken(steps.config(), steps.layout().get(), today).stream()
            .anyMatch(network::overlaps);
    if (!Settlement.isJoined(network) || overlaps) {
      throw new Failed(overlaps ? "pairing.overlaps" : "pairing.not-private", network);
    }
  }
}
