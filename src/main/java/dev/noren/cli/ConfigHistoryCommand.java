package dev.noren.cli;

import dev.noren.config.Differences;
import dev.noren.config.Differences.Difference;
import dev.noren.config.RouterConfig;
import dev.noren.config.StoredConfig;
import dev.noren.control.ConfigDesk;
import dev.noren.text.Language;
import dev.noren.text.Sentence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code noren config history}. */
@Command(
    name = "history",
    description = {
      "List the documents that are kept, the newest first; or all that one of them changed.",
    })
final class ConfigHistoryCommand implements Callable<Integer> {
  private final Host host;
  private final Surroundings surroundings;

  @Parameters(
      arity = "0..1",
      paramLabel = "NUMBER",
      description = "Only this one, with each field that it changed.")
  private Integer number;

  @Mixin private StateOption state;

  ConfigHistoryCommand(Host host, Surroundings surroundings) {
    this.host = host;
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws CommandFailure, IOException {
    ConfigDesk desk = host.config(state.folder());
    ConfigCommand.current(desk, surroundings);
    List<StoredConfig> history = desk.history();
    if (number != null) {
      differences(history).forEach(surroundings.out()::println);
      return Exit.DONE;
    }
    if (history.isEmpty()) {
      surroundings.remark(Sentence.of("config.none"));
    }
    int numbers = width(history, each -> Integer.toString(each.number()));
    int authors = width(history, each -> surroundings.speech().author(each.author()));
    String format = "%" + Math.max(1, numbers) + "d  %s  %-" + Math.max(1, authors) + "s  %s";
    history.reversed().forEach(each -> surroundings.out().println(line(format, each)));
    return Exit.DONE;
  }

  private static int width(List<StoredConfig> history, Function<StoredConfig, String> column) {
    return history.stream().map(column).mapToInt(String::length).max().orElse(0);
  }

  private String line(String format, StoredConfig stored) {
    return format.formatted(
        stored.number(),
        stored.savedAt(),
        surroundings.speech().author(stored.author()),
        surroundings.speech().past(stored.change()));
  }

  private String said(Difference difference) {
    return surroundings.language() == Language.ENGLISH
        ? difference.toString()
        : difference.says().in(surroundings.language()) + "  (" + difference.path() + ")";
  }

  private List<String> differences(List<StoredConfig> history) throws CommandFailure {
    for (int i = 0; i < history.size(); i++) {
      StoredConfig stored = history.get(i);
      if (stored.number() == number) {
        if (i == 0 && number > 1) {
          throw new CommandFailure(Sentence.of("history.before-gone", number));
        }
        RouterConfig before = i == 0 ? RouterConfig.DEFAULT : history.get(i - 1).config();
        List<String> lines = new ArrayList<>(List.of(line("%d  %s  %s  %s", stored)));
        Differences.between(before, stored.config()).forEach(each -> lines.add(said(each)));
        return lines;
      }
    }
    throw new CommandFailure(Sentence.of("history.none", number));
  }
}
