package dev.noren.forms;

import dev.noren.config.Gateway;
import dev.noren.config.HostPort;
import dev.noren.config.Pairing;
import dev.noren.config.Pairing.Decision;
import dev.noren.config.Pairing.Side;
import dev.noren.config.Shop;
import dev.noren.config.SiteForm;
import dev.noren.config.TunnelName;
import dev.noren.crypto.PrivateKey;
import dev.noren.net.Cidr;
import dev.noren.text.Sentence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** What becomes of a form at the end that joins. */
public final class Joiner {
  /** Clocks that differ by less are right enough. */
  private static final Duration SLACK = Duration.ofMinutes(10);

  private Joiner() {}

  /**
   * A form that calls in by an invitation.
   *
   * @param name the new form's
   * @param shop what the other shop is to be called here, or null for its own name
   * @param random a cryptographic generator
   */
  public static SiteForm join(
      Invitation invitation, TunnelName name, String shop, RandomGenerator random) {
    Gateway gateway =
        new Gateway(
            PrivateKey.generate(random),
            invitation.joinerPort(),
            List.of(),
            List.of(new Cidr(invitation.given(), invitation.provisional().prefixLength())),
            List.of(),
            0,
            0);
    Pairing pairing =
        new Pairing(
            Side.JOINS,
            invitation.id(),
            invitation.inviter(),
            invitation.oneTime(),
            invitation.presharedKey(),
            invitation.provisional(),
            invitation.inviterAddress(),
            null,
            invitation.endpoints(),
            invitation.expires(),
            shop == null ? invitation.name() : shop,
            null,
            null,
            null,
            Decision.OPEN);
    return new SiteForm(name, gateway, null, false, List.of(), pairing);
  }

  /** What this end's clock thinks of an invitation, one sentence each: it may be wrong itself. */
  public static List<Sentence> remarks(Invitation invitation, Instant now) {
    List<Sentence> remarks = new ArrayList<>();
    Instant made = invitation.expires().minus(Duration.ofHours(Invitation.HOURS));
    if (now.isAfter(invitation.expires())) {
      remarks.add(Sentence.of("join.expired", minute(now), minute(invitation.expires())));
    } else if (now.plus(SLACK).isBefore(made)) {
      remarks.add(Sentence.of("join.future", minute(now), minute(made)));
    }
    return remarks;
  }

  /** A time for people, without what is smaller than a second. */
  static String minute(Instant time) {
    return Instant.ofEpochSecond(time.getEpochSecond()).toString();
  }

  /** What to say first. */
  public static Hello hello(
      SiteForm form, String name, Cidr subnet, List<Cidr> taken, List<HostPort> endpoints) {
    PrivateKey key = form.gateway().privateKey();
    String nonce = nonce(form);
    return new Hello(
        form.pairing().id(),
        name,
        key.publicKey().toBase64(),
        subnet,
        taken,
        endpoints.stream().map(HostPort::toString).toList(),
        Transcript.commitment(key.publicKey(), nonce));
  }

  /** This end's nonce, to be revealed once the terms have come. */
  public static String nonce(SiteForm form) {
    return Transcript.nonce(form.gateway().privateKey(), form.pairing().id());
  }

  /** What both have said, or null before the inviter has answered. */
  public static Transcript transcript(SiteForm form) {
    Pairing pairing = form.pairing();
    return pairing.heard() == null
        ? null
        : new Transcript(
            pairing.publicKey(),
            pairing.presharedKey(),
            pairing.said(),
            pairing.heard(),
            nonce(form));
  }

  /**
   * The form after both persons have accepted: a shop that is joined, with its keys for good.
   *
   * @param endpoint where the inviter answered, or null where it calls
   * @param name what the inviter's shop is called from now on
   */
  public static SiteForm finish(SiteForm form, Terms terms, HostPort endpoint, String name) {
    Pairing pairing = form.pairing();
    boolean mapped = !terms.seenAs().equals(terms.subnets());
    Shop shop =
        new Shop(
            name,
            pairing.publicKey(),
            transcript(form).secret(),
            pairing.farAddress(),
            endpoint,
            terms.subnets(),
            mapped ? terms.seenAs() : List.of(),
            Inviter.KEEPALIVE_SECONDS);
    return new SiteForm(
        form.name(), form.gateway(), terms.joinerSeenAs(), form.exchange(), List.of(shop), null);
  }
}
