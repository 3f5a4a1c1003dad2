package dev.noren.cli;

import dev.noren.config.ConfigStore.Loaded;
import dev.noren.config.StoredConfig;
import dev.noren.control.ConfigDesk;
import dev.noren.control.ConfigDesk.Outcome;
import dev.noren.status.RouterStatus.Pending;
import dev.noren.text.Sentence;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code noren config}, and what its commands share. */
@Command(
    name = "config",
    synopsisSubcommandLabel = "COMMAND",
    description = {"Look at the router's one document and change it."})
final class ConfigCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Spec private CommandSpec spec;

  ConfigCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** Without a command there is nothing to do. */
  @Override
  public Integer call() {
    spec.commandLine().usage(surroundings.err());
    return Exit.USAGE;
  }

  /** What is in force; a document that is damaged is spoken of. */
  static StoredConfig current(ConfigDesk desk, Surroundings surroundings) throws IOException {
    Loaded loaded = desk.load();
    loaded.notices().forEach(surroundings::remark);
    if (loaded.trial() != null) {
      surroundings.remark(Sentence.of("config.how-to-keep"));
    }
    return loaded.current();
  }

  /** Who asks, and from where, as the history shows it. */
  static String author(Surroundings surroundings) {
    String user = surroundings.user();
    for (String variable : new String[] {"SUDO_USER", "USER", "LOGNAME"}) {
      String value = surroundings.environment().getOrDefault(variable, "");
      if (!value.isEmpty()) {
        user = value;
        break;
      }
    }
    String[] ssh = surroundings.environment().getOrDefault("SSH_CONNECTION", "").split(" ", 2);
    return user + (ssh[0].isEmpty() ? ", command line" : ", ssh from " + ssh[0]);
  }

  /** Says what was saved, or is being tried. */
  static int report(Outcome outcome, Surroundings surroundings) {
    outcome.remarks().forEach(surroundings::remark);
    result(outcome, surroundings).forEach(surroundings::say);
    return Exit.DONE;
  }

  /** The same on standard error, where standard output is for something that is kept. */
  static void reportBeside(Outcome outcome, Surroundings surroundings) {
    outcome.remarks().forEach(surroundings::remark);
    result(outcome, surroundings).forEach(surroundings::remark);
  }

  private static List<Sentence> result(Outcome outcome, Surroundings surroundings) {
    Pending pending = outcome.pending();
    if (pending != null) {
      return List.of(
          Sentence.of("config.tried", surroundings.speech().past(outcome.change())),
          Sentence.of(
              "config.undone-unless",
              pending.secondsLeft(),
              pending.deadline().truncatedTo(ChronoUnit.SECONDS)));
    }
    return List.of(
        outcome.isNew()
            ? Sentence.of(
                "config.saved", outcome.number(), surroundings.speech().past(outcome.change()))
            : Sentence.of("config.same", outcome.number()));
  }
}
