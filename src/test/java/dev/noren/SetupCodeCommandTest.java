package dev.noren;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.cli.Exit;
import dev.noren.cli.Terminal;
import dev.noren.protocol.Limits;
import dev.noren.state.OwnerFiles;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code noren setup-code} from the command line to the state folder. */
class SetupCodeCommandTest {
  @TempDir Path state;
  private final Terminal terminal = new Terminal();

  private int ask(String... before) {
    String[] all = new String[before.length + 3];
    System.arraycopy(before, 0, all, 0, before.length);
    all[before.length] = "setup-code";
    all[before.length + 1] = "--state";
    all[before.length + 2] = state.toString();
    return terminal.run(new NorenHost(Limits.WHITEPAPER), all);
  }

  @Test
  void itIsPrintedUntilTheBoxHasAnOwner() throws IOException {
    OwnerFiles files = new OwnerFiles(state);
    assertEquals(Exit.FAILED, ask());
    assertEquals(
        "noren: " + state + " has no set-up code yet: noren run makes one at its first start.\n",
        terminal.err);
    files.setupCode(() -> "K7MQ-2XWD");
    assertEquals(Exit.DONE, ask());
    assertEquals("K7MQ-2XWD\n", terminal.out);
    files.keep("somebody\n");
    assertEquals(Exit.FAILED, ask());
    assertEquals("", terminal.out);
    assertTrue(terminal.err.startsWith("noren: this box has an owner, "), terminal.err);
    assertEquals(Exit.FAILED, ask("--language=ja"));
    assertTrue(terminal.err.contains("設定コードはもうありません。"), terminal.err);
  }
}
