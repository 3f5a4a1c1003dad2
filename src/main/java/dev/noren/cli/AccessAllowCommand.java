package dev.noren.cli;

import dev.noren.config.AccessEdit;
import dev.noren.config.ConfigException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code noren access allow}. */
@Command(
    name = "allow",
    description = {"Let somebody reach something; what no rule lets is refused."})
final class AccessAllowCommand implements Callable<Integer> {
  private final Host host;
  private final Surroundings surroundings;

  @Parameters(
      index = "0",
      paramLabel = "WHO",
      split = ",",
      description = {
        "device:NAME, person:NAME, group:NAME or form:NAME; several with commas between.",
      })
  private List<String> who;

  @Parameters(
      index = "1",
      paramLabel = "TO",
      split = ",",
      description = {
        "A subnet, a host's address, or a name that lan.reservations gives; several with commas"
            + " between.",
      })
  private List<String> to;

  @Parameters(
      index = "2..*",
      arity = "0..*",
      split = ",",
      paramLabel = "SERVICE",
      description = "As in tcp/443, udp/5000-5010 or icmp; none for everything.")
  private List<String> services = List.of();

  @Option(names = "--name", paramLabel = "N", description = "What people call the rule.")
  private String name;

  @Mixin private StateOption state;

  AccessAllowCommand(Host host, Surroundings surroundings) {
    this.host = host;
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws ConfigException, CommandFailure, IOException {
    return Editing.begin(host, state, surroundings)
        .save(config -> AccessEdit.allow(config, name, who, to, services));
  }
}
