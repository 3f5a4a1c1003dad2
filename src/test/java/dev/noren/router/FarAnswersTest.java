package dev.noren.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.config.Device;
import dev.noren.config.Form;
import dev.noren.config.RouterConfig;
import dev.noren.config.RouterTunnel;
import dev.noren.config.TunnelName;
import dev.noren.control.FakeRouter;
import dev.noren.forms.Compiled;
import dev.noren.plan.Marks;
import dev.noren.plan.TunnelPlan;
import dev.noren.router.FarAnswers.Asked;
import dev.noren.status.RouterStatus.Peer;
import dev.noren.status.RouterStatus.Tunnel;
import dev.noren.status.Statuses;
import dev.noren.status.Traffic;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  /** Who is asked for a proof: who is to be held, has shaken hands, and says nothing else. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "nothing came yet,           25, 5,   ,    0, false, true,  true",
    "nothing came for long,      25, 5,   30,  0, false, true,  true",
    "traffic is the proof,       25, 5,   29,  0, false, true,  false",
    "it is called in vain,       25, 100, 30,  6, false, false, false",
    "its handshake is old,       25, 181, 200, 0, false, false, false",
    "there never was one,        25, ,    ,    0, false, false, false",
    "it is not to be held,       0,  5,   60,  0, false, false, false",
    "it only calls in,           25, 5,   60,  0, true,  false, false",
  })
  void aProofIsAskedForWhereNothingElseIsOne(
      String what,
      int keepalive,
      Long handshake,
      Long data,
      long unanswered,
      boolean callsIn,
      boolean open,
      boolean unproved) {
    List<Asked> all = asked();
    Asked one = all.getFirst();
    Tunnel full = Statuses.FULL.tunnels().getFirst();
    Peer peer =
        new Peer(
            "far",
            one.publicKey(),
            "192.0.2.1:51820",
            callsIn,
            handshake,
            data,
            unanswered,
            Traffic.total(0, 0),
            keepalive,
            List.of(),
            null);
    Tunnel seen =
        new Tunnel(
            new TunnelName(one.tunnel()),
            true,
            full.mode(),
            true,
            null,
            1420,
            0,
            List.of(),
            List.of(peer),
            null);
    assertEquals(
        open ? Set.of(one.target()) : Set.of(), FarAnswers.open(all, List.of(seen), false), what);
    assertEquals(
        unproved ? Set.of(one.target()) : Set.of(),
        FarAnswers.open(all, List.of(seen), true),
        what);
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
