package dev.noren.uapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.crypto.TransportAeads;
import dev.noren.linux.Errno;
import dev.noren.linux.LinuxException;
import dev.noren.linux.UnixListener;
import dev.noren.linux.UnixServer;
import dev.noren.linux.UnixStream;
import dev.noren.protocol.Limits;
import dev.noren.tun.LinkListener;
import dev.noren.tun.TunDevice;
import dev.noren.tunnel.Tunnel;
import dev.noren.tunnel.TunnelClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UapiServerTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  @TempDir Path folder;

  private Path socket;
  private UnixListener listener;

  @BeforeEach
  void listen() throws IOException {
    socket = folder.resolve("t.sock");
    listener = UnixListener.bind(socket);
  }

  private static String ask(UnixStream stream) throws IOException {
    stream.output().write("get=1\n\n".getBytes(UTF_8));
    byte[] answer = new byte[100];
    int length = stream.read(answer, 0, answer.length);
    return new String(answer, 0, Math.max(0, length), UTF_8);
  }

  @Test
  void aCallThatCannotBeTakenNowIsTakenLater() throws IOException {
    AtomicInteger attempts = new AtomicInteger();
    UnixServer.Source source =
        () -> {
          if (attempts.incrementAndGet() == 1) {
            throw LinuxException.of("no descriptor is left", Errno.EMFILE);
          }
          return listener.accept();
        };
    try (UapiServer server = new UapiServer(source, listener, tunnel());
        UnixStream caller = UnixStream.connect(socket)) {
      server.start();
      assertEquals("errno=0\n\n", assertTimeoutPreemptively(SOON, () -> ask(caller)));
    }
  }

  /** Else one who works would be the one silent longest as soon as enough others come at once. */
  @Test
  void aNewCallerIsSilentBeforeItsThreadRuns() throws IOException {
    Tunnel tunnel = tunnel();
    try (UnixStream caller = UnixStream.connect(socket)) {
      long beforeNs = System.nanoTime();
      UapiConversation conversation =
          new UapiConversation(caller, tunnel, new RequestPool(tunnel.requestBytes()));
      long silentNs = conversation.silentNs(System.nanoTime());
      assertTrue(silentNs >= 0 && silentNs <= System.nanoTime() - beforeNs, silentNs + " ns");
    } finally {
      tunnel.close();
      listener.close();
    }
  }

  @Test
  void closingHangsUpOnCallers() throws IOException {
    UapiServer server = new UapiServer(listener, tunnel());
    server.start();
    try (UnixStream caller = UnixStream.connect(socket)) {
      assertEquals("errno=0\n\n", ask(caller));
      server.close();
      byte[] one = new byte[1];
      int read = assertTimeoutPreemptively(SOON, () -> caller.read(one, 0, 1));
      assertTrue(read < 0);
    }
  }

  /** One that was never started: enough to be asked for its state. */
  private static Tunnel tunnel() {
    TunDevice none =
        new TunDevice() {
          @Override
          public String name() {
            return "t";
          }

          @Override
          public int mtu() {
            return DEFAULT_MTU;
          }

          @Override
          public boolean await() {
            return false;
          }

          @Override
          public int read(byte[] into, int offset) {
            return -1;
          }

          @Override
          public boolean write(byte[] from, int offset, int length) {
            return true;
          }

          @Override
          public void wake() {}

          @Override
          public void watch(LinkListener follower) {}

          @Override
          public void close() {}
        };
    return new Tunnel(
        none,
        (port, mark) -> {
          throw new IOException("never up");
        },
        Limits.WHITEPAPER,
        TunnelClock.system(),
        () -> new byte[12],
        new Random(1),
        TransportAeads.start());
  }
}
