package dev.noren.cli;

import dev.noren.config.Suggestion;
import dev.noren.text.Refused;
import dev.noren.text.Sentence;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code noren show}, which prints what {@code wg show} prints. */
@Command(
    name = "show",
    description = {
      "Show the running interfaces, as wg show does.",
    })
final class ShowCommand implements Callable<Integer> {
  private final Host host;
  private final Surroundings surroundings;

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      arity = "0..1",
      defaultValue = "all",
      paramLabel = "NAME|all|interfaces",
      description = "One interface, all (the default), or only their names.")
  private String which;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "FIELD",
      description = {
        "For scripts, columns between tabs: public-key, private-key, listen-port, fwmark, peers,"
            + " preshared-keys, endpoints, allowed-ips, latest-handshakes, transfer,"
            + " persistent-keepalive, or dump for all.",
      })
  private String fieldName;

  ShowCommand(Host host, Surroundings surroundings) {
    this.host = host;
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws CommandFailure, IOException {
    ShownField field = field();
    return switch (which) {
      case "all" -> showAll(field);
      case "interfaces" -> showNames();
      default -> {
        surroundings.out().print(text(which, field, false));
        yield Exit.DONE;
      }
    };
  }

  private ShownField field() {
    if (fieldName == null) {
      return null;
    }
    ShownField field = ShownField.of(fieldName);
    if (field == null || which.equals("interfaces")) {
      String near = Suggestion.nearest(fieldName, ShownField.words());
      Refused refused =
          field != null
              ? new Refused("show.no-fields")
              : near == null
                  ? new Refused("show.no-field", fieldName)
                  : new Refused("show.no-field-near", fieldName, near);
      throw new CommandLine.ParameterException(spec.commandLine(), refused.getMessage(), refused);
    }
    return field;
  }

  private int showNames() throws IOException {
    List<String> names = host.interfaces();
    if (!names.isEmpty()) {
      surroundings.out().println(String.join(" ", names));
    }
    return Exit.DONE;
  }

  /** One interface that can't be read does not hide the others. */
  private int showAll(ShownField field) throws IOException {
    List<String> names = host.interfaces();
    int shown = 0;
    for (int i = 0; i < names.size(); i++) {
      try {
        surroundings.out().print(text(names.get(i), field, true));
        if (field == null && i < names.size() - 1) {
          surroundings.out().println();
        }
        shown++;
      } catch (CommandFailure | IOException e) {
        surroundings.complain(Sentence.of(e));
      }
    }
    return shown > 0 || names.isEmpty() ? Exit.DONE : Exit.FAILED;
  }

  private String text(String name, ShownField field, boolean withName)
      throws CommandFailure, IOException {
    ShownTunnel tunnel = ShownTunnel.parse(name, host.uapiGet(name));
    if (field != null) {
      return field.text(tunnel, withName);
    }
    boolean hideKeys = !"never".equals(surroundings.environment().get("WG_HIDE_KEYS"));
    long nowSeconds = surroundings.clock().instant().getEpochSecond();
    return new PrettyTunnel(new Paint(surroundings.coloured()), hideKeys, nowSeconds).text(tunnel);
  }
}
