package dev.noren.services;

import dev.noren.plan.Undo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tinylog.Logger;

/**
 * What has to be undone for one tunnel, on disk before it is done. It names only what outlives the
 * interface, in the order in which it is to be undone.
 */
final class UndoJournal {
  private static final String END = ".undo";
  private static final String HEAD = "noren undo 1";

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
    List<String> lines = new ArrayList<>(List.of(HEAD));
    undos.stream()
        .filter(undo -> undo.scope() != Undo.Scope.INTERFACE)
        .map(UndoText::write)
        .forEach(lines::add);
    if (lines.size() == 1) {
      folder.delete(name + END);
      return;
    }
    String text = String.join("\n", lines) + "\n";
    folder.write(name + END, text.getBytes(StandardCharsets.UTF_8));
  }

  /** What is to be undone, in order; lines that can't be read are left out with a warning. */
  List<Undo> load() throws IOException {
    return exists() ? read(folder.file(name + END)) : List.of();
  }

  /** Whether another tunnel's journal has the same undo. */
  boolean othersHave(Undo undo) throws IOException {
    for (Path file : folder.filesEndingIn(END)) {
      if (!file.equals(folder.file(name + END)) && read(file).contains(undo)) {
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
        read(file).stream().filter(u -> u.scope() == Undo.Scope.SHARED).forEach(shared::add);
      }
    }
    return shared;
  }

  private static List<Undo> read(Path file) throws IOException {
    List<Undo> undos = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (line.equals(HEAD)) {
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
