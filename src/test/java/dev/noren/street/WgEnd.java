package dev.noren.street;

import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One end of a tunnel: a WireGuard process in front, as the test's child, with an interface in a
 * host, driven by the stock {@code wg}.
 */
public final class WgEnd implements AutoCloseable {
  /** Where an end listens if a test wants no other; hosts part the ports. */
  public static final int PORT = 51820;

  private static final Duration TO_END = Duration.ofSeconds(10);

  private final Host host;
  private final Maker maker;
  private final String make;
  private final int port;
  private final String name;
  private Keys keys = Keys.generate();
  private Running process;

  /** An end at the usual port that is not started yet. */
  public WgEnd(Host host, Maker maker) {
    this(host, maker, PORT);
  }

  /** An end of another make, to be started with {@link #startWith}. */
  public WgEnd(Host host, String make) {
    this.host = host;
    this.maker = null;
    this.make = make;
    this.port = PORT;
    this.name = Machine.interfaceName();
  }

  /** An end at a port of its own that is not started yet. */
  public WgEnd(Host host, Maker maker, int port) {
    this.host = host;
    this.maker = maker;
    this.make = maker.name();
    this.port = port;
    this.name = Machine.interfaceName();
  }

  /** Starts the process and waits until {@code wg} can speak to it. */
  public void start() {
    startWith(maker.command(name));
  }

  /** Starts it by another command than its maker's own. */
  public void startWith(List<String> command) {
    process = host.start(Map.of("LOG_LEVEL", "error"), command);
    awaitReady();
  }

  /** Waits until the interface is there and the socket answers. */
  public void awaitReady() {
    Wait.until(
        make + " answers at the socket of " + name,
        Wait.LONG,
        () -> {
          if (!process.isAlive()) {
            throw new AssertionError(make + " has ended at its start, said: " + process.said());
          }
          return Files.exists(Machine.SOCKETS.resolve(name + ".sock"))
              && Uapi.ask(name, "get=1\n\n").endsWith("errno=0\n\n");
        },
        process::said);
  }

  /** Gives it its private key and port. */
  public void identify() {
    identify(keys);
  }

  /** Gives it another private key. */
  public void identify(Keys others) {
    keys = others;
    host.runWith(
            keys.privateKey() + "\n",
            "wg",
            "set",
            name,
            "private-key",
            "/dev/stdin",
            "listen-port",
            Integer.toString(port))
        .must();
  }

  /** Brings the interface up with these addresses (with their prefix lengths). */
  public void up(int mtuBytes, String... addresses) {
    List<String> commands = new ArrayList<>();
    for (String address : addresses) {
      commands.add(
          "addr add " + address + " dev " + name + (address.contains(":") ? " nodad" : ""));
    }
    commands.add("link set dev " + name + " mtu " + mtuBytes + " up");
    host.ip(commands.toArray(String[]::new));
  }

  /** Runs {@code wg set IFNAME …}; fails if it fails. */
  public void set(String... arguments) {
    wg("set", arguments).must();
  }

  /** Runs {@code wg VERB IFNAME …}. */
  public Ran wg(String verb, String... arguments) {
    return wgWith("", verb, arguments);
  }

  /** Runs {@code wg VERB IFNAME …} with a text that it can read from /dev/stdin. */
  public Ran wgWith(String stdin, String verb, String... arguments) {
    List<String> command = new ArrayList<>(List.of("wg", verb, name));
    command.addAll(List.of(arguments));
    return host.runWith(stdin, command.toArray(String[]::new));
  }

  /** Sets, changes or (with an empty text) takes away the preshared key of a peer. */
  public void preshare(WgEnd peer, String presharedKey) {
    // wg takes an empty file for no key.
    String file = presharedKey.isEmpty() ? "" : presharedKey + "\n";
    wgWith(file, "set", "peer", peer.publicKey(), "preshared-key", "/dev/stdin").must();
  }

  /** What the end says of itself and its peers. */
  public WgDump dump() {
    return WgDump.parse(wg("show", "dump").must());
  }

  /** The line about one peer. */
  public WgDump.PeerLine about(WgEnd peer) {
    return dump().peer(peer.publicKey());
  }

  /** The key that others know it by. */
  public String publicKey() {
    return keys.publicKey();
  }

  public Keys keys() {
    return keys;
  }

  /** The interface's name. */
  public String name() {
    return name;
  }

  public Host host() {
    return host;
  }

  public Maker maker() {
    return maker;
  }

  public Running process() {
    return process;
  }

  /** Ends it as an init system does, by SIGTERM, and returns how it went. */
  public Ran stop() {
    process.terminate();
    return host.finish(process, TO_END);
  }

  /** Ends it without a warning, as a lost power supply does. */
  public void kill() {
    process.kill();
  }

  /** Ends it; what a killed process leaves behind goes too. */
  @Override
  public void close() {
    if (process != null) {
      process.close();
    }
    host.run("ip", "link", "del", "dev", name);
    Machine.removeSocket(name);
  }
}
