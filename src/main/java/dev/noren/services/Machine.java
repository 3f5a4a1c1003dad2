package dev.noren.services;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The machine that tunnels are brought up on.
 *
 * @param commands runs its programs
 * @param folder keeps what has to be undone on it
 * @param etc its folder of resolv.conf, usually /etc
 */
public record Machine(CommandRunner commands, StateFolder folder, Path etc) {
  /**
   * This machine.
   *
   * @param state the state folder
   * @throws IOException with a sentence, where that can't be used
   */
  public static Machine here(Path state) throws IOException {
    return new Machine(new CommandRunner(), StateFolder.open(state), Path.of("/etc"));
  }

  Doer doer(String name) {
    return new Doer(name, commands, new ResolvConf(commands, folder, etc));
  }
}
