package dev.noren.router;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.noren.config.HostPort;
import dev.noren.probe.MarkedStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;
import org.tinylog.Logger;

/**
 * Lets one program of the router's own speak with one place, over a connection that is there
 * already: programs can't mark their packets, and the firewall lets the box's own out beside the
 * tunnels only by their mark. It listens on loopback for one connection, which has to be of the
 * router's own user; whatever else comes is cut off. Time and bytes are limited.
 */
final class Outlet implements AutoCloseable {
  /** Of either direction; a notice has a few thousand. */
  private static final long MOST_BYTES = 1 << 20;

  private static final int MOST_HEAD = 8 << 10;
  private static final int BLOCK = 16 << 10;
  private static final int MOST_STRANGERS = 16;
  private static final int MILLIS = 1_000;

  private final HostPort place;
  private final boolean proxy;
  private final MarkedStream far;
  private final ServerSocket server;
  private final long untilNs;
  private volatile Socket near;

  /**
   * Begins to listen.
   *
   * @param place what the far end is called
   * @param proxy whether the program asks for that place first, as of a proxy (RFC 9110, 9.3.6)
   * @param far the connection to it, which ends with this
   * @param untilNs a reading of {@link System#nanoTime}
   */
  Outlet(HostPort place, boolean proxy, MarkedStream far, long untilNs) throws IOException {
    this.place = place;
    this.proxy = proxy;
    this.far = far;
    this.untilNs = untilNs;
    try {
      server = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
      server.setSoTimeout((int) SECONDS.toMillis(10));
    } catch (IOException e) {
      far.close();
      throw e;
    }
    thread("noren-outlet", this::serve).start();
  }

  private static Thread thread(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Where the program connects to, on 127.0.0.1. */
  int port() {
    return server.getLocalPort();
  }

  private void serve() {
    try (server) {
      for (int strangers = 0; strangers < MOST_STRANGERS; strangers++) {
        Socket socket = server.accept();
        if (LoopbackOwner.isOurs(socket.getPort(), port())) {
          near = socket;
          break;
        }
        Logger.warn("Somebody else's connection to the way out of a notice is cut off.");
        socket.close();
      }
    } catch (IOException e) {
      Logger.debug("no program came to the way out: {}", e.getMessage());
    }
    if (near == null) {
      far.close();
      return;
    }
    try (Socket socket = near) {
      socket.setSoTimeout(Math.max(1, leftMs()));
      InputStream in = socket.getInputStream();
      OutputStream out = socket.getOutputStream();
      if (proxy && !isAskedFor(head(in), out)) {
        return;
      }
      Thread back = thread("noren-outlet-back", () -> back(socket, out));
      back.start();
      forth(in);
      far.close();
      back.join(MILLIS);
    } catch (IOException e) {
      Logger.debug("the way out has ended: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      far.close();
    }
  }

  private int leftMs() {
    return (int) ((untilNs - System.nanoTime()) / 1_000_000);
  }

  /** The lines up to the empty one; null where there is none. */
  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.length() < MOST_HEAD) {
      int c = in.read();
      if (c < 0) {
        return null;
      }
      head.append((char) c);
      if (head.length() >= 4 && head.indexOf("\r\n\r\n", head.length() - 4) >= 0) {
        return head.toString();
      }
    }
    return null;
  }

  /** Nothing but the one place can be asked for. */
  private boolean isAskedFor(String head, OutputStream out) throws IOException {
    String wanted = "connect " + place.toString().toLowerCase(Locale.ROOT) + " http/1.";
    boolean right = head != null && head.toLowerCase(Locale.ROOT).startsWith(wanted);
    out.write(
        (right ? "HTTP/1.1 200 Connected\r\n\r\n" : "HTTP/1.1 403 Forbidden\r\n\r\n")
            .getBytes(US_ASCII));
    return right;
  }

  private void forth(InputStream in) throws IOException {
    byte[] block = new byte[BLOCK];
    long bytes = 0;
    for (int got = in.read(block); got >= 0 && bytes <= MOST_BYTES; got = in.read(block)) {
      bytes += got;
      if (!far.write(block, got, untilNs)) {
        return;
      }
    }
  }

  private void back(Socket socket, OutputStream out) {
    byte[] block = new byte[BLOCK];
    long bytes = 0;
    try {
      for (int got = far.read(block, untilNs);
          got >= 0 && bytes <= MOST_BYTES;
          got = far.read(block, untilNs)) {
        bytes += got;
        out.write(block, 0, got);
      }
      socket.shutdownOutput();
    } catch (IOException e) {
      Logger.debug("the program at the way out has gone: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    far.close();
    try {
      server.close();
      Socket open = near;
      if (open != null) {
        open.close();
      }
    } catch (IOException e) {
      Logger.debug("the way out can't be closed: {}", e.getMessage());
    }
  }
}
