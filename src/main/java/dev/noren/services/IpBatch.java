package dev.noren.services;

import dev.noren.plan.Deed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Runs of commands of ip(8) that one process can do, which saves most of their time. It stops at
 * the first that fails, and its number says how many were done.
 */
final class IpBatch {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@%+,=-]+");
  private static final Pattern FAILED = Pattern.compile("(?m)^Command failed -:(\\d{1,6})$");

  private final CommandRunner commands;

  /**
   * How it went.
   *
   * @param done how many were done
   * @param failure why the next one was not, or null
   */
  record Outcome(int done, IOException failure) {}

  IpBatch(CommandRunner commands) {
    this.commands = commands;
  }

  /** How many deeds from there on one process can do, perhaps none. */
  static int length(List<Deed> deeds, int from) {
    int end = from;
    while (end < deeds.size()
        && deeds.get(end) instanceof Deed.Command command
        && isPlain(command.does())
        && options(command.does()).equals(options(((Deed.Command) deeds.get(from)).does()))) {
      end++;
    }
    return end - from;
  }

  /** Whether a line of its words is read as these words again. */
  private static boolean isPlain(List<String> command) {
    return command.size() > 1
        && command.getFirst().equals("ip")
        && command.stream().allMatch(word -> PLAIN.matcher(word).matches())
        && options(command).stream().allMatch(option -> option.matches("-[46]"))
        && options(command).size() + 1 < command.size();
  }

  private static List<String> options(List<String> command) {
    return command.stream().skip(1).takeWhile(word -> word.startsWith("-")).toList();
  }

  /** Does them, as far as it goes. */
  Outcome run(List<Deed> deeds) {
    List<List<String>> lines = deeds.stream().map(deed -> ((Deed.Command) deed).does()).toList();
    List<String> options = options(lines.getFirst());
    String input =
        lines.stream()
            .map(words -> String.join(" ", words.subList(1 + options.size(), words.size())) + "\n")
            .collect(Collectors.joining());
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(options);
    command.addAll(List.of("-batch", "-"));
    CommandRunner.Result result;
    try {
      result = commands.tryRun(command, input, CommandRunner.USUAL_TIME);
    } catch (CommandException e) {
      return new Outcome(0, e);
    }
    if (result.exitCode() == 0) {
      return new Outcome(lines.size(), null);
    }
    Matcher matcher = FAILED.matcher(result.output());
    int done = matcher.find() ? Integer.parseInt(matcher.group(1)) - 1 : 0;
    done = Math.clamp(done, 0, lines.size() - 1);
    String why =
        result
            .output()
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("Command failed"))
            .limit(4)
            .collect(Collectors.joining("; "));
    return new Outcome(
        done,
        new IOException(
            String.join(" ", lines.get(done))
                + " failed: "
                + (why.isEmpty() ? "exit code " + result.exitCode() : why)));
  }
}
