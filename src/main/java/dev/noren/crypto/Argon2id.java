package dev.noren.crypto;

import java.util.concurrent.locks.ReentrantLock;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id (RFC 9106), version 1.3, with one lane. One is computed at a time, however many ask,
 * since each fills its memory from the same small heap.
 */
public final class Argon2id {
  /** Bytes of a salt. */
  public static final int SALT_BYTES = 16;

  /** Bytes of a hash. */
  public static final int HASH_BYTES = 32;

  private static final ReentrantLock ONE_AT_A_TIME = new ReentrantLock(true);

  private Argon2id() {}

  /**
   * How much a hash costs.
   *
   * @param memoryKib memory, KiB
   * @param passes how often it is gone through
   */
  public record Cost(int memoryKib, int passes) {}

  /** The hash of a passphrase; it takes a moment. */
  public static byte[] hash(byte[] passphrase, byte[] salt, Cost cost) {
    Argon2Parameters parameters =
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(cost.memoryKib())
            .withIterations(cost.passes())
            .withParallelism(1)
            .withSalt(salt)
            .build();
    byte[] hash = new byte[HASH_BYTES];
    ONE_AT_A_TIME.lock();
    try {
      Argon2BytesGenerator generator = new Argon2BytesGenerator();
      generator.init(parameters);
      generator.generateBytes(passphrase, hash);
    } finally {
      ONE_AT_A_TIME.unlock();
    }
    return hash;
  }
}
