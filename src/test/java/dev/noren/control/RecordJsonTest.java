package dev.noren.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.status.RouterStatus;
import dev.noren.status.Statuses;
import dev.noren.text.Language;
import dev.noren.text.Sentence;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordJsonTest {
  @Test
  void aSnapshotComesBackTheSame() {
    for (RouterStatus status : List.of(Statuses.FULL, Statuses.UNCLAIMED)) {
      for (boolean indented : new boolean[] {false, true}) {
        String text = RecordJson.write(status, indented);
        assertEquals(indented, text.contains("\n"));
        assertEquals(status, RecordJson.read(text, RouterStatus.class));
      }
    }
  }

  @Test
  void itIsWrittenAsItIsDocumented() {
    String text = RecordJson.write(Statuses.FULL, false);
    assertTrue(text.startsWith("{\"at\":\"2026-10-05T08:00:00Z\",\"since\":"), text);
    assertTrue(text.contains("\"role\":\"router\",\"claimed\":true,\"pending\":{"), text);
    assertTrue(text.contains("\"handshakeAgeSeconds\":null"), text);
    assertTrue(text.contains("{\"destination\":\"10.77.0.0/16\",\"gateway\":\"192.168.1.50\"}"));
  }

  @Test
  void whatIsNotMeantIsLeftOut() {
    assertEquals("{\"error\":\"no\"}", RecordJson.write(Answer.error(Sentence.plain("no")), false));
    assertEquals(
        Answer.error(Sentence.plain("no")), RecordJson.read("{\"error\":\"no\"}", Answer.class));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"op\":\"log\"|it is not JSON",
        "|it is not JSON",
        "[]|it is not an object",
        "{}{}|it is not JSON",
        "{\"op\":'log'}|it is not JSON",
        "{\"op\":7}|op is not text in double quotes",
        "{\"frobnicate\":7}|it has a member that is not known",
        "{\"op\":\"a\",\"op\":\"b\"}|op is given twice",
        "{\"number\":\"7\"}|number is not a whole number",
        "{\"number\":7.5}|number is not a whole number that fits",
        "{\"number\":99999999999}|number is not a whole number that fits",
        "{\"watch\":\"true\"}|watch is not true or false",
        "{\"since\":\"yesterday\"}|since has not the form of it",
        "{\"kind\":\"weather\"}|kind is none of config, device, opened, refused, signin, router",
        "{\"kind\":[]}|kind is not text in double quotes",
      })
  void badRequestsAreToldWhy(String text, String why) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> RecordJson.read(text == null ? "" : text, Request.class));
    assertEquals(why, e.getMessage());
    String japanese = Sentence.of(e).in(Language.JAPANESE);
    assertFalse(japanese.contains(" is "), japanese);
    assertNotEquals(why, japanese);
  }

  /** Also where the rest of it can't be read. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"op\":\"log\",\"language\":\"ja\"|JAPANESE",
        "{\"value\":[1,{\"language\":\"en\"}],\"language\":\"ja\",nonsense|JAPANESE",
        "{\"language\":\"ja|ENGLISH",
        "{\"language\":7}|ENGLISH",
        "{\"value\":{\"language\":\"ja\"}}|ENGLISH",
        "[\"language\",\"ja\"]|ENGLISH",
        "nonsense|ENGLISH",
      })
  void aRequestSaysItsLanguageEarly(String text, Language language) {
    assertEquals(language, RecordJson.language(text));
  }

  @Test
  void aWholeRecordMissesNothing() {
    String text = RecordJson.write(Statuses.FULL, false);
    assertMissing(text.replace("\"uptimeMs\":7200000,", ""), "uptimeMs is missing in it");
    assertMissing(text.replace("\"mtuBytes\":1420,", ""), "mtuBytes is missing in tunnels[0]");
    assertMissing(
        text.replace("\"uptimeMs\":7200000", "\"uptimeMs\":null"),
        "uptimeMs is not a whole number");
    assertMissing(
        text.replace("\"routesToTell\":[{", "\"routesToTell\":[null,{"), "it contradicts itself");
  }

  private static void assertMissing(String text, String why) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> RecordJson.read(text, RouterStatus.class));
    assertEquals(why, e.getMessage());
  }

  /** In a request's value there may be a key. */
  @Test
  void aRequestDoesNotTellItsSecrets() {
    Request request = RecordJson.read("{\"op\":\"set\",\"value\":\"sesame\"}", Request.class);
    assertFalse(request.toString().contains("sesame"));
  }
}
