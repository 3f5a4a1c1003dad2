package dev.noren.pairing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.UnaryOperator;
import org.tinylog.Logger;

/**
 * Where a joiner is heard: a socket at the tunnel's own address and no other, which answers one
 * caller at a time, and only the one address that the provisional peer has. A caller has ten
 * seconds for its line. Whoever calls without a pause is slowed down, so that a hostile one costs
 * next to nothing.
 */
public final class PairingDoor implements AutoCloseable {
  private static final int WAITING = 4;
  private static final long PAUSE_MS = 200;

  private final ServerSocket socket;
  private final InetAddress caller;
  private final UnaryOperator<String> answers;

  /**
   * Begins to listen.
   *
   * @param own the tunnel's own address
   * @param caller who is heard
   * @param answers gives the answer to a line, or null for none; called from a thread of the door
   */
  public PairingDoor(InetAddress own, InetAddress caller, int port, UnaryOperator<String> answers)
      throws IOException {
    this.caller = caller;
    this.answers = answers;
    socket = new ServerSocket();
    try {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(own, port), WAITING);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
    Thread thread = new Thread(this::run, "noren-pairing-door");
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    while (!socket.isClosed()) {
      try (Socket call = socket.accept()) {
        if (call.getInetAddress().equals(caller)) {
          answer(call);
        }
      } catch (IOException e) {
        if (!socket.isClosed()) {
          Logger.debug("A pairing's caller was not answered: {}", e.getMessage());
        }
      }
      try {
        Thread.sleep(PAUSE_MS);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void answer(Socket call) throws IOException {
    String line = BoundedLine.read(call, System.nanoTime() + BoundedLine.PATIENCE_NS);
    String answer = line == null ? null : answers.apply(line);
    if (answer != null) {
      // One line fits into what the kernel keeps, so that a caller who does not read delays nobody.
      call.getOutputStream().write((answer + "\n").getBytes(UTF_8));
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      Logger.debug("A pairing's door does not close: {}", e.getMessage());
    }
  }
}
