package dev.noren.crypto;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Sealing and opening one packet, by each tier that this Java has. */
@State(Scope.Thread)
public class AeadBenchmark {
  @Param public AeadTier tier;

  @Param({"64", "512", "1420"})
  public int bytes;

  private final TransportKey key = TransportKey.of(new byte[TransportKey.SIZE]);
  private TransportAead aead;
  private byte[] packet;
  private byte[] sealed;
  private byte[] out;
  private long counter;

  /** Seals what is opened later. */
  @Setup
  public void seal() throws TierUnavailableException {
    aead = tier.create();
    packet = new byte[bytes];
    sealed = new byte[bytes + TransportAead.TAG_SIZE];
    out = new byte[bytes + 2 * TransportAead.TAG_SIZE + 32];
    aead.seal(key, 1, packet, 0, bytes, sealed, 0);
  }

  @Benchmark
  public byte[] sealing() {
    aead.seal(key, counter++, packet, 0, bytes, out, 0);
    return out;
  }

  @Benchmark
  public int opening() {
    return aead.open(key, 1, sealed, 0, sealed.length, out, 0);
  }
}
