package dev.noren.router;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.noren.config.UpdateConfig;
import dev.noren.config.UpdateConfig.Install;
import dev.noren.control.NewsDesk.Doing;
import dev.noren.control.NewsDesk.News;
import dev.noren.services.CommandRunner;
import dev.noren.services.Signify;
import dev.noren.services.Wget;
import dev.noren.street.Wait;
import dev.noren.text.Language;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Lists and files from a server, by the real wget and the real signify. */
@Timeout(120)
class UpdateNewsTest {
  private static final Path SCRIPTS = Path.of("src/build/image").toAbsolutePath();
  private static final long RUNS = 1_780_000_000;
  private static final long HOUR = 3_600;
  private static final long DAY = 24 * HOUR;
  private static final UpdateConfig ASK = new UpdateConfig(true, Install.ASK);
  private static final UpdateConfig NIGHT = new UpdateConfig(true, Install.NIGHT);

  @TempDir private Path folder;
  private final CommandRunner commands = new CommandRunner();
  private NewsServer server;
  private UpdatingBox box;
  private UpdateNews news;
  private Path update;
  private Duration patience = Duration.ofSeconds(60);

  @BeforeEach
  void make() throws IOException {
    for (String program : List.of("wget", "signify-openbsd", "prlimit", "setpriv")) {
      assumeTrue(commands.find(program).isPresent(), "there is no " + program);
    }
    server = new NewsServer();
    for (String key : List.of("key", "other")) {
      commands.run(SCRIPTS.resolve("key.sh").toString(), folder.resolve(key).toString());
    }
    Path share = Files.createDirectory(folder.resolve("share"));
    Files.copy(folder.resolve("key/update.pub"), share.resolve("update.pub"));
    Files.writeString(share.resolve("release"), "version 0.1.0\ntime " + RUNS + "\n");
    Files.writeString(share.resolve("updates"), "# here\n\n" + server.url("/list") + "\n");
    update = makeUpdate("0.2.0", RUNS + DAY);
    box = new UpdatingBox(folder.resolve("state"));
    box.says("idle");
    box.now = Instant.now();
    begin();
  }

  @AfterEach
  void end() {
    if (server != null) {
      news.close();
      box.close();
      server.close();
    }
  }

  /** The router starts, perhaps once more. */
  private void begin() throws IOException {
    if (news != null) {
      news.close();
    }
    UpdateSource source = UpdateSource.read(folder.resolve("share/updates"));
    news =
        new UpdateNews(
            box.folder(),
            source,
            new UpdateFetch(
                box.folder(),
                source,
                new Wget(commands),
                new Signify(commands),
                new UpdateFetch.Limits(patience, patience)),
            box.updates(),
            (who, what) -> box.log.add(who + ": " + what),
            new UpdateNews.Clocks(box::nowNs, () -> box.now, () -> box.clockIsKept),
            () -> 0);
  }

  private Path makeUpdate(String version, long seconds) throws IOException {
    byte[] bytes = new byte[9 * 4096];
    new Random(seconds).nextBytes(bytes);
    Path root = Files.write(folder.resolve("root"), bytes);
    Path boot = Files.write(folder.resolve("boot"), Arrays.copyOf(bytes, 2 * 4096));
    Path file = folder.resolve("noren-" + version + ".update");
    by(
        "key",
        "update.sh",
        root.toString(),
        boot.toString(),
        version,
        Long.toString(seconds),
        file.toString());
    server.gives("/" + file.getFileName(), Files.readAllBytes(file));
    return file;
  }

