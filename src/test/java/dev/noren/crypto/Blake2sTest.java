package dev.noren.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.bouncycastle.crypto.digests.Blake2sDigest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Blake2sTest {
  private static final HexFormat HEX = HexFormat.of();

  /** RFC 7693 appendix B, the empty message, and the handshake's first hash. */
  @ParameterizedTest
  @CsvSource({
    "'', 69217a3079908094e11121d042354a7c1f55b6482ca1a51e1b250dfd1ed0eef9",
    "abc, 508c5e8c327c14e2e1a72ba34eeb452f37458b209ed63a294d999b4c86675982",
    "Noise_IKpsk2_25519_ChaChaPoly_BLAKE2s,"
        + "60e26daef327efc02ec335e2a025d2d016eb4206f87277f52d38d1988b78cd36",
  })
  void hashes(String message, String expected) {
    byte[] out = new byte[32];
    Blake2s.hash(out, message.getBytes(StandardCharsets.US_ASCII));
    assertEquals(expected, HEX.formatHex(out));
  }

  @Test
  void hashesPartsAsOneMessageAlsoIntoOneOfThem() {
    byte[] first = {1, 2, 3};
    byte[] second = new byte[32];
    Arrays.fill(second, (byte) 4);
    byte[] whole = Arrays.copyOf(first, 35);
    System.arraycopy(second, 0, whole, 3, 32);
    byte[] expected = new byte[32];
    Blake2s.hash(expected, whole);
    Blake2s.hash(second, first, second);
    assertArrayEquals(expected, second);
  }

  @Test
  void answersEveryKeyedKnownAnswer() throws IOException {
    byte[] counting = new byte[256];
    for (int i = 0; i < counting.length; i++) {
      counting[i] = (byte) i;
    }
    byte[] key = Arrays.copyOf(counting, 32);
    List<String> answers = lines("blake2s-keyed-kat.txt");
    assertEquals(256, answers.size());
    for (int i = 0; i < answers.size(); i++) {
      byte[] out = new byte[32];
      Blake2s.keyed(key, 32, counting, 0, i, out, 0);
      assertEquals(answers.get(i), HEX.formatHex(out), "message of " + i + " bytes");
    }
  }

  private static List<String> lines(String resource) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(Blake2sTest.class.getResourceAsStream(resource)),
                StandardCharsets.US_ASCII))) {
      return reader.lines().filter(line -> !line.startsWith("#")).toList();
    }
  }

  /** RFC 7693 appendix E: 48 hashes of four sizes, keyed and not, hashed into one. */
  @Test
  void passesTheSelfTestOfRfc7693() {
    Blake2sDigest all = new Blake2sDigest(256);
    for (int size : new int[] {16, 20, 28, 32}) {
      for (int length : new int[] {0, 3, 64, 65, 255, 1024}) {
        byte[] message = fibonacci(length, length);
        byte[] hash = new byte[size];
        Blake2s.keyed(null, size, message, 0, length, hash, 0);
        all.update(hash, 0, size);
        Blake2s.keyed(fibonacci(size, size), size, message, 0, length, hash, 0);
        all.update(hash, 0, size);
      }
    }
    byte[] grand = new byte[32];
    all.doFinal(grand, 0);
    assertEquals(
        "6a411f08ce25adcdfb02aba641451cec53c598b24f4fc787fbdc88797f4c1dfe", HEX.formatHex(grand));
  }

  private static byte[] fibonacci(int length, int seed) {
    byte[] out = new byte[length];
    int a = 0xDEAD4BAD * seed;
    int b = 1;
    for (int i = 0; i < length; i++) {
      int t = a + b;
      a = b;
      b = t;
      out[i] = (byte) (t >>> 24);
    }
    return out;
  }

  @Test
  void writesTheMacWhereItIsToldTo() {
    byte[] key = new byte[32];
    for (int i = 0; i < 32; i++) {
      key[i] = (byte) i;
    }
    byte[] in = "xxabcx".getBytes(StandardCharsets.US_ASCII);
    byte[] out = new byte[20];
    Blake2s.mac(key, in, 2, 3, out, 2);
    assertEquals("0000" + "61ba5f165c194692e09d12520cc4c74a" + "0000", HEX.formatHex(out));
  }
}
