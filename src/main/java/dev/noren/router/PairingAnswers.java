package dev.noren.router;

import dev.noren.config.ConfigException;
import dev.noren.config.Form;
import dev.noren.config.HostPort;
import dev.noren.config.Pairing;
import dev.noren.config.Pairing.Decision;
import dev.noren.config.TunnelName;
import dev.noren.control.RecordJson;
import dev.noren.crypto.PublicKey;
import dev.noren.forms.Hello;
import dev.noren.forms.Inviter;
import dev.noren.forms.Refusal;
import dev.noren.forms.Revelation;
import dev.noren.forms.Settlement;
import dev.noren.forms.Terms;
import dev.noren.forms.Transcript;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import dev.noren.plan.Layout;
import dev.noren.text.Past;
import dev.noren.text.Refused;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneId;
import org.tinylog.Logger;

/**
 * What an inviter answers to a line out of a provisional tunnel. Whoever says it may be hostile: he
 * has the invitation, and nothing else is known of him. For the router's thread.
 */
final class PairingAnswers {
  static final String HELLO = "hello ";
  static final String REVEAL = "reveal ";
  static final String TERMS = "terms ";
  static final String WAITS = "waits";
  static final String ACCEPTED = "accepted";
  static final String REFUSED = "refused ";

  private static final int MOST_NAME = 200;
  private static final PublicKey NOBODY = PublicKey.of(new byte[PublicKey.SIZE]);

  private final PairingSteps steps;

  PairingAnswers(PairingSteps steps) {
    this.steps = steps;
  }

  /** The answer; what is refused is refused with a word of {@link Refusal}. */
  String answer(TunnelName name, String line) {
    Form form = steps.pairing(name);
    Refusal refusal;
    if (form == null || !form.pairing().invites()) {
      refusal = Refusal.UNKNOWN;
    } else if (form.pairing().decision() == Decision.REFUSED) {
      refusal = Refusal.REFUSED;
    } else {
      try {
        return answer(form, line);
      } catch (RefusedException e) {
        refusal = e.refusal;
      } catch (IllegalArgumentException | ConfigException e) {
        Logger.warn("{}: a line of a pairing is not understood: {}", name, e.getMessage());
        refusal = Refusal.WRONG;
      } catch (IOException e) {
        Logger.info("{}: a pairing has to wait: {}", name, e.getMessage());
        refusal = Refusal.LATER;
      }
    }
    return REFUSED + refusal.word();
  }

  private String answer(Form form, String line)
      throws RefusedException, IOException, ConfigException {
    if (line.startsWith(HELLO)) {
      return hello(form, line.substring(HELLO.length()));
    }
    if (line.startsWith(REVEAL)) {
      return reveal(form, RecordJson.read(line.substring(REVEAL.length()), Revelation.class));
    }
    throw new Refused("pairing.neither");
  }

  private String hello(Form form, String text)
      throws RefusedException, IOException, ConfigException {
    Pairing pairing = form.pairing();
    if (pairing.heard() != null) {
      // Its maker may not have got the answer, or has started anew.
      refuseUnless(pairing.heard().equals(text), Refusal.USED);
      return TERMS + pairing.said();
    }
    refuseUnless(text.length() <= Pairing.MOST_LETTERS, Refusal.WRONG);
    Hello hello = checked(RecordJson.read(text, Hello.class), form);
    refuseUnless(pairing.id().equals(hello.id()), Refusal.UNKNOWN);
    refuseUnless(!isExpired(pairing), Refusal.EXPIRED);
    String said = RecordJson.write(terms(form, hello), false);
    // Saved before it is said: from here on nobody else can use the invitation.
    steps.settle(
        form.withPairing(pairing.afterMessages(text, said, null)),
        Past.words("past.invitation-used", form.name()),
        PairingSteps.AUTHOR);
    return TERMS + said;
  }

  private Terms terms(Form form, Hello hello) throws RefusedException, IOException {
    Layout layout = steps.layout().get();
    LocalDate today = LocalDate.ofInstant(steps.now(), ZoneId.systemDefault());
    Cidr network = PairingPlace.network(layout);
    try {
      return Settlement.terms(
          hello,
          PairingPlace.offered(form, network),
          PairingPlace.taken(steps.config(), layout, today),
          Inviter.nonce(steps.random()));
    } catch (IllegalArgumentException e) {
      Logger.warn("{}: a shop that was invited can't be joined: {}.", form.name(), e.getMessage());
      throw new RefusedException(Refusal.NETWORKS);
    }
  }

  private static Hello checked(Hello hello, Form form) throws RefusedException {
    boolean whole =
        hello.id() != null
            && hello.name() != null
            && hello.name().length() <= MOST_NAME
            && hello.publicKey() != null
            && hello.subnet() != null
            && hello.commitment() != null
            && hello.endpoints().size() <= Pairing.MOST_ENDPOINTS;
    refuseUnless(whole, Refusal.WRONG);
    PublicKey key = PublicKey.parseBase64(hello.publicKey());
    boolean known =
        key.equals(NOBODY)
            || key.equals(form.gateway().privateKey().publicKey())
            || key.equals(form.pairing().publicKey())
            || form.shops().stream().anyMatch(shop -> shop.publicKey().equals(key))
            || form.devices().stream().anyMatch(device -> device.publicKey().equals(key));
    refuseUnless(!known, Refusal.WRONG);
    for (String endpoint : hello.endpoints()) {
      HostPort place = HostPort.parse(endpoint);
      refuseUnless(!place.isNumeric() || IpAddress.parse(place.host()).isOneHost(), Refusal.WRONG);
    }
    return hello;
  }

  private String reveal(Form form, Revelation said)
      throws RefusedException, IOException, ConfigException {
    Pairing pairing = form.pairing();
    refuseUnless(pairing.id().equals(said.id()) && pairing.heard() != null, Refusal.UNKNOWN);
    Hello hello = RecordJson.read(pairing.heard(), Hello.class);
    refuseUnless(hello.publicKey().equals(said.publicKey()), Refusal.USED);
    refuseUnless(pairing.isAccepted() || !isExpired(pairing), Refusal.EXPIRED);
    if (pairing.nonce() == null) {
      PublicKey key = PublicKey.parseBase64(hello.publicKey());
      refuseUnless(
          said.nonce() != null
              && said.nonce().matches("[0-9a-f]{64}")
              && Transcript.commitment(key, said.nonce()).equals(hello.commitment()),
          Refusal.WRONG);
      steps.settle(
          form.withPairing(pairing.afterMessages(pairing.heard(), pairing.said(), said.nonce())),
          Past.words("past.digits", form.name()),
          PairingSteps.AUTHOR);
    } else {
      refuseUnless(pairing.nonce().equals(said.nonce()), Refusal.WRONG);
    }
    return pairing.isAccepted() ? ACCEPTED : WAITS;
  }

  /** Whether an invitation has ended by this box's clock, which alone counts. */
  boolean isExpired(Pairing pairing) {
    return !steps.now().isBefore(pairing.expires());
  }

  private static void refuseUnless(boolean right, Refusal refusal) throws RefusedException {
    if (!right) {
      throw new RefusedException(refusal);
    }
  }

  /** The one who asks is told no. */
  private static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private final Refusal refusal;

    RefusedException(Refusal refusal) {
      super(refusal.word());
      this.refusal = refusal;
    }
  }
}
