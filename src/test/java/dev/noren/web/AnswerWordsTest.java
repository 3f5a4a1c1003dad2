package dev.noren.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.noren.net.IpAddress;
import dev.noren.status.Echoes;
import dev.noren.status.RouterStatus.Peer;
import dev.noren.status.Statuses;
import dev.noren.text.Language;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerWordsTest {
  private static final Peer OFFICE = Statuses.FULL.tunnels().getFirst().peers().getFirst();
  private static final Peer CALLS_IN = Statuses.FULL.tunnels().getFirst().peers().getLast();

  private static Echoes echoes(int asked, int lost, Long microseconds) {
    return new Echoes(
        "hq", OFFICE.publicKey(), IpAddress.parse("10.9.0.1"), asked, lost, microseconds, false);
  }

  @ParameterizedTest
  @CsvSource({
    "20, 0, 400, answers.quick, <1, 0",
    "20, 0, 60000, answers.quick, 60, 0",
    "20, 0, 60001, answers.fair, 60, 0",
    "20, 0, 300001, answers.slow, 300, 0",
    "20, 1, 23400, answers.lossy, 23, 5",
    "1000, 1, 23500, answers.quick, 24, 1",
    "3, 2, 23400, answers.lossy, 23, 67",
  })
  void itIsSaidHowFastAndHowSurely(
      int asked, int lost, long microseconds, String key, String ms, long percent) {
    var said = AnswerWords.of("hq", OFFICE, List.of(echoes(asked, lost, microseconds)));
    assertEquals(key, said.key());
    assertEquals(List.of(ms, percent), said.arguments());
  }

  @Test
  void whatIsNotKnownIsSaidToBeUnknown() {
    assertEquals(
        "answers.measuring", AnswerWords.of("hq", OFFICE, List.of(echoes(0, 0, null))).key());
    assertEquals(
        "Delay and loss are not known: 10.9.0.1 answered none of 4 questions (ping). It is cut"
            + " off, or set not to answer",
        AnswerWords.of("hq", OFFICE, List.of(echoes(4, 4, null))).in(Language.ENGLISH));
    assertEquals("answers.unknown", AnswerWords.of("hq", OFFICE, List.of()).key());
    assertEquals(
        "answers.unknown",
        AnswerWords.of("branch", OFFICE, List.of(echoes(4, 0, 1L))).key(),
        "the same far end by another tunnel");
    assertNull(AnswerWords.of("hq", CALLS_IN, List.of()), "a device is not asked");
  }
}
