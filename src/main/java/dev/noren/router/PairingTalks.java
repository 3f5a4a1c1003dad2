package dev.noren.router;

import dev.noren.config.ConfigException;
import dev.noren.config.Form;
import dev.noren.config.Pairing;
import dev.noren.config.SiteForm;
import dev.noren.config.TunnelName;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import dev.noren.pairing.PairingCall;
import dev.noren.pairing.PairingDoor;
import dev.noren.text.Sentence;
import java.io.IOException;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.tinylog.Logger;

/**
 * The sockets of the pairings: a door for each form that invites, and one thread that calls for
 * those that join. What is said is asked for on the router's thread.
 */
final class PairingTalks implements AutoCloseable {
  private static final long PAUSE_MS = 1000;
  private static final long PATIENCE_SECONDS = 30;

  private final PairingSteps steps;
  private final PairingAnswers answers;
  private final PairingCalls calls;
  private final Executor routerThread;
  private final Map<Place, PairingDoor> doors = new HashMap<>();
  private Thread caller;
  private volatile boolean closed;

  /** Where a door is, and for whom. */
  private record Place(TunnelName form, IpAddress own, IpAddress far) {}

  PairingTalks(
      PairingSteps steps, PairingAnswers answers, PairingCalls calls, Executor routerThread) {
    this.steps = steps;
    this.answers = answers;
    this.calls = calls;
    this.routerThread = routerThread;
  }

  /** Opens and closes doors, and begins to call where somebody is to be called. */
  void look() {
    Set<Place> wanted = new HashSet<>();
    boolean joins = false;
    for (Form form : steps.config().forms()) {
      if (form.pairing() != null && form.pairing().invites()) {
        wanted.add(place(form));
      }
      joins |= form.pairing() != null && !form.pairing().invites();
    }
    doors.entrySet().removeIf(door -> !wanted.contains(door.getKey()) && close(door.getValue()));
    wanted.stream().filter(place -> !doors.containsKey(place)).forEach(this::open);
    if (joins && caller == null) {
      caller = new Thread(this::call, "noren-pairing-calls");
      caller.setDaemon(true);
      caller.start();
    }
  }

  private static Place place(Form form) {
    IpAddress own =
        form.gateway().addresses().stream()
            .map(Cidr::address)
            .filter(address -> !address.v6())
            .findFirst()
            .orElse(form.pairing().farAddress());
    return new Place(form.name(), own, form.pairing().farAddress());
  }

  private void open(Place place) {
    try {
      doors.put(
          place,
          new PairingDoor(
              address(place.own()),
              address(place.far()),
              Pairing.PORT,
              line -> asked(() -> answers.answer(place.form(), line))));
    } catch (IOException e) {
      // The tunnel's address comes in a moment; the next look tries again.
      Logger.debug("{}: nobody is heard yet: {}", place.form(), e.getMessage());
    }
  }

  private static boolean close(PairingDoor door) {
    door.close();
    return true;
  }

  private static InetAddress address(IpAddress address) throws IOException {
    return InetAddress.getByAddress(address.toBytes());
  }

  private <T> T asked(Callable<T> question) {
    FutureTask<T> task = new FutureTask<>(question);
    try {
      routerThread.execute(task);
      return task.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (RejectedExecutionException | CancellationException | TimeoutException e) {
      task.cancel(false);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      Logger.warn("A step of a pairing failed: {}", e.getCause().getMessage());
    }
    return null;
  }

  private void call() {
    try {
      while (!closed) {
        Map<TunnelName, PairingCall> next = asked(this::next);
        if (next != null) {
          next.forEach(this::call);
        }
        Thread.sleep(PAUSE_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Map<TunnelName, PairingCall> next() {
    Map<TunnelName, PairingCall> next = new HashMap<>();
    for (Form form : steps.config().forms()) {
      if (form instanceof SiteForm site && site.pairing() != null && !site.pairing().invites()) {
        try {
          PairingCall call = calls.next(site);
          if (call != null) {
            next.put(site.name(), call);
          }
        } catch (IOException | ConfigException e) {
          Logger.debug("{}: nobody is called yet: {}", site.name(), e.getMessage());
        }
      }
    }
    return next;
  }

  private void call(TunnelName form, PairingCall call) {
    try {
      String answer = call.answer();
      asked(
          () -> {
            calls.answered(form, answer);
            return null;
          });
    } catch (IOException e) {
      asked(
          () -> {
            calls.unanswered(form, Sentence.of(e));
            return null;
          });
    }
  }

  @Override
  public void close() {
    closed = true;
    if (caller != null) {
      caller.interrupt();
    }
    doors.values().forEach(PairingDoor::close);
  }
}
