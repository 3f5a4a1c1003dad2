package dev.noren.cli;

import dev.noren.config.ConfigException;
import dev.noren.config.ConfigStore.Loaded;
import dev.noren.config.RouterConfig;
import dev.noren.config.StoredConfig;
import dev.noren.config.TunnelConfig;
import dev.noren.config.TunnelName;
import java.io.IOException;
import java.util.List;

/**
 * What {@code noren config} asks for: looking at the router's document and changing it. A change is
 * checked as a whole before it is saved. An IOException's message is one sentence that is shown as
 * it is.
 */
public interface ConfigDesk {
  /**
   * What a change led to.
   *
   * @param stored what is in force now; the same as before where nothing changed
   * @param isNew whether that was saved just now
   * @param remarks what is to be said about it, one sentence each
   */
  record Outcome(StoredConfig stored, boolean isNew, List<String> remarks) {}

  /** What is in force, and what is to be said about newer documents that are damaged. */
  Loaded load() throws IOException;

  /** The good documents that are kept, the oldest first. */
  List<StoredConfig> history() throws IOException;

  /**
   * Changes one value.
   *
   * @param path where, as errors name it
   * @param value JSON, or a text without quotes
   * @param author who it is, and from where
   */
  Outcome set(String path, String value, String author) throws IOException, ConfigException;

  /**
   * Takes another document in place of the whole.
   *
   * @param from where it is from, for the history
   */
  Outcome replace(RouterConfig config, String from, String author)
      throws IOException, ConfigException;

  /** Adds a tunnel, or takes it in place of the one of this name. */
  Outcome importTunnel(TunnelName name, TunnelConfig file, String author)
      throws IOException, ConfigException;

  /** Makes a document that is kept the newest one again, under a new number. */
  Outcome rollback(int number, String author) throws IOException, ConfigException;
}
