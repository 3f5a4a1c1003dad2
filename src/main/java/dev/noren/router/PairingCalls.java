package dev.noren.router;

import dev.noren.config.ConfigException;
import dev.noren.config.Form;
import dev.noren.config.HostPort;
import dev.noren.config.Pairing;
import dev.noren.config.RouterConfig;
import dev.noren.config.SiteForm;
import dev.noren.config.TunnelName;
import dev.noren.control.RecordJson;
import dev.noren.forms.Joiner;
import dev.noren.forms.OwnEnds;
import dev.noren.forms.Refusal;
import dev.noren.forms.Revelation;
import dev.noren.forms.Settlement;
import dev.noren.forms.ShopNames;
import dev.noren.forms.Terms;
import dev.noren.net.Cidr;
import dev.noren.net.Endpoint;
import dev.noren.net.IpAddress;
import dev.noren.pairing.PairingCall;
import dev.noren.plan.Layout;
import dev.noren.text.Past;
import dev.noren.text.Refused;
import dev.noren.text.Sentence;
import dev.noren.tunnel.TunnelSnapshot;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tinylog.Logger;

/**
 * What a joiner says, and what follows from the answers, which may be hostile: the invitation may
 * have been changed on its way, and lead to somebody else. For the router's thread.
 */
final class PairingCalls {
  private final PairingSteps steps;
  private final Map<String, Sentence> endings = new HashMap<>();
  private final Map<String, Sentence> troubles = new HashMap<>();
  private final Map<String, Boolean> acceptances = new HashMap<>();

  PairingCalls(PairingSteps steps) {
    this.steps = steps;
  }

  /** Why a pairing ended, or what keeps it from going on, or null. */
  Sentence problem(Pairing pairing) {
    return endings.getOrDefault(pairing.id(), troubles.get(pairing.id()));
  }

  /** Whether the inviter's person has accepted. */
  boolean isAccepted(Pairing pairing) {
    return acceptances.containsKey(pairing.id());
  }

  /** What is to be said next in a form, or null for nothing. */
  PairingCall next(SiteForm form) throws IOException, ConfigException {
    Pairing pairing = form.pairing();
    if (endings.containsKey(pairing.id()) || !steps.tunnels().get().containsKey("" + form.name())) {
      return null;
    }
    if (pairing.said() == null) {
      prepare(form);
      return null;
    }
    String line =
        pairing.heard() == null
            ? PairingAnswers.HELLO + pairing.said()
            : PairingAnswers.REVEAL
                + RecordJson.write(
                    new Revelation(
                        pairing.id(),
                        form.gateway().privateKey().publicKey().toBase64(),
                        Joiner.nonce(form)),
                    false);
    return new PairingCall(
        socket(pairing.address().address(), 0), socket(pairing.farAddress(), Pairing.PORT), line);
  }

  private static InetSocketAddress socket(IpAddress address, int port) throws UnknownHostException {
    return new InetSocketAddress(InetAddress.getByAddress(address.toBytes()), port);
  }

  /** What is said first is saved before, so that it is the same after a restart. */
  private void prepare(SiteForm form) throws IOException, ConfigException {
    Layout layout = steps.layout().get();
    Cidr network = PairingPlace.network(layout);
    List<HostPort> endpoints =
        form.gateway().listenPort() == 0
            ? List.of()
            : OwnEnds.of(form.gateway(), PairingPlace.addresses(layout)).endpoints();
    String said =
        RecordJson.write(
            Joiner.hello(
                form,
                steps.config().name(),
                network,
                taken().stream().limit(64).toList(),
                endpoints),
            false);
    steps.settle(
        form.withPairing(form.pairing().afterMessages(null, said, null)),
        Past.words("past.calls-in", form.name()),
        PairingSteps.AUTHOR);
  }

  private List<Cidr> taken() {
    return PairingPlace.taken(
        steps.config(),
        steps.layout().get(),
        LocalDate.ofInstant(steps.now(), ZoneId.systemDefault()));
  }

