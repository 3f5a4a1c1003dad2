package dev.noren.router;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.noren.doctor.Outside.Web;
import dev.noren.probe.WebAnswer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownPageTest {
  @ParameterizedTest
  @CsvSource({
    "200,,NetworkManager is online,OPEN",
    "200,,Welcome to our wireless,PORTAL",
    "200,,'',PORTAL",
    "302,http://login.example/x,,PORTAL",
    "302,/login,,PORTAL",
    "302,http://a b,,PORTAL",
    "301,https://network-test.debian.org/nm,,OPEN",
    "511,,,PORTAL",
    "404,,,UNASKED",
    "503,,,UNASKED",
  })
  void itShowsWhetherSomebodyIsInBetween(int status, String location, String body, Web web) {
    WebAnswer answer =
        new WebAnswer(status, null, location == null ? "" : location, body == null ? "" : body);
    assertEquals(web, KnownPage.of(Map.of()).judge(answer));
  }

  @Test
  void noneIsSilence() {
    assertEquals(Web.SILENT, KnownPage.of(Map.of()).judge(null));
  }
}
