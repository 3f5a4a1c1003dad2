package dev.noren.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.config.Backup;
import dev.noren.config.ConfigException;
import dev.noren.config.TunnelName;
import dev.noren.config.WgQuickFile;
import dev.noren.control.LightDesk.Shown;
import dev.noren.doctor.Diagnoses;
import dev.noren.doctor.Symptom;
import dev.noren.linux.UnixStream;
import dev.noren.status.LogEntry;
import dev.noren.status.LogEntry.Kind;
import dev.noren.status.LogQuery;
import dev.noren.status.Signal.Form;
import dev.noren.status.Statuses;
import dev.noren.status.Trend;
import dev.noren.text.Language;
import dev.noren.text.Refused;
import dev.noren.text.Said;
import dev.noren.update.UpdateState;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ControlSocketTest {
  private static final String CONF =
      """
      [Interface]
      PrivateKey = gI6EdUSYvn8ugXOt8QQD6Yc+JyiZxIhp3GInSWRfWGE=
      Address = 10.7.0.2/32
      [Peer]
      PublicKey = xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=
      AllowedIPs = 10.77.0.0/16
      """;

  @TempDir Path state;
  private final FakeRouter router = new FakeRouter();
  private ControlSocket server;
  private ControlClient client;
  private String me;

  @BeforeEach
  void start() throws IOException {
    server = new ControlSocket(state, router, 1);
    server.start();
    client = ControlClient.in(state, Language.ENGLISH);
    int user = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    me = Author.of(user, null);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** The answers to what is sent, to the end. */
  private List<String> ask(byte[] bytes) throws IOException {
    try (UnixStream stream = UnixStream.connect(ControlSocket.path(state));
        BufferedReader lines = new BufferedReader(new InputStreamReader(stream.input(), UTF_8))) {
      try {
        stream.output().write(bytes);
        stream.endOutput();
      } catch (IOException e) {
        // It hung up on us, perhaps with an answer.
        assertTrue(e.getMessage().matches(".*(EPIPE|ECONNRESET).*"), e.getMessage());
      }
      return lines.lines().toList();
    }
  }

  private List<String> ask(String text) throws IOException {
    return ask(text.getBytes(UTF_8));
  }

  @Test
  void onlyItsUserMayOpenIt() throws IOException {
    Path socket = state.resolve("control.sock");
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)));
    server.close();
    assertFalse(Files.exists(socket));
  }

  @Test
  void theDayAndTheEchoesAreToldAsTheyAre() throws IOException {
    assertEquals(Statuses.DAY, client.day());
    assertEquals(Statuses.TREND, client.trend(Trend.By.HOUR));
    assertEquals(Statuses.ECHOES, client.echoes());
    assertEquals(List.of("day", "trend HOUR", "echoes"), router.asked);
  }

  @Test
  void theDiagnosisIsToldAsItIs() throws IOException {
    assertEquals(Diagnoses.NONE, client.diagnose());
    router.diagnosis = Diagnoses.FAR_SILENT;
    assertEquals(
        RecordJson.write(Diagnoses.FAR_SILENT, false), RecordJson.write(client.diagnose(), false));
    assertEquals(
        RecordJson.write(router.diagnose(Symptom.CUT), false),
        RecordJson.write(client.diagnose(Symptom.CUT), false));
    assertEquals(List.of("diagnose", "diagnose", "diagnose cut", "diagnose cut"), router.asked);
  }

  @Test
  void aSupportFileIsGiven() throws IOException {
    assertEquals("what helps\n", client.support(true, false, "akira").text());
    assertNull(client.support(true, false, "akira").card());
    assertEquals(
        router.support(false, true, "").card().toString(),
        client.support(false, true, "akira").card().toString());
    String by = " by " + me + ": akira";
    assertEquals("support true false" + by, router.asked.getFirst());
    assertEquals("support false true" + by, router.asked.getLast());
  }

  @Test
  void noticesAreTestedAndToldOf() throws IOException {
    assertEquals(router.notices().toString(), client.notices().toString());
    assertEquals(List.of(FakeRouter.TRIED), client.testNotices("akira"));
    assertEquals("test notices by " + me + ": akira", router.asked.getLast());
  }

  @Test
  void updatesAreGivenAndToldOf() throws IOException {
    router.update = UpdateState.parse("writing 41 0.2.0");
    UpdateDesk.Update update = client.update();
    assertEquals(41, update.percent());
    assertEquals(UpdateState.Kind.WRITING, update.state());
    assertEquals(router.update.says().toString(), update.says().toString());
    byte[] part = new byte[UpdateDesk.MOST_PART_BYTES];
    new Random(1).nextBytes(part);
    client.giveUpdate(0, 1L << 32, part, "akira");
    client.tryTonight(true, "akira");
    client.tryUpdate("akira");
    String by = " by " + me + ": akira";
    assertEquals(
        List.of("update", "give 262144 at 0 of 4294967296" + by, "tonight true" + by, "try" + by),
        router.asked);
    router.mistake = new Refused("update.no-update");
    IOException e =
        assertThrows(IOException.class, () -> client.giveUpdate(0, 9, new byte[9], "akira"));
    assertEquals(new Refused("update.no-update").getMessage(), e.getMessage());
    router.mistake = null;
    for (String text : List.of("*", "A".repeat(349_532))) {
      String answer =
          ask("{\"op\":\"give-update\",\"offset\":0,\"of\":9,\"part\":\"" + text + "\"}\n")
              .getFirst();
      assertTrue(answer.contains("no Base64, or has more than 262144 bytes"), answer);
    }
  }

  @Test
  void newerVersionsAreToldOfAndFetched() throws IOException {
    NewsDesk.News news = client.news();
    assertEquals(router.news.toString(), news.toString(), "the same in words");
    client.lookForUpdate("akira");
    client.fetchUpdate("akira");
    String by = " by " + me + ": akira";
    assertEquals(List.of("look" + by, "fetch" + by), router.asked);
  }

  @Test
  void lightsAreAskedAfterAndTold() throws IOException {
    assertEquals(
        new Shown("up", Form.THREE, 7L, List.of("the button is not there")), client.lights());
    client.identify(30);
    assertEquals(4, client.testLights());
    client.factoryReset("akira");
    assertEquals(
        List.of("lights", "identify 30", "test-lights", "reset by " + me + ": akira"),
        router.asked);
    router.asked.clear();
    for (String seconds : List.of("-1", "3601")) {
      String answer = ask("{\"op\":\"identify\",\"seconds\":" + seconds + "}\n").getFirst();
      assertTrue(answer.contains("seconds is none of 0 to 3600"), answer);
    }
    assertEquals(List.of(), router.asked);
  }

  @Test
  void everyOperationGoesThrough() throws Exception {
    assertTrue(client.isRunning());
    assertEquals(Statuses.FULL, client.status());
    assertEquals(FakeRouter.STORED, client.load().current());
    assertEquals(List.of("a notice"), Said.english(client.load().notices()));
    assertEquals(List.of(FakeRouter.STORED, FakeRouter.STORED), client.history());
    assertEquals(FakeRouter.OUTCOME, client.set("lan.dhcp.on", "\"ü\"\n", "akira"));
    client.edit(7, FakeRouter.STORED.config(), "akira");
    Backup backup = client.backup();
    assertEquals(FakeRouter.STORED.savedAt(), backup.timestampMark());
    client.replace(backup, "backup.json", "akira");
    client.importTunnel(new TunnelName("hq"), WgQuickFile.parse("hq.conf", CONF), "akira");
    client.rollback(3, "akira");
    client.confirm("akira");
    assertEquals(
        List.of(
            "status",
            "load",
            "load",
            "history",
            "set lan.dhcp.on to \"ü\"\n by " + me + ": akira",
            "edit 7 to shop-1 by " + me + ": akira",
            "backup",
            "replace shop-1 beyond 2026-10-05T01:02:03Z from backup.json by " + me + ": akira",
            "import hq with 1 by " + me + ": akira",
            "rollback to 3 by " + me + ": akira",
            "confirm by " + me + ": akira"),
        router.asked);
  }

  @Test
  void aLongLogComesInSeveralLines() throws IOException {
    for (int i = 0; i < 450; i++) {
      router.entries.add(new LogEntry(Statuses.AT, Kind.DEVICE, "02:00:00:00:00:01", "came " + i));
    }
    LogQuery query = new LogQuery(Statuses.AT, Kind.DEVICE, 1000);
    assertEquals(router.entries, client.log(query));
    assertEquals(List.of(query.toString()), router.asked);
    assertEquals(3, ask("{\"op\":\"log\"}\n").size());
  }

  @Test
  void aDocumentHidesItsSecretsUnlessTheyAreAskedFor() throws IOException {
    String hidden = ask("{\"op\":\"config\"}\n").getFirst();
    assertTrue(hidden.contains("(hidden)") && !hidden.contains("yAnz5TF"), hidden);
    assertTrue(ask("{\"op\":\"config\",\"secrets\":true}\n").getFirst().contains("yAnz5TF"));
  }

  @Test
  void watchingGoesOnUntilTheCallerHangsUp() {
    List<Object> seen = new ArrayList<>();
    IllegalStateException enough =
        assertThrows(
            IllegalStateException.class,
            () ->
                client.watch(
                    status -> {
                      seen.add(status);
                      if (seen.size() == 3) {
                        throw new IllegalStateException("enough");
                      }
                    }));
    assertEquals("enough", enough.getMessage());
    assertEquals(List.of(Statuses.FULL, Statuses.FULL, Statuses.FULL), seen);
  }

  @Test
  void whatGoesWrongIsOneSentence() {
    ConfigException bad =
        assertThrows(ConfigException.class, () -> client.set("bad", "1", "akira"));
    assertEquals("the configuration, bad: is bad", bad.getMessage());
    router.failure = new IOException("the disk is full");
    assertEquals(
        "the disk is full",
        assertThrows(IOException.class, () -> client.confirm("akira")).getMessage());
    router.failure = null;
    router.mistake = new IllegalStateException("a test's mistake");
    router.mistake.setStackTrace(new StackTraceElement[0]);
    String mistake = assertThrows(IOException.class, client::status).getMessage();
    assertTrue(mistake.contains("its log says which"), mistake);
  }

  @Test
  void nobodyThereIsSaid() throws IOException {
    server.close();
    assertFalse(client.isRunning());
    assertEquals(
        "the router is not running: noren run starts it",
        assertThrows(IOException.class, client::status).getMessage());
    // What a killed router leaves: Java's own sockets are never removed.
    ServerSocketChannel.open(StandardProtocolFamily.UNIX)
        .bind(UnixDomainSocketAddress.of(ControlSocket.path(state)))
        .close();
    assertFalse(client.isRunning());
  }

  @Test
  void badRequestsGetOneSentenceAndTheNextIsAnswered() throws IOException {
    List<String> answers =
        ask(
            """
            nonsense

            {"op":"frobnicate"}
            {"op":"set"}
            {"op":"rollback"}
            {"op":"log","limit":0}
            {"op":"import","name":"a/b","conf":""}
            {"op":"confirm"}
            {"op":"conf\
            """);
    assertEquals(7, answers.size(), answers.toString());
    assertEquals("{\"error\":\"the request can't be understood: it is not JSON\"}", answers.get(0));
    assertEquals(
        "{\"error\":\"the request can't be understood: op is none of the words for it\"}",
        answers.get(1));
    assertEquals(
        "{\"error\":\"the request can't be understood: path is missing\"}", answers.get(2));
    assertTrue(answers.get(6).startsWith("{\"outcome\":{\"number\":8,"), answers.get(6));
    assertEquals(List.of("confirm by " + me), router.asked, "half a line is no request");
  }

  @Test
  void aLineWithoutEndIsNotReadForEver() throws IOException {
    byte[] endless = new byte[Request.MAX_BYTES + 100_000];
    Arrays.fill(endless, (byte) ' ');
    List<String> answers = ask(endless);
    assertEquals(List.of("{\"error\":\"a request is longer than 4259840 bytes\"}"), answers);
    assertEquals(
        "a request is longer than 4259840 bytes",
        assertThrows(IOException.class, () -> client.set("name", " ".repeat(5 << 20), "akira"))
            .getMessage());
    assertEquals(Statuses.FULL, client.status());
  }

  /** Also where the router could not read what it was asked, or not all of it. */
  @Test
  void whatIsNoRequestIsRefusedInItsLanguage() throws IOException {
    byte[] endless = new byte[Request.MAX_BYTES + 100_000];
    Arrays.fill(endless, (byte) ' ');
    byte[] begin = "{\"op\":\"set\",\"language\":\"ja\",".getBytes(UTF_8);
    System.arraycopy(begin, 0, endless, 0, begin.length);
    assertEquals(List.of("{\"error\":\"要求が4259840バイトを超えています。短くしてください。\"}"), ask(endless));
    assertEquals(
        List.of(
            "{\"error\":\"要求を読み取れません: JSONになっていません\"}",
            "{\"error\":\"要求を読み取れません: 全体に、知らない名前の項目があります\"}",
            "{\"error\":\"要求を読み取れません: numberが整数になっていません\"}",
            "{\"error\":\"the request can't be understood: path is missing\"}"),
        ask(
            """
            {"op":"set","language":"ja","path"}
            {"op":"set","language":"ja","place":"name"}
            {"op":"rollback","number":"7","language":"ja"}
            {"op":"set"}
            """));
  }

  @Test
  void thoseWhoSendMuchShareOneAllowance() throws IOException {
    byte[] half = new byte[Request.MAX_BYTES / 4 * 3];
    Arrays.fill(half, (byte) ' ');
    try (UnixStream first = UnixStream.connect(ControlSocket.path(state))) {
      first.output().write(half);
      List<String> answers = ask(half);
      assertEquals(
          List.of("{\"error\":\"too much is being sent to the router at once: try again\"}"),
          answers);
      assertEquals(Statuses.FULL, client.status(), "small requests need none of it");
    }
  }

  /** Some say nothing, some half a line, some read nothing of what they asked for. */
  @Test
  void whoStallsKeepsNobodyOut() throws IOException {
    List<UnixStream> stalled = new ArrayList<>();
    try {
      for (int i = 0; i < 3 * ControlSocket.MAX_CALLERS; i++) {
        UnixStream stream = UnixStream.connect(ControlSocket.path(state));
        stalled.add(stream);
        String[] kinds = {"", "{\"op\":", "{\"op\":\"status\",\"watch\":true}\n"};
        stream.output().write(kinds[i % 3].getBytes(UTF_8));
        assertEquals(Statuses.FULL, client.status());
      }
    } finally {
      stalled.forEach(UnixStream::close);
    }
  }

  @Test
  void noiseEndsNothing() throws IOException {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    String good = "{\"op\":\"set\",\"as\":\"akira\",\"path\":\"name\",\"value\":\"shop\"}\n";
    for (int i = 0; i < 300; i++) {
      byte[] bytes = good.repeat(1 + random.nextInt(3)).getBytes(UTF_8);
      for (int flips = random.nextInt(6); flips > 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      byte[] sent = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
      for (String answer : ask(sent)) {
        Answer read = RecordJson.read(answer, Answer.class);
        assertTrue(
            read.outcome() != null
                || (read.error() != null && !read.error().toString().contains("mistake")),
            "seed " + seed + ": " + answer);
      }
    }
    assertEquals(Statuses.FULL, client.status());
  }

  @Test
  void whoAsksIsNamedByTheKernel() {
    List<String> users = List.of("root:x:0:0::/root:/bin/sh", "broken", "akira:x:1000:1000");
    assertEquals("root (local)", Author.of(0, null, users));
    assertEquals("akira (local)", Author.of(1000, " ", users));
    assertEquals("user 7 (local): I am root?", Author.of(7, "I am root\n", users));
    assertEquals("akira (local): " + "x".repeat(100), Author.of(1000, "x".repeat(500), users));
  }
}
