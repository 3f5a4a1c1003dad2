package dev.noren.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.crypto.modes.ChaCha20Poly1305;
import org.junit.jupiter.api.Test;

/** The AEADs of handshake and cookie, and the box they share. */
class MessageAeadTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final byte[] SUNSCREEN =
      ("Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future,"
              + " sunscreen would be it.")
          .getBytes(StandardCharsets.US_ASCII);
  private static final byte[] KEY =
      HEX.parseHex("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f");
  private static final byte[] AD = HEX.parseHex("50515253c0c1c2c3c4c5c6c7");

  /** RFC 8439 section 2.8.2. */
  @Test
  void sealsAsRfc8439Says() {
    byte[] out = new byte[SUNSCREEN.length + 16];
    byte[] nonce = HEX.parseHex("070000004041424344454647");
    BouncyBox.seal(new ChaCha20Poly1305(), KEY, nonce, AD, SUNSCREEN, 0, SUNSCREEN.length, out, 0);
    assertEquals(
        "d31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d63dbea45e8ca9671282fafb69"
            + "da92728b1a71de0a9e060b2905d6a5b67ecd3b3692ddbd7f2d778b8c9803aee328091b58fab324e4fa"
            + "d675945585808b4831d7bc3ff4def08e4b7a9de576d26586cec64b6116"
            + "1ae10b594f09e26a7e902ecbd0600691",
        HEX.formatHex(out));
  }

  /** RFC 8439 appendix A.5. */
  @Test
  void opensAsRfc8439Says() {
    byte[] key = HEX.parseHex("1c9240a5eb55d38af333888604f6b5f0473917c1402b80099dca5cbc207075c0");
    byte[] nonce = HEX.parseHex("000000000102030405060708");
    byte[] ad = HEX.parseHex("f33388860000000000004e91");
    byte[] sealed =
        HEX.parseHex(
            "64a0861575861af460f062c79be643bd5e805cfd345cf389f108670ac76c8cb24c6cfc18755d43eea09e"
                + "e94e382d26b0bdb7b73c321b0100d4f03b7f355894cf332f830e710b97ce98c8a84abd0b948114"
                + "ad176e008d33bd60f982b1ff37c8559797a06ef4f0ef61c186324e2b3506383606907b6a7c02b0"
                + "f9f6157b53c867e4b9166c767b804d46a59b5216cde7a4e99040c5a40433225ee282a1b0a06c52"
                + "3eaf4534d7f83fa1155b0047718cbc546a0d072b04b3564eea1b422273f548271a0bb2316053fa"
                + "76991955ebd63159434ecebb4e466dae5a1073a6727627097a1049e617d91d361094fa68f0ff77"
                + "987130305beaba2eda04df997b714d6c6f2c29a6ad5cb4022b02709b"
                + "eead9d67890cbb22392336fea1851f38");
    byte[] out = new byte[sealed.length - 16];
    assertTrue(
        BouncyBox.open(new ChaCha20Poly1305(), key, nonce, ad, sealed, 0, sealed.length, out, 0));
    assertEquals(
        "Internet-Drafts are draft documents valid for a maximum of six months and may be updated,"
            + " replaced, or obsoleted by other documents at any time. It is inappropriate to use"
            + " Internet-Drafts as reference material or to cite them other than as"
            + " /\u201cwork in progress./\u201d",
        new String(out, StandardCharsets.UTF_8));
  }

  /** draft-irtf-cfrg-xchacha-03, appendix A.3.1. */
  @Test
  void cookieAeadIsTheDraftsXChaCha20Poly1305() {
    byte[] nonce = HEX.parseHex("404142434445464748494a4b4c4d4e4f5051525354555657");
    byte[] out = new byte[SUNSCREEN.length + 16];
    CookieAead.seal(KEY, nonce, SUNSCREEN, 0, SUNSCREEN.length, AD, out, 0);
    assertEquals(
        "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f"
            + "4eda7e39ae64c6708c54c216cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc3"
            + "69488f76b2383565d3fff921f9664c97637da9768812f615c68b13b52e"
            + "c0875924c1c7987947deafd8780acf49",
        HEX.formatHex(out));
    byte[] opened = new byte[SUNSCREEN.length];
    assertTrue(CookieAead.open(KEY, nonce, out, 0, out.length, AD, opened, 0));
    assertArrayEquals(SUNSCREEN, opened);
    nonce[23] ^= 1;
    assertFalse(CookieAead.open(KEY, nonce, out, 0, out.length, AD, opened, 0));
  }

  /** Made with OpenSSL: key 0 to 31, nonce 0, associated data 32 to 63. */
  @Test
  void handshakeAeadHasCounterZero() {
    byte[] key = new byte[32];
    byte[] ad = new byte[32];
    for (int i = 0; i < 32; i++) {
      key[i] = (byte) i;
      ad[i] = (byte) (32 + i);
    }
    byte[] noren = "noren".getBytes(StandardCharsets.US_ASCII);
    byte[] out = new byte[40];
    HandshakeAead.seal(key, noren, 0, 5, ad, out, 3);
    assertEquals("76d73054c355c60328a73801abb87b5bd6795dac95", HEX.formatHex(out, 3, 3 + 5 + 16));
    byte[] empty = new byte[16];
    HandshakeAead.seal(key, noren, 5, 0, ad, empty, 0);
    assertEquals("41471b3eb3ca0788dd7c2cc12984fad1", HEX.formatHex(empty));
    assertTrue(HandshakeAead.open(key, empty, 0, 16, ad, out, 40));
  }

  @Test
  void nothingIsWrittenWhenAnyByteIsWrong() {
    byte[] nonce = new byte[CookieAead.NONCE_SIZE];
    byte[] plain = new byte[32];
    byte[] sealed = new byte[48];
    byte[] cookie = new byte[48];
    HandshakeAead.seal(KEY, plain, 0, 32, AD, sealed, 0);
    CookieAead.seal(KEY, nonce, plain, 0, 32, AD, cookie, 0);
    byte[] untouched = new byte[32];
    Arrays.fill(untouched, (byte) 0x5a);
    for (int i = 0; i < 48; i++) {
      byte[] forged = sealed.clone();
      byte[] forgedCookie = cookie.clone();
      forged[i] ^= 0x10;
      forgedCookie[i] ^= 0x10;
      byte[] out = untouched.clone();
      assertFalse(HandshakeAead.open(KEY, forged, 0, 48, AD, out, 0));
      assertFalse(CookieAead.open(KEY, nonce, forgedCookie, 0, 48, AD, out, 0));
      assertArrayEquals(untouched, out);
    }
    byte[] out = untouched.clone();
    for (int length = 0; length < 48; length++) {
      assertFalse(HandshakeAead.open(KEY, sealed, 0, length, AD, out, 0));
      assertFalse(CookieAead.open(KEY, nonce, cookie, 0, length, AD, out, 0));
    }
    byte[] otherAd = AD.clone();
    otherAd[11] ^= 1;
    assertFalse(HandshakeAead.open(KEY, sealed, 0, 48, otherAd, out, 0));
    assertFalse(CookieAead.open(KEY, nonce, cookie, 0, 48, otherAd, out, 0));
    assertArrayEquals(untouched, out);
  }
}
