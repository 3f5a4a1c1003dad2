package dev.noren.forms;

import dev.noren.config.Form;
import dev.noren.config.Shop;
import dev.noren.config.TunnelName;
import dev.noren.net.Cidr;
import java.util.ArrayList;
import java.util.List;

/**
 * A far shop's network to which no way leads from here, since the shop's own network, as it turned
 * out to be, is in the way.
 *
 * @param form the form
 * @param shop the far shop
 * @param network its network, as packets here would have it
 * @param lan the shop's own network
 * @param reason what is in the way
 */
public record Overlap(TunnelName form, String shop, Cidr network, Cidr lan, Reason reason) {
  /** What is in the way. */
  public enum Reason {
    /** The network lies in the shop's own one, or holds it. */
    ROUTED,

    /** The far shop calls its network as this one calls its own, and sees it as it is. */
    CALLED_THE_SAME,

    /** The network as which the own one is to be seen is of another size. */
    SIZE,

    /** The network as which the own one is to be seen overlaps it. */
    SEEN_AS
  }

  /**
   * Those of a form.
   *
   * @param lan Noren's own address in the shop's network, or null while there is none
   */
  static List<Overlap> of(Form form, Cidr lan) {
    List<Overlap> overlaps = new ArrayList<>();
    if (lan == null || lan.address().v6()) {
      return overlaps;
    }
    Cidr own = form.seenAs();
    for (Shop shop : form.shops()) {
      for (int i = 0; i < shop.routed().size(); i++) {
        Cidr network = shop.routed().get(i);
        Reason reason = reason(shop, i, own, lan);
        if (reason != null) {
          overlaps.add(new Overlap(form.name(), shop.name(), network, lan.masked(), reason));
        }
      }
    }
    return overlaps;
  }

  private static Reason reason(Shop shop, int index, Cidr own, Cidr lan) {
    if (own != null && own.prefixLength() != lan.prefixLength()) {
      return Reason.SIZE;
    } else if (own != null && own.overlaps(lan)) {
      return Reason.SEEN_AS;
    } else if (inTheWay(shop.routed().get(index), lan)) {
      return Reason.ROUTED;
    } else if (own == null && !shop.seenAs().isEmpty() && shop.subnets().get(index).overlaps(lan)) {
      return Reason.CALLED_THE_SAME;
    }
    return null;
  }

  /** A part of a wide network leads elsewhere, unless Noren stands in it itself. */
  private static boolean inTheWay(Cidr network, Cidr lan) {
    return network.overlaps(lan)
        && !(network.prefixLength() > lan.prefixLength() && !network.contains(lan.address()));
  }
}
