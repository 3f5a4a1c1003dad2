package dev.noren.cli;

import dev.noren.config.ConfigException;
import dev.noren.config.RouterJson;
import dev.noren.control.ConfigDesk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code noren config set}. */
@Command(
    name = "set",
    description = {"Change one value of the document."})
final class ConfigSetCommand implements Callable<Integer> {
  private final Host host;
  private final Surroundings surroundings;

  @Parameters(index = "0", paramLabel = "PATH", description = "Where, as in lan.dhcp.on.")
  private String path;

  @Parameters(
      index = "1",
      paramLabel = "VALUE",
      description = {
        "JSON, or text without quotes; null for the default; - to read it from standard input, as"
            + " others may see what a command line says.",
      })
  private String value;

  @Mixin private StateOption state;

  ConfigSetCommand(Host host, Surroundings surroundings) {
    this.host = host;
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws ConfigException, IOException {
    String text = value.equals("-") ? standardInput() : value;
    ConfigDesk desk = host.config(state.folder());
    ConfigCommand.current(desk, surroundings);
    return ConfigCommand.report(
        desk.set(path, text, ConfigCommand.author(surroundings)), surroundings);
  }

  private String standardInput() throws IOException {
    byte[] bytes = surroundings.in().readNBytes(RouterJson.MAX_LENGTH);
    return new String(bytes, StandardCharsets.UTF_8).strip();
  }
}
