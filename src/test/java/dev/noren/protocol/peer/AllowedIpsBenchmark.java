package dev.noren.protocol.peer;

import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Looking up the owner of an address in tables of different sizes, every time of another one. */
@State(Scope.Thread)
public class AllowedIpsBenchmark {
  private static final int FIRST = 0x0a400000;
  private static final int PREFIX_LENGTH = 28;
  private static final int ADDRESSES_PER_PREFIX = 16;
  private static final int LOOKUPS = 4096;

  @Param({"1", "100", "100000"})
  public int prefixes;

  private final int[] addresses = new int[LOOKUPS];
  private AllowedIps<Integer> table = AllowedIps.empty();
  private int next;

  /** Prefixes side by side, each of another owner, and addresses at random in all of them. */
  @Setup
  public void fill() {
    for (int i = 0; i < prefixes; i++) {
      long address = FIRST + (long) i * ADDRESSES_PER_PREFIX;
      table = table.with(new Cidr(new IpAddress(false, 0, address), PREFIX_LENGTH), i);
    }
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < LOOKUPS; i++) {
      addresses[i] = FIRST + random.nextInt(prefixes * ADDRESSES_PER_PREFIX);
    }
  }

  @Benchmark
  public Integer lookup() {
    return table.lookup4(addresses[next++ & LOOKUPS - 1]);
  }
}
