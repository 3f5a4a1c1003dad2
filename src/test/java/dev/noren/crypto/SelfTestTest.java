package dev.noren.crypto;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SelfTestTest {
  @Test
  void everyPrimitiveIsRight() {
    assertDoesNotThrow(SelfTest::run);
  }

  /** Seals as it should, but takes any packet for genuine. */
  private static final class Trusting implements TransportAead {
    private final TransportAead real = new BouncyAead();

    @Override
    public String name() {
      return "the trusting cipher";
    }

    @Override
    public void seal(
        TransportKey key, long counter, byte[] in, int inOff, int length, byte[] out, int outOff) {
      real.seal(key, counter, in, inOff, length, out, outOff);
    }

    @Override
    public int open(
        TransportKey key, long counter, byte[] in, int inOff, int length, byte[] out, int outOff) {
      int opened = real.open(key, counter, in, inOff, length, out, outOff);
      return opened >= 0 ? opened : length - TAG_SIZE;
    }
  }

  @Test
  void aCipherThatAcceptsForgeriesIsNamedAndRefused() {
    SelfTestException refusal =
        assertThrows(SelfTestException.class, () -> SelfTest.checkTransport(new Trusting()));
    assertTrue(refusal.getMessage().contains("the trusting cipher"), refusal.getMessage());
  }
}
