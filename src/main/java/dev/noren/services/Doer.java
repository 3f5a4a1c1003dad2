package dev.noren.services;

import dev.noren.plan.Action;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.tinylog.Logger;

/** Does the actions of one tunnel's plan. */
final class Doer {
  /** The user's own commands may take longer than ours, but not for ever. */
  private static final Duration HOOK_TIME = Duration.ofMinutes(2);

  private final String name;
  private final CommandRunner commands;
  private final ResolvConf resolvConf;

  Doer(String name, CommandRunner commands, ResolvConf resolvConf) {
    this.name = name;
    this.commands = commands;
    this.resolvConf = resolvConf;
  }

  /**
   * Does one action.
   *
   * @throws IOException with a sentence
   */
  void run(Action action) throws IOException {
    switch (action) {
      case Action.Command command -> commands.run(command.arguments(), command.stdin());
      case Action.Hook hook -> runHook(hook.text());
      case Action.SetDns dns -> resolvConf.set(name, dns);
      case Action.ResetDns reset -> resolvConf.reset(name);
    }
  }

  /** By bash where there is one, since that is what wg-quick(8) promises to a hook. */
  private void runHook(String text) throws IOException {
    String shell = commands.find("bash").isPresent() ? "bash" : "sh";
    CommandRunner.Result result = commands.tryRun(List.of(shell, "-c", text), "", HOOK_TIME);
    result.output().lines().forEach(line -> Logger.info("{}", line));
    if (result.exitCode() != 0) {
      String said = result.output().lines().limit(4).collect(Collectors.joining("; "));
      throw new IOException(
          "the hook \""
              + text
              + "\" ended with "
              + result.exitCode()
              + (said.isEmpty() ? "" : ": " + said));
    }
  }

  /** Whether the interface is there. */
  boolean interfaceExists() throws IOException {
    return commands
            .tryRun(List.of("ip", "link", "show", "dev", name), "", CommandRunner.USUAL_TIME)
            .exitCode()
        == 0;
  }
}
