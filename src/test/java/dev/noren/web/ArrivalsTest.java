package dev.noren.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.config.Form;
import dev.noren.config.RouterConfig;
import dev.noren.control.FakeRouter;
import dev.noren.crypto.PresharedKey;
import dev.noren.net.IpAddress;
import dev.noren.status.Statuses;
import dev.noren.text.Sentence;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
  private static final RouterConfig CONFIG = FakeRouter.STORED.config();

  @Test
  void whatCantBeProvedFromHereIsForTheOtherShopToTry() {
    Map<String, List<Sentence>> all = Arrivals.of(CONFIG, Statuses.FULL);
    int shops = 0;
    int norens = 0;
    for (Form form : CONFIG.forms()) {
      for (var shop : form.shops()) {
        shops++;
        Sentence ask = all.get(shop.name()).getLast();
        if (ask.key().equals("arrivals.ask")) {
          norens++;
          assertNotEquals(PresharedKey.NONE, shop.presharedKey(), "it was joined by an invitation");
          continue;
        }
        assertEquals("arrivals.ask-ping", ask.key());
        String typed = ask.arguments().getFirst().toString();
        if (form.seenAs() == null) {
          assertEquals("10.23.45.1", typed);
        } else {
          assertTrue(form.seenAs().contains(IpAddress.parse(typed)), "as they call it");
          assertTrue(typed.endsWith(".1"), typed);
        }
      }
    }
    assertTrue(norens > 0 && norens < shops, norens + " of " + shops);
  }

  @Test
  void aBoxWithoutANetworkOfItsOwnHasNothingToTry() {
    Arrivals.of(CONFIG, Statuses.UNCLAIMED).values().forEach(each -> assertEquals(List.of(), each));
  }
}
