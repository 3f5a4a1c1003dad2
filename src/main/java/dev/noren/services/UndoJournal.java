package dev.noren.services;

import dev.noren.plan.Undo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.tinylog.Logger;

/**
 * What has to be undone for one tunnel, on disk before it is done. It names only what outlives the
 * interface, in the order in which it is to be undone; a line of its own stands between what is
 * just being done and what was done before.
 */
final class UndoJournal {
  private static final String END = ".undo";
  private static final String HEAD = "noren undo 1";
  private static final String DONE = "done:";

  private final StateFolder folder;
  private final String name;

  UndoJournal(StateFolder folder, String name) {
    this.folder = folder;
    this.name = name;
  }

  boolean exists() {
    return Files.exists(folder.file(name + END));
  }

  /** Replaces the journal; nothing to undo deletes it. */
  void save(List<Undo> undos) throws IOException {
    save(List.of(), undos);
  }

  /**
   * Replaces the journal; nothing to undo deletes it.
   *
   * @param begun the undos of what is done next, so that nobody knows whether it was
   * @param done the undos of what was done
   */
  void save(List<Undo> begun, List<Undo> done) throws IOException {
    List<String> lines = new ArrayList<>(List.of(HEAD));
    lines.addAll(lines(begun));
    if (lines.size() > 1) {
      lines.add(DONE);
    }
    lines.addAll(lines(done));
    if (lines.size() == 1) {
      folder.delete(name + END);
      return;
    }
    String text = String.join("\n", lines) + "\n";
    folder.write(name + END, text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> lines(List<Undo> undos) {
    return undos.stream()
        .filter(undo -> undo.scope() != Undo.Scope.INTERFACE)
        .map(UndoText::write)
        .toList();
  }

  /**
   * What is to be undone, in order.
   *
   * @param begun what was begun, and perhaps not done
   * @param done what was done
   */
  record Left(List<Undo> begun, List<Undo> done) {
    List<Undo> all() {
      return Stream.concat(begun.stream(), done.stream()).toList();
    }
  }

  /** What is to be undone; lines that can't be read are left out with a warning. */
  Left load() throws IOException {
    return exists() ? read(folder.file(name + END)) : new Left(List.of(), List.of());
  }

  /** Whether another tunnel's journal has the same undo. */
  boolean othersHave(Undo undo) throws IOException {
    for (Path file : folder.filesEndingIn(END)) {
      if (!file.equals(folder.file(name + END)) && read(file).all().contains(undo)) {
        return true;
      }
    }
    return false;
  }

  /** The undos that other tunnels share with everybody. */
  List<Undo> sharedByOthers() throws IOException {
    List<Undo> shared = new ArrayList<>();
    for (Path file : folder.filesEndingIn(END)) {
      if (!file.equals(folder.file(name + END))) {
        read(file).all().stream().filter(u -> u.scope() == Undo.Scope.SHARED).forEach(shared::add);
      }
    }
    return shared;
  }

  private static Left read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    int end = Math.max(0, lines.indexOf(DONE));
    return new Left(
        undos(file, lines.subList(0, end)), undos(file, lines.subList(end, lines.size())));
  }

  private static List<Undo> undos(Path file, List<String> lines) {
    List<Undo> undos = new ArrayList<>();
    for (String line : lines) {
      if (line.equals(HEAD) || line.equals(DONE)) {
        continue;
      }
      try {
        undos.add(UndoText.read(line));
      } catch (IllegalArgumentException e) {
        Logger.warn("{} has a line that can't be read and is left out.", file);
      }
    }
    return undos;
  }
}
