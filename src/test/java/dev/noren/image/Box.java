package dev.noren.image;

import dev.noren.street.Host;
import dev.noren.street.Running;
import dev.noren.street.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A box of QEMU's in the place of a host of a street: its two ports are at the host's cables, and
 * the host itself is no more than those. Everything goes with the host.
 */
final class Box implements AutoCloseable {
  /** An emulated processor is slow, and the machine under it may be busy. */
  private static final Duration BOOT = Duration.ofMinutes(15);

  private static final Pattern ENDED = Pattern.compile("noren ended with|could not be started");

  /** As much as the smallest board has. */
  private static final String MEMORY = "512M";

  private final Host host;
  private final Card card;
  private Running machine;
  private long onSinceNs;

  /** Of a host with the cables eth0 and eth1. */
  Box(Host host, Card card) {
    this.host = host;
    this.card = card;
    for (String port : List.of("0", "1")) {
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
    card.logToConsole();
    List<String> command =
        new ArrayList<>(List.of("qemu-system-aarch64", "-M", "virt", "-cpu", "cortex-a72"));
    command.addAll(List.of("-smp", "2", "-m", MEMORY, "-nodefaults", "-no-reboot"));
    command.addAll(List.of("-display", "none", "-serial", "stdio"));
    command.addAll(List.of("-bios", card.take("u-boot.bin").toString()));
    // Not cached by QEMU alone: what the box has synced is on the card when it is killed.
    command.addAll(List.of("-drive", "if=none,id=card,format=raw,file=" + card.disk()));
    command.addAll(List.of("-device", "virtio-blk-pci,drive=card", "-device", "virtio-rng-pci"));
    command.addAll(List.of("-device", "i6300esb"));
    for (String port : List.of("0", "1")) {
      command.addAll(
          List.of(
              "-netdev",
              "tap,id=port%1$s,ifname=tap%1$s,script=no,downscript=no".formatted(port),
              "-device",
              "virtio-net-pci,netdev=port%1$s,mac=52:54:00:4e:52:0%1$s,romfile=".formatted(port)));
    }
    onSinceNs = System.nanoTime();
    machine = host.start(Map.of(), command);
  }

  /** Cuts its power. */
  void cutPower() {
    host.end(machine);
  }

  /** Waits until it has said something on its serial console, and returns the groups. */
  List<String> awaitSaid(String what, Pattern pattern) {
    Wait.until(
        what,
        BOOT,
        () -> {
          if (!machine.isAlive() || ENDED.matcher(machine.out()).find()) {
            throw new AssertionError("the box or its router has ended, said: " + machine.said());
          }
          return pattern.matcher(machine.out()).find();
        },
        machine::said);
    Matcher matcher = pattern.matcher(machine.out());
    List<String> groups = new ArrayList<>();
    if (matcher.find()) {
      for (int i = 1; i <= matcher.groupCount(); i++) {
        groups.add(matcher.group(i));
      }
    }
    return groups;
  }

  /** What it has said on its serial console since it was switched on. */
  String said() {
    return machine.said();
  }

  /** How long it has been on, in seconds. */
  double onForSeconds() {
    return (System.nanoTime() - onSinceNs) / 1e9;
  }

  @Override
  public void close() {
    if (machine != null) {
      host.end(machine);
    }
  }
}
