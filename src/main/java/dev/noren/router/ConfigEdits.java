package dev.noren.router;

import dev.noren.config.Backup;
import dev.noren.config.ConfigException;
import dev.noren.config.ConfigStore;
import dev.noren.config.ConfigStore.Loaded;
import dev.noren.config.Differences;
import dev.noren.config.FormEdit;
import dev.noren.config.RouterConfig;
import dev.noren.config.RouterEdit;
import dev.noren.config.RouterEdit.Imported;
import dev.noren.config.StoredConfig;
import dev.noren.config.TunnelConfig;
import dev.noren.config.TunnelName;
import dev.noren.control.ConfigDesk;
import dev.noren.state.ReservedTime;
import dev.noren.text.Failed;
import dev.noren.text.Past;
import dev.noren.text.Sentence;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;

/** Works out what a change makes of the document; what becomes of that is for who extends this. */
abstract class ConfigEdits implements ConfigDesk {
  /**
   * A change that was worked out.
   *
   * @param before what is in force
   * @param after what shall be
   * @param what what it changes, without a secret
   * @param author who it is, and from where
   * @param remarks what is to be said about it
   */
  record Edit(
      StoredConfig before,
      RouterConfig after,
      String what,
      String author,
      List<Sentence> remarks) {}

  protected final ConfigStore store;
  private final ReservedTime time;

  ConfigEdits(ConfigStore store, ReservedTime time) {
    this.store = store;
    this.time = time;
  }

  /** Does what was worked out, which changes something. */
  abstract Outcome take(Edit edit) throws IOException, ConfigException;

  /** Takes a document where none of those that are kept is good. */
  abstract Outcome takeAnew(RouterConfig config, String what, String author)
      throws IOException, ConfigException;

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
    StoredConfig before = load().current();
    return edit(before, RouterEdit.set(before.config(), path, value), same(), author, List.of());
  }

  @Override
  public Outcome edit(int basedOn, RouterConfig after, String author)
      throws IOException, ConfigException {
    StoredConfig before = load().current();
    ConfigStore.checkInForce(basedOn, before);
    return edit(before, after, same(), author, List.of());
  }

  @Override
  public Backup backup() throws IOException {
    return new Backup(load().current().config(), time.reserved());
  }

  @Override
  public Outcome replace(Backup backup, String from, String author)
      throws IOException, ConfigException {
    RouterConfig config = backup.config();
    if (backup.timestampMark() != null) {
      // Before a tunnel shakes hands with the keys that are in it.
      time.startBeyond(backup.timestampMark());
    }
    String what = Past.words("past.import", from);
    StoredConfig before;
    try {
      before = load().current();
    } catch (IOException e) {
      // Where no document is good, a backup is what helps.
      return takeAnew(config, what, author);
    }
    return older(before, config, by("past.import-of", from), author);
  }

  /** Takes another document, by which nobody who is lost comes in again. */
  private Outcome older(
      StoredConfig before, RouterConfig other, UnaryOperator<String> what, String author)
      throws IOException, ConfigException {
    RouterConfig after = FormEdit.keepLost(before.config(), other);
    List<Sentence> remarks =
        after.equals(other) ? List.of() : List.of(Sentence.of("live.stay-lost"));
    return edit(before, after, what, author, remarks);
  }

  @Override
  public Outcome importTunnel(TunnelName name, TunnelConfig file, String author)
      throws IOException, ConfigException {
    StoredConfig before = load().current();
    Imported imported = RouterEdit.importTunnel(before.config(), name, file);
    return edit(
        before,
        imported.config(),
        by("past.import-of", name + ".conf"),
        author,
        imported.remarks());
  }

  @Override
  public Outcome rollback(int number, String author) throws IOException, ConfigException {
    StoredConfig before = load().current();
    StoredConfig old =
        history().stream()
            .filter(each -> each.number() == number)
            .findFirst()
            .orElseThrow(() -> new Failed("history.no-number", number));
    return older(before, old.config(), by("past.rollback", number), author);
  }

  /** What is said of a change that is nothing but what differs. */
  private static UnaryOperator<String> same() {
    return UnaryOperator.identity();
  }

  /** What is said of a change by a row that what differs goes into as the second. */
  private static UnaryOperator<String> by(String key, Object first) {
    return differs -> Past.words(key, first, differs);
  }

  private Outcome edit(
      StoredConfig before,
      RouterConfig after,
      UnaryOperator<String> what,
      String author,
      List<Sentence> remarks)
      throws IOException, ConfigException {
    if (after.equals(before.config()) && !before.isUnclaimed()) {
      return new Outcome(before.number(), before.change(), false, remarks, null);
    }
    String change = what.apply(Differences.summary(before.config(), after));
    return take(new Edit(before, after, change, author, remarks));
  }
}
