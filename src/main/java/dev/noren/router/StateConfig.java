package dev.noren.router;

import dev.noren.config.ConfigException;
import dev.noren.config.ConfigStore;
import dev.noren.config.RouterConfig;
import dev.noren.config.StoredConfig;
import dev.noren.state.ReservedTime;
import dev.noren.text.Failed;
import dev.noren.text.Sentence;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;

/** The document of a state folder, looked at and changed while no router runs on it. */
public final class StateConfig extends ConfigEdits {
  private final InstantSource clock;

  public StateConfig(ConfigStore store, ReservedTime time, InstantSource clock) {
    super(store, time);
    this.clock = clock;
  }

  @Override
  public Outcome take(Edit edit) throws IOException, ConfigException {
    return saved(
        store.save(
            edit.after(), edit.before().number(), edit.author(), edit.what(), clock.instant()),
        edit.remarks());
  }

  @Override
  public Outcome takeAnew(RouterConfig config, String what, String author)
      throws IOException, ConfigException {
    return saved(store.save(config, ConfigStore.ANY, author, what, clock.instant()), List.of());
  }

  private static Outcome saved(StoredConfig stored, List<Sentence> remarks) {
    return new Outcome(stored.number(), stored.change(), true, remarks, null);
  }

  @Override
  public Outcome confirm(String author) throws IOException {
    throw new Failed("live.not-running");
  }
}
