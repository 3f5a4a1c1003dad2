package dev.noren.router;

import dev.noren.plan.RouterFacts.Lease;
import dev.noren.plan.RouterFacts.Port;
import dev.noren.services.LeaseFiles;
import dev.noren.services.PortWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Sees the machine: its ports, which the kernel tells of, and what lines gave. */
final class MachineEyes implements World.Eyes, AutoCloseable {
  private static final Path IPV6 = Path.of("/proc/sys/net/ipv6/conf/all/disable_ipv6");

  private final Today today;
  private final LeaseFiles leases;
  private final PortWatch watch;
  private volatile List<Port> ports = List.of();

  /**
   * Begins to look.
   *
   * @param today says which day it is
   * @param changed called from another thread when ports come, go or change
   */
  MachineEyes(Path state, Today today, Runnable changed) throws IOException {
    this.today = today;
    leases = new LeaseFiles(state);
    watch =
        PortWatch.start(
            Set.of(),
            PortWatch.USUAL_LOOK,
            seen -> {
              ports = seen;
              changed.run();
            });
  }

  @Override
  public List<Port> ports() {
    return ports;
  }

  @Override
  public Map<String, Lease> leases(Map<String, String> ports) {
    return leases.read(ports);
  }

  @Override
  public boolean ipv6() {
    try {
      return Files.readString(IPV6).strip().equals("0");
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public LocalDate today() {
    return today.get();
  }

  @Override
  public void close() {
    watch.close();
  }
}
