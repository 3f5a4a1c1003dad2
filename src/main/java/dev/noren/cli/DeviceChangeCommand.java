package dev.noren.cli;

import dev.noren.config.ConfigException;
import dev.noren.forms.DeviceChange;
import dev.noren.text.Refused;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code noren device change}. */
@Command(
    name = "change",
    description = {"Rename a device, give it another last day, or limit what it may reach."})
final class DeviceChangeCommand implements Callable<Integer> {
  private static final String NEVER = "never";

  private final Host host;
  private final Surroundings surroundings;

  @Parameters(paramLabel = "NAME", description = "Its name.")
  private String name;

  @Option(names = "--name", paramLabel = "N", description = "What people call it from now on.")
  private String other;

  @Option(
      names = "--expires",
      paramLabel = "DAY",
      description =
          "The last day on which it is let in, in the box's time zone, as in 2027-03-31; never for"
              + " no end.")
  private String expires;

  @Option(
      names = "--reach",
      paramLabel = "TO",
      description = {
        "What rules that name it let it reach, and nothing else: as in 10.0.0.5, 'printer tcp/443'"
            + " or '10.0.0.0/24 tcp/443 icmp'; may be given again; '' for nothing.",
      })
  private List<String> reaches;

  @Mixin private StateOption state;

  @Spec private CommandSpec spec;

  DeviceChangeCommand(Host host, Surroundings surroundings) {
    this.host = host;
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws ConfigException, CommandFailure, IOException {
    if (other == null && expires == null && reaches == null) {
      throw CommandParser.wrongUsage(spec, new Refused("device.change-nothing"));
    }
    DeviceChange change =
        new DeviceChange(
            other,
            NEVER.equals(expires) ? "" : expires,
            reaches == null ? null : reaches.stream().filter(each -> !each.isBlank()).toList());
    FormFacts facts = host.formFacts(state.folder());
    return Editing.begin(host, state, surroundings)
        .saveAndSay(
            config ->
                change.of(config, name, facts.shop(config), FormShowCommand.today(surroundings)));
  }
}
