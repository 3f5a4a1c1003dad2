package dev.noren.services;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.config.TunnelName;
import dev.noren.config.WgQuickFile;
import dev.noren.net.IpAddress;
import dev.noren.plan.Action;
import dev.noren.plan.GoldenPlans;
import dev.noren.plan.MachineFacts;
import dev.noren.plan.QuickPlan;
import dev.noren.plan.Step;
import dev.noren.plan.Step.Phase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The plans done to a real interface in a namespace, and undone to exactly what was there. */
class QuickUpIT {
  private static final String NAME = "hq";
  private static final String FULL =
      """
      [Interface]
      PrivateKey = yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=
      Address = 10.77.0.2/24, fd77::2/64
      DNS = 10.77.0.53, shop.example
      [Peer]
      PublicKey = xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=
      AllowedIPs = 0.0.0.0/0, ::/0, 192.168.0.0/16, fd01::/48
      """;

  @TempDir private Path folder;
  private TestNamespace namespace;
  private Path etc;

  @BeforeEach
  void open() throws IOException {
    namespace = new TestNamespace();
    etc = Files.createDirectories(folder.resolve("etc"));
    Files.writeString(etc.resolve("resolv.conf"), "nameserver 192.0.2.53\n");
    namespace.run("ip", "link", "add", "eth0", "type", "veth", "peer", "name", "eth1");
    namespace.run("ip", "link", "set", "eth0", "mtu", "1400", "up");
    namespace.run("ip", "address", "add", "198.51.100.7/24", "dev", "eth0");
    namespace.run("ip", "route", "add", "default", "via", "198.51.100.1");
  }

  @AfterEach
  void close() throws IOException {
    namespace.close();
  }

  private Machine machine() throws IOException {
    return machine(namespace.prefix(), folder);
  }

  private static Machine machine(List<String> prefix, Path folder) throws IOException {
    List<Path> programs = CommandRunner.pathOf(System.getenv());
    // Whether this machine has a resolvconf must not matter.
    Path bin = Files.createDirectories(folder.resolve("bin"));
    for (String program : List.of("ip", "nft", "sysctl", "sh", "bash")) {
      Path real = new CommandRunner(List.of(), programs).find(program).orElseThrow();
      Path script = bin.resolve(program);
      Files.writeString(script, "#!/bin/sh\nexec " + real + " \"$@\"\n");
      Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }
    return new Machine(
        new CommandRunner(prefix, List.of(bin)),
        StateFolder.open(folder.resolve("state")),
        folder.resolve("etc"));
  }

  /** Everything that a plan could have changed. */
  private List<String> state() throws IOException {
    List<String> state = new ArrayList<>();
    for (String family : List.of("-4", "-6")) {
      state.add(namespace.run("ip", "-j", family, "address"));
      state.add(namespace.run("ip", "-j", family, "rule"));
      state.add(namespace.run("ip", "-j", family, "route", "show", "table", "all"));
    }
    state.add(namespace.run("nft", "list", "ruleset"));
    state.add(namespace.run("sysctl", "net.ipv4.conf.all.src_valid_mark"));
    state.add(Files.readString(etc.resolve("resolv.conf")));
    return state;
  }

  private void addInterface(String name, int mtu) throws IOException {
    namespace.run("ip", "tuntap", "add", "mode", "tun", "name", name);
    namespace.run("ip", "link", "set", "mtu", "" + mtu, "dev", name);
  }

  private static QuickPlan plan(String name, String text, QuickUp up) throws Exception {
    MachineFacts facts = up.facts(List.of(IpAddress.parse("203.0.113.9")));
    return QuickPlan.of(new TunnelName(name), WgQuickFile.parse(name + ".conf", text), facts);
  }

  private static void apply(QuickUp up, QuickPlan plan) throws IOException {
    up.apply(plan.steps(), Phase.BEFORE_INTERFACE);
    up.apply(plan.steps(), Phase.AFTER_START);
  }

  /** Each golden file, with what this namespace is really like. */
  @TestFactory
  Stream<DynamicTest> everyPlanIsUndoneToWhatWasThere() throws Exception {
    return GoldenPlans.files().stream()
        .filter(file -> TunnelName.looksLike(nameOf(file)))
        .map(file -> DynamicTest.dynamicTest(nameOf(file), () -> upAndDown(file)));
  }

  private static String nameOf(Path file) {
    return file.getFileName().toString().replace(".conf", "");
  }

  private void upAndDown(Path file) throws Exception {
    String name = nameOf(file);
    String text = Files.readString(file);
    int mtu = GoldenPlans.plan(file).mtuBytes();
    addInterface(name, text.contains("MTU =") ? mtu : 1320);
    List<String> before = state();
    try (QuickUp up = QuickUp.begin(name, machine())) {
      QuickPlan plan = plan(name, text, up);
      assertEquals(text.contains("MTU =") ? mtu : 1320, plan.mtuBytes());
      apply(up, plan);
      assertNotEquals(before, state());
      assertTrue(namespace.run("ip", "link", "show", name).contains(",UP"));
      assertTrue(up.undo(Phase.AFTER_START));
    }
    assertEquals(before, state());
    namespace.run("ip", "link", "del", name);
  }

  @Test
  void everyGuardIsTakenByNft() throws Exception {
    int guards = 0;
    CommandRunner commands = machine().commands();
    for (Path file : GoldenPlans.files()) {
      for (Step step : GoldenPlans.plan(file).steps()) {
        if (step.action() instanceof Action.Command command
            && command.arguments().getFirst().equals("nft")) {
          commands.run(List.of("nft", "-c", "-f", "-"), command.stdin());
          guards++;
        }
      }
    }
    assertTrue(guards >= 6);
  }

