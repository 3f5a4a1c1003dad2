package dev.noren.uapi;

import dev.noren.linux.UnixListener;
import dev.noren.linux.UnixServer;
import dev.noren.tunnel.Tunnel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tinylog.Logger;

/**
 * Listens on the interface's socket and serves a few callers at a time, as {@link UnixServer} does.
 */
public final class UapiServer implements AutoCloseable {
  /** Where the {@code wg} tool looks for the sockets. */
  public static final Path FOLDER = Path.of("/var/run/wireguard");

  /** How a socket's file name ends, after the interface's name. */
  static final String SUFFIX = ".sock";

  /** The callers served at once. */
  static final int MAX_CALLERS = 16;

  private final UnixServer server;

  /** Serves this tunnel; the listener is closed with the server. */
  public UapiServer(UnixListener listener, Tunnel tunnel) {
    this(listener::accept, listener, tunnel);
  }

  UapiServer(UnixServer.Source source, UnixListener listener, Tunnel tunnel) {
    RequestPool pool = new RequestPool(tunnel.requestBytes());
    server =
        new UnixServer(
            "noren-uapi " + tunnel.name(),
            source,
            listener,
            stream -> new UapiConversation(stream, tunnel, pool),
            MAX_CALLERS,
            e -> Logger.error("{}: the wg tool has to wait: {}", tunnel.name(), e.getMessage()),
            e -> Logger.debug("{}: a caller of the wg socket: {}", tunnel.name(), e.getMessage()));
  }

  /** The path of an interface's socket. */
  public static Path path(String interfaceName) {
    return FOLDER.resolve(interfaceName + SUFFIX);
  }

  /**
   * Opens an interface's socket, in a folder that is made if it is not there.
   *
   * @throws IOException with a sentence, as when a living interface has this name
   */
  public static UnixListener listen(String interfaceName) throws IOException {
    try {
      Files.createDirectories(FOLDER);
    } catch (IOException e) {
      throw new IOException("the folder " + FOLDER + " can't be made: run as root", e);
    }
    return UnixListener.bind(path(interfaceName));
  }

  /** Deletes the socket that a killed process left; one that answers stays. */
  public static void removeStale(String interfaceName) throws IOException {
    Path socket = path(interfaceName);
    if (Files.exists(socket) && !UapiClient.isAlive(socket)) {
      Files.deleteIfExists(socket);
    }
  }

  public void start() {
    server.start();
  }

  /** Takes no more callers and hangs up on those there are. */
  @Override
  public void close() {
    server.close();
  }
}
