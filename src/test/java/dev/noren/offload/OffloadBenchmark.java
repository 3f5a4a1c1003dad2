package dev.noren.offload;

import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Splitting a super-packet of TCP, and merging its packets again; one operation is one packet. */
@State(Scope.Thread)
public class OffloadBenchmark {
  private static final int PACKETS = 45;

  /** The payload of a packet of 1420 bytes. */
  private static final int PAYLOAD = 1380;

  private static final int STRIDE = 1460;

  private long written;

  private final Segmenter segmenter = new Segmenter();
  private final Coalescer coalescer =
      new Coalescer((buffer, offset, length) -> written += length, true, true, 8);
  private final byte[] out = new byte[PACKETS * STRIDE];
  private final int[] lengths = new int[PACKETS];
  private final List<byte[]> packets = new ArrayList<>();
  private byte[] whole;

  /** Makes the super-packet, and its packets. */
  @Setup
  public void make() {
    whole = new TestPacket().with(PACKETS * PAYLOAD, 1).asSuper(PAYLOAD);
    splitting();
    for (int i = 0; i < PACKETS; i++) {
      byte[] packet = new byte[lengths[i]];
      System.arraycopy(out, i * STRIDE, packet, 0, packet.length);
      packets.add(packet);
    }
  }

  @Benchmark
  @OperationsPerInvocation(PACKETS)
  public final int splitting() {
    segmenter.begin(whole, 0, whole.length, STRIDE);
    return segmenter.next(out, 0, STRIDE, lengths, 0, PACKETS);
  }

  /** With the copy that stands for decrypting a packet into its place. */
  @Benchmark
  @OperationsPerInvocation(PACKETS)
  public long merging() {
    for (int i = 0; i < PACKETS; i++) {
      byte[] packet = packets.get(i);
      int at = coalescer.reserve(packet.length);
      System.arraycopy(packet, 0, coalescer.buffer(), at, packet.length);
      coalescer.add(packet.length);
    }
    coalescer.flush();
    return written;
  }
}