  /** After a call without an answer. */
  void unanswered(TunnelName name, Sentence why) {
    Form form = steps.pairing(name);
    if (form != null) {
      troubles.put(
          form.pairing().id(),
          isHeard(form)
              ? Sentence.of("pairing.up-silent", why)
              : Sentence.of("pairing.silent", form.pairing().endpoints()));
    }
  }

  private boolean isHeard(Form form) {
    TunnelSnapshot tunnel = steps.tunnels().get().get(form.name().text());
    return tunnel != null
        && tunnel.peers().stream().anyMatch(peer -> peer.lastHandshakeUnixNs() != 0);
  }

  /** After an answer. */
  void answered(TunnelName name, String answer) throws IOException, ConfigException {
    if (!(steps.pairing(name) instanceof SiteForm form) || form.pairing().invites()) {
      return;
    }
    Pairing pairing = form.pairing();
    troubles.remove(pairing.id());
    if (answer.startsWith(PairingAnswers.REFUSED)) {
      Refusal refusal = Refusal.of(answer.substring(PairingAnswers.REFUSED.length()));
      (refusal.isFinal() ? endings : troubles).put(pairing.id(), refusal.sentence());
      Logger.warn("{}: {}.", name, refusal.sentence());
    } else if (answer.startsWith(PairingAnswers.TERMS) && pairing.heard() == null) {
      hear(form, answer.substring(PairingAnswers.TERMS.length()));
    } else if (answer.equals(PairingAnswers.ACCEPTED) && pairing.heard() != null) {
      acceptances.put(pairing.id(), true);
      if (pairing.isAccepted()) {
        finish(form);
      }
    }
  }

  private void hear(SiteForm form, String text) throws IOException, ConfigException {
    Pairing pairing = form.pairing();
    try {
      if (text.length() > Pairing.MOST_LETTERS) {
        throw new Refused("pairing.too-long");
      }
      Terms terms = RecordJson.read(text, Terms.class);
      Settlement.check(
          terms,
          PairingPlace.network(steps.layout().get()),
          taken().stream().filter(each -> !each.contains(pairing.farAddress())).toList());
    } catch (IllegalArgumentException e) {
      Sentence why = Sentence.of("pairing.not-followed", Sentence.of(e));
      Logger.warn("{}: {}.", form.name(), why);
      endings.put(pairing.id(), why);
      return;
    }
    steps.settle(
        form.withPairing(pairing.afterMessages(text, pairing.said(), null)),
        Past.words("past.digits", form.name()),
        PairingSteps.AUTHOR);
  }

  /** After both persons have accepted. */
  void finish(SiteForm form) throws IOException, ConfigException {
    RouterConfig config = steps.config();
    Pairing pairing = form.pairing();
    Terms terms = RecordJson.read(pairing.heard(), Terms.class);
    String name = ShopNames.free(pairing.shop(), config);
    SiteForm finished = Joiner.finish(form, terms, place(form), name);
    steps.settle(finished, Past.words("past.paired", form.name(), name), PairingSteps.AUTHOR);
    acceptances.remove(pairing.id());
    Logger.info("{}: paired with {}.", form.name(), name);
  }

  /** Where the inviter has answered: that of its places, or where its packets came from. */
  private HostPort place(SiteForm form) {
    TunnelSnapshot tunnel = steps.tunnels().get().get(form.name().text());
    Endpoint inUse =
        tunnel == null
            ? null
            : tunnel.peers().stream()
                .map(TunnelSnapshot.PeerSnapshot::endpoint)
                .filter(each -> each != null)
                .findFirst()
                .orElse(null);
    List<HostPort> places = form.pairing().endpoints();
    HostPort there = inUse == null ? null : new HostPort(inUse.address().toString(), inUse.port());
    if (there == null || places.contains(there)) {
      return there == null && !places.isEmpty() ? places.getFirst() : there;
    }
    // A name keeps leading there where an address would not.
    return places.stream().filter(place -> !place.isNumeric()).findFirst().orElse(there);
  }
}
