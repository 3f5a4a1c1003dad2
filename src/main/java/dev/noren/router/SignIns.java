package dev.noren.router;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.noren.access.Guard;
import dev.noren.access.TotpSecret;
import dev.noren.config.RouterConfig;
import dev.noren.control.SignInDesk;
import dev.noren.forms.SignInPlan;
import dev.noren.forms.SignInPlan.Entry;
import dev.noren.net.IpAddress;
import dev.noren.services.SignedIn;
import dev.noren.text.Failed;
import dev.noren.text.Past;
import dev.noren.text.Sentence;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.tinylog.Logger;

/**
 * Who has signed in, until when, and at which device. The router's thread lets devices through and
 * ends what the document no longer allows; any thread may ask and sign in.
 */
final class SignIns implements SignInDesk {
  /** Shorter than whoever asks is kept waiting by the server. */
  private static final long PATIENCE_SECONDS = 15;

  private static final long RETRY_NS = SECONDS.toNanos(5);

  /** A sign-in that holds. */
  private record Session(Entry entry, Instant until, long endsNs) {}

  private final Guard guard;
  private final SignedIn sets;
  private final SignInTime time;
  private final Executor routerThread;
  private final Happenings happenings;
  private final InstantSource clock;
  private final LongSupplier nowNs;
  private final Map<String, Session> sessions = new ConcurrentHashMap<>();
  private volatile Map<IpAddress, Entry> devices = Map.of();
  private SignInPlan plan = SignInPlan.NONE;
  private RouterConfig followed;
  private LocalDate day;
  private boolean cleared;
  private long retryNs;
  private boolean failing;

  /**
   * @param guard decides who it is
   * @param time how long a sign-in lasts
   * @param routerThread runs what it is given on the router's thread, or rejects it
   */
  SignIns(
      Guard guard,
      SignedIn sets,
      SignInTime time,
      Executor routerThread,
      Happenings happenings,
      InstantSource clock,
      LongSupplier nowNs) {
    this.guard = guard;
    this.sets = sets;
    this.time = time;
    this.routerThread = routerThread;
    this.happenings = happenings;
    this.clock = clock;
    this.nowNs = nowNs;
  }

  /**
   * Follows the document; to be called about twice a second.
   *
   * @param today the day in the box's time zone, after which devices are not let in any more
   * @param ready whether the firewall in force knows who signs in
   * @return the addresses at which people sign in
   */
  SignInPlan look(RouterConfig config, LocalDate today, boolean ready) {
    if (!config.equals(followed) || !today.equals(day)) {
      plan = SignInPlan.of(config, today);
      Map<IpAddress, Entry> all = new HashMap<>();
      plan.entries().forEach(entry -> entry.addresses().forEach(each -> all.put(each, entry)));
      devices = Map.copyOf(all);
      followed = config;
      day = today;
    }
    long now = nowNs.getAsLong();
    sessions.values().removeIf(session -> now - session.endsNs >= 0);
    if (ready && (!failing || now - retryNs >= 0)) {
      try {
        tidy();
        failing = false;
      } catch (IOException e) {
        if (!failing) {
          happenings.failed(e.getMessage());
        }
        failing = true;
        retryNs = now + RETRY_NS;
      }
    }
    return plan;
  }

  private void tidy() throws IOException {
    if (!cleared && !devices.isEmpty()) {
      // Who signed in at a router that ended does so again: nobody knows what has changed since.
      sets.clear();
      cleared = true;
    }
    for (Session session : List.copyOf(sessions.values())) {
      if (!isAllowed(session.entry)) {
        sets.close(session.entry.addresses());
        sessions.remove(session.entry.device());
        happenings.signedIn(who(session.entry), Past.words("past.person-out"));
      }
    }
  }

  private boolean isAllowed(Entry entry) {
    return entry.addresses().stream()
        .allMatch(
            address -> {
              Entry known = devices.get(address);
              return known != null && known.isSameAs(entry);
            });
  }

  private static String who(Entry entry) {
    return entry.person().name() + " (" + entry.device() + ")";
  }

  @Override
  public Instant signedInUntil(InetAddress source) {
    Entry entry = entry(source);
    Session session = entry == null ? null : sessions.get(entry.device());
    boolean holds =
        session != null && session.entry.isSameAs(entry) && nowNs.getAsLong() - session.endsNs < 0;
    return holds ? session.until : null;
  }

  private Entry entry(InetAddress source) {
    byte[] bytes = source.getAddress();
    return devices.get(IpAddress.of(bytes, 0, bytes.length));
  }

  @Override
  public Result signIn(InetAddress source, String person, String code) throws IOException {
    Entry entry = entry(source);
    if (entry == null) {
      // Nobody signs in there, so no attempt of it may take the place of somebody's.
      return new Result(null, 0, true);
    }
    String owner = entry.person().name();
    TotpSecret secret =
        entry.person().totpSecret() == null ? null : new TotpSecret(entry.person().totpSecret());
    Guard.Decision decision =
        guard.attempt(
            source.getHostAddress(),
            owner,
            secret,
            person,
            code,
            clock.instant(),
            nowNs.getAsLong());
    return switch (decision.outcome()) {
      case LET_IN -> new Result(onRouterThread(entry), 0, true);
      case TOO_MANY -> new Result(null, decision.waitSeconds(), false);
      case REFUSED -> {
        happenings.signedIn(who(entry), refused(entry, person, decision.waitSeconds()));
        yield new Result(null, decision.waitSeconds(), true);
      }
    };
  }

  /** What was given is not said: it may be a passphrase in the wrong place. */
  private static String refused(Entry entry, String person, long waitSeconds) {
    String why;
    if (!entry.person().name().equals(person)) {
      why = Past.words("past.person-name");
    } else if (entry.person().totpSecret() == null) {
      why = Past.words("past.person-secret");
    } else {
      why = Past.words("past.person-code");
    }
    return Past.words(
        "past.person-refused",
        waitSeconds > 0 ? Past.words("past.person-waits", why, waitSeconds) : why);
  }

  private Instant onRouterThread(Entry entry) throws IOException {
    FutureTask<Instant> task = new FutureTask<>(() -> letThrough(entry));
    try {
      routerThread.execute(task);
      return task.get(PATIENCE_SECONDS, SECONDS);
    } catch (RejectedExecutionException | CancellationException e) {
      throw new Failed(Sentence.of("signin.ending"), e);
    } catch (TimeoutException e) {
      task.cancel(false);
      throw new Failed(Sentence.of("signin.busy"), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failed(Sentence.of("signin.ending"), e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        Logger.error("{}.", failure.getMessage());
        throw new Failed(Sentence.of("signin.failed"), failure);
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private Instant letThrough(Entry entry) throws IOException {
    if (!cleared || !isAllowed(entry)) {
      throw new IOException(who(entry) + " signed in while the configuration was changing");
    }
    Duration lasts = time.of(entry.hours());
    sets.open(entry.addresses(), lasts);
    Instant until = clock.instant().plus(lasts).truncatedTo(ChronoUnit.SECONDS);
    sessions.put(entry.device(), new Session(entry, until, nowNs.getAsLong() + lasts.toNanos()));
    happenings.signedIn(who(entry), Past.words("past.person-in", until));
    return until;
  }
}
