package dev.noren.forms;

import dev.noren.config.Form;
import dev.noren.config.Shop;
import dev.noren.config.SiteForm;
import dev.noren.text.Sentence;
import java.util.ArrayList;
import java.util.List;

/**
 * What the other shops of a hub have to be told once one more has joined: nothing leads there from
 * them before their own routers know its networks, and this one can't change those.
 */
public final class HubNews {
  private HubNews() {}

  /** One sentence for each of the others, about the shop that came last. */
  public static List<Sentence> of(Form form) {
    List<Sentence> news = new ArrayList<>();
    if (!(form instanceof SiteForm site) || !site.exchange() || site.shops().size() < 2) {
      return news;
    }
    Shop last = site.shops().getLast();
    for (Shop other : site.shops().subList(0, site.shops().size() - 1)) {
      news.add(
          Sentence.of(
              "hub.news", other.name(), last.name(), List.copyOf(last.routed()), form.name()));
    }
    return news;
  }
}
