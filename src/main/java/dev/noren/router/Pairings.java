package dev.noren.router;

import dev.noren.config.ConfigException;
import dev.noren.config.Form;
import dev.noren.config.HostPort;
import dev.noren.config.Pairing;
import dev.noren.config.Pairing.Decision;
import dev.noren.config.RouterConfig;
import dev.noren.config.SiteForm;
import dev.noren.config.TunnelName;
import dev.noren.control.PairingDesk;
import dev.noren.control.RecordJson;
import dev.noren.forms.Hello;
import dev.noren.forms.Invitation;
import dev.noren.forms.Inviter;
import dev.noren.forms.Inviter.Made;
import dev.noren.forms.Joiner;
import dev.noren.forms.OwnEnds;
import dev.noren.forms.Settlement;
import dev.noren.forms.ShopNames;
import dev.noren.forms.Terms;
import dev.noren.forms.Transcript;
import dev.noren.net.Cidr;
import dev.noren.plan.Layout;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.tinylog.Logger;

/** What persons do about pairings, and what time does. For the router's thread. */
final class Pairings implements PairingDesk {
  /** How long who comes too late is told so. */
  private static final Duration AFTERWARDS = Duration.ofHours(Invitation.HOURS);

  /** A clock that is before this was never set. */
  private static final Instant EARLIEST = Instant.parse("2025-01-01T00:00:00Z");

  private static final Duration BEHIND = Duration.ofHours(1);

  private final PairingSteps steps;
  private final PairingAnswers answers;
  private final PairingCalls calls;
  private final InstantSource clock;

  Pairings(PairingSteps steps, PairingAnswers answers, PairingCalls calls, InstantSource clock) {
    this.steps = steps;
    this.answers = answers;
    this.calls = calls;
    this.clock = clock;
  }