  private void by(String key, String script, String... words) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "env",
                "UPDATE_KEY=" + folder.resolve(key),
                "UPDATE_LIST=" + folder.resolve("list"),
                SCRIPTS.resolve(script).toString()));
    command.addAll(List.of(words));
    commands.run(command, "");
  }

  /** The list of this update that the build makes. */
  private void publish() throws IOException {
    Files.writeString(
        Path.of(update + ".about"), "en The page is faster.\nja ページが速くなりました。\n", UTF_8);
    by("key", "list.sh", server.url("/"), update.toString());
    server.gives("/list", Files.readAllBytes(folder.resolve("list")));
  }

  private byte[] signed(String key, String text) throws IOException {
    Path plain = Files.writeString(folder.resolve("text"), text, UTF_8);
    Path signed = folder.resolve("signed");
    commands.run(
        "signify-openbsd",
        "-S",
        "-e",
        "-s",
        folder.resolve(key + "/update.sec").toString(),
        "-m",
        plain.toString(),
        "-x",
        signed.toString());
    return Files.readAllBytes(signed);
  }

  private static String text(long seconds, String rest) {
    return "noren-updates 1\ntime " + seconds + "\n" + rest;
  }

  private News ended() {
    Wait.until("it is done", () -> !news.news().isBusy());
    return news.news();
  }

  private News look() throws IOException {
    news.lookForUpdate("owner");
    return ended();
  }

  private void assertFails(String why, News known) {
    assertNotNull(known.failure(), why);
    assertTrue(known.failure().toString().contains(why), known.failure().toString());
  }

  /** What is there of files that are not whole, or not needed any more. */
  private void assertTidy() throws IOException {
    assertTrue(
        List.of("image", "list", "looked", "told", "tonight").containsAll(box.files()),
        box.files().toString());
  }

  @Test
  void whatIsNewIsToldAndFetched() throws Exception {
    publish();
    assertEquals("The box has not looked yet", news.news().says().toString().substring(0, 26));
    News known = look();
    assertNull(known.failure());
    assertEquals("0.2.0", known.version());
    assertEquals("The page is faster.", known.about(Language.ENGLISH));
    assertEquals("ページが速くなりました。", known.about(Language.JAPANESE));
    assertEquals("There is a newer version: 0.2.0", known.says().toString());
    assertEquals(
        List.of("/list by [Accept, Accept-encoding, Connection, Host, User-agent]"), server.asked);

    look();
    assertEquals(List.of("owner: there is a new version 0.2.0"), box.log, "said once");
    begin();
    assertEquals("0.2.0", news.news().version(), "also over a restart");
    assertEquals(2, server.asked.size(), "which asks nobody");

    news.fetchUpdate("owner");
    assertNull(ended().failure());
    assertArrayEquals(Files.readAllBytes(update), box.given);
    assertEquals(
        List.of(
            "owner: there is a new version 0.2.0",
            "owner: fetched the file of the new version 0.2.0",
            "owner: gave the box the new version 0.2.0"),
        box.log);
    assertTidy();
    assertFalse(box.files().contains("tonight"));
  }

  @Test
  void whatRunsIsNoNews() throws Exception {
    update = makeUpdate("0.1.0", RUNS);
    publish();
    News known = look();
    assertNull(known.version());
    assertNull(known.failure());
    assertTrue(known.says().toString().startsWith("No newer version"), known.says().toString());
    assertThrows(IOException.class, () -> news.fetchUpdate("owner"));
    assertEquals(List.of(), box.log);
  }

  @Test
  void aListThatIsNotOursIsNotTaken() throws Exception {
    publish();
    byte[] good = Files.readAllBytes(folder.resolve("list"));
    byte[] tampered = new String(good, UTF_8).replace("0.2.0 ", "9.9.9 ").getBytes(UTF_8);
    server.gives("/list", tampered);
    assertFails("not genuine", look());
    String later = new String(good, UTF_8).lines().skip(2).reduce("", (a, b) -> a + b + "\n");
    server.gives("/list", signed("other", later));
    assertFails("not genuine", look());
    server.gives("/list", later.getBytes(UTF_8));
    assertFails("not genuine", look());
    server.gives("/list", new byte[0]);
    assertFails("not genuine", look());
    server.gives("/list", signed("key", "something else\n"));
    assertFails("no list of versions", look());
    server.gives("/list", Arrays.copyOf(signed("key", later), 16_385));
    assertFails("more than 16384 bytes", look());
    assertNull(news.news().version());
    assertEquals(6, box.log.size(), "who asks hears it each time");
    assertTrue(box.log.getFirst().startsWith("owner: could not see whether there is"));
    server.gives("/list", good);
    assertEquals("0.2.0", look().version(), "and goes on with a good one");
    assertTidy();
  }

  @Test
  void nobodyTakesABoxBackToAnOlderList() throws Exception {
    long now = box.now.getEpochSecond();
    server.gives("/list", signed("key", text(now, "")));
    assertNull(look().failure());
    begin();
    server.gives("/list", signed("key", text(now - 1, "")));
    assertFails("is older than", look());
    server.gives("/list", signed("key", text(now + DAY + 60, "")));
    assertFails("days to come", look());
    server.gives("/list", signed("key", text(now, "")));
    assertNull(look().failure());
    box.passes(91 * DAY);
    assertFails("91 days old", look());
  }

  @Test
  void aServerThatDoesNotGiveItIsNamed() throws Exception {
    assertFails("127.0.0.1 does not give what was asked for (error 404)", look());
    publish();
    patience = Duration.ofSeconds(2);
    begin();
    server.slow = true;
    assertFails("did not give all of it", look());
    server.close();
    assertFails("127.0.0.1 does not answer", look());
    Files.writeString(folder.resolve("share/updates"), "http://no-such-name.invalid/list\n");
    begin();
    assertFails("no-such-name.invalid was not found", look());
    assertTidy();
  }

  @Test
  void aFileIsWhatTheListSaysOrNothing() throws Exception {
    publish();
    look();
    String path = "/" + update.getFileName();
    byte[] good = Files.readAllBytes(update);
    byte[] tampered = good.clone();
    tampered[good.length - 1] ^= 1;
    server.gives(path, tampered);
    news.fetchUpdate("owner");
    assertFails("is not the one that the list of versions names", ended());
    server.gives(path, Arrays.copyOf(good, good.length - 1));
    news.fetchUpdate("owner");
    assertFails("is not the one that the list of versions names", ended());
    server.gives(path, Arrays.copyOf(good, good.length + 1));
    news.fetchUpdate("owner");
    assertFails("is too large", ended());
    assertNull(box.given);
    assertTidy();
    server.gives(path, good);
    server.breaks.set(1);
    news.fetchUpdate("owner");
    assertNull(ended().failure(), "it goes on where the connection broke");
    assertArrayEquals(good, box.given);
    box.says("trying 0.2.0");
    assertThrows(IOException.class, () -> news.fetchUpdate("owner"));
  }

  /** Time passes, the router looks, and what it begins is done. */
  private News due(long seconds, UpdateConfig config) {
    box.passes(seconds);
    news.look(config);
    return ended();
  }

  @Test
  void itLooksOnceAWeek() throws Exception {
    publish();
    due(10 * 60 - 1, ASK);
    assertEquals(0, server.asked.size());
    box.clockIsKept = false;
    due(1, ASK);
    assertEquals(0, server.asked.size(), "the clock may be wrong");
    box.clockIsKept = true;
    due(0, new UpdateConfig(false, Install.NIGHT));
    assertEquals(0, server.asked.size(), "nobody wants it");
    assertEquals("0.2.0", due(0, ASK).version());
    assertEquals(List.of("-: there is a new version 0.2.0"), box.log);
    begin();
    due(7 * DAY - 1, ASK);
    assertEquals(1, server.asked.size(), "a restart does not ask again");
    server.givesNo("/list");
    assertFails("error 404", due(1, ASK));
    due(DAY - 1, ASK);
    assertEquals(2, server.asked.size());
    due(1, ASK);
    assertEquals(3, server.asked.size());
    assertEquals(2, box.log.size(), "the same failure is said once");
    assertNull(box.given);
  }

  @Test
  void atNightItComesByItselfAndOnce() throws Exception {
    publish();
    due(HOUR, NIGHT);
    assertArrayEquals(Files.readAllBytes(update), box.given);
    box.says("ready 0.2.0");
    assertTrue(box.desk().update().tonight());
    assertEquals("-: has the box restart with the new version 0.2.0 at night", box.log.getLast());
    box.says("returned 0.2.0");
    due(8 * DAY, NIGHT);
    due(8 * DAY, NIGHT);
    assertEquals(1, server.askedFor("/" + update.getFileName()), "it was not well");
    update = makeUpdate("0.3.0", RUNS + 2 * DAY);
    publish();
    due(8 * DAY, NIGHT);
    assertArrayEquals(Files.readAllBytes(update), box.given, "another one may be");
  }

  @Test
  void aFileThatCantBeHadIsTriedSomeDays() throws Exception {
    publish();
    String path = "/" + update.getFileName();
    server.givesNo(path);
    due(HOUR, NIGHT);
    due(DAY - 1, NIGHT);
    assertEquals(1, server.askedFor(path));
    due(1, NIGHT);
    assertEquals(2, server.askedFor(path));
    for (int i = 0; i < 5; i++) {
      begin();
      due(8 * DAY, NIGHT);
    }
    assertEquals(5, server.askedFor(path));
  }

  @Test
  void withoutAnAddressNobodyIsAsked() throws Exception {
    for (String text : List.of("", "# none\n", "ftp://x/y\n", "http://x/\nhttp://y/\n")) {
      Files.writeString(folder.resolve("share/updates"), text);
      begin();
      assertEquals(Doing.OFF, news.news().doing());
      assertThrows(IOException.class, () -> news.lookForUpdate("owner"));
      due(DAY, NIGHT);
    }
    assertEquals(UpdateSource.NONE, UpdateSource.read(null));
    assertEquals(UpdateSource.NONE, UpdateSource.read(folder.resolve("none")));
    assertEquals(List.of(), server.asked);
  }
}
