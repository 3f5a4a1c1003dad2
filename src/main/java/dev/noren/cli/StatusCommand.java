package dev.noren.cli;

import dev.noren.control.RecordJson;
import dev.noren.status.RouterStatus;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code noren status}. */
@Command(
    name = "status",
    description = {"Show how the running router is."})
final class StatusCommand implements Callable<Integer> {
  private static final String CLEAR = "\u001b[H\u001b[2J";

  /** On less, cutting helps nobody. */
  private static final int LEAST_ROWS = 5;

  private final Host host;
  private final Surroundings surroundings;

  @Option(
      names = "--json",
      description = "Print all of it as JSON, for programs; with --watch, one line a second.")
  private boolean json;

  @Option(names = "--watch", description = "Show it anew each second, until Ctrl-C.")
  private boolean watch;

  @Mixin private StateOption state;

  StatusCommand(Host host, Surroundings surroundings) {
    this.host = host;
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    if (watch) {
      host.watchStatus(state.folder(), this::showAgain);
    } else {
      surroundings.out().print(text(host.status(state.folder())));
    }
    return Exit.DONE;
  }

  private void showAgain(RouterStatus status) {
    String text = text(status);
    if (!json) {
      text = surroundings.coloured() ? CLEAR + top(text, host.terminalRows()) : text + "\n";
    }
    surroundings.out().print(text);
    surroundings.out().flush();
    if (surroundings.out().checkError()) {
      // Who watched has gone, as in noren status --watch | head.
      throw new IllegalStateException("standard output can't be written");
    }
  }

  /** What has room on a terminal: else its first lines, where the problems are, would roll away. */
  private String top(String text, int rows) {
    List<String> lines = text.lines().toList();
    if (rows < LEAST_ROWS || lines.size() < rows) {
      return text;
    }
    int shown = rows - 2;
    return String.join("\n", lines.subList(0, shown))
        + "\n"
        + surroundings.speech().words("shown.more-lines", lines.size() - shown)
        + "\n";
  }

  private String text(RouterStatus status) {
    return json
        ? RecordJson.write(status, !watch) + "\n"
        : new PrettyStatus(new Paint(surroundings.coloured()), surroundings.speech()).text(status);
  }
}
