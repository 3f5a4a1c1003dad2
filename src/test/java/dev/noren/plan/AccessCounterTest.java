package dev.noren.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.config.TunnelName;
import dev.noren.forms.Grant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessCounterTest {
  private static String rule(String name) {
    return AccessCounter.let(new Grant(null, name, List.of(), List.of()));
  }

  private static String desk(String form, String name) {
    return AccessCounter.let(new Grant(new TunnelName(form), name, List.of(), List.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"till", "受付 PC", "a_b/c\"d}", "🍵", "let_till", "/0041"})
  void aNameIsOneThatNftTakesAndIsReadAgain(String name) {
    assertTrue(rule(name).matches("let_[A-Za-z0-9/]+"), rule(name));
    assertEquals(
        "connections let through by the rule " + name,
        FirewallCounter.sentence(rule(name)).toString());
    assertEquals(
        "connections let through to the desk " + name + " of v_d=i",
        FirewallCounter.sentence(desk("v_d=i", name)).toString());
  }

  @Test
  void longNamesFitAndStayApart() {
    String one = rule("受付".repeat(29) + "一");
    String other = rule("受付".repeat(29) + "二");
    assertTrue(one.length() < 200, one);
    assertNotEquals(one, other);
    assertEquals(
        "connections let through by the rule " + "受付".repeat(6) + "…",
        FirewallCounter.sentence(one).toString());
    assertTrue(desk("aaaaaaaaaaaaaaa", "🍵".repeat(30)).length() < 255);
  }

  @Test
  void whatIsLetThroughIsNotRefused() {
    assertFalse(FirewallCounter.refuses(rule("refused")));
    assertFalse(FirewallCounter.refuses(desk("vdi", "refused")));
    TunnelName form = new TunnelName("staff");
    for (String name :
        List.of(
            AccessCounter.refused(form),
            AccessCounter.refusedToShops(form),
            AccessCounter.privateToShops(form),
            AccessCounter.signIn(form),
            AccessCounter.silent(form),
            AccessCounter.THINGS)) {
      assertTrue(FirewallCounter.refuses(name), name);
      assertNotEquals(name, FirewallCounter.sentence(name).toString());
    }
  }
}
