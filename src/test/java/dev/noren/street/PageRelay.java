package dev.noren.street;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Leads from this machine's loopback to the page of a router in a host of the street. */
final class PageRelay implements AutoCloseable {
  /** Where it listens. */
  static final String PLACE = "127.0.0.1:8080";

  private static final int PORT = 8080;
  private static final int PAGE_PORT = 80;
  private static final int PATIENCE_MS = 5_000;

  /** A browser has six, and some pages may be open. */
  private static final int MOST = 64;

  private final ServerSocket listener;
  private final Host router;
  private final String address;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private PageRelay(ServerSocket listener, Host router, String address) {
    this.listener = listener;
    this.router = router;
    this.address = address;
  }

  /**
   * Opens it.
   *
   * @param address the page's, in the router's host
   * @return null where another program listens there
   */
  static PageRelay open(Host router, String address) {
    try {
      ServerSocket listener = new ServerSocket();
      try {
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), PORT));
      } catch (BindException e) {
        listener.close();
        return null;
      }
      PageRelay relay = new PageRelay(listener, router, address);
      start(relay::listen);
      return relay;
    } catch (IOException e) {
      throw new UncheckedIOException("the page's relay can't listen at " + PLACE, e);
    }
  }

  /** What a browser sees that opens it: the answer's number, and where that leads. */
  String look() {
    try {
      HttpURLConnection page =
          (HttpURLConnection) URI.create("http://" + PLACE + "/").toURL().openConnection();
      page.setInstanceFollowRedirects(false);
      page.setConnectTimeout(PATIENCE_MS);
      page.setReadTimeout(PATIENCE_MS);
      try {
        String to = page.getHeaderField("Location");
        int code = page.getResponseCode();
        if (code != HttpURLConnection.HTTP_OK && code != HttpURLConnection.HTTP_MOVED_TEMP) {
          throw new AssertionError("http://" + PLACE + " answers " + code);
        }
        return code + (to == null ? "" : ", see " + to);
      } finally {
        page.disconnect();
      }
    } catch (IOException e) {
      throw new AssertionError("http://" + PLACE + " does not answer: " + e.getMessage(), e);
    }
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "page-relay");
    thread.setDaemon(true);
    thread.start();
  }

  private void listen() {
    while (!listener.isClosed()) {
      try {
        Socket browser = listener.accept();
        if (open.size() >= 2 * MOST) {
          browser.close();
        } else {
          open.add(browser);
          start(() -> serve(browser));
        }
      } catch (IOException e) {
        // It is closed, or this one has gone already.
      }
    }
  }

  private void serve(Socket browser) {
    Socket page = null;
    try {
      page = router.inside(() -> dial());
      open.add(page);
      Socket there = page;
      start(() -> pass(there, browser));
      pass(browser, there);
    } catch (AssertionError e) {
      close(browser);
    }
  }

  private Socket dial() throws IOException {
    Socket socket = new Socket();
    socket.connect(new InetSocketAddress(address, PAGE_PORT), PATIENCE_MS);
    return socket;
  }

  /** Until one side ends, which ends the other. */
  private void pass(Socket from, Socket to) {
    try (InputStream in = from.getInputStream()) {
      in.transferTo(to.getOutputStream());
    } catch (IOException e) {
      // It has ended.
    } finally {
      close(from);
      close(to);
    }
  }

  private void close(Socket socket) {
    open.remove(socket);
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone.
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    open.forEach(this::close);
  }
}
