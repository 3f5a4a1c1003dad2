package dev.noren;

import dev.noren.audit.AuditLog;
import dev.noren.status.LogEntry;
import dev.noren.status.LogEntry.Kind;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/** Writes down what happens to the router. */
final class Happenings {
  private final AuditLog log;
  private final InstantSource clock;
  private final LongSupplier nowNs;

  Happenings(AuditLog log, InstantSource clock, LongSupplier nowNs) {
    this.log = log;
    this.clock = clock;
    this.nowNs = nowNs;
  }

  /** The configuration was changed, or a change was confirmed or undone. */
  void configured(String who, String what) {
    write(Kind.CONFIG, who, what);
  }

  /** Something can't be carried out. */
  void failed(String sentence) {
    write(Kind.ROUTER, "-", sentence);
  }

  /** The router itself, its lines and its tunnels. */
  void router(String what) {
    write(Kind.ROUTER, "-", what);
  }

  /** A device came or went. */
  void device(String who, String what) {
    write(Kind.DEVICE, who, what);
  }

  /** The firewall refused something. */
  void refused(String who, String what) {
    write(Kind.REFUSED, who, what);
  }

  private void write(Kind kind, String who, String what) {
    log.write(new LogEntry(clock.instant(), kind, who, what), nowNs.getAsLong());
  }
}
