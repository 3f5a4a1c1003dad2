package dev.noren.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.config.Device;
import dev.noren.config.Form;
import dev.noren.config.RouterConfig;
import dev.noren.config.RouterTunnel;
import dev.noren.control.FakeRouter;
import dev.noren.forms.Compiled;
import dev.noren.plan.Marks;
import dev.noren.plan.TunnelPlan;
import dev.noren.router.FarAnswers.Asked;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Of the document that has something of everything. */
class FarAnswersTest {
  private static final RouterConfig CONFIG = FakeRouter.STORED.config();

  private static List<Asked> asked() {
    List<TunnelPlan> plans = new ArrayList<>();
    for (RouterTunnel tunnel : Compiled.of(CONFIG, LocalDate.of(2026, 11, 28)).config().tunnels()) {
      plans.add(new TunnelPlan(tunnel, plans.size() + 1, 1420, Map.of()));
    }
    return FarAnswers.asked(CONFIG, plans);
  }

  @Test
  void shopsAreAskedAtTheirOwnAddressAndByTheirTunnel() {
    Map<String, Asked> byKey =
        asked().stream().collect(Collectors.toMap(Asked::publicKey, each -> each));
    int shops = 0;
    for (Form form : CONFIG.forms()) {
      for (var shop : form.shops()) {
        if (shop.address() != null) {
          Asked asked = byKey.get(shop.publicKey().toString());
          assertEquals(shop.address(), asked.target().address(), shop.name());
          assertEquals(form.name().text(), asked.tunnel());
          shops++;
        }
      }
    }
    assertTrue(shops > 0, "the document has shops");
    Set<Integer> marks =
        asked().stream().map(each -> each.target().mark()).collect(Collectors.toSet());
    assertTrue(marks.stream().allMatch(mark -> Marks.tunnelOfFlow(mark) > 0), marks.toString());
  }

  @Test
  void devicesAreNotAsked() {
    Set<String> devices =
        CONFIG.forms().stream()
            .flatMap(form -> form.devices().stream())
            .map(Device::publicKey)
            .map(Object::toString)
            .collect(Collectors.toSet());
    assertTrue(!devices.isEmpty(), "the document has devices");
    assertTrue(asked().stream().noneMatch(each -> devices.contains(each.publicKey())));
  }

  @Test
  void aTunnelThatTakesAllNamesNobodyToAsk() {
    for (Asked asked : asked()) {
      int bits = asked.target().address().bits();
      assertTrue(bits == 32 || bits == 128, asked.toString());
    }
  }
}
