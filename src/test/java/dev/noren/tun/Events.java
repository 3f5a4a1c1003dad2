package dev.noren.tun;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Writes down what a listener is told. */
final class Events implements LinkListener {
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

  @Override
  public void linkUp() {
    told.add("up");
  }

  @Override
  public void linkDown() {
    told.add("down");
  }

  @Override
  public void mtuChanged(int mtuBytes) {
    told.add("mtu " + mtuBytes);
  }

  @Override
  public void linkGone() {
    told.add("gone");
  }

  /** Waits for exactly these, in this order. */
  void expect(String... events) throws InterruptedException {
    for (String event : events) {
      assertEquals(event, next());
    }
  }

  /** Waits for the next one. */
  String next() throws InterruptedException {
    return told.poll(20, TimeUnit.SECONDS);
  }

  int waiting() {
    return told.size();
  }
}
