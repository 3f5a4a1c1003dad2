package dev.noren.image;

import dev.noren.street.Host;
import dev.noren.street.Running;
import dev.noren.street.Wait;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A box of QEMU's in the place of a host of a street: its ports are at the host's cables, and the
 * host itself is no more than those. What is on its card is the image and nothing else; a {@link
 * Probe} comes with its initramfs. Everything goes with the host.
 */
final class Box implements AutoCloseable {
  /** An emulated processor is slow, and the machine under it may be busy. */
  static final Duration BOOT = Duration.ofMinutes(10);

  /** The same for one thing that it does. */
  static final Duration SLOW = Duration.ofMinutes(3);

  /** The same for an answer of its DHCP server. */
  static final int ANSWER_SECONDS = 10;

  private static final Pattern ENDED = Pattern.compile("noren ended with|could not be started");

  /**
   * A Raspberry Pi 5's. An older one has nothing that keeps the kernel from its user's memory, so
   * that Linux changes tables at each entry, after which QEMU forgets what it has translated.
   */
  static final String CPU = "cortex-a76";

  /** As much as the smallest board has. */
  static final String MEMORY = "512M";

  static final String CORES = "2";

  /** To the shop's line, to its devices, and to what a test has beside. */
  private static final List<String> PORTS = List.of("0", "1", "2");

  private static final int LAST_LINES = 40;

  private final Host host;
  private final Card card;
  private final Path way;
  private final List<String> more;
  private volatile boolean mayRestart;
  private volatile Running machine;
  private Thread keeper;
  private Probe probe;
  private long onSinceNs;

  /** Of a host with the cables eth0 to eth2, of which the box itself has two. */
  Box(Host host, Card card) {
    this(host, card, "", List.of());
  }

  /**
   * The same with more.
   *
   * @param before what runs in it as root before all else, as a shell's text
   * @param more options of QEMU's
   */
  Box(Host host, Card card, String before, List<String> more) {
    this.host = host;
    this.card = card;
    this.more = more;
    card.putProbe("#!/bin/sh\n" + before + program());
    way = card.folder().path().resolve("probe.sock");
    for (String port : PORTS) {
      // No bridge answers for the box, or keeps groups' packets from it.
      host.ip(
          "link add name cable" + port + " type bridge mcast_snooping 0",
          "tuntap add dev tap" + port + " mode tap vnet_hdr");
      for (String device : List.of("cable" + port, "tap" + port, "eth" + port)) {
        host.must("sysctl", "-qw", "net.ipv6.conf." + device + ".disable_ipv6=1");
      }
      host.ip(
          "link set dev eth" + port + " master cable" + port + " up",
          "link set dev tap" + port + " master cable" + port + " up",
          "link set dev cable" + port + " up");
    }
  }

  /** Switches it on. */
  void powerOn() {
    card.say("args", "noren.log=console console=ttyAMA0");
    List<String> command =
        new ArrayList<>(List.of("qemu-system-aarch64", "-M", "virt", "-cpu", CPU));
    command.addAll(List.of("-smp", CORES, "-m", MEMORY, "-nodefaults"));
    command.add("-no-reboot");
    command.addAll(List.of("-display", "none", "-serial", "stdio"));
    command.addAll(List.of("-bios", card.take("u-boot.bin").toString()));
    command.addAll(more);
    // Not cached by QEMU alone: what the box has synced is on the card when it is killed.
    command.addAll(List.of("-drive", "if=none,id=card,format=raw,file=" + card.disk()));
    command.addAll(List.of("-device", "virtio-blk-pci,drive=card", "-device", "virtio-rng-pci"));
    command.addAll(List.of("-device", "i6300esb"));
    for (String port : PORTS) {
      command.addAll(
          List.of(
              "-netdev",
              "tap,id=port%1$s,ifname=tap%1$s,script=no,downscript=no".formatted(port),
              "-device",
              "virtio-net-pci,netdev=port%1$s,mac=52:54:00:4e:52:0%1$s,romfile=".formatted(port)));
    }
    command.addAll(List.of("-chardev", "socket,id=probe,server=on,wait=off,path=" + way));
    command.addAll(List.of("-device", "virtio-serial-pci"));
    command.addAll(List.of("-device", "virtserialport,chardev=probe,name=probe"));
    onSinceNs = System.nanoTime();
    machine = host.start(Map.of(), command);
    if (mayRestart) {
      keeper = new Thread(() -> keepOn(machine, command), "keeper");
      keeper.setDaemon(true);
      keeper.start();
    }
  }

  /**
   * Starts it anew where it has restarted: QEMU ends then. That it goes on in the same process
   * would take minutes, since its translator has to forget each byte that u-boot overwrites.
   */
  private void keepOn(Running first, List<String> command) {
    Running last = first;
    while (mayRestart) {
      if (!last.isAlive()) {
        last = host.start(Map.of(), command);
        machine = last;
      }
      Wait.pause(200);
    }
  }

  private static String program() {
    try (InputStream text = Box.class.getResourceAsStream("/image/probe.sh")) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** When it is switched on, it may start again by itself; else that is its end. */
  void mayRestart() {
    mayRestart = true;
  }

  /** Runs a command within it as root, and returns what it says. */
  String within(String command) {
    if (probe == null) {
      probe = new Probe(way);
    }
    return probe.must(command);
  }

  /** Cuts its power. */
  void cutPower() {
    mayRestart = false;
    if (keeper != null) {
      Wait.until("nobody starts it anew", () -> !keeper.isAlive());
      keeper = null;
    }
    if (probe != null) {
      probe.close();
      probe = null;
    }
    host.end(machine);
  }

  /**
   * Stops it in the midst of whatever it does. What its card has then is what a power cut at this
   * moment would leave there: of all that is in its memory, nothing more goes to the card.
   */
  void stop() {
    Running.run("kill", "-STOP", Long.toString(machine.pid())).must();
    Wait.until("the box stands still", () -> stat().contains(") T "));
  }

  /** Lets it go on as if nothing had been. */
  void goOn() {
    Running.run("kill", "-CONT", Long.toString(machine.pid())).must();
  }

  private String stat() {
    try {
      return Files.readString(Path.of("/proc", Long.toString(machine.pid()), "stat"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it has said something on its serial console, and returns the groups. */
  List<String> awaitSaid(String what, Pattern pattern) {
    Wait.until(
        what,
        BOOT,
        () -> {
          if ((!mayRestart && !machine.isAlive()) || ENDED.matcher(machine.out()).find()) {
            throw new AssertionError("the box or its router has ended, said: " + said());
          }
          return pattern.matcher(machine.out()).find();
        },
        this::said);
    Matcher matcher = pattern.matcher(machine.out());
    List<String> groups = new ArrayList<>();
    if (matcher.find()) {
      for (int i = 1; i <= matcher.groupCount(); i++) {
        groups.add(matcher.group(i));
      }
    }
    return groups;
  }

  /** Whether it has said something like that since it was switched on. */
  boolean hasSaid(Pattern pattern) {
    return pattern.matcher(machine.out()).find();
  }

  /** The last lines of what it has said on its serial console. */
  String said() {
    List<String> lines = machine.said().lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
  }

  /** How long it has been on, in seconds. */
  double onForSeconds() {
    return (System.nanoTime() - onSinceNs) / 1e9;
  }

  @Override
  public void close() {
    if (machine != null) {
      cutPower();
    }
  }
}
