package dev.noren.services;

import dev.noren.linux.FlowSocket;
import dev.noren.linux.NewFlow;
import dev.noren.linux.Waiter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.tinylog.Logger;

/** Tells of each flow that begins, as the kernel's connection tracking does. */
public final class FlowWatch implements AutoCloseable {
  /** Whether the kernel tells at all: 0 never, else where somebody listens. */
  private static final Path EVENTS = Path.of("/proc/sys/net/netfilter/nf_conntrack_events");

  /** After a failure, so that one that stays does not take the processor. */
  private static final int PAUSE_MS = 1000;

  private final FlowSocket socket;
  private final Waiter waiter;
  private final Consumer<Flow> listener;
  private final Runnable lost;
  private final Thread thread = new Thread(this::run, "flows");
  private volatile boolean closed;

  private FlowWatch(FlowSocket socket, Waiter waiter, Consumer<Flow> listener, Runnable lost) {
    this.socket = socket;
    this.waiter = waiter;
    this.listener = listener;
    this.lost = lost;
  }

  /**
   * Watches the calling thread's namespace until it is closed.
   *
   * @param listener gets the flows, on a thread of the watch's own; it must not wait
   * @param lost called there each time that the kernel could not tell of all
   * @throws IOException with a sentence
   */
  public static FlowWatch start(Consumer<Flow> listener, Runnable lost) throws IOException {
    if (Files.exists(EVENTS) && Files.readString(EVENTS).strip().equals("0")) {
      throw new IOException("net.netfilter.nf_conntrack_events is 0: set it to 1");
    }
    FlowSocket socket = FlowSocket.open();
    try {
      FlowWatch watch = new FlowWatch(socket, new Waiter(socket.fd()), listener, lost);
      watch.thread.setDaemon(true);
      watch.thread.start();
      return watch;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private void run() {
    while (!closed) {
      try {
        waiter.await();
        take();
      } catch (IOException e) {
        Logger.warn("New connections can't be told of: {}.", e.getMessage());
        pause();
      }
    }
  }

  private void take() throws IOException {
    for (int received = socket.receive();
        received != FlowSocket.NOTHING && !closed;
        received = socket.receive()) {
      if (received == FlowSocket.OVERRUN) {
        lost.run();
      }
      for (NewFlow flow = socket.next(); flow != null; flow = socket.next()) {
        listener.accept(Flow.of(flow));
      }
    }
  }

  private void pause() {
    try {
      Thread.sleep(PAUSE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed = true;
    waiter.close();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    socket.close();
  }
}
