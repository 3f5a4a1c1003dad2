package dev.noren.forms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.crypto.PresharedKey;
import dev.noren.crypto.PrivateKey;
import dev.noren.crypto.PublicKey;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TranscriptTest {
  private static final PublicKey INVITER = PrivateKey.generate(new Random(1)).publicKey();
  private static final PrivateKey JOINER = PrivateKey.generate(new Random(2));
  private static final PresharedKey PSK = PresharedKey.generate(new Random(3));
  private static final String NONCE = Transcript.nonce(JOINER, "0123456789abcdef");

  private static Transcript of(String hello, String terms, String nonce) {
    return new Transcript(INVITER, PSK, hello, terms, nonce);
  }

  @Test
  void theDigitsAreSixAndTheSameForTheSameWords() {
    String digits = of("hello", "terms", NONCE).digits();
    assertTrue(digits.matches("[0-9]{6}"), digits);
    assertEquals(digits, of("hello", "terms", NONCE).digits());
  }

  @Test
  void eachPartCountsAndNoneRunsIntoAnother() {
    PublicKey other = PrivateKey.generate(new Random(4)).publicKey();
    Set<PresharedKey> secrets = new HashSet<>();
    secrets.add(of("hello", "terms", NONCE).secret());
    secrets.add(of("hello.", "terms", NONCE).secret());
    secrets.add(of("hell", "oterms", NONCE).secret());
    secrets.add(of("hello", "terms ", NONCE).secret());
    secrets.add(of("hello", "terms", NONCE.replace('a', 'b')).secret());
    secrets.add(new Transcript(other, PSK, "hello", "terms", NONCE).secret());
    secrets.add(new Transcript(INVITER, PresharedKey.NONE, "hello", "terms", NONCE).secret());
    assertEquals(7, secrets.size());
  }

  @Test
  void digitsAreSpreadEvenly() {
    int[] first = new int[10];
    for (int i = 0; i < 10_000; i++) {
      first[of("hello", "terms " + i, NONCE).digits().charAt(0) - '0']++;
    }
    for (int count : first) {
      assertTrue(count > 850 && count < 1150, "about a tenth: " + count);
    }
  }

  @Test
  void aCommitmentIsOfOneNonceAndOneKeyAndTellsNeither() {
    String commitment = Transcript.commitment(JOINER.publicKey(), NONCE);
    assertEquals(commitment, Transcript.commitment(JOINER.publicKey(), NONCE));
    assertNotEquals(commitment, Transcript.commitment(INVITER, NONCE));
    assertNotEquals(commitment, Transcript.commitment(JOINER.publicKey(), "0".repeat(64)));
    assertFalse(commitment.contains(NONCE.substring(0, 8)));
  }

  @Test
  void eachInvitationHasANonceOfItsOwnWhichARestartDoesNotChange() {
    assertEquals(NONCE, Transcript.nonce(JOINER, "0123456789abcdef"));
    assertNotEquals(NONCE, Transcript.nonce(JOINER, "0123456789abcdee"));
  }
}
