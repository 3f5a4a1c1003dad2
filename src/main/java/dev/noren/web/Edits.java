package dev.noren.web;

import dev.noren.config.ConfigException;
import dev.noren.config.ConfigStore.Loaded;
import dev.noren.config.Edited;
import dev.noren.config.RouterConfig;
import dev.noren.config.StoredConfig;
import dev.noren.control.ConfigDesk.Outcome;
import dev.noren.control.Operations;
import dev.noren.text.Sentence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Changes to the document: each is thought out for the one that is in force, and refused where that
 * is another one meanwhile.
 */
final class Edits {
  private final Operations operations;

  Edits(Operations operations) {
    this.operations = operations;
  }

  /** What a document becomes. */
  interface Change {
    RouterConfig of(RouterConfig config) throws ConfigException;
  }

  /** The same, where there is something to be said about it. */
  interface RemarkedChange {
    Edited of(RouterConfig config) throws ConfigException;
  }

  /** The document that the router follows, be it on trial. */
  RouterConfig config() throws IOException {
    return loaded().followed().config();
  }

  /** The document in force, and what is on trial. */
  Loaded loaded() throws IOException {
    return operations.load();
  }

  /** Makes a change. */
  Reply make(Call call, Change change) throws IOException, ConfigException {
    StoredConfig before = operations.load().current();
    return ChangeApi.changed(
        operations.edit(before.number(), change.of(before.config()), call.author()), call);
  }

  /** Makes one that leaves something to say. */
  Reply makeRemarked(Call call, RemarkedChange change) throws IOException, ConfigException {
    StoredConfig before = operations.load().current();
    Edited edited = change.of(before.config());
    Outcome outcome = operations.edit(before.number(), edited.config(), call.author());
    return ChangeApi.changed(with(outcome, edited.remarks()), call);
  }

  static Outcome with(Outcome outcome, List<Sentence> more) {
    List<Sentence> all = new ArrayList<>(more);
    all.addAll(outcome.remarks());
    return new Outcome(outcome.number(), outcome.change(), outcome.isNew(), all, outcome.pending());
  }
}
