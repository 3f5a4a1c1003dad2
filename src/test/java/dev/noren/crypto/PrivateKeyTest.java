package dev.noren.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateKeyTest {
  private static final HexFormat HEX = HexFormat.of();

  /** RFC 7748 section 5.2; the second u has its top bit set, which must not count. */
  @ParameterizedTest
  @CsvSource({
    "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4,"
        + "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c,"
        + "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552",
    "4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d,"
        + "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493,"
        + "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957",
  })
  void multipliesAsRfc7748Says(String scalar, String u, String expected) {
    byte[] out = new byte[32];
    assertTrue(PrivateKey.parseHex(scalar).sharedSecret(PublicKey.parseHex(u), out));
    assertEquals(expected, HEX.formatHex(out));
  }

  /** RFC 7748 section 5.2, the iterated test. */
  @Test
  void multipliesAThousandTimes() {
    byte[] k = new byte[32];
    k[0] = 9;
    byte[] u = k.clone();
    byte[] out = new byte[32];
    for (int i = 1; i <= 1000; i++) {
      assertTrue(PrivateKey.of(k).sharedSecret(PublicKey.of(u), out));
      u = k;
      k = out.clone();
      if (i == 1) {
        assertEquals(
            "422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079", HEX.formatHex(k));
      }
    }
    assertEquals(
        "684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51", HEX.formatHex(k));
  }

  /** RFC 7748 section 6.1. */
  @Test
  void bothSidesAgree() {
    PrivateKey alice =
        PrivateKey.parseHex("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");
    PrivateKey bob =
        PrivateKey.parseHex("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb");
    assertEquals(
        "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a",
        alice.publicKey().toHex());
    assertEquals(
        "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f",
        bob.publicKey().toHex());
    byte[] one = new byte[32];
    byte[] other = new byte[32];
    assertTrue(alice.sharedSecret(bob.publicKey(), one));
    assertTrue(bob.sharedSecret(alice.publicKey(), other));
    assertEquals(
        "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742", HEX.formatHex(one));
    assertArrayEquals(one, other);
  }

  /** 0, 1, two points of order 8, p - 1, p and p + 1; the same again with the unused top bit. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
      })
  void noSharedSecretWithAnyOfTheSevenLowOrderKeys(String u) {
    PrivateKey mine = PrivateKey.generate(new Random(7));
    byte[] point = HEX.parseHex(u);
    for (int top : new int[] {0, 0x80}) {
      point[31] |= (byte) top;
      byte[] out = new byte[32];
      out[5] = 1;
      assertFalse(mine.sharedSecret(PublicKey.of(point), out), u);
      assertArrayEquals(new byte[32], out);
    }
  }

  @Test
  void clampsWhateverItIsMadeFrom() {
    byte[] ones = new byte[32];
    Arrays.fill(ones, (byte) 0xff);
    String clamped = "f8" + "ff".repeat(30) + "7f";
    assertEquals(clamped, PrivateKey.of(ones).toHex());
    assertEquals(clamped, PrivateKey.parseHex("ff".repeat(32)).toHex());
    assertEquals((byte) 0xff, ones[0], "the caller's bytes stay as they are");
    assertEquals("00".repeat(31) + "40", PrivateKey.of(new byte[32]).toHex());
  }

  @Test
  void afterAWipeNothingComesOfTheKey() {
    PrivateKey key = PrivateKey.generate(new Random(1));
    PublicKey other = PrivateKey.generate(new Random(2)).publicKey();
    PublicKey known = key.publicKey();
    key.wipe();
    byte[] out = new byte[32];
    out[0] = 1;
    assertFalse(key.sharedSecret(other, out));
    assertArrayEquals(new byte[32], out);
    assertThrows(IllegalStateException.class, key::bytes);
    assertThrows(IllegalStateException.class, key::toBase64);
    assertThrows(IllegalStateException.class, key::toHex);
    assertEquals(known, key.publicKey());
  }

  @Test
  void equalKeysAreEqualAndNothingIsShown() {
    PrivateKey key = PrivateKey.generate(new Random(3));
    PrivateKey same = PrivateKey.of(key.bytes());
    assertEquals(key, same);
    assertEquals(key.hashCode(), same.hashCode());
    assertNotEquals(key, PrivateKey.generate(new Random(4)));
    assertEquals("(private key)", key.toString());
  }
}
