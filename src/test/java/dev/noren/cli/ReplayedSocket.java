package dev.noren.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** An interface that is only a socket and gives the same answer to everyone who asks. */
final class ReplayedSocket implements AutoCloseable {
  private static final Path FOLDER = Path.of("/var/run/wireguard");

  private final Path path;
  private final ServerSocketChannel server;
  private final Thread thread;
  private volatile String answer = "errno=0\n\n";

  ReplayedSocket(String name) throws IOException {
    Files.createDirectories(FOLDER);
    path = FOLDER.resolve(name + ".sock");
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(path));
    thread = new Thread(this::serve, "replay");
    thread.start();
  }

  void answer(String text) {
    answer = text;
  }

  private void serve() {
    while (true) {
      try (SocketChannel client = server.accept()) {
        ByteBuffer request = ByteBuffer.allocate(64);
        // wg also connects only to see whether somebody is there.
        if (client.read(request) > 0) {
          client.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.US_ASCII)));
        }
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    Files.delete(path);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
