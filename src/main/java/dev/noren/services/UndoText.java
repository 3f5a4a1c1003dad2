package dev.noren.services;

import dev.noren.plan.Action;
import dev.noren.plan.Undo;
import java.util.ArrayList;
import java.util.List;

/**
 * An undo as one line of the journal: its scope, its kind and its words, between tabs. Backslash,
 * tab and line break within a word are written \\, \t and \n.
 */
final class UndoText {
  private UndoText() {}

  static String write(Undo undo) {
    List<String> words = new ArrayList<>();
    words.add(undo.scope().name());
    switch (undo.action()) {
      case Action.Command command -> {
        words.add("command");
        words.add(command.stdin());
        words.addAll(command.arguments());
      }
      case Action.Hook hook -> words.addAll(List.of("hook", hook.text()));
      case Action.ResetDns reset -> words.add("reset-dns");
      case Action.SetDns set -> throw new IllegalArgumentException("setting DNS undoes nothing");
    }
    return String.join("\t", words.stream().map(UndoText::escaped).toList());
  }

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException where it is none of ours
   */
  static Undo read(String line) {
    List<String> words = new ArrayList<>();
    for (String word : line.split("\t", -1)) {
      words.add(plain(word));
    }
    if (words.size() < 2) {
      throw new IllegalArgumentException("too short");
    }
    return new Undo(action(words), Undo.Scope.valueOf(words.getFirst()));
  }

  private static Action action(List<String> words) {
    int size = words.size();
    String kind = words.get(1);
    if (kind.equals("command") && size >= 4) {
      return new Action.Command(words.subList(3, size), words.get(2));
    }
    if (kind.equals("hook") && size == 3) {
      return new Action.Hook(words.get(2));
    }
    if (kind.equals("reset-dns") && size == 2) {
      return new Action.ResetDns();
    }
    throw new IllegalArgumentException("unknown kind");
  }

  private static String escaped(String word) {
    return word.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n");
  }

  private static String plain(String word) {
    StringBuilder text = new StringBuilder();
    boolean escaped = false;
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (escaped) {
        text.append(c == 't' ? '\t' : c == 'n' ? '\n' : c);
        escaped = false;
      } else if (c == '\\') {
        escaped = true;
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }
}
