package dev.noren.linux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class UnixSocketTest {
  private static final Executor THREAD = task -> new Thread(task).start();

  @TempDir private Path folder;
  private Path path;

  @BeforeEach
  void name() {
    path = folder.resolve("wg0.sock");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String line(UnixStream stream, int length) throws IOException {
    return new String(stream.input().readNBytes(length), StandardCharsets.UTF_8);
  }

  /** What a killed program leaves behind: Java's own sockets are never removed. */
  private void leaveStale() throws IOException {
    ServerSocketChannel.open(StandardProtocolFamily.UNIX)
        .bind(UnixDomainSocketAddress.of(path))
        .close();
    assertTrue(Files.exists(path));
  }

  @Test
  void theAddressIsLaidOutAsTheKernelReadsIt() throws LinuxException {
    NativeBuffer address = UnixAddress.of(Path.of("/run/a"));
    assertEquals("0100" + "2f72756e2f61" + "00".repeat(102), Layouts.hex(address, 0, 110));
    assertEquals(110, address.size());
  }

  @Test
  void bothEndsTalk() throws IOException {
    try (UnixListener listener = UnixListener.bind(path);
        UnixStream client = UnixStream.connect(path);
        UnixStream server = listener.accept()) {
      client.write(bytes("..get=1\n\n"), 2, 7);
      assertEquals("get=1\n\n", line(server, 7));
      server.output().write(bytes("errno=0\n\n"));
      assertEquals("errno=0\n\n", line(client, 9));
      client.endOutput();
      assertEquals(-1, server.input().read());
      server.output().write('x');
      assertEquals('x', client.input().read());
    }
  }

  @Test
  void otherProgramsAreUnderstood() throws IOException {
    try (UnixListener listener = UnixListener.bind(path);
        SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      UnixStream server = listener.accept();
      client.write(ByteBuffer.wrap(bytes("set=1\n")));
      assertEquals("set=1\n", line(server, 6));
      server.close();
      assertEquals(-1, client.read(ByteBuffer.allocate(1)));
    }
  }

  @Test
  void moreThanTheKernelHoldsIsWrittenWhole() throws Exception {
    byte[] much = new byte[1 << 20];
    new Random(4).nextBytes(much);
    try (UnixListener listener = UnixListener.bind(path);
        UnixStream server = UnixStream.connect(path)) {
      UnixStream client = listener.accept();
      CompletableFuture<byte[]> reading =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return server.input().readAllBytes();
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              },
              THREAD);
      client.write(much, 0, much.length);
      client.close();
      assertArrayEquals(much, reading.join());
    }
  }

  @Test
  void onlyTheUserItselfMayConnect() throws IOException {
    try (UnixListener listener = UnixListener.bind(path)) {
      assertNotNull(listener);
      assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
    }
  }

  @Test
  void aClosedListenerRemovesItsSocket() throws IOException {
    UnixListener listener = UnixListener.bind(path);
    listener.close();
    assertFalse(Files.exists(path, LinkOption.NOFOLLOW_LINKS));
    listener.close();
    LinuxException gone = assertThrows(LinuxException.class, () -> UnixStream.connect(path));
    assertEquals("can't connect to " + path + ": no such file (ENOENT)", gone.getMessage());
  }

  @Test
  void aClosedListenerLeavesAnothersSocketAlone() throws IOException {
    UnixListener first = UnixListener.bind(path);
    // Kept, so that the next socket can't get the inode of this one.
    Files.move(path, folder.resolve("old"));
    try (UnixListener second = UnixListener.bind(path)) {
      first.close();
      UnixStream.connect(path).close();
      try (UnixStream server = second.accept()) {
        assertEquals(-1, server.input().read());
      }
    }
  }

  @Test
  void aSocketLeftBehindIsReplaced() throws IOException {
    leaveStale();
    try (UnixListener listener = UnixListener.bind(path);
        UnixStream client = UnixStream.connect(path);
        UnixStream server = listener.accept()) {
      client.write(bytes("a"), 0, 1);
      assertEquals("a", line(server, 1));
    }
  }

  @Test
  void aSocketInUseIsNotReplaced() throws IOException {
    try (UnixListener live = UnixListener.bind(path)) {
      LinuxException taken = assertThrows(LinuxException.class, () -> UnixListener.bind(path));
      assertEquals(Errno.EADDRINUSE, taken.errno());
      assertEquals(
          "the socket " + path + " is in use: another program listens there", taken.getMessage());
      live.accept().close();
      UnixStream.connect(path).close();
    }
  }

  @Test
  void anotherKindOfFileIsNotReplaced() throws IOException {
    Files.writeString(path, "precious");
    LinuxException taken = assertThrows(LinuxException.class, () -> UnixListener.bind(path));
    assertEquals(Errno.EADDRINUSE, taken.errno());
    assertEquals(
        "can't listen on " + path + ": it is there and is no socket; move it away",
        taken.getMessage());
    assertEquals("precious", Files.readString(path));
  }

  @Test
  void whatCanNotBeBoundIsSaid() {
    Path nowhere = folder.resolve("missing/wg0.sock");
    LinuxException missing = assertThrows(LinuxException.class, () -> UnixListener.bind(nowhere));
    assertEquals(
        "can't listen on the socket " + nowhere + ": no such file (ENOENT)", missing.getMessage());
    Path deep = folder.resolve("a".repeat(108));
    LinuxException tooLong = assertThrows(LinuxException.class, () -> UnixListener.bind(deep));
    assertEquals(Errno.ENAMETOOLONG, tooLong.errno());
    assertEquals(
        "the socket's path " + deep + " is too long: at most 107 bytes", tooLong.getMessage());
  }

  @Test
  void aWakeAndACloseEndAnAccept() throws Exception {
    UnixListener listener = UnixListener.bind(path);
    CompletableFuture<Boolean> waiting = accepting(listener);
    listener.wake();
    assertFalse(waiting.join());
    waiting = accepting(listener);
    listener.close();
    assertFalse(waiting.join());
    assertNull(listener.accept());
  }

  private static CompletableFuture<Boolean> accepting(UnixListener listener) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return listener.accept() != null;
          } catch (LinuxException e) {
            throw new IllegalStateException(e);
          }
        },
        THREAD);
  }

  @Test
  void closingEndsAReadThatWaits() throws Exception {
    try (UnixListener listener = UnixListener.bind(path);
        UnixStream client = UnixStream.connect(path)) {
      UnixStream server = listener.accept();
      CompletableFuture<Integer> waiting =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return server.read(new byte[1], 0, 1);
                } catch (LinuxException e) {
                  throw new IllegalStateException(e);
                }
              },
              THREAD);
      server.close();
      assertEquals(-1, waiting.join());
      assertEquals(-1, server.read(new byte[1], 0, 1));
      LinuxException ended =
          assertThrows(LinuxException.class, () -> server.write(new byte[1], 0, 1));
      assertEquals(Errno.EPIPE, ended.errno());
      assertEquals(-1, client.read(new byte[1], 0, 1));
    }
  }

  @Test
  void writingToNobodyIsSaidAndKillsNothing() throws IOException {
    try (UnixListener listener = UnixListener.bind(path);
        UnixStream client = UnixStream.connect(path)) {
      listener.accept().close();
      LinuxException ended =
          assertThrows(LinuxException.class, () -> client.write(new byte[1], 0, 1));
      assertEquals(Errno.EPIPE, ended.errno());
    }
  }

  @Test
  void aListenerOfAnotherProgramIsTakenOverAndItsPathStays() throws IOException {
    NativeBuffer address = UnixAddress.of(path);
    Fd bound = Sockets.open(UnixAddress.AF_UNIX, Sockets.SOCK_STREAM, 0);
    assertEquals(0, Sockets.bind(bound, address, UnixAddress.SIZE));
    int number = bound.acquire();
    LinuxException deaf = assertThrows(LinuxException.class, () -> UnixListener.fromFd(number));
    assertEquals("file descriptor " + number + " is no listening Unix socket", deaf.getMessage());
    assertEquals(0, Sockets.listen(bound, 1));
    try (UnixListener listener = UnixListener.fromFd(number);
        UnixStream client = UnixStream.connect(path);
        UnixStream server = listener.accept()) {
      client.write(bytes("a"), 0, 1);
      assertEquals("a", line(server, 1));
    }
    assertTrue(Files.exists(path));
  }

  @Test
  void anotherKindOfDescriptorIsRefused() throws IOException {
    try (Fd file = Fd.open("/dev/null", LibC.O_RDWR);
        Fd udp = Sockets.open(SockAddr.AF_INET, Sockets.SOCK_DGRAM, 0)) {
      for (Fd fd : new Fd[] {file, udp}) {
        int number = fd.acquire();
        assertThrows(LinuxException.class, () -> UnixListener.fromFd(number));
        fd.release();
      }
    }
    assertThrows(LinuxException.class, () -> UnixListener.fromFd(-1));
  }
}
