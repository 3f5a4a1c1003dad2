package dev.noren.forms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.config.HostPort;
import dev.noren.crypto.Blake2s;
import dev.noren.crypto.PresharedKey;
import dev.noren.crypto.PrivateKey;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InvitationTest {
  static final Invitation FULL =
      new Invitation(
          "0123456789abcdef",
          Instant.parse("2026-10-06T01:02:03Z"),
          "暖簾 上野",
          PrivateKey.generate(new Random(1)).publicKey(),
          PrivateKey.generate(new Random(2)),
          PresharedKey.generate(new Random(3)),
          IpAddress.parse("10.99.0.1"),
          Cidr.parse("10.99.0.3/24"),
          IpAddress.parse("10.99.0.2"),
          Cidr.parse("192.168.10.0/24"),
          51821,
          List.of(
              new HostPort("2001:db8::1", 51820),
              new HostPort("203.0.113.7", 51820),
              new HostPort("vpn.example", 443)));

  @Test
  void whatIsWrittenReadsBackTheSame() {
    assertEquals(FULL, Invitation.parse(FULL.line()));
    assertTrue(FULL.line().matches("noren1:[A-Za-z0-9_-]+"), FULL.line());
  }

  @Test
  void mailMayWrapIt() {
    String line = FULL.line();
    assertEquals(
        FULL, Invitation.parse("  " + line.substring(0, 70) + "\r\n " + line.substring(70) + "\n"));
  }

  /** Each letter matters: a line with one that differs is never taken for another one. */
  @Test
  void aLetterThatDiffersIsTold() {
    String line = FULL.line();
    for (int i = Invitation.PREFIX.length(); i < line.length(); i++) {
      char other = line.charAt(i) == 'A' ? 'B' : 'A';
      String mistyped = line.substring(0, i) + other + line.substring(i + 1);
      String said = refusal(mistyped);
      // The last letter has bits that mean nothing; then it is refused all the same.
      assertTrue(said.contains("has a letter that differs"), i + ": " + said);
    }
  }

  @Test
  void oneThatWasCutOffIsTold() {
    for (int length : new int[] {7, 8, 20, 100, FULL.line().length() - 1}) {
      assertTrue(refusal(FULL.line().substring(0, length)).contains("was cut off"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hello", "[Interface]\nPrivateKey = x", "noren:abc"})
  void whatIsNoneIsTold(String text) {
    assertTrue(refusal(text).contains("is not an invitation"), refusal(text));
  }

  @Test
  void oneOfAnotherVersionIsTold() {
    assertTrue(refusal("noren2:abc").contains("another version"));
  }

  @Test
  void oneThatIsFarTooLongIsNotEvenRead() {
    assertTrue(refusal("noren1:" + "A".repeat(1 << 20)).contains("far too long"));
  }

  /** A hostile one has a right checksum. */
  @Test
  void whateverIsInItIsTakenOrRefused() {
    Random random = new Random(5);
    byte[] whole = Base64.getUrlDecoder().decode(FULL.line().substring(Invitation.PREFIX.length()));
    int refused = 0;
    for (int i = 0; i < 2000; i++) {
      byte[] body = Arrays.copyOf(whole, random.nextInt(whole.length));
      for (int j = 0; j < 4 && body.length > 0; j++) {
        body[random.nextInt(body.length)] = (byte) random.nextInt();
      }
      byte[] hash = new byte[32];
      Blake2s.hash(hash, Transcript.ascii("noren invitation 1"), body);
      byte[] all = Arrays.copyOf(body, body.length + 4);
      System.arraycopy(hash, 0, all, body.length, 4);
      try {
        Invitation.parse(
            Invitation.PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(all));
      } catch (IllegalArgumentException e) {
        refused++;
        assertTrue(e.getMessage().startsWith("the invitation is whole"), e.getMessage());
      }
    }
    assertTrue(refused > 1900, "only " + refused + " were refused");
  }

  @Test
  void itShowsNoSecret() {
    assertFalse(FULL.toString().contains(FULL.oneTime().toBase64()));
    assertEquals("Invitation[id=0123456789abcdef]", FULL.toString());
    String mistyped = FULL.line().replace("noren1:A", "noren1:B");
    assertFalse(refusal(mistyped + "!").contains(FULL.line().substring(40, 60)));
  }

  private static String refusal(String text) {
    return assertThrows(IllegalArgumentException.class, () -> Invitation.parse(text)).getMessage();
  }
}
