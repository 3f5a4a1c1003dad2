package dev.noren.street;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Four TCP streams at a time between two hosts: over IPv4 and IPv6, each way, of random bytes in
 * writes of random sizes. Both ends print what hash they saw.
 */
public final class Streams {
  private static final int PORT = 7778;
  private static final Duration AT_MOST = Duration.ofMinutes(2);

  /** The longest write, as a power of two: 128 KiB. */
  private static final int MOST_SHIFT = 17;

  private Streams() {}

  /**
   * Lets them flow to their end; fails unless each end saw the same four hashes.
   *
   * @param address4 the far host's inner addresses
   * @param bytes the length of each stream
   */
  public static void mustArriveWhole(
      Host from, Host to, String address4, String address6, long bytes, long seed) {
    String main = Streams.class.getName();
    Running server = to.start(Map.of(), Maker.java(main, "serve"));
    to.awaitListening(server, PORT);
    List<String> command =
        Maker.java(main, address4, address6, Long.toString(bytes), Long.toString(seed));
    Running client = from.start(Map.of(), command);
    List<String> here = from.finish(client, AT_MOST).must().lines().sorted().toList();
    List<String> there = to.finish(server, AT_MOST).must().lines().sorted().toList();
    if (here.size() != 4 || !here.equals(there)) {
      throw new AssertionError("One end saw " + here + ", the other " + there);
    }
  }

  /** What runs in a host: {@code serve}, or {@code ADDRESS4 ADDRESS6 BYTES SEED}. */
  public static void main(String[] args) throws Exception {
    List<Future<?>> parts = new ArrayList<>();
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      if (args[0].equals("serve")) {
        try (ServerSocket server = new ServerSocket(PORT)) {
          for (int i = 0; i < 4; i++) {
            Socket socket = server.accept();
            parts.add(threads.submit(() -> serve(socket)));
          }
        }
      } else {
        Random random = new Random(Long.parseLong(args[3]));
        for (int i = 0; i < 4; i++) {
          InetAddress address = InetAddress.getByName(args[i % 2]);
          boolean up = i < 2;
          long seed = random.nextLong();
          long bytes = Long.parseLong(args[2]) + random.nextInt(10_000);
          parts.add(threads.submit(() -> open(address, up, seed, bytes)));
        }
      }
      for (Future<?> part : parts) {
        part.get();
      }
    }
  }

  private static Void serve(Socket socket) throws Exception {
    try (socket) {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      boolean up = in.readBoolean();
      long seed = in.readLong();
      long bytes = in.readLong();
      tell(seed, up ? drain(in, bytes) : pour(socket, seed, bytes));
      if (up) {
        socket.getOutputStream().write(1);
      }
    }
    return null;
  }

  private static Void open(InetAddress address, boolean up, long seed, long bytes)
      throws Exception {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, PORT), 30_000);
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      out.writeBoolean(up);
      out.writeLong(seed);
      out.writeLong(bytes);
      DataInputStream in = new DataInputStream(socket.getInputStream());
      tell(seed, up ? pour(socket, seed, bytes) : drain(in, bytes));
      if (up) {
        in.readByte();
      }
    }
    return null;
  }

  private static byte[] pour(Socket socket, long seed, long bytes) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    Random random = new Random(seed);
    socket.setTcpNoDelay(random.nextBoolean());
    long left = bytes;
    while (left > 0) {
      int most = 1 << random.nextInt(MOST_SHIFT + 1);
      byte[] chunk = new byte[(int) Math.min(left, 1 + random.nextInt(most))];
      random.nextBytes(chunk);
      digest.update(chunk);
      socket.getOutputStream().write(chunk);
      left -= chunk.length;
    }
    return digest.digest();
  }

  private static byte[] drain(DataInputStream from, long bytes) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    DigestInputStream in = new DigestInputStream(from, digest);
    long left = bytes;
    byte[] buffer = new byte[1 << MOST_SHIFT];
    while (left > 0) {
      int n = in.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (n < 0) {
        throw new IOException("The stream ended " + left + " bytes early.");
      }
      left -= n;
    }
    return digest.digest();
  }

  private static synchronized void tell(long seed, byte[] hash) {
    System.out.println(Long.toHexString(seed) + " sha256 " + HexFormat.of().formatHex(hash));
  }
}
