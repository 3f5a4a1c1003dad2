package dev.noren.street;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** Speaks to a tunnel end's socket without {@code wg}, to say what {@code wg} never would. */
public final class Uapi {
  private Uapi() {}

  /** Sends something and closes without waiting for an answer. */
  public static void send(String interfaceName, String nonsense) {
    var address = UnixDomainSocketAddress.of(Machine.SOCKETS.resolve(interfaceName + ".sock"));
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(address);
      channel.write(ByteBuffer.wrap(nonsense.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Sends one request and reads one answer.
   *
   * @return the answer to its empty line; what came until then if the socket was closed; nothing if
   *     nobody listens
   */
  public static String ask(String interfaceName, String request) {
    var address = UnixDomainSocketAddress.of(Machine.SOCKETS.resolve(interfaceName + ".sock"));
    StringBuilder answer = new StringBuilder();
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(address);
      ByteBuffer out = ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8));
      while (out.hasRemaining()) {
        channel.write(out);
      }
      ByteBuffer in = ByteBuffer.allocate(65_536);
      while (answer.indexOf("\n\n") < 0 && channel.read(in.clear()) >= 0) {
        answer.append(StandardCharsets.UTF_8.decode(in.flip()));
      }
    } catch (IOException e) {
      return answer.toString();
    }
    return answer.toString();
  }
}
