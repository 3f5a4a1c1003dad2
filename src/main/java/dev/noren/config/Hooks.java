package dev.noren.config;

import dev.noren.text.Refused;
import java.util.List;
import java.util.stream.Stream;

/**
 * Shell commands of the user's own, in the order of the file. {@code %i} in them stands for the
 * interface's name.
 *
 * @param preUp before the interface is made
 * @param postUp after all is set up
 * @param preDown before anything is undone
 * @param postDown after the interface is gone
 */
public record Hooks(
    List<String> preUp, List<String> postUp, List<String> preDown, List<String> postDown) {
  /** No hooks. */
  public static final Hooks NONE = new Hooks(List.of(), List.of(), List.of(), List.of());

  /**
   * @throws IllegalArgumentException where a hook could not be written to a file: a # would start a
   *     comment, a line break would end the line
   */
  public Hooks {
    preUp = List.copyOf(preUp);
    postUp = List.copyOf(postUp);
    preDown = List.copyOf(preDown);
    postDown = List.copyOf(postDown);
    Stream.of(preUp, postUp, preDown, postDown).flatMap(List::stream).forEach(Hooks::check);
  }

  private static void check(String hook) {
    boolean oneLine = hook.chars().noneMatch(c -> c == '#' || c == '\n' || c == '\r' || c == 0);
    if (!oneLine || hook.isEmpty() || !hook.equals(Values.trimmed(hook))) {
      throw new Refused("hook.form");
    }
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return preUp.isEmpty() && postUp.isEmpty() && preDown.isEmpty() && postDown.isEmpty();
  }

  /** Whether a hook that runs on the way up sets the private key, as wg-quick(8) shows. */
  boolean setPrivateKey() {
    return Stream.concat(preUp.stream(), postUp.stream()).anyMatch(h -> h.contains("private-key"));
  }
}
