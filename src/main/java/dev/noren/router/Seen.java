package dev.noren.router;

import dev.noren.config.MacAddress;
import dev.noren.net.IpAddress;
import dev.noren.plan.FirewallCounter;
import dev.noren.plan.Marks;
import dev.noren.services.CommandRunner;
import dev.noren.status.RouterStatus;
import dev.noren.status.Traffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tinylog.Logger;

/** Reads what the kernel and the services count and keep, for the snapshot. */
final class Seen {
  private static final Path DEVICES = Path.of("/proc/net/dev");
  private static final int SENT_BYTES = 8;

  /** Expiry, MAC, address, name, client id, as dnsmasq writes them. */
  private static final int LEASE_FIELDS = 5;

  private static final Pattern COUNTER =
      Pattern.compile("counter (\\S+) \\{\\s*packets (\\d+) bytes (\\d+)");

  private final CommandRunner commands;
  private final Path leases;

  Seen(CommandRunner commands, Path state) {
    this.commands = commands;
    this.leases = state.resolve("run").resolve("dnsmasq").resolve("leases");
  }

  /** What each device has carried. */
  Map<String, Traffic> traffic() {
    Map<String, Traffic> traffic = new HashMap<>();
    try {
      for (String line : Files.readAllLines(DEVICES)) {
        int colon = line.indexOf(':');
        if (colon > 0) {
          String[] numbers = line.substring(colon + 1).strip().split("\\s+", -1);
          traffic.put(
              line.substring(0, colon).strip(),
              Traffic.total(Long.parseLong(numbers[0]), Long.parseLong(numbers[SENT_BYTES])));
        }
      }
    } catch (IOException | NumberFormatException e) {
      Logger.debug("{}: {}", DEVICES, e.getMessage());
    }
    return traffic;
  }

  /** The devices that have an address from us. */
  List<RouterStatus.Lease> leases() {
    List<RouterStatus.Lease> all = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(leases)) {
        String[] fields = line.split(" ", -1);
        if (fields.length < LEASE_FIELDS || fields[1].length() != 17) {
          continue;
        }
        long until = Long.parseLong(fields[0]);
        all.add(
            new RouterStatus.Lease(
                MacAddress.parse(fields[1]),
                IpAddress.parse(fields[2]),
                fields[3].equals("*") ? null : fields[3],
                until == 0 ? null : Instant.ofEpochSecond(until),
                null));
      }
    } catch (NoSuchFileException e) {
      return all;
    } catch (IOException | IllegalArgumentException e) {
      Logger.debug("{}: {}", leases, e.getMessage());
    }
    return all;
  }

  /** The firewall's counters. */
  List<RouterStatus.Rule> rules() {
    List<RouterStatus.Rule> rules = new ArrayList<>();
    try {
      Matcher matcher =
          COUNTER.matcher(
              commands.run("nft", "list", "counters", "table", "inet", Marks.NFT_TABLE));
      while (matcher.find()) {
        rules.add(
            new RouterStatus.Rule(
                matcher.group(1),
                FirewallCounter.sentence(matcher.group(1)),
                Long.parseLong(matcher.group(2)),
                Long.parseLong(matcher.group(3))));
      }
    } catch (IOException e) {
      Logger.debug("{}", e.getMessage());
    }
    return rules;
  }
}
