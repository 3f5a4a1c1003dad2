package dev.noren.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.config.AccessEdit;
import dev.noren.config.AccessRule;
import dev.noren.config.RouterConfig;
import dev.noren.control.FakeRouter;
import dev.noren.status.Statuses;
import dev.noren.text.Language;
import dev.noren.text.Sentence;
import dev.noren.web.Choices.Choice;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChoicesTest {
  private static final RouterConfig CONFIG = FakeRouter.STORED.config();

  private static String japanese(List<Sentence> sentences) {
    return String.join("、", sentences.stream().map(each -> each.in(Language.JAPANESE)).toList());
  }

  /** Whatever is ticked is taken, each with each. */
  @Test
  void everyChoiceMakesARuleThatIsTaken() throws Exception {
    Choices choices = Choices.of(CONFIG, Statuses.FULL);
    assertTrue(choices.who().size() > 3 && choices.where().size() > 2, choices::toString);
    // A whole network is not for outside staff, which a person is told when it is saved.
    List<Choice> hosts =
        choices.where().stream().filter(each -> !each.value().contains("/")).toList();
    assertEquals(choices.where().size() - 1, hosts.size(), "one is the shop's network");
    for (Choice who : choices.who()) {
      for (Choice where : hosts) {
        for (Choice service : choices.services()) {
          RouterConfig after =
              AccessEdit.allow(
                  CONFIG,
                  null,
                  List.of(who.value()),
                  List.of(where.value()),
                  Arrays.asList(service.value().split(" ")));
          AccessRule rule = after.access().rules().getLast();
          assertEquals(List.of(service.says()), Choices.said(rule));
          assertEquals(who.says(), Choices.said(rule.from().getFirst()));
        }
      }
    }
  }

  @Test
  void nothingIsThereTwiceAndNothingIsAWordOfTheDocument() {
    Choices choices = Choices.of(CONFIG, Statuses.FULL);
    for (List<Choice> each : List.of(choices.who(), choices.where(), choices.services())) {
      assertEquals(each.size(), each.stream().map(Choice::value).distinct().count());
      for (Choice choice : each) {
        String said = choice.says().in(Language.JAPANESE);
        assertFalse(said.matches(".*(group:|person:|device:|form:|tcp/|udp/).*"), said);
      }
    }
  }

  @Test
  void anEmptyBoxHasServicesOnly() {
    Choices choices = Choices.of(RouterConfig.DEFAULT, Statuses.UNCLAIMED);
    assertEquals(List.of(), choices.who());
    assertEquals(List.of(), choices.where());
    assertEquals(5, choices.services().size());
  }

  @Test
  void aRuleWithoutServicesIsSaidToLetEverything() {
    AccessRule rule = new AccessRule("all", List.of(), List.of(), List.of());
    assertEquals("すべて", japanese(Choices.said(rule)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10.23.45.20 tcp/443|10.23.45.20: ブラウザーで見る画面（HTTPS）",
        "printer, tcp/631, tcp/9100|printer: 印刷",
        "printer, tcp/631|printer: tcp/631",
        "10.23.45.0/24|10.23.45.0/24",
        "a, b, icmp, tcp/3389|a、b: リモートデスクトップ、icmp",
      })
  void aLineOfADeviceIsSaidByPlainNames(String line, String said) {
    assertEquals(said, Choices.said(line).in(Language.JAPANESE));
  }
}