  @Override
  public PairingDesk.Invited invite(TunnelName name, String shop, HostPort far, String author)
      throws IOException, ConfigException {
    RouterConfig config = steps.config();
    Form form = config.form(name);
    if (form == null) {
      throw new IOException(
          "there is no form " + name + ": noren config show lists those that there are");
    }
    Layout layout = steps.layout().get();
    Cidr network = PairingPlace.network(layout);
    try {
      Inviter.checkForm(form);
      OwnEnds ends = OwnEnds.of(form.gateway(), PairingPlace.addresses(layout));
      List<String> remarks = remarks(ends, far, form);
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
      steps.settle(made.form(), "an invitation was made", author);
      return new PairingDesk.Invited(
          made.invitation().line(), made.invitation().expires(), remarks);
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private List<String> remarks(OwnEnds ends, HostPort far, Form form) throws IOException {
    List<String> remarks = new ArrayList<>();
    String port = "UDP port " + form.gateway().listenPort();
    if (ends.endpoints().isEmpty() && far == null) {
      throw new IOException(
          "nobody can call in here, as "
              + ends.obstacle()
              + ": make the invitation at the other router, give --far with where that one is"
              + " reached, or set the form's endpoints where "
              + port
              + " is let through to this router");
    }
    if (ends.endpoints().isEmpty()) {
      remarks.add(
          "Nobody can call in here, as "
              + ends.obstacle()
              + "; this router calls "
              + far
              + " instead, which has to be reachable there");
    } else if (ends.obstacle() != null) {
      remarks.add(
          "The router's own addresses lead nowhere from outside, as "
              + ends.obstacle()
              + "; the invitation names only what is set as the form's endpoints, where "
              + port
              + " has to be let through to this router");
    } else if (far == null) {
      remarks.add(
          "Whether somebody before this router lets callers in to "
              + port
              + " can't be seen from here; where not, make it with --far and where the other router"
              + " is reached, so that both send at once");
    }
    Instant now = clock.instant();
    if (now.isBefore(EARLIEST) || now.plus(BEHIND).isBefore(steps.now())) {
      remarks.add(
          "This box's clock says "
              + now
              + ", so it was never set: the "
              + Invitation.HOURS
              + " hours are counted by it, and the invitation may end early once it is set");
    }
    return remarks;
  }

  @Override
  public List<String> join(String line, TunnelName wished, String shop, String author)
      throws IOException, ConfigException {
    RouterConfig config = steps.config();
    PairingPlace.network(steps.layout().get());
    try {
      Invitation invitation = Invitation.parse(line);
      TunnelName name = wished == null ? ShopNames.form(config) : wished;
      if (config.form(name) != null || config.tunnel(name) != null) {
        throw new IOException("there is a " + name + " already: give another name with --form");
      }
      for (Form form : config.forms()) {
        if (form.pairing() != null && form.pairing().id().equals(invitation.id())) {
          throw new IOException(
              "this invitation is "
                  + (form.pairing().invites() ? "one of this router's own" : "tried already")
                  + ", in "
                  + form.name()
                  + ": noren pair shows how far it is");
        }
      }
      checkNetwork(invitation);
      String called = ShopNames.shown(shop == null ? invitation.name() : shop);
      SiteForm form = Joiner.join(invitation, name, called, steps.random());
      steps.settle(form, "joins " + called + " by an invitation", author);
      return Joiner.remarks(invitation, clock.instant());
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** The invitation may be hostile, and the tunnel's network leads into the tunnel at once. */
  private void checkNetwork(Invitation invitation) throws IOException {
    Cidr network = invitation.provisional().masked();
    LocalDate today = LocalDate.ofInstant(steps.now(), ZoneOffset.UTC);
    boolean overlaps =
        PairingPlace.taken(steps.config(), steps.layout().get(), today).stream()
            .anyMatch(network::overlaps);
    if (!Settlement.isJoined(network) || overlaps) {
      throw new IOException(
          "the tunnel's own network in the invitation, "
              + network
              + (overlaps
                  ? ", overlaps one that this router has already"
                  : ", is no private one from /16 to /30")
              + ": have the other shop change its form's addresses and make a new invitation");
    }
  }

  @Override
  public List<Pair> pairings() {
    return steps.config().forms().stream()
        .filter(form -> form.pairing() != null)
        .map(form -> form.pairing().invites() ? inviting(form) : joining((SiteForm) form))
        .toList();
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
        pairing.expires());
  }

  private static Cidr seen(Hello hello, Terms terms) {
    return terms.joinerSeenAs() == null ? hello.subnet() : terms.joinerSeenAs();
  }

  private String invitingState(Form form, boolean digits) {
    Pairing pairing = form.pairing();
    return switch (pairing.decision()) {
      case REFUSED -> "it was refused, and the other router is told so";
      case ACCEPTED -> "it was accepted; the other router has not changed over yet";
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
        pairing.expires());
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

  private Form needed(TunnelName name) throws IOException {
    Form form = steps.pairing(name);
    if (form == null) {
      throw new IOException("there is no pairing under way in " + name + ": noren pair lists them");
    }
    return form;
  }

  @Override
  public Pair accept(TunnelName name, String author) throws IOException, ConfigException {
    Form form = needed(name);
    Pairing pairing = form.pairing();
    if (pairing.decision() == Decision.REFUSED) {
      throw new IOException("it was refused: make another with noren invite " + name);
    }
    Transcript transcript =
        pairing.invites() ? Inviter.transcript(form) : Joiner.transcript((SiteForm) form);
    if (transcript == null) {
      throw new IOException("there are no digits to compare yet: noren pair says what is missing");
    }
    if (pairing.invites()) {
      acceptJoiner(form, author);
    } else {
      acceptInviter((SiteForm) form, author);
    }
    // What was accepted may be finished by now.
    return pairings().stream()
        .filter(pair -> pair.form().equals(name))
        .findFirst()
        .orElseGet(() -> finished(form, transcript.digits()));
  }

  private static Pair finished(Form form, String digits) {
    Pairing pairing = form.pairing();
    return new Pair(
        form.name(),
        pairing.invites(),
        pairing.shop(),
        digits,
        null,
        "the two shops are joined",
        pairing.expires());
  }

  private void acceptJoiner(Form form, String author) throws IOException, ConfigException {
    Pairing pairing = form.pairing();
    if (pairing.decision() == Decision.ACCEPTED) {
      return;
    }
    if (answers.isExpired(pairing)) {
      throw new IOException(
          "the invitation has expired: make another with noren invite " + form.name());
    }
    Hello hello = RecordJson.read(pairing.heard(), Hello.class);
    Terms terms = RecordJson.read(pairing.said(), Terms.class);
    String wished = pairing.shop() == null ? hello.name() : pairing.shop();
    String name = ShopNames.free(wished, steps.config());
    steps.settle(Inviter.accept(form, hello, terms, name), "accepted " + name, author);
  }

  private void acceptInviter(SiteForm form, String author) throws IOException, ConfigException {
    if (form.pairing().decision() == Decision.OPEN) {
      steps.settle(Inviter.with(form, form.pairing().with(Decision.ACCEPTED)), "accepted", author);
    }
    if (calls.isAccepted(form.pairing())) {
      calls.finish((SiteForm) steps.config().form(form.name()));
    }
  }

  @Override
  public void refuse(TunnelName name, String author) throws IOException, ConfigException {
    Form form = needed(name);
    if (form.pairing().invites()) {
      if (form.pairing().decision() == Decision.ACCEPTED) {
        throw new IOException(
            "it was accepted already: remove the shop from " + name + " to part from it");
      }
      steps.settle(
          Inviter.with(form, form.pairing().with(Decision.REFUSED)),
          "refused who came by the invitation",
          author);
      return;
    }
    RouterConfig config = steps.config();
    steps
        .live()
        .settle(
            config.withForms(
                config.forms().stream().filter(each -> !each.name().equals(name)).toList()),
            name + ": the pairing is given up",
            author);
  }

  /** To be called now and then: what is finished or long past goes. */
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
              Inviter.with(form, null),
              paired ? "the other router has changed over" : "an invitation is past",
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
