package dev.noren;

import dev.noren.config.Backup;
import dev.noren.config.ConfigException;
import dev.noren.config.ConfigStore.Loaded;
import dev.noren.config.StoredConfig;
import dev.noren.config.TunnelConfig;
import dev.noren.config.TunnelName;
import dev.noren.control.Operations;
import dev.noren.status.LogEntry;
import dev.noren.status.LogQuery;
import dev.noren.status.RouterStatus;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** The door into the running router: whoever calls waits while the router's thread does it. */
final class RouterDesk implements Operations {
  /** Reads the log. */
  interface LogReader {
    /** The entries asked for, the oldest first. */
    List<LogEntry> read(LogQuery query) throws IOException;
  }

  private final Inbox inbox;
  private final LiveConfig live;
  private final Supplier<RouterStatus> status;
  private final LogReader log;

  RouterDesk(Inbox inbox, LiveConfig live, Supplier<RouterStatus> status, LogReader log) {
    this.inbox = inbox;
    this.live = live;
    this.status = status;
    this.log = log;
  }

  @Override
  public RouterStatus status() throws IOException {
    return inbox.call(status::get);
  }

  @Override
  public List<LogEntry> log(LogQuery query) throws IOException {
    return log.read(query);
  }

  @Override
  public Loaded load() throws IOException {
    return inbox.call(live::load);
  }

  @Override
  public List<StoredConfig> history() throws IOException {
    return inbox.call(live::history);
  }

  @Override
  public Backup backup() throws IOException {
    return inbox.call(live::backup);
  }

  @Override
  public Outcome set(String path, String value, String author) throws IOException, ConfigException {
    return change(() -> live.set(path, value, author));
  }

  @Override
  public Outcome replace(Backup backup, String from, String author)
      throws IOException, ConfigException {
    return change(() -> live.replace(backup, from, author));
  }

  @Override
  public Outcome importTunnel(TunnelName name, TunnelConfig file, String author)
      throws IOException, ConfigException {
    return change(() -> live.importTunnel(name, file, author));
  }

  @Override
  public Outcome rollback(int number, String author) throws IOException, ConfigException {
    return change(() -> live.rollback(number, author));
  }

  @Override
  public Outcome confirm(String author) throws IOException {
    return inbox.call(() -> live.confirm(author));
  }

  private Outcome change(Callable<Outcome> action) throws IOException, ConfigException {
    try {
      return inbox.call(action);
    } catch (IOException e) {
      if (e.getCause() instanceof ConfigException errors) {
        throw errors;
      }
      throw e;
    }
  }
}
