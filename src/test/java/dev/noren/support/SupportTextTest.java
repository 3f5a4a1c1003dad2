package dev.noren.support;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SupportTextTest {
  private static final String KEY = "yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=";
  private static final String OTHER = "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=";

  @ParameterizedTest
  @CsvSource({
    "1, say komorebi-4711 twice komorebi-4711, say (hidden) twice (hidden)",
    "2, privateKey " + KEY + ", privateKey (hidden)",
    "3, public " + OTHER + " stays, public " + OTHER + " stays",
    "4, YAnz5TF-lXXJte14tji3zlMNq_hd2rYUIgJBgB3fBmk, (hidden)",
    "5, c80a73e5317e957d49b5ed78b638b7ce530dabe85ddab61422024180"
        + "1ddf0669 in hex, (hidden) in hex",
    "6, totp GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ, totp (hidden)",
    "7, $argon2id$v=19$m=7168.t=5.p=1$c29tZXNhbHQ$aGFzaGhhc2g rest, (hidden) rest",
    "8, /usr/lib/noren/some/long/path/that/is/no/key/at/all, "
        + "/usr/lib/noren/some/long/path/that/is/no/key/at/all",
    "9, the word abc is short, the word abc is short",
    "10, K7MQ-2XWD, (hidden)",
  })
  void whatIsSecretGoesWhereverItStands(int row, String text, String hidden) {
    SecretHiding hiding =
        new SecretHiding(List.of("komorebi", "komorebi-4711", "abc", "K7MQ-2XWD"), Set.of(OTHER));
    assertEquals(hidden, hiding.hide(text), "row " + row);
  }

  @Test
  void eachPartHasItsNumberAndItsEnd() {
    List<Part> parts = List.of(Part.of("One", "a\nb\n", 100), Part.log("Two", "c\nd\ne", 4));
    String rule = "=".repeat(72);
    assertEquals(
        "Head\n\n  1. One\n  2. Two\n\n"
            + rule
            + "\n1. One\n"
            + rule
            + "\nA\nB\n\n"
            + rule
            + "\n2. Two\n"
            + rule
            + "\n(1 MORE LINES ARE LEFT OUT)\nD\nE\n",
        SupportText.of("Head\n", parts, text -> text.toUpperCase(Locale.ROOT)));
    assertEquals("\uFEFFa\r\nb\r\n", SupportText.forPc("a\nb\n"));
  }

  /** Also where each letter takes three bytes and all of it is too much. */
  @Test
  void noFileIsLongerThanItMayBe() {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      parts.add(Part.of("暖簾" + i, "暖簾です\n".repeat(100_000), 100_000));
    }
    String text = SupportText.of("x", parts, each -> each);
    int bytes = text.getBytes(UTF_8).length;
    assertTrue(bytes <= SupportText.MOST_BYTES + 200 && bytes > 600_000, () -> "bytes: " + bytes);
    assertTrue(text.endsWith("the file would be too long)\n"), "it says so");
  }

  /** A line that is too long goes whole: a half of a secret would not be known for one. */
  @Test
  void noLineIsCutInTwo() {
    Part part = Part.of("t", "short\n" + "x".repeat(50) + KEY + "\nend", 70);
    assertEquals("short\n(2 more lines are left out)", part.bounded().body());
  }

  @Test
  void aCrashReportHasNothingOfTheMemory() {
    String report =
        """
        #
        # A fatal error has been detected by the Java Runtime Environment:
        #  SIGSEGV (0xb) at pc=0x00007f, pid=4711, tid=4712
        #

        ---------------  S U M M A R Y ------------

        Command Line: -Xmx32m dev.noren.Main run --state /var/lib/noren
        Host: BCM2835, 4 cores, 1G, Debian
        Time: Sun Nov 29 05:00:00 2026 JST elapsed time: 12.5 seconds

        Current thread (0x00007f):  JavaThread "noren-page" [_thread_in_Java]

        Native frames: (J=compiled Java code, j=interpreted, Vv=VM code, C=native code)
        j  dev.noren.led.LightLoop.turn(JZ)J+7
        V  [libjvm.so+0x123456]
        secret-in-the-stack

        Registers:
        RAX=0x7365637265742d31
        R8 is an oop: java.lang.String "secret-in-the-heap"
        Top of Stack: (sp=0x00007f)
        0x00007f:   7365637265742d32
        C  secret-behind-the-frames
        Environment Variables:
        PATH=secret
        """;
    String seen = CrashReport.of(report);
    assertTrue(seen.contains("SIGSEGV") && seen.contains("LightLoop.turn"), seen);
    assertTrue(seen.contains("libjvm.so") && seen.contains("noren-page"), seen);
    assertFalse(seen.contains("secret") || seen.contains("7365"), seen);
  }
}
