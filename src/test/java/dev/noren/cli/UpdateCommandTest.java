package dev.noren.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.control.UpdateDesk;
import dev.noren.text.Failed;
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

  private int run(String... args) {
    shell.host.updates = new Desk();
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
    assertEquals(2, run("update"));
    assertTrue(shell.err.contains("give a FILE, or one of"), shell.err);
    assertEquals(2, run("update", "--try", "--status"));
    assertEquals(3, asked.size());
  }
}
