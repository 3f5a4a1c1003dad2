package dev.noren.control;

import dev.noren.config.Backup;
import dev.noren.config.ConfigException;
import dev.noren.config.ConfigStore.Loaded;
import dev.noren.config.RouterConfig;
import dev.noren.config.StoredConfig;
import dev.noren.config.TunnelConfig;
import dev.noren.config.TunnelName;
import dev.noren.status.RouterStatus.Pending;
import dev.noren.text.Sentence;
import java.io.IOException;
import java.util.List;

/**
 * Looking at the router's document and changing it, whether a router runs on it or not. A change is
 * checked as a whole before anything is done. An IOException's message is one sentence that is
 * shown as it is.
 */
public interface ConfigDesk {
  /**
   * What a change led to.
   *
   * @param number the number of what is in force, or being tried
   * @param change what it changed
   * @param isNew whether that is so since just now
   * @param remarks what is to be said about it, one sentence each
   * @param pending where it is being tried and not saved yet: until when it must be confirmed; else
   *     null
   */
  record Outcome(
      int number, String change, boolean isNew, List<Sentence> remarks, Pending pending) {
    public Outcome {
      remarks = List.copyOf(remarks);
    }
  }

  /** What was saved last, and what is to be said about it: newer documents that are damaged. */
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
   * Changes several values at once.
   *
   * @param basedOn the number of the document that the change was thought out for
   * @param after the whole of it as it shall be
   * @param author who it is, and from where
   * @throws IOException with a sentence, also where another document is in force meanwhile
   */
  Outcome edit(int basedOn, RouterConfig after, String author) throws IOException, ConfigException;

  /**
   * All that another box would need to take this one's place.
   *
   * @throws IOException with a sentence
   */
  Backup backup() throws IOException;

  /**
   * Takes another document in place of the whole, and no timestamp of a handshake will be older
   * than the backup's mark.
   *
   * @param from where it is from, for the history
   */
  Outcome replace(Backup backup, String from, String author) throws IOException, ConfigException;

  /** Adds a tunnel, or takes it in place of the one of this name. */
  Outcome importTunnel(TunnelName name, TunnelConfig file, String author)
      throws IOException, ConfigException;

  /** Makes a document that is kept the newest one again, under a new number. */
  Outcome rollback(int number, String author) throws IOException, ConfigException;

  /**
   * Keeps the change that waits to be confirmed.
   *
   * @throws IOException with a sentence, also where none waits
   */
  Outcome confirm(String author) throws IOException;
}
