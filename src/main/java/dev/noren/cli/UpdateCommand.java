package dev.noren.cli;

import static java.util.concurrent.TimeUnit.MINUTES;

import dev.noren.control.NewsDesk;
import dev.noren.control.NewsDesk.News;
import dev.noren.control.UpdateDesk;
import dev.noren.control.UpdateDesk.Update;
import dev.noren.text.Refused;
import dev.noren.text.Sentence;
import dev.noren.update.UpdateState.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code noren update}. */
@Command(
    name = "update",
    description = {
      "Give the box a new version of everything, and restart with it. The box checks the file's"
          + " signature and writes it beside the version that runs; it goes back to that by itself"
          + " if the new one is not well.",
    })
final class UpdateCommand implements Callable<Integer> {
  private static final long LOOK_MS = 500;
  private static final int PATIENCE_MINUTES = 10;
  private static final long PATIENCE_NS = MINUTES.toNanos(PATIENCE_MINUTES);

  private final Host host;
  private final Surroundings surroundings;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "The new version, as in noren-1.2.update; waits until it is written.")
  private Path file;

  @Option(
      names = "--status",
      description = "Say what runs, how far a new version is, and whether there is one.")
  private boolean status;

  @Option(names = "--look", description = "Look now whether there is a newer version.")
  private boolean look;

  @Option(names = "--fetch", description = "Have the box fetch the newer version and write it.")
  private boolean fetch;

  @Option(names = "--try", description = "Restart the machine with the new version now.")
  private boolean now;

  @Option(names = "--tonight", description = "The same between 3 and 4 at night.")
  private boolean tonight;

  @Option(names = "--not-tonight", description = "Not at night after all.")
  private boolean notTonight;

  @Mixin private StateOption state;

  UpdateCommand(Host host, Surroundings surroundings) {
    this.host = host;
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException, CommandFailure {
    int asked = 0;
    boolean given = file != null;
    for (boolean each : new boolean[] {given, status, look, fetch, now, tonight, notTonight}) {
      asked += each ? 1 : 0;
    }
    if (asked > 1) {
      throw CommandParser.wrongUsage(spec, new Refused("update.usage"));
    }
    UpdateDesk desk = host.updates(state.folder());
    if (file != null) {
      give(desk);
      return written(desk);
    }
    if (fetch) {
      NewsDesk news = host.news(state.folder());
      news.fetchUpdate(ConfigCommand.author(surroundings));
      tell(ended(news));
      return written(desk);
    }
    if (look) {
      NewsDesk news = host.news(state.folder());
      news.lookForUpdate(ConfigCommand.author(surroundings));
      tell(ended(news));
      return Exit.DONE;
    }
    if (now) {
      desk.tryUpdate(ConfigCommand.author(surroundings));
      surroundings.say(Sentence.of("update.restarts"));
      return Exit.DONE;
    }
    if (tonight || notTonight) {
      desk.tryTonight(tonight, ConfigCommand.author(surroundings));
    }
    Update update = desk.update();
    if (update.runs() != null) {
      surroundings.say(Sentence.of("update.runs", update.runs()));
    }
    surroundings.say(update.says());
    if (update.state() != Kind.NONE) {
      News news = host.news(state.folder()).news();
      surroundings.say(news.says());
      say(news);
      if (news.failure() != null) {
        surroundings.say(news.failure());
      }
    }
    return Exit.DONE;
  }

  /** What the box knows once it does nothing more; a version's file comes over its own line. */
  private News ended(NewsDesk desk) throws IOException {
    News news = desk.news();
    int percent = -1;
    while (news.isBusy()) {
      if (news.percent() != null && news.percent() != percent) {
        percent = news.percent();
        surroundings.say(news.says());
      }
      pause();
      news = desk.news();
    }
    return news;
  }

  private void tell(News news) throws CommandFailure {
    if (news.failure() != null) {
      throw new CommandFailure(news.failure());
    }
    if (look) {
      surroundings.say(news.says());
      say(news);
    }
  }

  private void say(News news) {
    String about = news.about(surroundings.language());
    if (about != null) {
      surroundings.say(Sentence.of("update.about", about));
    }
  }

  private InputStream open() throws IOException, CommandFailure {
    try {
      return Files.newInputStream(file);
    } catch (NoSuchFileException e) {
      throw new CommandFailure(Sentence.of("file.none", file), e);
    } catch (AccessDeniedException e) {
      throw new CommandFailure(Sentence.of("file.not-allowed", file), e);
    }
  }

  private void give(UpdateDesk desk) throws IOException, CommandFailure {
    try (InputStream in = open()) {
      long of = Files.size(file);
      surroundings.say(Sentence.of("update.sends", file, of));
      long offset = 0;
      byte[] part = in.readNBytes(UpdateDesk.MOST_PART_BYTES);
      do {
        desk.giveUpdate(offset, of, part, ConfigCommand.author(surroundings));
        offset += part.length;
        part = in.readNBytes(UpdateDesk.MOST_PART_BYTES);
      } while (part.length > 0);
    }
  }

  /** Waits until it is written, or is not. */
  private int written(UpdateDesk desk) throws IOException, CommandFailure {
    int percent = -1;
    boolean asked = false;
    long lastNs = System.nanoTime();
    while (true) {
      Update update = desk.update();
      if (update.state() == Kind.OLDER) {
        if (!asked) {
          surroundings.say(update.says());
        }
        asked = true;
      } else if (update.state() != Kind.WRITING) {
        if (update.state() == Kind.READY) {
          surroundings.say(update.says());
          return Exit.DONE;
        }
        throw new CommandFailure(update.says());
      }
      long nowNs = System.nanoTime();
      int now = update.percent() == null ? -1 : update.percent();
      if (now != percent) {
        percent = now;
        lastNs = nowNs;
      } else if (nowNs - lastNs >= PATIENCE_NS) {
        throw new CommandFailure(Sentence.of("update.stuck", PATIENCE_MINUTES));
      }
      pause();
    }
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(LOOK_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