  @Test
  void aFullTunnelTakesAllButTheMarkedAndTheNear() throws Exception {
    addInterface(NAME, 1420);
    try (QuickUp up = QuickUp.begin(NAME, machine())) {
      QuickPlan plan = plan(NAME, FULL, up);
      assertEquals(51820, plan.fwMark());
      assertEquals(1320, plan.mtuBytes());
      apply(up, plan);
      assertTrue(route("203.0.113.9").contains("dev " + NAME));
      assertTrue(route("203.0.113.9", "mark", "51820").contains("dev eth0"));
      assertTrue(route("198.51.100.9").contains("dev eth0"));
      assertTrue(route("192.168.7.7").contains("dev " + NAME));
      assertTrue(route("2001:db8::9").contains("dev " + NAME));
      assertEquals(
          "nameserver 10.77.0.53\nsearch shop.example\n",
          Files.readString(etc.resolve("resolv.conf")));
      // Without its interface nothing of it may leave in the clear.
      namespace.run("ip", "link", "del", NAME);
      assertTrue(runAnyway("ip", "route", "get", "203.0.113.9").contains("No route to host"));
      assertTrue(route("203.0.113.9", "mark", "51820").contains("dev eth0"));
    }
    assertTrue(route("203.0.113.9").contains("dev eth0"));
  }

  private String route(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("ip", "route", "get"));
    command.addAll(List.of(arguments));
    return namespace.run(command.toArray(String[]::new));
  }

  private String runAnyway(String... command) throws IOException {
    return machine().commands().tryRun(List.of(command), "", CommandRunner.USUAL_TIME).output();
  }

  @Test
  void twoFullTunnelsComeAndGoInAnyOrder() throws Exception {
    addInterface("one", 1320);
    addInterface("two", 1320);
    List<String> before = state();
    String other = FULL.replace("10.77.0.", "10.78.0.").replace("fd77:", "fd78:");
    for (boolean firstOut : new boolean[] {true, false}) {
      QuickUp one = QuickUp.begin("one", machine());
      // The near routes of both would be the same.
      apply(one, plan("one", FULL.replace(", 192.168.0.0/16, fd01::/48", ""), one));
      List<String> onlyOne = state();
      QuickUp two = QuickUp.begin("two", machine());
      QuickPlan second = plan("two", other, two);
      assertEquals(51821, second.fwMark());
      apply(two, second);
      assertTrue(route("203.0.113.9").contains("dev two"));
      if (firstOut) {
        one.close();
        assertTrue(route("203.0.113.9").contains("dev two"));
        assertTrue(route("198.51.100.9").contains("dev eth0"));
        two.close();
      } else {
        two.close();
        assertEquals(onlyOne, state());
        one.close();
      }
      assertEquals(before, state());
    }
  }

  @Test
  void aStepThatFailsLeavesNothing() throws Exception {
    addInterface(NAME, 1320);
    namespace.run("ip", "route", "add", "192.168.0.0/16", "via", "198.51.100.1");
    List<String> before = state();
    try (QuickUp up = QuickUp.begin(NAME, machine())) {
      QuickPlan plan = plan(NAME, FULL, up);
      IOException thrown = assertThrows(IOException.class, () -> apply(up, plan));
      assertTrue(thrown.getMessage().contains("File exists"), thrown.getMessage());
      assertTrue(
          thrown.getMessage().contains("route add 192.168.0.0/16 dev hq"), thrown.getMessage());
    }
    assertEquals(before, state());
  }

  /** A process of its own that brings a tunnel up, says so, and waits for its end. */
  static final class Child {
    public static void main(String[] args) throws Exception {
      Machine machine = machine(List.of(args).subList(1, args.length), Path.of(args[0]));
      QuickUp up = QuickUp.begin(NAME, machine);
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    try {
                      up.close();
                    } catch (IOException e) {
                      throw new UncheckedIOException(e);
                    }
                  }));
      apply(up, plan(NAME, FULL, up));
      System.out.println("up");
      Thread.sleep(600_000);
    }
  }

  private Process startChild() throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                System.getProperty("java.home") + "/bin/java",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                folder.toString()));
    command.addAll(namespace.prefix());
    Process child =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8));
    for (String line = reader.readLine(); !"up".equals(line); line = reader.readLine()) {
      assertTrue(line != null, "the child came up");
    }
    return child;
  }

  @Test
  void downEndsTheProcessAndWaitsForIt() throws Exception {
    addInterface(NAME, 1320);
    List<String> before = state();
    Process child = startChild();
    assertNotEquals(before, state());
    assertTrue(new QuickDown(machine()).run(NAME));
    assertEquals(before, state());
    assertFalse(child.isAlive());
  }

  @Test
  void downUndoesWhatAKilledProcessLeft() throws Exception {
    List<String> before = state();
    addInterface(NAME, 1320);
    startChild().destroyForcibly().waitFor();
    // A TUN interface goes with its process.
    namespace.run("ip", "link", "del", NAME);
    assertNotEquals(before, state());
    assertTrue(new QuickDown(machine()).run(NAME));
    assertEquals(before, state());
  }

  @Test
  void theNextUpUndoesWhatAKilledProcessLeft() throws Exception {
    List<String> before = state();
    addInterface(NAME, 1320);
    startChild().destroyForcibly().waitFor();
    namespace.run("ip", "link", "del", NAME);
    try (QuickUp up = QuickUp.begin(NAME, machine())) {
      assertEquals(before, state());
      assertEquals(Set.of(253L, 254L, 255L), up.facts(List.of()).tablesInUse());
    }
  }
}
