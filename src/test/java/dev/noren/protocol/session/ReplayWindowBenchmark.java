package dev.noren.protocol.session;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Taking a packet's counter into the window. */
@State(Scope.Thread)
public class ReplayWindowBenchmark {
  private final ReplayWindow window = new ReplayWindow();
  private long counter;

  @Benchmark
  public boolean inOrder() {
    return window.accept(counter++);
  }

  /** Eight by eight, the last of them first. */
  @Benchmark
  public boolean reordered() {
    return window.accept(counter++ ^ 7);
  }
}
