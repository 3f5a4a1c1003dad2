package dev.noren.notice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.config.NoticesConfig.Mail;
import dev.noren.config.NoticesConfig.Security;
import dev.noren.notice.MailServerWords.Why;
import dev.noren.notice.Notice.Kind;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What programs print becomes a sentence for the owner; the programs themselves are in an IT. */
class ServerWordsTest {
  @ParameterizedTest
  @CsvSource({
    "77, 'msmtp: authentication failed (method PLAIN)|msmtp: server message: 535 no',"
        + " notice.wrong-password, true",
    "77, 'msmtp: the server does not support authentication', notice.no-sign-in, true",
    "76, 'msmtp: TLS certificate verification failed: unknown issuer', notice.certificate, false",
    "65, 'msmtp: recipient address o@x not accepted by the server|msmtp: server message: 550 no',"
        + " notice.server-says, true",
    "69, 'msmtp: the server does not support TLS via the STARTTLS command', notice.no-tls, false",
    "75, 'msmtp: cannot read from server: the operation timed out', notice.mail-failed, false",
    "1, '', notice.mail-failed, false",
  })
  void saysWhyAMailDidNotGoOut(int exitCode, String output, String key, boolean answered) {
    Why why = MailServerWords.of(exitCode, output.replace('|', '\n'), "smtp.example:465");
    assertEquals(key, why.says().key());
    assertEquals(answered, why.answered());
    assertTrue(why.says().toString().contains("smtp.example:465"), why.says().toString());
  }

  @Test
  void aServersWordsAreOneShortLine() {
    String words = "550 " + "no\u0007".repeat(999);
    String said =
        MailServerWords.of(65, "msmtp: server message: " + words, "x:25").says().toString();
    assertTrue(said.length() < 300 && said.endsWith("…"), said);
    assertEquals(-1, said.indexOf('\u0007'));
  }

  @ParameterizedTest
  @CsvSource({
    "8, '  HTTP/1.1 404 Not Found', notice.web-says, true",
    "8, '  HTTP/1.1 200 Connected|  HTTP/1.1 302 Found', notice.web-says, true",
    "8, '  HTTP/2 500', notice.web-says, true",
    "5, 'ERROR: cannot verify', notice.certificate-web, false",
    "4, '  HTTP/1.1 200 Connected', notice.web-failed, false",
    "4, '', notice.web-failed, false",
  })
  void saysWhyAWebhookDidNotTakeIt(int exitCode, String output, String key, boolean answered) {
    Why why = WebServerWords.of(exitCode, output.replace('|', '\n'), "hook.example");
    assertEquals(key, why.says().key());
    assertEquals(answered, why.answered());
  }

  @ParameterizedTest
  @CsvSource({"0, '  HTTP/1.1 204 No Content'", "0, ''", "0, '  HTTP/1.1 200 OK'"})
  void whatWasTakenIsNoTrouble(int exitCode, String output) {
    assertNull(WebServerWords.of(exitCode, output, "hook.example"));
  }

  @Test
  void aMailInEnglishIsReadable() {
    Mail mail =
        new Mail("o@shop.example", null, "smtp.example", 0, Security.TLS, "me@x.example", "w");
    Notice notice =
        new Notice("7", Kind.SIGN_IN, Instant.EPOCH, null, "shop: x\ny", "text", true, false);
    assertEquals(
        """
        From: me@x.example
        To: o@shop.example
        Subject: shop: x y
        Date: Thu, 1 Jan 1970 09:00:00 +0900
        Message-ID: <7.0.sign-in@shop.noren>
        Auto-Submitted: auto-generated
        MIME-Version: 1.0
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: base64

        dGV4dA0K
        """,
        MailText.of(notice, mail, "shop", Instant.EPOCH, ZoneId.of("Asia/Tokyo")));
  }
}
