package dev.noren.web;

import dev.noren.config.Form;
import dev.noren.config.RouterConfig;
import dev.noren.config.Shop;
import dev.noren.crypto.PresharedKey;
import dev.noren.forms.SubnetMap;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import dev.noren.status.RouterStatus;
import dev.noren.status.RouterStatus.Peer;
import dev.noren.text.Sentence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is proved of the way from another shop to this one, and what only the other shop can find
 * out: whether its computers reach this shop's.
 */
final class Arrivals {
  private Arrivals() {}

  /** In words, by the shops' names. */
  static Map<String, List<Sentence>> of(RouterConfig config, RouterStatus status) {
    Map<String, List<Sentence>> all = new HashMap<>();
    for (Form form : config.forms()) {
      for (Shop shop : form.shops()) {
        all.put(shop.name(), said(form, shop, status));
      }
    }
    return all;
  }

  private static List<Sentence> said(Form form, Shop shop, RouterStatus status) {
    List<Sentence> said = new ArrayList<>();
    String key = shop.publicKey().toString();
    boolean called =
        status.tunnels().stream()
            .filter(tunnel -> tunnel.name().equals(form.name()))
            .flatMap(tunnel -> tunnel.peers().stream())
            .anyMatch(peer -> peer.publicKey().equals(key) && hasCalled(peer));
    if (called) {
      said.add(Sentence.of("arrivals.called"));
    }
    IpAddress own = own(form.seenAs(), status);
    if (own != null) {
      said.add(isNoren(shop) ? Sentence.of("arrivals.ask") : Sentence.of("arrivals.ask-ping", own));
    }
    return said;
  }

  /**
   * Whether the far end was joined by an invitation, so that it has a page of its own: then there
   * is a shared secret, and its own address is in none of its networks, as that of a machine in a
   * cloud is, which other shops are behind.
   */
  private static boolean isNoren(Shop shop) {
    return !shop.presharedKey().equals(PresharedKey.NONE)
        && shop.address() != null
        && shop.subnets().stream().noneMatch(each -> each.contains(shop.address()));
  }

  private static boolean hasCalled(Peer peer) {
    return peer.callsIn() && peer.isFresh();
  }

  /** The box's own address in the shop's network as the far end calls it, or null. */
  private static IpAddress own(Cidr seenAs, RouterStatus status) {
    if (status.lan() == null || status.lan().address() == null) {
      return null;
    }
    IpAddress address = status.lan().address().address();
    if (seenAs == null) {
      return address;
    }
    return new SubnetMap(status.lan().address().masked(), seenAs.masked()).seen(address);
  }
}
