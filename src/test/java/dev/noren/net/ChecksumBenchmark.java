package dev.noren.net;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The Internet checksum of a header, of a packet and of a super-packet. */
@State(Scope.Thread)
public class ChecksumBenchmark {
  @Param({"20", "1400", "62100"})
  public int bytes;

  private byte[] packet;

  /** Bytes that count up. */
  @Setup
  public void fill() {
    packet = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      packet[i] = (byte) i;
    }
  }

  @Benchmark
  public int checksum() {
    return Checksum.of(packet, 0, bytes, 0);
  }
}
