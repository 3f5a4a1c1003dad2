package dev.noren.services;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.plan.ServicePlan;
import dev.noren.text.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real programs, all of them shell scripts. */
class SupervisorTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** So long that whatever ends when asked is never killed, however busy the machine is. */
  private static final Duration GRACE = Duration.ofSeconds(60);

  @TempDir private Path state;
  private final CommandRunner commands = new CommandRunner();
  private final Semaphore endings = new Semaphore(0);
  private Supervisor supervisor;

  @BeforeEach
  void make() {
    supervisor = new Supervisor(commands, state, GRACE, endings::release);
  }

  @AfterEach
  void end() {
    supervisor.stopAll();
  }

  private static ServicePlan shell(String script) {
    return new ServicePlan("sh-eth0", List.of("sh", "{folder}/main"), Map.of("main", script));
  }

  private Path folder() {
    return state.resolve("run/sh-eth0");
  }

  private void awaitEnding() throws InterruptedException {
    assertTrue(endings.tryAcquire(20, TimeUnit.SECONDS), "nobody told that it has ended");
  }

  /** What a script wrote once it had begun. */
  private String await(String file) throws IOException, InterruptedException {
    Path path = folder().resolve(file);
    for (int i = 0; i < 2000 && !(Files.exists(path) && Files.size(path) > 0); i++) {
      Thread.sleep(5);
    }
    return Files.readString(path).strip();
  }

  private static boolean isAlive(String pid) {
    return ProcessTable.read(Long.parseLong(pid)).isPresent();
  }

  @Test
  void writesTheFilesForItselfAloneWithTheFolderInThem() throws Exception {
    supervisor.change(
        null,
        new ServicePlan(
            "sh-eth0",
            List.of("{folder}/script", "{folder}/x"),
            Map.of(
                "script",
                "#!/bin/sh\necho \"$1\" >{folder}/said\nexec sleep 600\n",
                "conf",
                "in={folder}\n")),
        0);
    assertEquals(folder() + "/x", await("said"));
    assertEquals("in=" + folder() + "\n", Files.readString(folder().resolve("conf")));
    assertEquals("rwx------", permissions(folder()));
    assertEquals("rwx------", permissions(folder().resolve("script")));
    assertEquals("rw-------", permissions(folder().resolve("conf")));
    assertEquals("rw-------", permissions(folder().resolve("pid")));
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  /** What a line gave to a client that has ended is nobody's promise any more. */
  @Test
  void aLeaseIsThereOnlyWhileItsServiceRuns() throws Exception {
    Path lease = folder().resolve(LeaseFiles.FILE);
    Files.createDirectories(folder());
    Files.writeString(lease, "left by a killed one");
    ServicePlan client =
        shell(
            """
            [ -e {folder}/lease ] || echo gave >{folder}/lease
            echo begun >{folder}/said
            exec sleep 600
            """);
    supervisor.change(null, client, 0);
    await("said");
    assertEquals("gave\n", Files.readString(lease));
    supervisor.change(client, null, 0);
    assertFalse(Files.exists(lease));
    Files.writeString(lease, "left by a killed one");
    Supervisor.sweep(state, GRACE);
    assertFalse(Files.exists(lease));
  }

  /** Or a line would be gone for as long as it takes to ask anew, for nothing but another name. */
  @Test
  void oneThatTakesAnothersPlaceGoesOnWithItsLease() throws Exception {
    Path lease = folder().resolve(LeaseFiles.FILE);
    ServicePlan client = shell("echo gave >{folder}/lease; echo begun >{folder}/said; sleep 600");
    supervisor.change(null, client, 0);
    await("said");
    ServicePlan renamed = shell("cat {folder}/lease >{folder}/found; exit 3");
    supervisor.change(client, renamed, 0);
    assertEquals("gave", await("found"));
    awaitEnding();
    awaitEnding();
    Files.delete(folder().resolve("found"));
    supervisor.poll(0);
    supervisor.poll(5 * SECOND);
    assertEquals("gave", await("found"), "also where it ended by itself");
    supervisor.change(renamed, null, 0);
    assertFalse(Files.exists(lease));
  }

  @Test
  void startsAgainWhenItEndsAndNotANanosecondEarly() throws Exception {
    supervisor.change(null, shell("echo out of luck; exit 3"), 0);
    awaitEnding();
    assertEquals(5 * SECOND, supervisor.poll(4 * SECOND), "one second later");
    assertEquals(5 * SECOND, supervisor.poll(5 * SECOND - 1));
    assertFalse(supervisor.states().getFirst().running());
    assertEquals(Supervisor.NEVER, supervisor.poll(5 * SECOND));
    awaitEnding();
    assertEquals(8 * SECOND, supervisor.poll(6 * SECOND), "two seconds later");
    assertEquals(
        new ServiceState("sh-eth0", false, 6 * SECOND, 1, "out of luck"),
        supervisor.states().getFirst());
  }

  @Test
  void aServiceThatRunsIsLeftAlone() throws Exception {
    supervisor.change(null, shell("echo $$ >pid2; exec sleep 600"), 7);
    String pid = await("pid2");
    assertEquals(Supervisor.NEVER, supervisor.poll(100 * SECOND));
    assertEquals(new ServiceState("sh-eth0", true, 7, 0, ""), supervisor.states().getFirst());
    assertTrue(isAlive(pid));
  }

  @Test
  void stopsItWithItsChildrenAndDeletesItsFiles() throws Exception {
    // The second child is nobody's child any more once the first shell has gone.
    ServicePlan plan = shell("sleep 600 & echo $! >one; sh -c 'sleep 600 & echo $! >two'; wait");
    supervisor.change(null, plan, 0);
    String two = await("two");
    String one = await("one");
    supervisor.change(plan, null, 0);
    assertFalse(isAlive(one));
    assertFalse(isAlive(two));
    assertFalse(Files.exists(folder().resolve("main")));
    assertFalse(Files.exists(folder().resolve("pid")));
    assertTrue(Files.exists(folder().resolve("one")), "what it wrote itself stays");
    assertEquals(List.of(), supervisor.states());
  }

  @Test
  void killsWhatDoesNotEndWhenAsked() throws Exception {
    Supervisor impatient = new Supervisor(commands, state, Duration.ZERO, endings::release);
    ServicePlan plan = shell("trap '' TERM; echo $$ >me; while :; do sleep 600; done");
    impatient.change(null, plan, 0);
    String me = await("me");
    impatient.change(plan, null, 0);
    assertFalse(isAlive(me));
  }

  @Test
  void childrenOfOneThatEndedDoNotStandInItsSuccessorsWay() throws Exception {
    supervisor.change(null, shell("sleep 600 & echo $! >child; exit 1"), 0);
    String child = await("child");
    awaitEnding();
    supervisor.poll(0);
    assertFalse(isAlive(child));
  }

  @Test
  void aChangeStopsTheOldOneFirst() throws Exception {
    ServicePlan old = shell("echo $$ >old; exec sleep 600");
    ServicePlan young = shell("echo $$ >young; exec sleep 600");
    supervisor.change(null, old, 0);
    String pid = await("old");
    supervisor.change(old, young, 9);
    assertFalse(isAlive(pid));
    assertTrue(isAlive(await("young")));
    assertEquals(9, supervisor.states().getFirst().sinceNs());
  }

  @Test
  void aKilledNorensServicesAreEnded() throws Exception {
    supervisor.change(null, shell("sleep 600 & echo $! >child; wait"), 0);
    String child = await("child");
    String pid = Files.readString(folder().resolve("pid")).split(" ", -1)[0];
    Supervisor.sweep(state, GRACE);
    assertFalse(isAlive(pid));
    assertFalse(isAlive(child));
    assertFalse(Files.exists(folder().resolve("pid")));
  }

  @Test
  void oneThatWasKilledBeforeItCouldWriteThePidIsFoundToo() throws Exception {
    supervisor.change(null, shell("echo $$ >me; exec sleep 600"), 0);
    String me = await("me");
    Files.delete(folder().resolve("pid"));
    Supervisor.sweep(state, GRACE);
    assertFalse(isAlive(me));
  }

  @Test
  void aStrangerWithTheRecordedNumberIsLeftAlone() throws Exception {
    Process stranger = commands.start(List.of("sleep", "600"), state, Map.of(), line -> {});
    try {
      ServiceFolder folder = ServiceFolder.open(state, "sh-eth0");
      folder.record(stranger.pid());
      String record = Files.readString(folder().resolve("pid"));
      String[] words = record.strip().split(" ", -1);
      for (String wrong :
          List.of(
              words[0] + " " + (Long.parseLong(words[1]) + 1) + " " + words[2],
              words[0] + " " + words[1] + " another-boot",
              words[0],
              "",
              "-1 0 x",
              "9999999999999999999999 1 " + words[2])) {
        Files.write(folder().resolve("pid"), (wrong + "\n").getBytes(UTF_8));
        Supervisor.sweep(state, GRACE);
        assertTrue(stranger.isAlive(), wrong);
      }
      Files.writeString(folder().resolve("pid"), record);
      Supervisor.sweep(state, GRACE);
      assertTrue(stranger.waitFor(20, TimeUnit.SECONDS), "the right record is right");
    } finally {
      stranger.destroyForcibly();
    }
  }

  @Test
  void aProgramThatIsNotInstalledIsOneProblemAndIsTriedAgain() throws Exception {
    Path bin = Files.createDirectory(state.resolve("bin"));
    Supervisor poor =
        new Supervisor(new CommandRunner(List.of(), List.of(bin)), state, GRACE, endings::release);
    String missing =
        "dnsmasq is not installed: it is in Debian's package dnsmasq-base; tell whoever looks"
            + " after the system";
    ServicePlan plan = new ServicePlan("dnsmasq", List.of("dnsmasq", "-k"), Map.of());
    try {
      poor.change(null, plan, 0);
      poor.change(null, new ServicePlan("another", plan.command(), Map.of()), 0);
      assertEquals(List.of(missing), Said.english(poor.problems()));
      assertEquals(new ServiceState("dnsmasq", false, 0, 0, missing), poor.states().getFirst());
      assertEquals(SECOND, poor.poll(SECOND - 1));
      assertEquals(3 * SECOND, poor.poll(SECOND), "two seconds later");
      assertEquals(7 * SECOND, poor.poll(3 * SECOND), "four seconds later");
      assertEquals(List.of(missing), Said.english(poor.problems()));
      Path program = bin.resolve("dnsmasq");
      Files.writeString(program, "#!/bin/sh\nexec /bin/sleep 600\n");
      Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
      assertEquals(Supervisor.NEVER, poor.poll(7 * SECOND));
      assertEquals(List.of(), poor.problems());
      assertTrue(poor.states().stream().allMatch(ServiceState::running));
      poor.change(plan, null, 0);
      assertEquals(1, poor.states().size());
    } finally {
      poor.stopAll();
    }
  }

  @Test
  void whatCanNotBeStartedThoughItIsThereIsRefused() throws Exception {
    Path program = Files.writeString(state.resolve("dnsmasq"), "#!/nowhere/sh\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    Supervisor poor =
        new Supervisor(new CommandRunner(List.of(), List.of(state)), state, GRACE, () -> {});
    ServicePlan plan = new ServicePlan("dnsmasq", List.of("dnsmasq", "-k"), Map.of());
    String said = assertThrows(IOException.class, () -> poor.change(null, plan, 0)).getMessage();
    assertTrue(said.startsWith("dnsmasq can't be started: dnsmasq -k can't be started: "), said);
    assertEquals(List.of(), poor.states());
    assertEquals(List.of(), poor.problems());
  }

  @Test
  void aNameThatLeadsElsewhereIsRefused() {
    for (String name : List.of("..", "a/b", "", ".x", "x\n")) {
      ServicePlan plan = new ServicePlan(name, List.of("true"), Map.of());
      assertThrows(IllegalArgumentException.class, () -> supervisor.change(null, plan, 0), name);
    }
    ServicePlan plan = new ServicePlan("x", List.of("true"), Map.of("../y", ""));
    assertThrows(IllegalArgumentException.class, () -> supervisor.change(null, plan, 0));
  }
}
