package dev.noren.bench;

import dev.noren.street.Maker;
import dev.noren.street.Ran;
import dev.noren.street.Running;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A WireGuard that takes part: its name in the table and the command that runs it in front, to
 * which the interface's name is added.
 */
record Contestant(String name, List<String> command) {
  /**
   * Noren, the machine's wireguard-go, a newer one where Debian has one, and what PEERS names: a
   * comma-separated list of commands that take an interface's name, each perhaps as NAME=COMMAND.
   */
  static List<Contestant> all(String peers) {
    List<Contestant> all = new ArrayList<>();
    all.add(new Contestant("noren", List.of(Maker.launcher(), "-f")));
    Contestant installed = wireguardGo(Path.of("wireguard-go"));
    all.add(installed);
    NewerWireguardGo.find()
        .map(Contestant::wireguardGo)
        .filter(newer -> !newer.name().equals(installed.name()))
        .ifPresent(all::add);
    Arrays.stream(peers.split(",", -1))
        .map(String::strip)
        .filter(peer -> !peer.isEmpty())
        .map(Contestant::named)
        .forEach(all::add);
    return List.copyOf(all);
  }

  /** The command for one interface. */
  List<String> commandFor(String interfaceName) {
    List<String> whole = new ArrayList<>(command);
    whole.add(interfaceName);
    return whole;
  }

  private static Contestant wireguardGo(Path program) {
    Ran ran = Running.run(program.toString(), "--version");
    String version = ran.said().lines().findFirst().orElse("").replaceFirst(".* v", "");
    return new Contestant("go " + version, List.of(program.toString(), "-f"));
  }

  private static Contestant named(String peer) {
    int equals = peer.indexOf('=');
    List<String> command =
        Arrays.stream(peer.substring(equals + 1).strip().split(" +", -1)).toList();
    String name =
        equals > 0 ? peer.substring(0, equals) : Path.of(command.getFirst()).getFileName() + "";
    return new Contestant(name, command);
  }
}
