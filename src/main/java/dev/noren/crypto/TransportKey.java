package dev.noren.crypto;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import javax.crypto.SecretKey;

/**
 * The key of one direction of one session (WP 5.4.5). Another thread may wipe it at any time: what
 * is sealed after that is zeros, and nothing opens.
 */
public final class TransportKey {
  /** Bytes in a key. */
  public static final int SIZE = SecretBytes.SIZE;

  private final SecretBytes secret;

  private TransportKey(SecretBytes secret) {
    this.secret = secret;
  }

  /**
   * The key of these bytes, which are copied.
   *
   * @throws IllegalArgumentException unless there are 32
   */
  public static TransportKey of(byte[] bytes) {
    return new TransportKey(new SecretBytes(bytes));
  }

  /** Overwrites the key. */
  public void wipe() {
    secret.wipe();
  }

  /** Whether {@link #wipe()} was called. */
  public boolean isWiped() {
    return secret.isWiped();
  }

  /** A copy of the bytes, or null when they were wiped. */
  byte[] copyOrNull() {
    return secret.copyOrNull();
  }

  /** Copies the key as eight little-endian words; false, and zeros there, when it was wiped. */
  boolean copyTo(int[] words, int offset) {
    return secret.copyTo(words, offset);
  }

  /** The form the JDK's ciphers take. */
  SecretKey secretKey() {
    return new Raw(secret);
  }

  @Override
  public String toString() {
    return "(transport key)";
  }

  /** Unlike the JDK's own SecretKeySpec, this forgets its bytes when it is told to. */
  private static final class Raw implements SecretKey {
    private static final long serialVersionUID = 1;

    private final transient SecretBytes secret;

    Raw(SecretBytes secret) {
      this.secret = secret;
    }

    @Override
    public String getAlgorithm() {
      return "ChaCha20";
    }

    @Override
    public String getFormat() {
      return "RAW";
    }

    /** A copy, which the cipher wipes; null after a wipe, so that the cipher refuses the key. */
    @Override
    public byte[] getEncoded() {
      return secret.copyOrNull();
    }

    private void writeObject(ObjectOutputStream out) throws NotSerializableException {
      throw new NotSerializableException("a transport key never leaves the process");
    }
  }
}
