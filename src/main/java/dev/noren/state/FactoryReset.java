package dev.noren.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Makes a state folder forget everything. That it is to be is a file of its own, and it is done
 * when the router starts: so a power cut at any moment leaves a box that has not begun, or one that
 * goes on with it, and never one in which an older document comes back.
 */
public final class FactoryReset {
  /** The file that says that it is to be. */
  static final String FILE = "factory-reset";

  /**
   * What stays: the root helper's folder, where only that can delete anything, what keeps a clock
   * that starts in the past from harm, and what is the file system's own.
   */
  private static final Set<String> STAYS = Set.of(FILE, "helper", GreatestTime.FILE, "lost+found");

  private FactoryReset() {}

  /** Has the next start forget everything; when this returns, a power cut does not change that. */
  public static void ask(Path state) throws IOException {
    StateFile.write(state.resolve(FILE), "everything is to be forgotten\n");
  }

  /** Whether it is to be. */
  public static boolean isAsked(Path state) {
    return Files.exists(state.resolve(FILE), LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Forgets everything. Nothing may run on the folder.
   *
   * @throws IOException where something can't be deleted; the next start tries it again
   */
  public static void finish(Path state) throws IOException {
    List<Path> entries;
    try (Stream<Path> all = Files.list(state)) {
      entries = all.filter(each -> !STAYS.contains(each.getFileName().toString())).toList();
    }
    IOException failure = null;
    for (Path entry : entries) {
      try {
        delete(entry);
      } catch (IOException e) {
        // The rest goes all the same: there may be keys in it.
        failure = failure == null ? e : failure;
      }
    }
    sync(state);
    if (failure != null) {
      throw failure;
    }
    Files.deleteIfExists(state.resolve(FILE));
    sync(state);
  }

  /** Links are deleted, and not followed. */
  private static void delete(Path entry) throws IOException {
    List<Path> inside;
    try (Stream<Path> all = Files.walk(entry)) {
      inside = all.sorted(Comparator.reverseOrder()).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    for (Path each : inside) {
      Files.delete(each);
    }
  }

  private static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
