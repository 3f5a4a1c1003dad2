package dev.noren.process;

import dev.noren.crypto.TransportAeads;
import dev.noren.linux.NativeHeap;
import dev.noren.tunnel.UdpOpener;
import dev.noren.tunnel.Warmup;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.tinylog.Logger;

/**
 * What goes on in the background after a start: finds the fastest cipher and has HotSpot compile
 * the packets' way, while packets already go with what was there at once.
 */
public final class Warming implements AutoCloseable {
  /** HotSpot keeps what a compilation took for some seconds, for the next. */
  private static final long COMPILERS_REST_MS = 12_000;

  private final String name;
  private final TransportAeads aeads;
  private final UdpOpener opener;
  private final boolean offloads;
  private final CountDownLatch warm = new CountDownLatch(1);
  private final Thread thread;
  private volatile boolean closed;

  private Warming(String name, TransportAeads aeads, UdpOpener opener, boolean offloads) {
    this.name = name;
    this.aeads = aeads;
    this.opener = opener;
    this.offloads = offloads;
    thread = new Thread(this::run, "noren-warm " + name);
    thread.setDaemon(true);
  }

  /**
   * Begins.
   *
   * @param name the interface's, for the log
   * @param opener opens sockets like the tunnel's
   * @param offloads whether the tunnel's device has them
   */
  public static Warming start(
      String name, TransportAeads aeads, UdpOpener opener, boolean offloads) {
    Warming warming = new Warming(name, aeads, opener, offloads);
    warming.thread.start();
    return warming;
  }

  private void run() {
    try {
      warm();
    } catch (RuntimeException e) {
      // The tunnel goes on with the cipher that it has, and nobody waits in vain.
      Logger.error("{}: the warm-up has ended: {}", name, e.getMessage());
    } finally {
      warm.countDown();
    }
    giveBack();
  }

  private void warm() {
    Random random = new Random();
    aeads.improve(random, System::nanoTime);
    try {
      int carried = Warmup.run(opener, offloads, aeads, random, () -> !closed);
      Logger.debug("{}: {} packets went through the warm-up", name, carried);
    } catch (IOException e) {
      Logger.debug("{}: no warm-up: {}", name, e.getMessage());
    }
    // Once more: at the start the compiler may have been too busy to show what the best one can do.
    Logger.info(
        "{}: the fastest cipher here is {}",
        name,
        aeads.improve(random, System::nanoTime).summary());
  }

  /**
   * What only the start needed: the warm-up's buffers, which the heap counts as old, and what the
   * compilers took, once they have let go of it.
   */
  private static void giveBack() {
    System.gc();
    try {
      Thread.sleep(COMPILERS_REST_MS);
      NativeHeap.trim();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until it is done, but for what can wait. */
  public void await() throws InterruptedException {
    warm.await();
  }

  /** Ends it soon. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
