package dev.noren.bench;

import dev.noren.street.Maker;
import dev.noren.street.Ran;
import dev.noren.street.Running;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Who takes part.
 *
 * @param name its name in the table
 * @param role what it is there for
 * @param program the command, to which {@code IFNAME} or {@code -f IFNAME} is added; empty for the
 *     wire
 */
record Contestant(String name, Role role, List<String> program) {
  /** What a contestant is there for. */
  enum Role {
    /** The one that is looked at. */
    NOREN,
    /** Noren as on a processor without AVX-512. */
    NOREN_AVX2,
    /** The one that all are compared with: the newest wireguard-go. */
    YARDSTICK,
    /** Another WireGuard. */
    OTHER,
    /** No tunnel: the limit of the street itself. */
    WIRE
  }

  /**
   * All of them, Noren first.
   *
   * @param peers more: a comma-separated list of programs that take {@code -f IFNAME}, each perhaps
   *     as NAME=PROGRAM
   */
  static List<Contestant> all(String peers) {
    List<Contestant> all = new ArrayList<>();
    Contestant noren = new Contestant("noren", Role.NOREN, List.of(Maker.launcher()));
    all.add(noren);
    if (System.getProperty("os.arch").equals("amd64")) {
      all.add(noren.named("noren AVX2", Role.NOREN_AVX2).withJavaOption("-XX:UseAVX=2"));
    }
    Contestant installed = wireguardGo(Path.of("wireguard-go"));
    Optional<Contestant> newer =
        NewerWireguardGo.find()
            .map(Contestant::wireguardGo)
            .filter(found -> !found.name().equals(installed.name()));
    Contestant yardstick = newer.orElse(installed);
    all.add(yardstick.named(yardstick.name(), Role.YARDSTICK));
    newer.ifPresent(found -> all.add(installed));
    Arrays.stream(peers.split(",", -1))
        .map(String::strip)
        .filter(peer -> !peer.isEmpty())
        .map(Contestant::peer)
        .forEach(all::add);
    all.add(new Contestant("no tunnel", Role.WIRE, List.of()));
    return List.copyOf(all);
  }

  /** The command that runs it in front. */
  List<String> inFront(String interfaceName) {
    return with("-f", interfaceName);
  }

  /** The command that returns when it is ready, and leaves it in the background. */
  List<String> inBackground(String interfaceName) {
    return with(interfaceName);
  }

  /** The same with one more option for its Java, if it is a Noren; others don't look at it. */
  Contestant withJavaOption(String option) {
    String options = (System.getenv().getOrDefault("NOREN_JAVA_OPTS", "") + " " + option).strip();
    return prefixed("env", "NOREN_JAVA_OPTS=" + options);
  }

  /** The same with room for so many peers, if it is a Noren; others don't look at it. */
  Contestant withRoomFor(int peers, int prefixes) {
    return prefixed("env", "NOREN_PEERS=" + peers, "NOREN_PREFIXES=" + prefixes);
  }

  /** The same, run by another command, such as taskset. */
  Contestant prefixed(String... prefix) {
    List<String> whole = new ArrayList<>(List.of(prefix));
    whole.addAll(program);
    return new Contestant(name, role, List.copyOf(whole));
  }

  private Contestant named(String newName, Role newRole) {
    return new Contestant(newName, newRole, program);
  }

  private List<String> with(String... arguments) {
    List<String> whole = new ArrayList<>(program);
    whole.addAll(List.of(arguments));
    return whole;
  }

  private static Contestant wireguardGo(Path program) {
    Ran ran = Running.run(program.toString(), "--version");
    String version = ran.said().lines().findFirst().orElse("").replaceFirst(".* v", "");
    return new Contestant("go " + version, Role.OTHER, List.of(program.toString()));
  }

  private static Contestant peer(String peer) {
    int equals = peer.indexOf('=');
    List<String> program =
        Arrays.stream(peer.substring(equals + 1).strip().split(" +", -1))
            .filter(word -> !word.equals("-f"))
            .toList();
    String name =
        equals > 0 ? peer.substring(0, equals) : Path.of(program.getFirst()).getFileName() + "";
    return new Contestant(name, Role.OTHER, program);
  }
}
