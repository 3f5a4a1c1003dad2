package dev.noren.config;

import dev.noren.net.Cidr;
import dev.noren.text.Refused;
import java.util.ArrayList;
import java.util.List;

/** What no two shops of the router may have. Each method takes a value, or refuses it. */
final class ShopsOnce {
  private final Once names = new Once();
  private final Once domains = new Once();
  private final List<Taken> seen = new ArrayList<>();
  private final List<Taken> real = new ArrayList<>();

  /** A network, as which it is seen, and where it was given. */
  private record Taken(Cidr network, Cidr seenAs, String path) {}

  /** The shops' names. */
  Once names() {
    return names;
  }

  String domain(String path, String domain) {
    return domains.take(path, domain);
  }

  /** By its source a packet out of a tunnel is told whose it is. */
  Cidr takeInTunnel(Once inTunnel, String path, Cidr subnet) {
    if (inTunnel.has(subnet.masked())) {
      throw new Refused("shops.same-network", subnet, inTunnel.pathOf(subnet.masked()));
    }
    inTunnel.take(path, subnet.masked());
    return subnet;
  }

  /** Networks as which shops are seen may not share an address. */
  Cidr takeSeen(String path, Cidr seenAs) {
    for (Taken each : seen) {
      if (each.network().overlaps(seenAs)) {
        throw new Refused("shops.seen-as-overlaps", seenAs, each.path(), each.network());
      }
    }
    seen.add(new Taken(seenAs, seenAs, path));
    return seenAs;
  }

  /** Answers for names are mapped by the address alone. */
  void takeMaps(String path, Shop shop) {
    for (int i = 0; i < shop.seenAs().size(); i++) {
      Cidr network = shop.subnets().get(i);
      for (Taken each : real) {
        if (each.network().overlaps(network)) {
          throw new Refused("shops.domain-overlaps", network, each.path());
        }
      }
      real.add(new Taken(network, shop.seenAs().get(i), path));
    }
  }
}
