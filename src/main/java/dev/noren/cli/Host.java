package dev.noren.cli;

import dev.noren.config.TunnelName;
import dev.noren.control.ConfigDesk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What the command line asks of the rest of the program. An IOException's message is one sentence
 * that is shown as it is; exit codes are those of {@link Exit}.
 */
public interface Host {
  /**
   * Runs a bare interface, as wireguard-go does, until it is deleted or the process is told to end.
   *
   * @return the exit code
   */
  int runInterface(InterfaceRequest request) throws IOException;

  /**
   * Brings a tunnel up as its file says, and runs it until the process is told to end; then undoes
   * all of it.
   *
   * @return the exit code
   */
  int up(UpRequest request) throws IOException;

  /**
   * Ends the {@code noren up} of this name and waits until it is gone; if it was killed, undoes
   * what it left behind.
   *
   * @return the exit code
   */
  int down(TunnelName name, Path stateFolder) throws IOException;

  /** The router's document in this state folder; nothing is touched yet. */
  ConfigDesk config(Path stateFolder);

  /** The names of the interfaces whose configuration socket answers, sorted. */
  List<String> interfaces() throws IOException;

  /**
   * Asks an interface's configuration socket for its state.
   *
   * @return the answer to {@code get=1}, to its {@code errno=} line
   */
  String uapiGet(String name) throws IOException;
}
