package dev.noren.uapi;

import dev.noren.linux.UnixListener;
import dev.noren.linux.UnixStream;
import dev.noren.tunnel.Tunnel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import org.tinylog.Logger;

/**
 * Listens on the interface's socket and serves a few callers at a time, each on a thread of its
 * own. Callers who say nothing cannot keep others out: one too many takes the place of the one that
 * has been silent longest.
 */
public final class UapiServer implements AutoCloseable {
  /** Where the {@code wg} tool looks for the sockets. */
  public static final Path FOLDER = Path.of("/var/run/wireguard");

  /** How a socket's file name ends, after the interface's name. */
  static final String SUFFIX = ".sock";

  /** The callers served at once. */
  static final int MAX_CALLERS = 16;

  /** How long to wait when no caller can be taken, as with no descriptor left. */
  private static final long AGAIN_MS = 1_000;

  /** Where callers come from: a listener, but in tests. */
  interface Source {
    /** Waits for the next caller; null when closed. */
    UnixStream accept() throws IOException;
  }

  private final Source source;
  private final UnixListener listener;
  private final Tunnel tunnel;
  private final RequestPool pool;
  private final Set<UapiConversation> callers = new HashSet<>();
  private final Thread thread;
  private volatile boolean closed;

  /** Serves this tunnel; the listener is closed with the server. */
  public UapiServer(UnixListener listener, Tunnel tunnel) {
    this(listener::accept, listener, tunnel);
  }

  UapiServer(Source source, UnixListener listener, Tunnel tunnel) {
    this.source = source;
    this.listener = listener;
    this.tunnel = tunnel;
    this.pool = new RequestPool(tunnel.requestBytes());
    thread = daemon(this::accept, "noren-uapi-accept " + tunnel.name());
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
    thread.start();
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  private void accept() {
    while (!closed) {
      try {
        UnixStream stream = source.accept();
        if (stream != null) {
          serve(stream);
        }
      } catch (IOException e) {
        Logger.error("{}: the wg tool has to wait: {}", tunnel.name(), e.getMessage());
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(AGAIN_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve(UnixStream stream) {
    UapiConversation caller = new UapiConversation(stream, tunnel, pool);
    if (enter(caller)) {
      daemon(() -> converse(caller), "noren-uapi " + tunnel.name()).start();
    } else {
      caller.hangUp();
    }
  }

  private void converse(UapiConversation caller) {
    try {
      caller.run();
    } catch (IOException e) {
      Logger.debug("{}: a caller of the wg socket: {}", tunnel.name(), e.getMessage());
    } finally {
      caller.hangUp();
      leave(caller);
    }
  }

  /** Makes room for a caller; false if all others are being served right now. */
  private synchronized boolean enter(UapiConversation caller) {
    if (closed) {
      return false;
    }
    if (callers.size() >= MAX_CALLERS) {
      long nowNs = System.nanoTime();
      UapiConversation silent =
          Collections.max(callers, Comparator.comparingLong(other -> other.silentNs(nowNs)));
      if (silent.silentNs(nowNs) < 0) {
        return false;
      }
      silent.hangUp();
      callers.remove(silent);
    }
    return callers.add(caller);
  }

  private synchronized void leave(UapiConversation caller) {
    callers.remove(caller);
  }

  /** Takes no more callers and hangs up on those there are. */
  @Override
  public void close() {
    closed = true;
    listener.close();
    synchronized (this) {
      callers.forEach(UapiConversation::hangUp);
    }
  }
}
