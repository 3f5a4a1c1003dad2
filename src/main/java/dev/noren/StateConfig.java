package dev.noren;

import dev.noren.cli.ConfigDesk;
import dev.noren.config.ConfigException;
import dev.noren.config.ConfigStore;
import dev.noren.config.ConfigStore.Loaded;
import dev.noren.config.Differences;
import dev.noren.config.RouterConfig;
import dev.noren.config.RouterEdit;
import dev.noren.config.RouterEdit.Imported;
import dev.noren.config.StoredConfig;
import dev.noren.config.TunnelConfig;
import dev.noren.config.TunnelName;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;

/** The document of a state folder, looked at and changed while no router runs on it. */
final class StateConfig implements ConfigDesk {
  private final ConfigStore store;
  private final InstantSource clock;

  StateConfig(ConfigStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  @Override
  public Loaded load() throws IOException {
    return store.load();
  }

  @Override
  public List<StoredConfig> history() throws IOException {
    return store.history();
  }

  @Override
  public Outcome set(String path, String value, String author) throws IOException, ConfigException {
    StoredConfig before = store.load().current();
    return save(before, RouterEdit.set(before.config(), path, value), "", author, List.of());
  }

  @Override
  public Outcome replace(RouterConfig config, String from, String author)
      throws IOException, ConfigException {
    String what = "import of " + from;
    StoredConfig before;
    try {
      before = store.load().current();
    } catch (IOException e) {
      // Where no document is good, a backup is what helps.
      return new Outcome(
          store.save(config, ConfigStore.ANY, author, what, clock.instant()), true, List.of());
    }
    return save(before, config, what + ": ", author, List.of());
  }

  @Override
  public Outcome importTunnel(TunnelName name, TunnelConfig file, String author)
      throws IOException, ConfigException {
    StoredConfig before = store.load().current();
    Imported imported = RouterEdit.importTunnel(before.config(), name, file);
    return save(
        before, imported.config(), "import of " + name + ".conf: ", author, imported.remarks());
  }

  @Override
  public Outcome rollback(int number, String author) throws IOException, ConfigException {
    StoredConfig before = store.load().current();
    StoredConfig old =
        store.history().stream()
            .filter(each -> each.number() == number)
            .findFirst()
            .orElseThrow(
                () ->
                    new IOException(
                        "there is no number "
                            + number
                            + " to go back to: noren config history lists those that are kept"));
    return save(before, old.config(), "rollback to " + number + ": ", author, List.of());
  }

  private Outcome save(
      StoredConfig before, RouterConfig after, String what, String author, List<String> remarks)
      throws IOException, ConfigException {
    if (after.equals(before.config()) && !before.isUnclaimed()) {
      return new Outcome(before, false, remarks);
    }
    String change = what + Differences.summary(before.config(), after);
    return new Outcome(
        store.save(after, before.number(), author, change, clock.instant()), true, remarks);
  }
}
