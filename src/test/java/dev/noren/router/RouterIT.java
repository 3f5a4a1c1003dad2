package dev.noren.router;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.audit.AuditLog;
import dev.noren.config.RouterConfig;
import dev.noren.config.RouterJson;
import dev.noren.config.StoredConfig;
import dev.noren.linux.Netns;
import dev.noren.plan.RouterFacts.Lease;
import dev.noren.plan.RouterFacts.Port;
import dev.noren.plan.TunnelPlan;
import dev.noren.protocol.Limits;
import dev.noren.services.Applier;
import dev.noren.services.CommandRunner;
import dev.noren.services.PlanJournal;
import dev.noren.services.Supervisor;
import dev.noren.services.TunnelRunner;
import dev.noren.state.GreatestTime;
import dev.noren.street.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The router's thread without ports, in a namespace of its own; its tunnel is a made-up device. */
class RouterIT {
  @TempDir private Path folder;
  private final CommandRunner commands = new CommandRunner();
  private Path state;
  private Netns box;

  @BeforeEach
  void open() throws IOException {
    state = Files.createDirectory(folder.resolve("state"));
    Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwx------"));
    box = Netns.create("ro");
  }

  @AfterEach
  void close() throws IOException {
    box.close();
  }

  private static final World.Eyes NOTHING =
      new World.Eyes() {
        @Override
        public List<Port> ports() {
          return List.of();
        }

        @Override
        public Map<String, Lease> leases(Map<String, String> ports) {
          return Map.of();
        }

        @Override
        public boolean ipv6() {
          return false;
        }

        @Override
        public LocalDate today() {
          return LocalDate.EPOCH;
        }
      };

  private static StoredConfig config(int number, String tunnels) throws Exception {
    RouterConfig config = RouterJson.read("x", "{\"schema\": 1, \"tunnels\": [" + tunnels + "]}");
    return new StoredConfig(number, Instant.EPOCH, "akira", "tunnels", config);
  }

  private static final String HQ =
      """
      {"name": "hq", "addresses": ["10.9.0.2/32"],
       "privateKey": "yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=", "peers": [
       {"publicKey": "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=",
        "endpoint": "198.51.100.9:51820", "allowedIps": ["0.0.0.0/0"]}], "use": {"mode": "full"}}
      """;

  /** Makes the device, and lets the disk fail as soon as it is gone. */
  private final class Tunnels implements TunnelRunner {
    @Override
    public void change(TunnelPlan before, TunnelPlan after) throws IOException {
      if (after != null) {
        commands.run("ip", "link", "add", after.device(), "type", "bridge");
      } else {
        commands.run("ip", "link", "del", before.device());
        Files.move(state, folder.resolve("away"));
      }
    }
  }

  private void inRouter(RouterTunnels tunnels, TunnelRunner runner, Act act) throws Exception {
    Supervisor supervisor = new Supervisor(commands, state, Supervisor.GRACE, () -> {});
    SyslogCopy syslog = new SyslogCopy();
    GreatestTime greatest = new GreatestTime(state, Instant::now);
    Happenings happenings =
        new Happenings(
            new AuditLog(state, 365, syslog), syslog, greatest, Instant::now, System::nanoTime);
    World world =
        new World(
            NOTHING,
            new RouterMemory(state),
            new FarNames(new NameServers(), System::nanoTime, () -> {}),
            new LineWatches(() -> {}),
            "0123456789abcdef0123456789abcdef",
            () -> true,
            () -> null,
            Map::of);
    Router router =
        new Router(
            config(1, ""),
            world,
            new RouterMemory(state),
            new Applier(commands, supervisor, runner, System::nanoTime),
            new PlanJournal(state, commands),
            supervisor,
            tunnels,
            new Inbox(),
            System::nanoTime,
            happenings,
            new Chronicle(List::of, List::of, happenings, Instant::now, System.nanoTime()),
            new Destinations(List::of, happenings));
    router.look();
    assertEquals(List.of(), router.failures());
    act.in(router);
  }

  /** What is done with a router. */
  private interface Act {
    void in(Router router) throws Exception;
  }

  /** Refused, it would be in force all the same, and nobody would look again. */
  @Test
  void aChangeThatIsInForceIsNotRefusedForTheDisksSake() throws Exception {
    box.run(
        () -> {
          try (RouterTunnels tunnels =
              new RouterTunnels(state, Limits.WHITEPAPER, commands, name -> {})) {
            inRouter(
                tunnels,
                new Tunnels(),
                router -> {
                  router.follow(config(2, HQ));
                  assertTrue(box.ip("address", "show", "dev", "hq").contains("10.9.0.2"));
                  assertTrue(box.ip("rule").contains("lookup 26097"));
                  router.follow(config(3, ""));
                  assertEquals(List.of(), router.plan().tunnels());
                });
          }
          return null;
        });
    assertFalse(box.ip("rule").contains("lookup 26097"));
  }

  /** The tunnel may have been started anew before its end is heard of, and has sessions then. */
  @Test
  void anEndThatIsToldLateLeavesTheNextTunnelOfItsNameAlone() throws Exception {
    BlockingQueue<String> ended = new LinkedBlockingQueue<>();
    String name = Machine.interfaceName();
    String tunnel = HQ.replace("\"hq\"", "\"" + name + "\"");
    box.run(
        () -> {
          try (RouterTunnels tunnels =
              new RouterTunnels(state, Limits.WHITEPAPER, commands, ended::add)) {
            inRouter(
                tunnels,
                tunnels,
                router -> {
                  router.follow(config(2, tunnel));
                  TunnelPlan plan = router.plan().tunnels().getFirst();
                  box.ip("link", "del", name);
                  assertEquals(name, ended.poll(20, SECONDS));
                  tunnels.change(plan, null);
                  tunnels.change(null, plan);
                  String next = index(name);
                  router.tunnelEnded(name);
                  router.look();
                  assertEquals(next, index(name));
                  // One that has really ended is made anew.
                  box.ip("link", "del", name);
                  assertEquals(name, ended.poll(20, SECONDS));
                  router.tunnelEnded(name);
                  router.look();
                  assertNotEquals(next, index(name));
                });
          }
          return null;
        });
  }

  /** The number that the kernel gave to the device that has this name now. */
  private String index(String name) throws IOException {
    return box.ip("-o", "link", "show", "dev", name).split(":", -1)[0];
  }
}
