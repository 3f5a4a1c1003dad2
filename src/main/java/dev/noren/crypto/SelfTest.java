package dev.noren.crypto;

import java.util.Arrays;
import java.util.HexFormat;

/** Short known answers of every primitive, asked once at start, before a key is touched. */
public final class SelfTest {
  private static final byte[] COUNTING_KEY = sequence(0, 32);

  private SelfTest() {}

  /**
   * Runs all of them; takes a few milliseconds.
   *
   * @throws SelfTestException that names the primitive which fails
   */
  public static void run() {
    check("X25519", x25519());
    check("BLAKE2s", blake2s());
    check("keyed BLAKE2s", keyedBlake2s());
    check("HMAC-BLAKE2s", kdf());
    check("the handshake's ChaCha20-Poly1305", handshakeAead());
    check("XChaCha20-Poly1305", cookieAead());
    checkTransport(new BouncyAead());
  }

  /**
   * Seals, opens and refuses a short packet.
   *
   * @throws SelfTestException that names the implementation
   */
  static void checkTransport(TransportAead aead) {
    check(aead.name(), transport(aead));
  }

  private static void check(String primitive, boolean right) {
    if (!right) {
      throw new SelfTestException(primitive);
    }
  }

  /** RFC 7748 section 6.1; and the public key 0 has no shared secret with anyone. */
  private static boolean x25519() {
    PrivateKey alice =
        PrivateKey.parseHex("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");
    PublicKey bob =
        PublicKey.parseHex("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f");
    byte[] shared = new byte[32];
    boolean agreed = alice.sharedSecret(bob, shared);
    return agreed
        && is(shared, "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742")
        && !alice.sharedSecret(PublicKey.of(new byte[32]), shared);
  }

  /** RFC 7693 appendix B: "abc". */
  private static boolean blake2s() {
    byte[] hash = new byte[Blake2s.HASH_SIZE];
    Blake2s.hash(hash, new byte[] {'a'}, new byte[] {'b', 'c'});
    return is(hash, "508c5e8c327c14e2e1a72ba34eeb452f37458b209ed63a294d999b4c86675982");
  }

  /** Key 0 to 31, message "abc". */
  private static boolean keyedBlake2s() {
    byte[] mac = new byte[Blake2s.MAC_SIZE];
    Blake2s.mac(COUNTING_KEY, new byte[] {'a', 'b', 'c'}, 0, 3, mac, 0);
    return is(mac, "61ba5f165c194692e09d12520cc4c74a");
  }

  /** The Go implementation's vector for key and input "wireguard". */
  private static boolean kdf() {
    byte[] wireguard = HexFormat.of().parseHex("776972656775617264");
    byte[] t1 = new byte[Kdf.SIZE];
    byte[] t2 = new byte[Kdf.SIZE];
    byte[] t3 = new byte[Kdf.SIZE];
    Kdf.kdf3(wireguard, wireguard, t1, t2, t3);
    return is(t1, "491d43bbfdaa8750aaf535e334ecbfe5129967cd64635101c566d4caefda96e8")
        && is(t2, "1e71a379baefd8a79aa4662212fcafe19a23e2b609a3db7d6bcba8f560e3d25f")
        && is(t3, "31e1ae48bddfbe5de38f295e5452b1909a1b4e38e183926af3780b0c1e1f0160");
  }

  /** Key 0 to 31, associated data 32 to 63, message "noren". */
  private static boolean handshakeAead() {
    byte[] ad = sequence(32, 64);
    byte[] plain = {'n', 'o', 'r', 'e', 'n'};
    byte[] sealed = new byte[plain.length + HandshakeAead.TAG_SIZE];
    HandshakeAead.seal(COUNTING_KEY, plain, 0, plain.length, ad, sealed, 0);
    byte[] opened = new byte[plain.length];
    boolean right =
        is(sealed, "76d73054c355c60328a73801abb87b5bd6795dac95")
            && HandshakeAead.open(COUNTING_KEY, sealed, 0, sealed.length, ad, opened, 0)
            && Arrays.equals(plain, opened);
    sealed[sealed.length - 1] ^= 1;
    return right && !HandshakeAead.open(COUNTING_KEY, sealed, 0, sealed.length, ad, opened, 0);
  }

  /** Key 0 to 31, nonce 0 to 23, associated data 32 to 63, a cookie of 0 to 15. */
  private static boolean cookieAead() {
    byte[] nonce = sequence(0, CookieAead.NONCE_SIZE);
    byte[] ad = sequence(32, 64);
    byte[] plain = sequence(0, 16);
    byte[] sealed = new byte[plain.length + CookieAead.TAG_SIZE];
    CookieAead.seal(COUNTING_KEY, nonce, plain, 0, plain.length, ad, sealed, 0);
    byte[] opened = new byte[plain.length];
    boolean right =
        is(sealed, "9ec30d7c94d78ba93b4d2cc5c75fa6e7df90e11464a5b9c213a2872cf43721f1")
            && CookieAead.open(COUNTING_KEY, nonce, sealed, 0, sealed.length, ad, opened, 0)
            && Arrays.equals(plain, opened);
    sealed[0] ^= 1;
    return right && !CookieAead.open(COUNTING_KEY, nonce, sealed, 0, sealed.length, ad, opened, 0);
  }

  /** Key 0 to 31, a counter of which all eight bytes count, a message of 0 to 19. */
  private static boolean transport(TransportAead aead) {
    TransportKey key = TransportKey.of(COUNTING_KEY);
    long counter = 0x0102030405060708L;
    byte[] plain = sequence(0, 20);
    byte[] packet = Arrays.copyOf(plain, plain.length + TransportAead.TAG_SIZE);
    aead.seal(key, counter, packet, 0, plain.length, packet, 0);
    byte[] forged = packet.clone();
    forged[packet.length - 1] ^= 1;
    byte[] opened = new byte[plain.length];
    return is(packet, "f048afe7af3cec1f6ca220c77f756fb7f017e0d77f44032430f4430321983698696ba8e5")
        && aead.open(key, counter, forged, 0, forged.length, opened, 0) == -1
        && ConstantTime.isZero(opened)
        && aead.open(key, counter, packet, 0, packet.length, opened, 0) == plain.length
        && Arrays.equals(plain, opened)
        && aead.open(key, counter + 1, packet, 0, packet.length, opened, 0) == -1;
  }

  private static byte[] sequence(int from, int to) {
    byte[] bytes = new byte[to - from];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (from + i);
    }
    return bytes;
  }

  private static boolean is(byte[] computed, String hex) {
    return Arrays.equals(computed, HexFormat.of().parseHex(hex));
  }
}
