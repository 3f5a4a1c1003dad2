package dev.noren.forms;

import dev.noren.config.BundleForm;
import dev.noren.config.Device;
import dev.noren.config.Form;
import dev.noren.config.Gateway;
import dev.noren.config.HostPort;
import dev.noren.config.Pairing;
import dev.noren.config.Pairing.Decision;
import dev.noren.config.Pairing.Side;
import dev.noren.config.Shop;
import dev.noren.config.SiteForm;
import dev.noren.crypto.PresharedKey;
import dev.noren.crypto.PrivateKey;
import dev.noren.crypto.PublicKey;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import dev.noren.text.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;

/** What becomes of a form at the end that invites. */
public final class Inviter {
  /** Seconds between two packets that keep the ways of a pairing open, and of what follows. */
  static final int KEEPALIVE_SECONDS = 25;

  private static final int ID_BYTES = 8;
  private static final int NONCE_BYTES = 32;
  private static final int MOST_HOSTS = 65_534;

  /**
   * An invitation, and the form that waits for who comes by it.
   *
   * @param form the form from then on
   * @param invitation what is to be carried
   */
  public record Made(Form form, Invitation invitation) {}

  private Inviter() {}

  /**
   * Makes an invitation; one that was made before for this form ends by it.
   *
   * @param name what this shop is called
   * @param shop what the other one is to be called here, or null
   * @param far where the other end is called, or null where only it calls
   * @param endpoints where this end may be reached, the best first
   * @param network this shop's network
   * @param random a cryptographic generator
   * @throws IllegalArgumentException with a sentence
   */
  public static Made invite(
      Form form,
      String name,
      String shop,
      HostPort far,
      List<HostPort> endpoints,
      Cidr network,
      Instant now,
      RandomGenerator random) {
    checkForm(form);
    if (!Settlement.isJoined(network)) {
      throw new Refused("invite.network", network);
    }
    Gateway gateway = form.gateway();
    Cidr own =
        gateway.addresses().stream()
            .filter(each -> !each.address().v6())
            .findFirst()
            .orElseThrow(() -> noRoom(form));
    List<IpAddress> free = free(form, own, 2);
    PrivateKey oneTime = PrivateKey.generate(random);
    PresharedKey presharedKey = PresharedKey.generate(random);
    Instant expires = now.plus(Duration.ofHours(Invitation.HOURS));
    Invitation invitation =
        new Invitation(
            chance(random, ID_BYTES),
            Instant.ofEpochSecond(expires.getEpochSecond()),
            name,
            gateway.privateKey().publicKey(),
            oneTime,
            presharedKey,
            own.address(),
            new Cidr(free.get(1), own.prefixLength()),
            free.get(0),
            network,
            far == null ? 0 : far.port(),
            endpoints);
    Pairing pairing =
        new Pairing(
            Side.INVITES,
            invitation.id(),
            oneTime.publicKey(),
            null,
            presharedKey,
            null,
            free.get(1),
            free.get(0),
            far == null ? List.of() : List.of(far),
            invitation.expires(),
            shop,
            null,
            null,
            null,
            Decision.OPEN);
    return new Made(form.withPairing(pairing), invitation);
  }

  /**
   * Refuses a form that can invite nobody.
   *
   * @throws IllegalArgumentException with a sentence
   */
  public static void checkForm(Form form) {
    if (!(form instanceof SiteForm) && !(form instanceof BundleForm)) {
      throw new Refused("invite.kind", form.name());
    }
    if (form instanceof BundleForm bundle && bundle.shop() != null) {
      throw new Refused("invite.has-shop", form.name(), bundle.shop().name());
    }
    if (form.pairing() != null && !form.pairing().invites()) {
      throw new Refused("invite.joins-itself", form.name());
    }
    if (form.gateway().listenPort() == 0) {
      throw new Refused("invite.no-port", form.name());
    }
  }

  /** The first addresses of the tunnel's network that nobody has, and no device ever had. */
  private static List<IpAddress> free(Form form, Cidr own, int count) {
    List<IpAddress> used = new ArrayList<>();
    form.gateway().addresses().forEach(each -> used.add(each.address()));
    form.shops().stream().map(Shop::address).filter(Objects::nonNull).forEach(used::add);
    form.devices().stream().map(Device::addresses).forEach(used::addAll);
    long hosts = (1L << (32 - own.prefixLength())) - 2;
    List<IpAddress> free = new ArrayList<>();
    for (int i = form.gateway().allotted() + 1;
        i <= Math.min(hosts, MOST_HOSTS) && free.size() < count;
        i++) {
      IpAddress address = IpAddress.v4((int) own.masked().address().low() + i);
      if (!used.contains(address)) {
        free.add(address);
      }
    }
    if (free.size() < count) {
      throw noRoom(form);
    }
    return free;
  }

  private static IllegalArgumentException noRoom(Form form) {
    return new Refused("invite.no-addresses", form.name());
  }

  private static String chance(RandomGenerator random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return Transcript.hex(bytes);
  }

  /** A new nonce. */
  public static String nonce(RandomGenerator random) {
    return chance(random, NONCE_BYTES);
  }

  /** What both have said, or null before the joiner has revealed its nonce. */
  public static Transcript transcript(Form form) {
    Pairing pairing = form.pairing();
    return pairing.nonce() == null
        ? null
        : new Transcript(
            form.gateway().privateKey().publicKey(),
            pairing.presharedKey(),
            pairing.heard(),
            pairing.said(),
            pairing.nonce());
  }

  /**
   * The form after its person has accepted: the joiner is one of its shops. The provisional end
   * stays, so that the joiner hears of it.
   *
   * @param hello what the joiner has said
   * @param terms what it was answered
   * @param name what the joiner is called from now on
   */
  public static Form accept(Form form, Hello hello, Terms terms, String name) {
    Pairing pairing = form.pairing();
    Shop shop =
        new Shop(
            name,
            PublicKey.parseBase64(hello.publicKey()),
            transcript(form).secret(),
            pairing.givenAddress(),
            endpoint(pairing, hello),
            List.of(terms.joinerSeenAs() == null ? hello.subnet() : terms.joinerSeenAs()),
            List.of(),
            KEEPALIVE_SECONDS);
    Pairing accepted = pairing.with(Decision.ACCEPTED);
    return switch (form) {
      case SiteForm site -> {
        List<Shop> shops = new ArrayList<>(site.shops());
        shops.add(shop);
        yield new SiteForm(
            site.name(), site.gateway(), site.seenAs(), site.exchange(), shops, accepted);
      }
      case BundleForm bundle ->
          new BundleForm(
              bundle.name(),
              bundle.gateway(),
              bundle.seenAs(),
              bundle.extent(),
              shop,
              bundle.devices(),
              accepted);
      default -> throw new Refused("invite.no-shops", form.name());
    };
  }

  private static HostPort endpoint(Pairing pairing, Hello hello) {
    if (!pairing.endpoints().isEmpty()) {
      return pairing.endpoints().getFirst();
    }
    return hello.endpoints().isEmpty() ? null : HostPort.parse(hello.endpoints().getFirst());
  }
}
