package dev.noren.router;

import dev.noren.audit.Syslog;
import dev.noren.config.HostPort;
import dev.noren.config.RouterConfig;
import dev.noren.status.LogEntry;
import java.util.Objects;
import java.util.function.Consumer;

/** Sends what is written down to the syslog server that the document names, if it names one. */
final class SyslogCopy implements Consumer<LogEntry>, AutoCloseable {
  private HostPort server;
  private String ownName = "";
  private Syslog syslog;

  /** Follows another document. */
  synchronized void follow(RouterConfig config) {
    HostPort wanted = config.log().syslog();
    if (Objects.equals(server, wanted) && ownName.equals(config.name())) {
      return;
    }
    close();
    server = wanted;
    ownName = config.name();
    syslog = wanted == null ? null : new Syslog(wanted.host(), wanted.port(), ownName);
  }

  @Override
  public synchronized void accept(LogEntry entry) {
    if (syslog != null) {
      syslog.accept(entry);
    }
  }

  @Override
  public synchronized void close() {
    if (syslog != null) {
      syslog.close();
      syslog = null;
    }
  }
}
