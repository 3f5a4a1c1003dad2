package dev.noren.access;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {
  /** RFC 6238, appendix B. */
  private static final TotpSecret RFC = TotpSecret.of("12345678901234567890".getBytes(US_ASCII));

  /** The RFC has eight digits, whose last six are the code of six. */
  @ParameterizedTest
  @CsvSource({
    "59, 94287082",
    "1111111109, 07081804",
    "1111111111, 14050471",
    "1234567890, 89005924",
    "2000000000, 69279037",
    "20000000000, 65353130",
  })
  void makesTheCodesOfTheRfc(long seconds, String eightDigits) {
    Instant time = Instant.ofEpochSecond(seconds);
    String code = eightDigits.substring(2);
    long step = Totp.stepOf(time);
    assertEquals(code, Totp.code(RFC.key(), step));
    assertEquals(step, Totp.match(RFC, code, time, Totp.NONE));
  }

  @Test
  void takesOneStepOfToleranceAndNoMore() {
    Instant time = Instant.ofEpochSecond(1_111_111_111);
    long step = Totp.stepOf(time);
    for (long off = -3; off <= 3; off++) {
      String code = Totp.code(RFC.key(), step + off);
      long expected = Math.abs(off) <= 1 ? step + off : Totp.NONE;
      assertEquals(expected, Totp.match(RFC, code, time, Totp.NONE), "off by " + off);
    }
  }

  @Test
  void takesNoStepThatIsNotAfterTheLastOneUsed() {
    Instant time = Instant.ofEpochSecond(1_111_111_111);
    long step = Totp.stepOf(time);
    String code = Totp.code(RFC.key(), step);
    assertEquals(step, Totp.match(RFC, code, time, step - 1));
    assertEquals(Totp.NONE, Totp.match(RFC, code, time, step));
    assertEquals(Totp.NONE, Totp.match(RFC, code, time, step + 1));
  }

  @ParameterizedTest
  @CsvSource({"''", "05047", "0504710", "050 471", "-50471", "O5O471", "٠٥٠٤٧١", "０５０４７１"})
  void takesNothingThatIsNoCode(String code) {
    Instant time = Instant.ofEpochSecond(1_111_111_111);
    assertEquals("050471", Totp.code(RFC.key(), Totp.stepOf(time)));
    assertEquals(Totp.NONE, Totp.match(RFC, code, time, Totp.NONE));
  }

  /** RFC 4648, 10, without the signs that fill it up. */
  @ParameterizedTest
  @CsvSource({
    "f, MY",
    "fo, MZXQ",
    "foo, MZXW6",
    "foob, MZXW6YQ",
    "fooba, MZXW6YTB",
    "foobar, MZXW6YTBOI",
    "12345678901234567890, GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
  })
  void secretsAreBase32(String text, String base32) {
    assertEquals(base32, TotpSecret.of(text.getBytes(US_ASCII)).base32());
    assertEquals(text, new String(new TotpSecret(base32).bytes(), US_ASCII));
  }

  @Test
  void aNewSecretHas20BytesOfChanceAndIsNotShown() {
    TotpSecret secret = TotpSecret.generate(new Random(1));
    byte[] bytes = new byte[20];
    new Random(1).nextBytes(bytes);
    assertEquals(TotpSecret.of(bytes), secret);
    assertEquals(32, secret.base32().length());
    assertEquals("TotpSecret", secret.toString());
  }

  @ParameterizedTest
  @CsvSource({"''", "abc", "MZXW6YTB======", "MZXW 6YTB", "MZXW1", "MZXÄ"})
  void whatIsNoBase32IsNotRepeated(String text) {
    String said =
        assertThrows(IllegalArgumentException.class, () -> new TotpSecret(text)).getMessage();
    assertTrue(text.isEmpty() || !said.contains(text), said);
  }

  @Test
  void anAppTakesItAsAUri() {
    assertEquals(
        "otpauth://totp/my%20shop:%E4%BD%90%E8%97%A4%20a%3Ab?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
            + "&issuer=my%20shop&algorithm=SHA1&digits=6&period=30",
        RFC.uri("my shop", "佐藤 a:b"));
  }
}
