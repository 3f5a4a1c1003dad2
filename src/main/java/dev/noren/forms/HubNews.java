package dev.noren.forms;

import dev.noren.config.Form;
import dev.noren.config.Shop;
import dev.noren.config.SiteForm;
import dev.noren.net.Cidr;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the other shops of a hub have to be told once one more has joined: nothing leads there from
 * them before their own routers know its networks, and this one can't change those.
 */
public final class HubNews {
  private HubNews() {}

  /** One sentence for each of the others, about the shop that came last. */
  public static List<String> of(Form form) {
    List<String> news = new ArrayList<>();
    if (!(form instanceof SiteForm site) || !site.exchange() || site.shops().size() < 2) {
      return news;
    }
    Shop last = site.shops().getLast();
    String networks = last.routed().stream().map(Cidr::toString).collect(Collectors.joining(", "));
    for (Shop other : site.shops().subList(0, site.shops().size() - 1)) {
      news.add(
          other.name()
              + " does not know "
              + last.name()
              + " yet: add "
              + networks
              + " at its router to the subnets of this shop, or, where it has the stock WireGuard,"
              + " what noren form peer "
              + form.name()
              + " \""
              + other.name()
              + "\" prints");
    }
    return news;
  }
}
