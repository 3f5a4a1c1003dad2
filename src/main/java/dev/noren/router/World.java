package dev.noren.router;

import dev.noren.config.RouterConfig;
import dev.noren.config.RouterTunnel;
import dev.noren.forms.Compiled;
import dev.noren.forms.Visit;
import dev.noren.net.IpAddress;
import dev.noren.plan.Layout;
import dev.noren.plan.RouterFacts;
import dev.noren.plan.RouterFacts.Lease;
import dev.noren.plan.RouterFacts.Port;
import dev.noren.plan.RouterPlan;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Puts together what is seen of the machine and of the world. For the router's thread. */
final class World {
  /** What is seen of the machine. */
  interface Eyes {
    /** The Ethernet ports, by name. */
    List<Port> ports();

    /**
     * What lines gave, by their devices.
     *
     * @param ports the port of each device that may be a line's
     */
    Map<String, Lease> leases(Map<String, String> ports);

    /** Whether the kernel has IPv6. */
    boolean ipv6();

    /** The day in the box's time zone. */
    LocalDate today();
  }

  private final Eyes eyes;
  private final RouterMemory memory;
  private final FarNames names;
  private final LineWatches lines;
  private final String machineId;
  private final BooleanSupplier owned;
  private final Supplier<Visit> visit;
  private final Supplier<Map<String, Integer>> passing;

  /**
   * @param owned whether the box has an owner; it takes no time
   * @param visit the technician who looks at the page, or null
   * @param passing how much comes through tunnels in which larger packets get lost
   */
  World(
      Eyes eyes,
      RouterMemory memory,
      FarNames names,
      LineWatches lines,
      String machineId,
      BooleanSupplier owned,
      Supplier<Visit> visit,
      Supplier<Map<String, Integer>> passing) {
    this.eyes = eyes;
    this.memory = memory;
    this.names = names;
    this.lines = lines;
    this.machineId = machineId;
    this.owned = owned;
    this.visit = visit;
    this.passing = passing;
  }

  /**
   * What is to be seen now.
   *
   * @param layout as it is in force
   */
  RouterFacts look(RouterConfig config, Layout layout) {
    List<Port> ports = eyes.ports();
    Map<String, String> devices = new LinkedHashMap<>();
    ports.forEach(port -> devices.put(port.name(), port.name()));
    layout.lines().forEach(line -> devices.put(line.device(), line.port()));
    Map<String, Lease> leases = eyes.leases(devices);
    if (memory.chosenWan() == null) {
      // The port that answers is the line's, and stays it when another one answers too.
      layout.candidates().stream()
          .filter(leases::containsKey)
          .findFirst()
          .ifPresent(port -> memory.keepWan(port));
    }
    return new RouterFacts(
        machineId,
        ports,
        leases,
        memory.chosenWan(),
        lines.sick(),
        names.known(),
        eyes.ipv6(),
        memory.chosenLan(),
        memory.numbers(),
        eyes.today(),
        owned.getAsBoolean(),
        visit.get(),
        passing.get());
  }

  /** What is asked of the world from now on. */
  void follow(RouterConfig config, RouterPlan plan) {
    Set<String> hosts = new LinkedHashSet<>();
    if (plan.layout().forwards()) {
      for (RouterTunnel tunnel : Compiled.of(config, eyes.today()).config().tunnels()) {
        for (RouterTunnel.Peer peer : tunnel.peers()) {
          peer.places().stream()
              .filter(place -> !place.isNumeric())
              .forEach(place -> hosts.add(place.host()));
        }
      }
    }
    names.want(hosts, servers(config, plan.layout()));
    lines.watch(plan.layout().lines());
  }

  /** The line's own name servers first: they are what it needs to be reached by at all. */
  private static List<IpAddress> servers(RouterConfig config, Layout layout) {
    List<IpAddress> servers = new ArrayList<>();
    if (layout.preferred() != null) {
      servers.addAll(layout.preferred().lease().dns());
    }
    for (IpAddress server : config.dns().upstream()) {
      if (!servers.contains(server)) {
        servers.add(server);
      }
    }
    return servers;
  }
}
