package dev.noren.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KdfTest {
  private static final HexFormat HEX = HexFormat.of();

  /** HMAC-BLAKE2s of no key, a short one, and one of 65 bytes, which is hashed first. */
  @ParameterizedTest
  @CsvSource({
    "'', '', eaf4bb25938f4d20e72656bbbc7a9bf63c0c18537333c35bdb67db1402661acd",
    "6b6579, The quick brown fox jumps over the lazy dog,"
        + "f93215bb90d4af4c3061cd932fb169fb8bb8a91d0b4022baea1271e1323cd9a0",
    "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
        + "202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f40, x,"
        + "c20a573abd7a49781d032eb36aa7ff10dfd52796daebd11c1f5a3452273532b9",
  })
  void authenticates(String key, String message, String expected) {
    byte[] out = new byte[32];
    Hmac.mac(HEX.parseHex(key), message.getBytes(StandardCharsets.US_ASCII), out);
    assertEquals(expected, HEX.formatHex(out));
  }

  /** The vectors of the Go implementation's kdf_test.go. */
  @ParameterizedTest
  @CsvSource({
    "746573742d6b6579, 746573742d696e707574,"
        + "6f0e5ad38daba1bea8a0d213688736f19763239305e0f58aba697f9ffc41c633,"
        + "df1194df20802a4fe594cde27e92991c8cae66c366e8106aaa937a55fa371e8a,"
        + "fac6e2745a325f5dc5d11a5b165aad08b0ada28e7b4e666b7c077934a4d76c24",
    "776972656775617264, 776972656775617264,"
        + "491d43bbfdaa8750aaf535e334ecbfe5129967cd64635101c566d4caefda96e8,"
        + "1e71a379baefd8a79aa4662212fcafe19a23e2b609a3db7d6bcba8f560e3d25f,"
        + "31e1ae48bddfbe5de38f295e5452b1909a1b4e38e183926af3780b0c1e1f0160",
    "'', '',"
        + "8387b46bf43eccfcf349552a095d8315c4055beb90208fb1be23b894bc2ed5d0,"
        + "58a0e5f6faefccf4807bff1f05fa8a9217945762040bcec2f4b4a62bdfe0e86e,"
        + "0ce6ea98ec548f8e281e93e32db65621c45eb18dc6f0a7ad94178610a2f7338e",
  })
  void derives(String key, String input, String first, String second, String third) {
    byte[] k = HEX.parseHex(key);
    byte[] in = HEX.parseHex(input);
    byte[] t1 = new byte[32];
    byte[] t2 = new byte[32];
    byte[] t3 = new byte[32];
    Kdf.kdf3(k, in, t1, t2, t3);
    assertEquals(first, HEX.formatHex(t1));
    assertEquals(second, HEX.formatHex(t2));
    assertEquals(third, HEX.formatHex(t3));
    Arrays.fill(t1, (byte) 0);
    Arrays.fill(t2, (byte) 0);
    Kdf.kdf2(k, in, t1, t2);
    assertEquals(first, HEX.formatHex(t1));
    assertEquals(second, HEX.formatHex(t2));
    Arrays.fill(t1, (byte) 0);
    Kdf.kdf1(k, in, t1);
    assertEquals(first, HEX.formatHex(t1));
  }

  @Test
  void anyOutputMayBeTheChainingKeyOrTheInput() {
    byte[] ck = new byte[32];
    Arrays.fill(ck, (byte) 1);
    byte[] input = new byte[32];
    Arrays.fill(input, (byte) 2);
    byte[][] expected = new byte[3][32];
    Kdf.kdf3(ck, input, expected[0], expected[1], expected[2]);
    for (int aliased = 0; aliased < 3; aliased++) {
      for (boolean withKey : new boolean[] {true, false}) {
        byte[] chainingKey = ck.clone();
        byte[] data = input.clone();
        byte[][] out = new byte[3][32];
        out[aliased] = withKey ? chainingKey : data;
        Kdf.kdf3(chainingKey, data, out[0], out[1], out[2]);
        for (int i = 0; i < 3; i++) {
          assertArrayEquals(expected[i], out[i], "output " + i + " with " + aliased + " aliased");
        }
      }
    }
  }
}
