package dev.noren.router;

import static java.util.concurrent.TimeUnit.HOURS;

import dev.noren.audit.AuditLog;
import dev.noren.config.RouterConfig;
import dev.noren.state.GreatestTime;
import dev.noren.status.LogEntry;
import dev.noren.status.LogEntry.Kind;
import dev.noren.text.Past;
import dev.noren.text.Sentence;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Writes down what happens to the router. */
final class Happenings {
  /** The box itself, where nobody has done it. */
  private static final String BOX = Past.words("author.box");

  private static final long GROW_OLD_NS = HOURS.toNanos(1);

  private final AuditLog log;
  private final InstantSource clock;
  private final LongSupplier nowNs;
  private final SyslogCopy syslog;
  private final GreatestTime greatest;
  private long oldNs;
  private volatile Consumer<LogEntry> listener = entry -> {};

  Happenings(
      AuditLog log,
      SyslogCopy syslog,
      GreatestTime greatest,
      InstantSource clock,
      LongSupplier nowNs) {
    this.log = log;
    this.syslog = syslog;
    this.greatest = greatest;
    this.oldNs = nowNs.getAsLong();
    this.clock = clock;
    this.nowNs = nowNs;
  }

  /** Has somebody hear of each thing that is written down, on whatever thread that is. */
  void tells(Consumer<LogEntry> who) {
    listener = who;
  }

  /** The configuration was changed, or a change was confirmed or undone. */
  void configured(String who, String what) {
    write(Kind.CONFIG, who, what);
  }

  /** Something can't be carried out. */
  void failed(String sentence) {
    write(Kind.ROUTER, BOX, sentence);
  }

  /** The router itself, its lines and its tunnels. */
  void router(String what) {
    write(Kind.ROUTER, BOX, what);
  }

  /** A device came or went. */
  void device(String who, String what) {
    write(Kind.DEVICE, who, what);
  }

  /** Where a device opened connections to. */
  void opened(String who, String what) {
    write(Kind.OPENED, who, what);
  }

  /** The firewall refused something. */
  void refused(String who, String what) {
    write(Kind.REFUSED, who, what);
  }

  /** Somebody signed in, tried to, or is signed out. */
  void signedIn(String who, String what) {
    write(Kind.SIGNIN, who, what);
  }

  /** Follows another document. */
  void follow(RouterConfig config) {
    log.keep(config.log().keepDays());
    syslog.follow(config);
  }

  /** Why the log can't be written at present, or null. */
  Sentence problem() {
    return log.problem();
  }

  /** Deletes what is old enough, at most once in a while. */
  void growOld() {
    long now = nowNs.getAsLong();
    if (now - oldNs >= 0) {
      oldNs = now + GROW_OLD_NS;
      // Nobody says whether the clock was set; so the greatest time ever seen counts.
      log.deleteOld(greatest.forExpiry(false));
    }
  }

  private void write(Kind kind, String who, String what) {
    LogEntry entry = new LogEntry(clock.instant(), kind, who, what);
    log.write(entry, nowNs.getAsLong());
    listener.accept(entry);
  }
}
