package dev.noren.street;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * Many connections to a web server that each say a byte of a request now and then, and that are
 * opened anew when the server ends them.
 */
public final class SlowFlood implements AutoCloseable {
  private static final byte[] REQUEST =
      ("GET / HTTP/1.1\r\nHost: noren.local\r\nX-Slow: " + "a".repeat(10_000))
          .getBytes(StandardCharsets.US_ASCII);

  private static final long TURN_MS = 100;

  private final InetSocketAddress server;
  private final Thread thread;
  private volatile int open;
  private volatile boolean ending;
  private volatile IOException failure;

  private SlowFlood(InetSocketAddress server, int connections) {
    this.server = server;
    thread = new Thread(() -> run(connections), "slow-flood");
  }

  /** Starts so many of them in a host. */
  public static SlowFlood of(int connections, Host from, String server, int port) {
    // A thread is in the host where the one that has started it is.
    return from.inside(
        () -> {
          SlowFlood flood = new SlowFlood(new InetSocketAddress(server, port), connections);
          flood.thread.setDaemon(true);
          flood.thread.start();
          return flood;
        });
  }

  /** How many the server's machine has accepted at this moment. */
  public int open() {
    return open;
  }

  private void run(int connections) {
    try (Selector selector = Selector.open()) {
      while (!ending) {
        while (selector.keys().size() < connections) {
          dial(selector);
        }
        selector.select(TURN_MS);
        selector.selectedKeys().clear();
        int accepted = 0;
        for (SelectionKey key : selector.keys()) {
          accepted += turn(key) ? 1 : 0;
        }
        open = accepted;
        selector.selectNow();
        Wait.pause(TURN_MS);
      }
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
    } catch (IOException e) {
      failure = e;
    }
  }

  private void dial(Selector selector) throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.configureBlocking(false);
    channel.connect(server);
    channel.register(selector, SelectionKey.OP_CONNECT, new int[1]);
  }

  /** Goes on with one; says whether it is open. */
  private static boolean turn(SelectionKey key) throws IOException {
    SocketChannel channel = (SocketChannel) key.channel();
    try {
      if (!channel.isConnected() && !channel.finishConnect()) {
        return false;
      }
      key.interestOps(SelectionKey.OP_READ);
      int[] said = (int[]) key.attachment();
      channel.write(ByteBuffer.wrap(REQUEST, said[0]++, 1));
      if (channel.read(ByteBuffer.allocate(512)) < 0) {
        channel.close();
        return false;
      }
      return true;
    } catch (IOException e) {
      channel.close();
      return false;
    }
  }

  @Override
  public void close() {
    ending = true;
    Wait.until("the flood ends", () -> !thread.isAlive());
    if (failure != null) {
      throw new AssertionError("the flood of " + server + " ended", failure);
    }
  }
}
