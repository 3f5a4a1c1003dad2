package dev.noren.forms;

import dev.noren.config.BundleForm;
import dev.noren.config.Form;
import dev.noren.config.Gateway;
import dev.noren.config.HostPort;
import dev.noren.config.Shop;
import dev.noren.config.SiteForm;
import dev.noren.crypto.PresharedKey;
import dev.noren.crypto.PublicKey;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import dev.noren.text.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a far end with the stock WireGuard tools needs to know of this one, as text for whoever runs
 * it. Its own private key is nowhere in it, as nobody but that end has it.
 *
 * @param form the form
 * @param shop the far shop
 * @param allowed what comes to it from here, and what it sends here
 */
public record FarEndText(Form form, Shop shop, List<Cidr> allowed) {
  /** Whoever is behind NAT has to keep its way in open (wg(8)). */
  private static final int KEEPALIVE_SECONDS = 25;

  public FarEndText {
    allowed = List.copyOf(allowed);
  }

  /**
   * What a far shop needs to know.
   *
   * @param lan the shop's own network, or null where it is not known
   * @throws IllegalArgumentException with a sentence, where it is needed and not known
   */
  public static FarEndText of(Form form, Shop shop, Cidr lan) {
    List<Cidr> allowed = new ArrayList<>();
    for (Cidr address : form.gateway().addresses()) {
      allowed.add(new Cidr(address.address(), address.address().bits()));
    }
    Cidr own = form.seenAs() == null ? lan : form.seenAs();
    if (own == null) {
      throw new Refused("far-end.own-missing");
    }
    allowed.add(own.masked());
    if (form instanceof SiteForm site && site.exchange()) {
      site.shops().stream()
          .filter(other -> !other.name().equals(shop.name()))
          .forEach(other -> allowed.addAll(other.routed()));
    }
    return new FarEndText(form, shop, allowed);
  }

  /** A whole wg-quick file for the far end, which lacks its private key. */
  public String file() {
    StringBuilder text = new StringBuilder();
    text.append("# For ").append(shop.name()).append(", to be joined with this shop.\n");
    if (form instanceof BundleForm bundle && bundle.extent() == Form.Extent.FULL) {
      text.append("# All of this shop's traffic comes through here: let it out to the internet.\n");
    }
    text.append("[Interface]\n");
    text.append("# Put the private key here whose public key is ").append(shop.publicKey());
    text.append("\n# PrivateKey = (private key)\n");
    if (shop.address() == null) {
      text.append("# Choose an address of the tunnel's network, ");
      text.append(networks()).append(", that nobody has.\n# Address = (address)\n");
    } else {
      line(text, "Address", shop.address() + "/" + prefixLength(shop.address()));
    }
    if (shop.endpoint() != null) {
      line(text, "ListenPort", shop.endpoint().port());
    }
    if (form.gateway().mtuBytes() != 0) {
      line(text, "MTU", form.gateway().mtuBytes());
    }
    return text.append('\n').append(peer()).toString();
  }

  private String networks() {
    return form.gateway().addresses().stream()
        .map(each -> each.masked().toString())
        .collect(Collectors.joining(", "));
  }

  private int prefixLength(IpAddress address) {
    return form.gateway().addresses().stream()
        .filter(each -> each.contains(address))
        .mapToInt(Cidr::prefixLength)
        .findFirst()
        .orElse(address.bits());
  }

  /** The block for a file that is there. */
  public String peer() {
    StringBuilder text = new StringBuilder("[Peer]\n");
    line(text, "PublicKey", key());
    if (!shop.presharedKey().equals(PresharedKey.NONE)) {
      line(text, "PresharedKey", shop.presharedKey().toBase64());
    }
    line(text, "AllowedIPs", list(", "));
    List<HostPort> endpoints = form.gateway().endpoints();
    for (int i = 0; i < endpoints.size(); i++) {
      line(text, i == 0 ? "Endpoint" : "# or Endpoint", endpoints.get(i));
    }
    if (keeps()) {
      line(text, "PersistentKeepalive", KEEPALIVE_SECONDS);
    }
    return text.toString();
  }

  /**
   * The command for an interface that is up. The preshared key is read from a file, since everybody
   * on a machine sees a command's words.
   *
   * @param device the interface at the far end
   */
  public String command(String device) {
    StringBuilder text = new StringBuilder("wg set " + device + " peer " + key());
    if (!shop.presharedKey().equals(PresharedKey.NONE)) {
      text.append(" preshared-key FILE");
    }
    text.append(" allowed-ips ").append(list(","));
    if (!form.gateway().endpoints().isEmpty()) {
      text.append(" endpoint ").append(form.gateway().endpoints().getFirst());
    }
    if (keeps()) {
      text.append(" persistent-keepalive ").append(KEEPALIVE_SECONDS);
    }
    return text.append('\n').toString();
  }

  /** Where this end can't call the far one, that one has to be there first. */
  private boolean keeps() {
    Gateway own = form.gateway();
    return shop.endpoint() == null && !own.endpoints().isEmpty();
  }

  private PublicKey key() {
    return form.gateway().privateKey().publicKey();
  }

  private String list(String between) {
    return allowed.stream().map(Cidr::toString).collect(Collectors.joining(between));
  }

  private static void line(StringBuilder text, String key, Object value) {
    text.append(key).append(" = ").append(value).append('\n');
  }
}
