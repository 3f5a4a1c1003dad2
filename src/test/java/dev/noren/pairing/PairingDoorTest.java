package dev.noren.pairing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PairingDoorTest {
  private static final InetAddress ONE = address("127.0.0.1");
  private static final InetAddress OTHER = address("127.0.0.2");

  private final List<String> heard = new CopyOnWriteArrayList<>();

  private PairingDoor door;

  @AfterEach
  void close() {
    if (door != null) {
      door.close();
    }
  }

  private void open(int port) throws IOException {
    door = new PairingDoor(ONE, OTHER, port, this::answer);
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, ONE)) {
      return socket.getLocalPort();
    }
  }

  private String answer(String line) {
    heard.add(line);
    return line.isEmpty() ? null : "answer to " + line;
  }

  private static PairingCall call(InetAddress from, int port, String line) {
    return new PairingCall(new InetSocketAddress(from, 0), new InetSocketAddress(ONE, port), line);
  }

  @Test
  void oneLineEachWay() throws IOException {
    int port = freePort();
    open(port);
    assertEquals("answer to 暖簾", call(OTHER, port, "暖簾").answer());
    assertEquals("answer to again", call(OTHER, port, "again").answer());
    assertThrows(IOException.class, () -> call(OTHER, port, "").answer());
    assertEquals(List.of("暖簾", "again", ""), heard);
    close();
    assertThrows(IOException.class, () -> call(OTHER, port, "closed").answer());
  }

  @Test
  void nobodyButTheOneWhoWasInvitedIsHeard() throws IOException {
    int port = freePort();
    open(port);
    assertThrows(IOException.class, () -> call(ONE, port, "hello").answer());
    assertEquals("answer to hello", call(OTHER, port, "hello").answer());
    assertEquals(List.of("hello"), heard);
  }

  @Test
  void whoSaysTooMuchIsCutOff() throws IOException {
    int port = freePort();
    open(port);
    String tooLong = "x".repeat(BoundedLine.MOST_BYTES + 4096);
    assertThrows(IOException.class, () -> call(OTHER, port, tooLong).answer());
    assertEquals("answer to after", call(OTHER, port, "after").answer());
    assertEquals(List.of("after"), heard);
  }

  @Test
  void whoEndsWithoutALineEndIsHeardAllTheSame() throws IOException {
    int port = freePort();
    open(port);
    try (Socket socket = new Socket()) {
      socket.bind(new InetSocketAddress(OTHER, 0));
      socket.connect(new InetSocketAddress(ONE, port));
      socket.getOutputStream().write("half".getBytes(UTF_8));
      socket.shutdownOutput();
      assertEquals("answer to half\n", new String(socket.getInputStream().readAllBytes(), UTF_8));
    }
  }

  @Test
  void aLineHasItsTimeAndNoMore() throws IOException {
    try (ServerSocket slow = new ServerSocket(0, 1, ONE);
        Socket socket = new Socket(ONE, slow.getLocalPort())) {
      IOException late =
          assertThrows(IOException.class, () -> BoundedLine.read(socket, System.nanoTime() - 1));
      assertTrue(late.getMessage().contains("took too long"), late.getMessage());
      assertThrows(
          IOException.class, () -> BoundedLine.read(socket, System.nanoTime() + 50_000_000));
    }
  }
}
