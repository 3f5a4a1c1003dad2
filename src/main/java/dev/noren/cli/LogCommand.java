package dev.noren.cli;

import dev.noren.control.RecordJson;
import dev.noren.status.LogEntry;
import dev.noren.status.LogEntry.Kind;
import dev.noren.status.LogQuery;
import dev.noren.text.Refused;
import dev.noren.text.Sentence;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code noren log}. */
@Command(
    name = "log",
    description = {
      "Print what happened: changes of the configuration, devices that came and went, what was"
          + " refused, and how the router fared. It works while the router is stopped too.",
    })
final class LogCommand implements Callable<Integer> {
  private static final Pattern AGO = Pattern.compile("(\\d{1,6})([mhd])");

  private final Host host;
  private final Surroundings surroundings;

  @Spec private CommandSpec spec;

  @Option(
      names = "--since",
      paramLabel = "WHEN",
      description = "Only from then on: 90m, 12h or 7d ago, 2026-01-31, or 2026-01-31T08:00:00Z.")
  private String since;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description = "Only these: config, device, opened, refused, router or signin.")
  private String kind;

  @Option(
      names = "-n",
      paramLabel = "COUNT",
      defaultValue = "100",
      description = "The last so many of them; ${DEFAULT-VALUE} where none is given.")
  private int count;

  @Option(names = "--json", description = "One JSON object a line, for programs.")
  private boolean json;

  @Option(
      names = "--verify",
      description = "Print nothing, but look whether each line is still the one that was written.")
  private boolean verify;

  @Mixin private StateOption state;

  LogCommand(Host host, Surroundings surroundings) {
    this.host = host;
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    if (verify) {
      surroundings.say(host.verifyLog(state.folder()));
      return Exit.DONE;
    }
    List<LogEntry> entries = host.log(state.folder(), query());
    if (entries.isEmpty()) {
      surroundings.remark(Sentence.of("log.none"));
    }
    for (LogEntry entry : entries) {
      surroundings.out().println(json ? RecordJson.write(entry, false) : line(entry));
    }
    return Exit.DONE;
  }

  private LogQuery query() {
    try {
      return new LogQuery(since == null ? null : sinceWhen(), wantedKind(), count);
    } catch (IllegalArgumentException e) {
      throw CommandParser.wrongUsage(spec, e);
    }
  }

  private Instant sinceWhen() {
    Matcher ago = AGO.matcher(since);
    if (ago.matches()) {
      long number = Long.parseLong(ago.group(1));
      Duration duration =
          switch (ago.group(2)) {
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
          };
      return surroundings.clock().instant().minus(duration);
    }
    try {
      return since.indexOf('T') < 0
          ? LocalDate.parse(since).atStartOfDay(ZoneOffset.UTC).toInstant()
          : Instant.parse(since);
    } catch (DateTimeException e) {
      throw new Refused(Sentence.of("log.since", since), e);
    }
  }

  private Kind wantedKind() {
    return kind == null
        ? null
        : EnumWords.of(Kind.values(), kind, "log.no-kind", "log.no-kind-near");
  }

  private String line(LogEntry entry) {
    return "%s  %-7s  %s  %s"
        .formatted(
            entry.at().truncatedTo(ChronoUnit.SECONDS),
            EnumWords.word(entry.kind()),
            Wrapping.clean(surroundings.speech().author(entry.who())),
            Wrapping.clean(surroundings.speech().past(entry.what())));
  }
}
