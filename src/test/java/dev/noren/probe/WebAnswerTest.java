package dev.noren.probe;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebAnswerTest {
  private static WebAnswer parsed(String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    return WebAnswer.parse(bytes, bytes.length);
  }

  @Test
  void aPageHasItsTimeAndWords() {
    WebAnswer answer =
        parsed(
            """
            HTTP/1.1 200 OK\r
            Date: Mon, 05 Oct 2026 08:00:00 GMT\r
            X: y: z\r
            \r
            NetworkManager is online
            """);
    assertEquals(200, answer.status());
    assertEquals(Instant.parse("2026-10-05T08:00:00Z"), answer.at());
    assertEquals("", answer.location());
    assertEquals("NetworkManager is online\n", answer.body());
  }

  @Test
  void anotherPlaceIsNamed() {
    WebAnswer answer = parsed("HTTP/1.0 302 Found\r\nlocation: http://login.example/x\r\n\r\n");
    assertEquals(302, answer.status());
    assertNull(answer.at());
    assertEquals("http://login.example/x", answer.location());
    assertEquals("", answer.body());
  }

  @Test
  void aTimeThatIsNoneIsNotKnown() {
    assertNull(parsed("HTTP/1.1 200 OK\r\nDate: yesterday\r\n\r\n").at());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 200 OK\r\n",
        "HTTP/2 200 OK\r\n\r\n",
        "HTTP/1.1 20x OK\r\n\r\n",
        "220 mail.example ESMTP\r\n\r\n",
        "HTTP/1.1 2000 OK\r\n\r\n"
      })
  void whatIsNoAnswerIsNone(String text) {
    assertNull(parsed(text));
  }
}
