package dev.noren.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.control.NewsDesk;
import dev.noren.control.NewsDesk.Doing;
import dev.noren.control.NewsDesk.News;
import dev.noren.control.UpdateDesk;
import dev.noren.text.Failed;
import dev.noren.text.Sentence;
import dev.noren.update.UpdateState;
import dev.noren.update.UpdateState.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpdateCommandTest {
  @TempDir private Path folder;
  private final Shell shell = new Shell();
  private final List<String> asked = new ArrayList<>();
  private final ByteArrayOutputStream given = new ByteArrayOutputStream();

  /** What the box says, one after the other; the last one stays. */
  private final Deque<String> says = new ArrayDeque<>(List.of("idle"));

  private IOException failure;

  private final class Desk implements UpdateDesk {
    @Override
    public Update update() {
      UpdateState state = UpdateState.parse(says.size() > 1 ? says.poll() : says.peek());
      Integer percent = state.kind() == Kind.WRITING ? state.percent() : null;
      return new Update("0.1.0", state.kind(), state.version(), percent, false, state.says());
    }

    @Override
    public void giveUpdate(long offset, long of, byte[] part, String author) throws IOException {
      if (failure != null) {
        throw failure;
      }
      assertEquals(offset, given.size());
      given.writeBytes(part);
      asked.add(part.length + " of " + of);
    }

    @Override
    public void tryUpdate(String author) {
      asked.add("try");
    }

    @Override
    public void tryTonight(boolean wanted, String author) {
      asked.add("tonight " + wanted);
    }
  }

  /** What the box knows, one after the other; the last one stays. */
  private final Deque<News> news = new ArrayDeque<>(List.of(known(Doing.IDLE, null, null, null)));

  private final class Newsagent implements NewsDesk {
    @Override
    public News news() {
      return news.size() > 1 ? news.poll() : news.peek();
    }

    @Override
    public void lookForUpdate(String author) {
      asked.add("look");
    }

    @Override
    public void fetchUpdate(String author) {
      asked.add("fetch");
    }
  }

  private static News known(Doing doing, String version, Integer percent, Sentence failure) {
    return new News(
        doing,
        null,
        version,
        version == null ? null : "Faster.",
        version == null ? null : "速い。",
        percent,
        failure,
        version == null
            ? Sentence.of("news.none")
            : percent == null
                ? Sentence.of("news.newer", version)
                : Sentence.of("news.fetching", version, percent));
  }

  private int run(String... args) {
    shell.host.updates = new Desk();
    shell.host.news = new Newsagent();
    return shell.run(args);
  }

  private String file(int bytes) throws IOException {
    Path file = folder.resolve("noren-0.2.0.update");
    Files.write(file, "x".repeat(bytes).getBytes(US_ASCII));
    return file.toString();
  }

  @Test
  void aFileIsSentAndWaitedFor() throws IOException {
    says.addAll(List.of("writing 3 0.2.0", "ready 0.2.0"));
    says.removeFirst();
    String file = file(600_000);
    assertEquals(0, run("update", file), shell.err);
    assertArrayEquals("x".repeat(600_000).getBytes(US_ASCII), given.toByteArray());
    assertEquals(List.of("262144 of 600000", "262144 of 600000", "75712 of 600000"), asked);
    assertEquals(
        "Sending "
            + file
            + " to the box, 600000 bytes\n"
            + "The new version 0.2.0 is ready. It begins when the box restarts with it: the"
            + " connection is away for a minute or two.\n",
        shell.out);
  }

  @Test
  void whatIsNotTakenFails() throws IOException {
    says.add("failed signature");
    says.removeFirst();
    assertEquals(1, run("update", file(10)));
    assertTrue(shell.err.contains("it is not genuine"), shell.err);
    failure = new Failed("update.no-update");
    assertEquals(1, run("--language", "ja", "update", file(0)));
    assertTrue(shell.err.contains("Norenの新しいバージョンではありません"), shell.err);
    assertEquals(1, run("update", folder.resolve("none").toString()));
    assertTrue(shell.err.contains("none does not exist"), shell.err);
  }

  @Test
  void theRestIsAskedByAWord() {
    assertEquals(0, run("update", "--status"));
    assertTrue(
        shell.out.startsWith("Noren 0.1.0 runs.\nA new version comes as a file."), shell.out);
    assertEquals(0, run("update", "--try"));
    assertEquals(0, run("update", "--tonight"));
    assertEquals(0, run("update", "--not-tonight"));
    assertEquals(List.of("try", "tonight true", "tonight false"), asked);
    assertEquals(0, run("update"));
    assertEquals(2, run("update", "--look", "--fetch"));
    assertTrue(shell.err.contains("give one of FILE, --status"), shell.err);
    assertEquals(2, run("update", "--try", "--status"));
    assertEquals(3, asked.size());
  }

  @Test
  void whatIsNewIsToldInTheReadersLanguage() {
    news.clear();
    news.add(known(Doing.LOOKING, null, null, null));
    news.add(known(Doing.IDLE, "0.2.0", null, null));
    assertEquals(0, run("--language", "ja", "update", "--look"));
    assertEquals("新しいバージョン0.2.0があります。\n新しくなったところ: 速い。\n", shell.out);
    assertEquals(0, run("update"));
    assertTrue(
        shell.out.endsWith("There is a newer version: 0.2.0\nWhat is new: Faster.\n"), shell.out);
    news.clear();
    news.add(known(Doing.IDLE, null, null, Sentence.of("news.signature")));
    assertEquals(1, run("update", "--look"));
    assertTrue(shell.err.contains("is not genuine"), shell.err);
    assertEquals(List.of("look", "look"), asked);
  }

  @Test
  void aFileThatTheBoxFetchesIsWaitedFor() {
    news.clear();
    news.add(known(Doing.FETCHING, "0.2.0", 1, null));
    news.add(known(Doing.FETCHING, "0.2.0", 1, null));
    news.add(known(Doing.FETCHING, "0.2.0", 60, null));
    news.add(known(Doing.IDLE, "0.2.0", null, null));
    says.clear();
    says.add("writing 3 0.2.0");
    says.add("ready 0.2.0");
    assertEquals(0, run("update", "--fetch"), shell.err);
    assertEquals(List.of("fetch"), asked);
    assertEquals(3, shell.out.lines().count(), shell.out);
    assertTrue(shell.out.contains("60 %\nThe new version 0.2.0 is ready."), shell.out);
  }
}
