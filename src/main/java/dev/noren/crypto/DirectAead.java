package dev.noren.crypto;

import java.util.Arrays;
import java.util.Objects;

/**
 * ChaCha20-Poly1305 put together from its two halves without {@code Cipher} between: block 0 of the
 * first key stream gives the Poly1305 key, and the rest of it is laid over the packet at once. A
 * full packet takes two calls for key stream where the processor makes 1024 bytes a call.
 *
 * <p>All that depends on a key is overwritten before a call returns. A packet's tag is checked
 * before a byte of it is decrypted.
 */
public final class DirectAead implements TransportAead {
  private static final int KEY = 4;
  private static final int BLOCK_NUMBER = 12;
  private static final int COUNTER_LOW = 14;
  private static final int COUNTER_HIGH = 15;

  private final String name;
  private final Poly1305 mac;
  private final int[] state = new int[JdkChaCha20.STATE_SIZE];
  private final byte[] stream = new byte[JdkChaCha20.STREAM_SIZE];

  private DirectAead(String name, Poly1305 mac) throws TierUnavailableException {
    if (JdkChaCha20.PROBLEM != null) {
      throw new TierUnavailableException(JdkChaCha20.PROBLEM);
    }
    this.name = name;
    this.mac = mac;
    // "expand 32-byte k"; the vector code reads it here, plain code brings its own.
    state[0] = 0x61707865;
    state[1] = 0x3320646e;
    state[2] = 0x79622d32;
    state[3] = 0x6b206574;
  }

  /**
   * Both halves are the JDK's.
   *
   * @throws TierUnavailableException where the JDK lacks one of them or keeps it closed
   */
  static DirectAead withJdkPoly1305() throws TierUnavailableException {
    return new DirectAead("JDK ChaCha20 and Poly1305, called directly", new JdkPoly1305());
  }

  /**
   * ChaCha20 is the JDK's, Poly1305 our own: for processors for which the JDK has no vector code
   * for Poly1305.
   *
   * @throws TierUnavailableException where the JDK lacks its half or keeps it closed
   */
  static DirectAead withOwnPoly1305() throws TierUnavailableException {
    return new DirectAead("JDK ChaCha20, called directly, and own Poly1305", new OwnPoly1305());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void seal(
      TransportKey key,
      long counter,
      byte[] in,
      int inOffset,
      int length,
      byte[] out,
      int outOffset) {
    Objects.checkFromIndexSize(inOffset, length, in.length);
    Objects.checkFromIndexSize(outOffset, length + TAG_SIZE, out.length);
    try {
      if (!begin(key, counter)) {
        Arrays.fill(out, outOffset, outOffset + length + TAG_SIZE, (byte) 0);
        return;
      }
      int made = makeStream();
      mac.start(stream, 0);
      place(in, inOffset, length, out, outOffset);
      layStream(made, out, outOffset, length);
      mac.compute(out, outOffset, length);
      mac.write(out, outOffset + length);
    } finally {
      wipe();
    }
  }

  @Override
  public int open(
      TransportKey key,
      long counter,
      byte[] in,
      int inOffset,
      int length,
      byte[] out,
      int outOffset) {
    if (length < TAG_SIZE) {
      return -1;
    }
    int plain = length - TAG_SIZE;
    Objects.checkFromIndexSize(inOffset, length, in.length);
    Objects.checkFromIndexSize(outOffset, plain, out.length);
    try {
      if (!begin(key, counter)) {
        return -1;
      }
      int made = makeStream();
      mac.start(stream, 0);
      mac.compute(in, inOffset, plain);
      if (!mac.matches(in, inOffset + plain)) {
        return -1;
      }
      place(in, inOffset, plain, out, outOffset);
      layStream(made, out, outOffset, plain);
      return plain;
    } finally {
      wipe();
    }
  }

  /** Sets up block 0 of this packet; false when the key was wiped. */
  private boolean begin(TransportKey key, long counter) {
    state[BLOCK_NUMBER] = 0;
    state[COUNTER_LOW] = (int) counter;
    state[COUNTER_HIGH] = (int) (counter >>> 32);
    return key.copyTo(state, KEY);
  }

  /** Makes the next blocks of key stream, as many as one call makes here; returns the bytes. */
  private int makeStream() {
    int made = JdkChaCha20.block(state, stream);
    state[BLOCK_NUMBER] += made / JdkChaCha20.BLOCK_SIZE;
    return made;
  }

  /**
   * The stream is laid in place: to copy first is faster than to write elsewhere than one reads.
   */
  @SuppressWarnings("ReferenceEquality") // whether it is one array, not whether two are alike
  private static void place(byte[] in, int inOffset, int length, byte[] out, int outOffset) {
    if (in != out || inOffset != outOffset) {
      System.arraycopy(in, inOffset, out, outOffset, length);
    }
  }

  /** Lays key stream from block 1 on over the bytes; {@code made} bytes of it are there. */
  private void layStream(int made, byte[] bytes, int offset, int length) {
    int used = JdkChaCha20.BLOCK_SIZE;
    int done = 0;
    while (done < length) {
      if (used == made) {
        made = makeStream();
        used = 0;
      }
      int part = Math.min(made - used, length - done);
      KeyStream.lay(stream, used, bytes, offset + done, part);
      used += part;
      done += part;
    }
  }

  private void wipe() {
    Arrays.fill(state, KEY, JdkChaCha20.STATE_SIZE, 0);
    Arrays.fill(stream, (byte) 0);
    mac.wipe();
  }
}
