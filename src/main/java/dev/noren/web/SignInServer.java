package dev.noren.web;

import com.sun.net.httpserver.HttpServer;
import dev.noren.control.SignInDesk;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;

/**
 * The sign-in over HTTP, at one address. It is the JDK's own server: it needs no library, and takes
 * next to nothing of the heap. Each connection has a thread while its request lasts, which is a few
 * seconds at most, so that a slow client holds up only itself.
 */
public final class SignInServer implements AutoCloseable {
  /** Where people sign in, at a tunnel's own address. */
  public static final int PORT = 80;

  /** Who is served at once. */
  static final int MOST_AT_ONCE = 64;

  private static final int BACKLOG = 16;

  static {
    HttpLimits.apply();
  }

  private final HttpServer server;
  private final ExecutorService threads;

  private SignInServer(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * Serves at an address, which must be there.
   *
   * @throws IOException where it can't
   */
  public static SignInServer start(InetSocketAddress address, SignInDesk desk) throws IOException {
    HttpServer server = HttpServer.create(address, BACKLOG);
    ExecutorService threads = WebThreads.of(MOST_AT_ONCE, "noren-sign-in");
    server.setExecutor(threads);
    server.createContext("/", new SignInHandler(desk));
    server.start();
    return new SignInServer(server, threads);
  }

  /** Where it serves. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  /** Ends it; who is being served is cut off. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
