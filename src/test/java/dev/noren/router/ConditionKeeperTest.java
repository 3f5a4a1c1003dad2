package dev.noren.router;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.noren.control.SignalText;
import dev.noren.doctor.Diagnoses;
import dev.noren.status.Condition;
import dev.noren.status.Finding;
import dev.noren.status.Health;
import dev.noren.status.SignalFile;
import dev.noren.status.Statuses;
import dev.noren.text.Language;
import dev.noren.text.Past;
import dev.noren.text.Sentence;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is written down of a change, and how it is read later. */
class ConditionKeeperTest {
  private static final Finding FINDING = Diagnoses.FAR_SILENT.finding();

  @ParameterizedTest
  @EnumSource(Health.class)
  void eachChangeIsSaidInBothLanguages(Health health) {
    Sentence says = SignalText.says(SignalFile.TABLE.of(health));
    String alone = ConditionKeeper.told(new Condition(health, Statuses.AT, null));
    String found = ConditionKeeper.told(new Condition(health, Statuses.AT, FINDING));
    for (Language language : Language.values()) {
      String both = says.in(language);
      assertEquals(Sentence.of("past.condition", both).in(language), Past.what(alone).in(language));
      assertEquals(
          Sentence.of("past.condition-found", both, "4-3", FINDING.says().in(language))
              .in(language),
          Past.what(found).in(language));
    }
  }
}
