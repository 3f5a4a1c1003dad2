package dev.noren.cli;

import dev.noren.config.ConfigException;
import dev.noren.config.Form;
import dev.noren.config.HostPort;
import dev.noren.config.RouterConfig;
import dev.noren.config.TunnelName;
import dev.noren.control.ConfigDesk.Outcome;
import dev.noren.forms.CloudHub;
import dev.noren.forms.FreeNetwork;
import dev.noren.net.Cidr;
import dev.noren.text.Sentence;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code noren form hub}. */
@Command(
    name = "hub",
    description = {
      "Make a machine in a cloud the place where shops and devices meet when none of them can be"
          + " reached: add the form that leads there, and print once the cloud-init text for the"
          + " machine, with its private key, which is kept nowhere.",
    })
final class FormHubCommand implements Callable<Integer> {
  private final Host host;
  private final Surroundings surroundings;
  private final SecureRandom chance = new SecureRandom();

  @Parameters(paramLabel = "NAME", description = "The form's, and its interface's.")
  private String name;

  @Option(
      names = "--endpoint",
      required = true,
      paramLabel = "HOST:PORT",
      description = "Where the machine is reached from outside.")
  private String endpoint;

  @Option(
      names = "--others",
      split = ",",
      paramLabel = "SUBNET",
      description = "Networks of other shops that meet there; several with commas between.")
  private List<String> others = List.of();

  @Option(names = "--wg-quick", description = "Print only the machine's wg-quick file.")
  private boolean wgQuick;

  @Mixin private StateOption state;

  FormHubCommand(Host host, Surroundings surroundings) {
    this.host = host;
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws ConfigException, CommandFailure, IOException {
    Editing editing = Editing.begin(host, state, surroundings);
    FormFacts facts = host.formFacts(state.folder());
    RouterConfig before = editing.config();
    CloudHub hub;
    Form form;
    try {
      List<Cidr> taken = new ArrayList<>(FreeNetwork.taken(before));
      taken.addAll(facts.networks());
      List<Cidr> far = others.stream().map(Cidr::parse).toList();
      taken.addAll(far);
      hub =
          CloudHub.create(
              HostPort.parse(endpoint),
              FreeNetwork.choose(taken, chance),
              facts.shop(before),
              far,
              chance);
      form = hub.form(new TunnelName(name));
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(e);
    }
    Outcome outcome =
        editing.put(
            before.withForms(Stream.concat(before.forms().stream(), Stream.of(form)).toList()));
    ConfigCommand.reportBeside(outcome, surroundings);
    if (facts.shop(before) == null) {
      surroundings.remark(Sentence.of("hub.no-network"));
    }
    surroundings.warnIfSecretIsShown();
    surroundings.out().print(wgQuick ? hub.wgQuick() : hub.cloudInit());
    return Exit.DONE;
  }
}
