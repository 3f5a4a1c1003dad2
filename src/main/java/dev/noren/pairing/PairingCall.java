package dev.noren.pairing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * One call of a joiner's.
 *
 * @param own the tunnel's own address
 * @param far where the inviter is heard in the tunnel
 * @param line what is said
 */
public record PairingCall(InetSocketAddress own, InetSocketAddress far, String line) {
  /** Short, as the next call follows soon. */
  private static final int CONNECT_MS = 3000;

  /**
   * Says the line and gives the answer.
   *
   * @throws IOException where there is none
   */
  public String answer() throws IOException {
    try (Socket socket = new Socket()) {
      socket.bind(own);
      socket.connect(far, CONNECT_MS);
      socket.getOutputStream().write((line + "\n").getBytes(UTF_8));
      String answer = BoundedLine.read(socket, System.nanoTime() + BoundedLine.PATIENCE_NS);
      if (answer == null) {
        throw new IOException("the other end hung up");
      }
      return answer;
    }
  }
}
