package dev.noren;

import dev.noren.config.MacAddress;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import dev.noren.plan.RouterFacts.Lease;
import dev.noren.plan.RouterFacts.Port;
import dev.noren.services.CommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

final class MachineEyes implements World.Eyes {
  private final CommandRunner commands;
  private final Path state;

  MachineEyes(CommandRunner commands, Path state) {
    this.commands = commands;
    this.state = state;
  }

  @Override
  public List<Port> ports() {
    List<Port> ports = new ArrayList<>();
    try {
      for (String line : commands.run("ip", "-o", "link", "show", "type", "veth").lines().toList()) {
        String name = line.split(" ")[1].replaceAll("[@:].*", "");
        String mac = line.replaceAll(".*link/ether (\\S+).*", "$1");
        ports.add(new Port(name, MacAddress.parse(mac), line.contains("LOWER_UP"), 1500));
      }
    } catch (IOException e) {
      return ports;
    }
    return ports;
  }

  @Override
  public Lease lease(String device) {
    Path file = state.resolve("run/udhcpc-" + device + "/lease");
    Properties p = new Properties();
    try (var in = Files.newBufferedReader(file)) {
      p.load(in);
    } catch (IOException e) {
      return null;
    }
    List<IpAddress> dns = new ArrayList<>();
    for (String each : p.getProperty("dns", "").split(" ")) {
      if (!each.isEmpty()) {
        dns.add(IpAddress.parse(each));
      }
    }
    return new Lease(
        new Cidr(IpAddress.parse(p.getProperty("address")), Integer.parseInt(p.getProperty("prefix"))),
        p.getProperty("gateway") == null ? null : IpAddress.parse(p.getProperty("gateway")),
        dns,
        null,
        0,
        null);
  }

  @Override
  public boolean ipv6() {
    return true;
  }
}
