package dev.noren.street;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Pours bytes through one TCP connection between two hosts, and says whether the same bytes came
 * out. Slow enough (64 KiB in a go, with a pause) that a test can do something to the tunnel while
 * it flows.
 */
public final class Pour implements AutoCloseable {
  private static final int CHUNK = 65_536;
  private static final int PORT = 7777;

  private final Host from;
  private final Host to;
  private final Running receiver;
  private final Running sender;

  private Pour(Host from, Host to, Running receiver, Running sender) {
    this.from = from;
    this.to = to;
    this.receiver = receiver;
    this.sender = sender;
  }

  /**
   * Begins to pour.
   *
   * @param chunks how many times 64 KiB
   * @param pauseMs the pause after each
   */
  public static Pour begin(Host from, Host to, String address, int chunks, int pauseMs) {
    String main = Pour.class.getName();
    Running receiver = to.start(Map.of(), Maker.java(main, "receive", address));
    to.awaitListening(receiver, PORT);
    List<String> send =
        Maker.java(main, "send", address, Integer.toString(chunks), Integer.toString(pauseMs));
    return new Pour(from, to, receiver, from.start(Map.of(), send));
  }

  /** Waits until this many chunks have come out at the far end. */
  public void awaitChunks(int chunks) {
    awaitChunks(chunks, Duration.ofSeconds(40));
  }

  /** The same, and for how long at most. */
  public void awaitChunks(int chunks, Duration atMost) {
    Wait.until(
        "the receiver has " + chunks + " chunks",
        atMost,
        () -> receiver.out().lines().count() >= chunks,
        () -> "sender: " + sender.said() + " receiver: " + receiver.said());
  }

  /** How many chunks have come out at the far end. */
  public int chunks() {
    return (int) receiver.out().lines().count();
  }

  /** Waits for the end; fails unless every byte came out as it went in. */
  public void finishWhole() {
    String sent = last(from.finish(sender, Duration.ofSeconds(60)));
    String received = last(to.finish(receiver, Duration.ofSeconds(60)));
    if (!sent.startsWith("sha256 ") || !sent.equals(received)) {
      throw new AssertionError("Sent: " + sent + ", received: " + received);
    }
  }

  @Override
  public void close() {
    sender.close();
    receiver.close();
    from.forget(sender);
    to.forget(receiver);
  }

  /** What runs in a host: {@code receive ADDRESS} or {@code send ADDRESS CHUNKS PAUSE}. */
  public static void main(String[] args) throws Exception {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(args[1]), PORT);
    if (args[0].equals("receive")) {
      receive(address);
    } else {
      send(address, Integer.parseInt(args[2]), Integer.parseInt(args[3]));
    }
  }

  private static void receive(InetSocketAddress at) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    byte[] buffer = new byte[CHUNK];
    long total = 0;
    try (ServerSocket server = new ServerSocket(at.getPort(), 1, at.getAddress());
        Socket socket = server.accept();
        InputStream in = socket.getInputStream()) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
        for (long next = total / CHUNK + 1; next * CHUNK <= total + n; next++) {
          System.out.println(next);
        }
        total += n;
      }
    }
    System.out.println("sha256 " + HexFormat.of().formatHex(digest.digest()));
  }

  private static void send(InetSocketAddress to, int chunks, int pauseMs) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    Random random = new Random(chunks);
    byte[] chunk = new byte[CHUNK];
    try (Socket socket = connect(to);
        OutputStream out = socket.getOutputStream()) {
      for (int i = 0; i < chunks; i++) {
        random.nextBytes(chunk);
        digest.update(chunk);
        out.write(chunk);
        Thread.sleep(pauseMs);
      }
    }
    System.out.println("sha256 " + HexFormat.of().formatHex(digest.digest()));
  }

  private static Socket connect(InetSocketAddress to) throws IOException {
    Socket socket = new Socket();
    socket.connect(to, 20_000);
    return socket;
  }

  private static String last(Ran ran) {
    List<String> lines = ran.must().lines().toList();
    return lines.isEmpty() ? "" : lines.getLast();
  }
}
