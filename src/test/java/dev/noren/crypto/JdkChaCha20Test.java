package dev.noren.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JdkChaCha20Test {
  private static final HexFormat HEX = HexFormat.of();

  /** {@link DirectTierTest} fails where it is missing and should not be. */
  @BeforeEach
  void isThere() {
    Assumptions.assumeTrue(JdkChaCha20.PROBLEM == null);
  }

  /** The state of RFC 8439 section 2.3, of bytes in hexadecimal. */
  private static int[] state(String key, int block, String nonce) {
    int[] state = new int[16];
    byte[] bytes = HEX.parseHex("657870616e642033322d62797465206b" + key + "00000000" + nonce);
    for (int i = 0; i < 16; i++) {
      state[i] =
          (bytes[4 * i] & 0xff)
              | (bytes[4 * i + 1] & 0xff) << 8
              | (bytes[4 * i + 2] & 0xff) << 16
              | bytes[4 * i + 3] << 24;
    }
    state[12] = block;
    return state;
  }

  /** RFC 8439 section 2.3.2 and appendix A.1. */
  @ParameterizedTest
  @CsvSource({
    "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f, 1,"
        + " 000000090000004a00000000,"
        + " 10f1e7e4d13b5915500fdd1fa32071c4c7d1f4c733c068030422aa9ac3d46c4e"
        + "d2826446079faa0914c2d705d98b02a2b5129cd1de164eb9cbd083e8a2503c4e",
    "0000000000000000000000000000000000000000000000000000000000000000, 0,"
        + " 000000000000000000000000,"
        + " 76b8e0ada0f13d90405d6ae55386bd28bdd219b8a08ded1aa836efcc8b770dc7"
        + "da41597c5157488d7724e03fb8d84a376a43b8f41518a11cc387b669b2ee6586",
    "0000000000000000000000000000000000000000000000000000000000000000, 1,"
        + " 000000000000000000000000,"
        + " 9f07e7be5551387a98ba977c732d080dcb0f29a048e3656912c6533e32ee7aed"
        + "29b721769ce64e43d57133b074d839d531ed1f28510afb45ace10a1f4b794d6f",
    "0000000000000000000000000000000000000000000000000000000000000001, 1,"
        + " 000000000000000000000000,"
        + " 3aeb5224ecf849929b9d828db1ced4dd832025e8018b8160b82284f3c949aa5a"
        + "8eca00bbb4a73bdad192b5c42f73f2fd4e273644c8b36125a64addeb006c13a0",
    "00ff000000000000000000000000000000000000000000000000000000000000, 2,"
        + " 000000000000000000000000,"
        + " 72d54dfbf12ec44b362692df94137f328fea8da73990265ec1bbbea1ae9af0ca"
        + "13b25aa26cb4a648cb9b9d1be65b2c0924a66c54d545ec1b7374f4872e99f096",
    "0000000000000000000000000000000000000000000000000000000000000000, 0,"
        + " 000000000000000000000002,"
        + " c2c64d378cd536374ae204b9ef933fcd1a8b2288b3dfa49672ab765b54ee27c7"
        + "8a970e0e955c14f3a88e741b97c286f75f8fc299e8148362fa198a39531bed6d",
  })
  void theVectorsOfTheRfc(String key, int block, String nonce, String expected) {
    byte[] stream = new byte[JdkChaCha20.STREAM_SIZE];
    JdkChaCha20.block(state(key, block, nonce), stream);
    assertEquals(expected, HEX.formatHex(stream, 0, 64));
  }

  /** However many blocks a call makes, before it is compiled and after, they are the same ones. */
  @Test
  void callsOfAnyLengthMakeTheSameStream() {
    String key = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    byte[] expected = null;
    for (int i = 0; i < 20_000; i++) {
      byte[] first = new byte[JdkChaCha20.STREAM_SIZE];
      int[] state = state(key, 7, "000000000000004a00000000");
      byte[] stream = new byte[JdkChaCha20.STREAM_SIZE];
      for (int have = 0; have < first.length; ) {
        int made = JdkChaCha20.block(state, stream);
        state[12] += made / 64;
        System.arraycopy(stream, 0, first, have, Math.min(made, first.length - have));
        have += made;
      }
      expected = expected == null ? first : expected;
      if (!Arrays.equals(expected, first)) {
        assertEquals(HEX.formatHex(expected), HEX.formatHex(first), "turn " + i);
      }
    }
  }

  @Test
  void arraysThatAreTooSmallAreRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> JdkChaCha20.block(new int[15], new byte[1024]));
    assertThrows(
        IllegalArgumentException.class, () -> JdkChaCha20.block(new int[16], new byte[1023]));
  }
}
