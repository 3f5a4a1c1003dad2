package dev.noren.services;

import dev.noren.linux.LinuxException;
import dev.noren.linux.RouteSocket;
import dev.noren.linux.Waiter;
import dev.noren.plan.RouterFacts.Port;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.tinylog.Logger;

/**
 * Tells which Ethernet ports there are, at first and each time that changes: a cable goes in or
 * out, an adapter comes or goes. It hears of changes from the kernel, and looks by itself every few
 * seconds, should a notification be lost.
 */
public final class PortWatch implements AutoCloseable {
  /** How often it looks without having been told of a change. */
  public static final Duration USUAL_LOOK = Duration.ofSeconds(5);

  private final RouteSocket changes;
  private final Ports ports;
  private final Waiter waiter;
  private final Set<String> ours;
  private final int lookMs;
  private final Consumer<List<Port>> listener;
  private final Thread thread = new Thread(this::run, "ports");
  private List<Port> last;
  private volatile boolean closed;

  private PortWatch(
      RouteSocket changes,
      Ports ports,
      Waiter waiter,
      Set<String> ours,
      Duration look,
      Consumer<List<Port>> listener) {
    this.changes = changes;
    this.ports = ports;
    this.waiter = waiter;
    this.ours = Set.copyOf(ours);
    this.lookMs = (int) look.toMillis();
    this.listener = listener;
  }

  /**
   * Watches the calling thread's namespace until it is closed.
   *
   * @param ours names of the router's own devices, which are no ports
   * @param look how often to look without being told
   * @param listener gets the ports, on a thread of the watch's own; first what there is now
   * @throws IOException with a sentence
   */
  public static PortWatch start(Set<String> ours, Duration look, Consumer<List<Port>> listener)
      throws IOException {
    RouteSocket changes = RouteSocket.open(RouteSocket.GROUP_LINK);
    try {
      PortWatch watch =
          new PortWatch(changes, Ports.open(), new Waiter(changes.fd()), ours, look, listener);
      watch.thread.setDaemon(true);
      watch.thread.start();
      return watch;
    } catch (IOException e) {
      changes.close();
      throw e;
    }
  }

  private void run() {
    while (!closed) {
      try {
        tell();
        waiter.await(lookMs);
        forgetChanges();
      } catch (IOException e) {
        Logger.warn("The Ethernet ports can't be read: {}.", e.getMessage());
        // Not at once again: what is wrong may stay so.
        waiter.await(lookMs);
      }
    }
  }

  private void tell() throws IOException {
    List<Port> now = ports.read(ours);
    if (!now.equals(last) && !closed) {
      last = now;
      listener.accept(now);
    }
  }

  /** What they say is asked for as a whole; so a lost one does no harm. */
  private void forgetChanges() throws LinuxException {
    int received;
    do {
      received = changes.receive();
    } while (received != RouteSocket.NOTHING);
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
    changes.close();
    ports.close();
  }
}
