package dev.noren.cli;

import dev.noren.config.Access;
import dev.noren.config.AccessRule;
import dev.noren.text.Sentence;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code noren access list}. */
@Command(
    name = "list",
    description = {"List the rules, the people and the groups."})
final class AccessListCommand implements Callable<Integer> {
  private final Host host;
  private final Surroundings surroundings;

  @Mixin private StateOption state;

  AccessListCommand(Host host, Surroundings surroundings) {
    this.host = host;
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    Access access =
        ConfigCommand.current(host.config(state.folder()), surroundings).config().access();
    Speech speech = surroundings.speech();
    Columns rules = speech.table("head.rule", "head.who", "head.reaches", "head.services");
    for (AccessRule rule : access.rules()) {
      rules.add(
          rule.name(),
          joined(rule.from()),
          joined(rule.to()),
          rule.services().isEmpty() ? speech.words("shown.everything") : joined(rule.services()));
    }
    Columns people = speech.table("head.person", "head.groups", "head.codes");
    for (Access.Person person : access.people()) {
      people.add(
          person.name(),
          person.groups().isEmpty() ? "-" : joined(person.groups()),
          person.totpSecret() == null ? "-" : speech.words("shown.set-up"));
    }
    Columns groups = speech.table("head.group", "head.signs-in");
    for (Access.Group group : access.groups()) {
      groups.add(
          group.name(),
          group.signIn() ? eachTime(group.signInHours(), speech) : speech.words("shown.no"));
    }
    String tables =
        List.of(rules, people, groups).stream()
            .filter(table -> !table.isEmpty())
            .map(Columns::text)
            .collect(Collectors.joining("\n"));
    if (rules.isEmpty()) {
      surroundings.remark(Sentence.of("access.none"));
    }
    surroundings.out().print(tables);
    return Exit.DONE;
  }

  private static String eachTime(int hours, Speech speech) {
    return hours == 1
        ? speech.words("shown.each-time-hour")
        : speech.words("shown.each-time", hours);
  }

  private static String joined(List<?> values) {
    return values.stream().map(Object::toString).collect(Collectors.joining(", "));
  }
}
