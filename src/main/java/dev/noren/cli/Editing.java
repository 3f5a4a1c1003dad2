package dev.noren.cli;

import dev.noren.config.ConfigException;
import dev.noren.config.Edited;
import dev.noren.config.RouterConfig;
import dev.noren.config.StoredConfig;
import dev.noren.control.ConfigDesk;
import dev.noren.control.ConfigDesk.Outcome;
import dev.noren.text.Sentence;
import java.io.IOException;
import java.util.List;

/**
 * One look at the document and one change of it, which is refused where somebody else changed it in
 * between.
 */
final class Editing {
  private final ConfigDesk desk;
  private final StoredConfig before;
  private final Surroundings surroundings;

  private Editing(ConfigDesk desk, StoredConfig before, Surroundings surroundings) {
    this.desk = desk;
    this.before = before;
    this.surroundings = surroundings;
  }

  /** Makes another document of one; an IllegalArgumentException has a sentence. */
  @FunctionalInterface
  interface Change {
    RouterConfig of(RouterConfig config) throws ConfigException;
  }

  /** The same, with something to be said about it. */
  @FunctionalInterface
  interface RemarkedChange {
    Edited of(RouterConfig config) throws ConfigException;
  }

  /** That there is nothing of this name, and what there is. */
  static Sentence none(String key, Object name, List<String> names) {
    Sentence none = Sentence.of(key, name);
    return names.isEmpty() ? none : Sentence.of("cli.there-are", none, names);
  }

  /** Looks at the document. */
  static Editing begin(Host host, StateOption state, Surroundings surroundings) throws IOException {
    ConfigDesk desk = host.config(state.folder());
    return new Editing(desk, ConfigCommand.current(desk, surroundings), surroundings);
  }

  /** The document as it was looked at. */
  RouterConfig config() {
    return before.config();
  }

  /** Changes it, and says what was saved. */
  int save(Change change) throws ConfigException, CommandFailure, IOException {
    return saveAndSay(config -> new Edited(change.of(config), List.of()));
  }

  /** Changes it, and says what goes with it and what was saved. */
  int saveAndSay(RemarkedChange change) throws ConfigException, CommandFailure, IOException {
    Edited edited;
    try {
      edited = change.of(before.config());
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(e);
    }
    Outcome outcome = put(edited.config());
    edited.remarks().forEach(surroundings::remark);
    return ConfigCommand.report(outcome, surroundings);
  }

  /** Puts another document in its place. */
  Outcome put(RouterConfig after) throws ConfigException, IOException {
    return desk.edit(before.number(), after, ConfigCommand.author(surroundings));
  }
}
