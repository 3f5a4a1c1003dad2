package dev.noren.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignInCommandsTest {
  private final Shell shell = new Shell();

  @Test
  void signsInWithTheCodeOnStandardInput() {
    shell.input = "123 456\r\nmore";
    assertEquals(Exit.DONE, shell.run("signin", "佐藤"), shell.err);
    assertEquals("Signed in until 2026-10-05T16:00:00Z\n", shell.out);
    assertEquals(List.of("sign in http://10.8.0.1 佐藤 123456"), shell.host.asked);
  }

  @Test
  void anotherPlaceIsNamed() {
    shell.input = "123456";
    assertEquals(Exit.DONE, shell.run("signin", "--at", "http://[fd08::1]", "Sato"), shell.err);
    assertEquals(List.of("sign in http://[fd08::1] Sato 123456"), shell.host.asked);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.8.0.1", "https://10.8.0.1", "http:", "http://", "http://a b"})
  void whatIsNoPlaceIsRefused(String at) {
    shell.input = "123456";
    assertEquals(Exit.FAILED, shell.run("signin", "--at", at, "Sato"));
    assertEquals(
        "noren: " + at + " is no place to sign in at: give one as in --at http://10.8.0.1.\n",
        shell.err);
    assertEquals(List.of(), shell.host.asked);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "12345", "1234567", "a passphrase", "１２３４５６"})
  void whatIsNoCodeIsNotSent(String input) {
    shell.input = input;
    assertEquals(Exit.FAILED, shell.run("signin", "Sato"));
    assertEquals("noren: standard input is no code: six digits, which the app shows.\n", shell.err);
    assertEquals(List.of(), shell.host.asked);
  }

  @Test
  void aRefusalIsShownAsItIs() {
    shell.input = "123456";
    shell.host.failure = new IOException("there were too many attempts: try again in 60 s");
    assertEquals(Exit.FAILED, shell.run("signin", "Sato"));
    assertEquals("noren: there were too many attempts: try again in 60 s.\n", shell.err);
    assertFalse(shell.err.contains("123456"));
    assertTrue(shell.out.isEmpty());
  }
}
