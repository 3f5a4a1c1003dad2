package dev.noren.control;

import dev.noren.linux.UnixListener;
import dev.noren.linux.UnixServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import org.tinylog.Logger;

/**
 * The door: a Unix socket in the state folder that only root and the router's own user can open. A
 * request is one line of JSON ({@link Request}), and so is its answer ({@link Answer}).
 */
public final class ControlSocket implements AutoCloseable {
  /** The socket's name in the state folder. */
  static final String FILE = "control.sock";

  /** The callers served at once. */
  static final int MAX_CALLERS = 16;

  private static final long WATCH_PAUSE_MS = 1_000;

  private final UnixServer server;

  /**
   * Listens, but does not answer yet.
   *
   * @param stateFolder must be there, and others must not be able to write to it
   * @throws IOException with a sentence, as when another router runs on this folder
   */
  public static ControlSocket in(Path stateFolder, Operations operations) throws IOException {
    return new ControlSocket(stateFolder, operations, WATCH_PAUSE_MS);
  }

  ControlSocket(Path stateFolder, Operations operations, long watchPauseMs) throws IOException {
    UnixListener listener = UnixListener.bind(path(stateFolder));
    Semaphore bytes = new Semaphore(Request.MAX_BYTES);
    server =
        new UnixServer(
            "noren-control",
            listener::accept,
            listener,
            stream -> new Conversation(stream, operations, bytes, watchPauseMs),
            MAX_CALLERS,
            e -> Logger.error("noren's commands have to wait: {}", e.getMessage()),
            e -> Logger.debug("a caller of the control socket: {}", e.getMessage()));
  }

  static Path path(Path stateFolder) {
    return stateFolder.resolve(FILE);
  }

  /** Begins to answer. */
  public void start() {
    server.start();
  }

  @Override
  public void close() {
    server.close();
  }
}
