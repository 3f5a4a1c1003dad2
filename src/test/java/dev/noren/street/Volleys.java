package dev.noren.street;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.zip.CRC32;

/**
 * Volleys of UDP datagrams between two hosts, IPv4 and IPv6, both ways at a time. A volley is one
 * buffer that the kernel cuts (UDP_SEGMENT); now and then it is one datagram so long that it
 * travels in fragments. Each datagram says which one it is and how long, and has a checksum of its
 * own, since UDP's is what is under test.
 */
public final class Volleys {
  /** What one end saw of one family. */
  public record Seen(int sent, int volleysTaken, int received, int wrong, int twice) {
    private static Seen parse(String line) {
      String[] words = line.strip().split(" ", -1);
      int[] numbers = new int[5];
      for (int i = 0; i < 5; i++) {
        numbers[i] = Integer.parseInt(words[1 + 2 * i]);
      }
      return new Seen(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
    }
  }

  /** What both ends saw, IPv4 first. */
  public record Score(List<Seen> left, List<Seen> right) {}

  private static final int PORT = 7779;
  private static final Duration AT_MOST = Duration.ofMinutes(2);

  /** After the far end's last datagram, this long without one is the end. */
  private static final long QUIET_MS = 300;

  /** Number, length, CRC-32: 8, 4 and 4 bytes. */
  private static final int HEADER = 16;

  private static final int UDP_OVER_IP4 = 28;
  private static final int UDP_OVER_IP6 = 48;
  private static final int LONG_BYTES = 6_000;

  private Volleys() {}

  /**
   * Exchanges them.
   *
   * @param volleys how many each end sends of each family
   * @param mtuBytes the tunnel's
   */
  public static Score exchange(TwoShops shops, int volleys, int mtuBytes, long seed) {
    Host left = shops.left().host();
    Host right = shops.right().host();
    List<String> more =
        List.of(Integer.toString(volleys), Integer.toString(mtuBytes), Long.toString(seed));
    Running server =
        start(right, more, TwoShops.RIGHT_4, TwoShops.LEFT_4, TwoShops.RIGHT_6, TwoShops.LEFT_6);
    right.awaitListening(server, PORT);
    Running client =
        start(left, more, TwoShops.LEFT_4, TwoShops.RIGHT_4, TwoShops.LEFT_6, TwoShops.RIGHT_6);
    return new Score(finish(left, client), finish(right, server));
  }

  private static Running start(Host host, List<String> more, String... addresses) {
    String role = addresses[0].equals(TwoShops.RIGHT_4) ? "serve" : "join";
    String[] arguments = new String[8];
    arguments[0] = role;
    System.arraycopy(addresses, 0, arguments, 1, 4);
    for (int i = 0; i < 3; i++) {
      arguments[5 + i] = more.get(i);
    }
    return host.start(Map.of(), Maker.java(Volleys.class.getName(), arguments));
  }

  private static List<Seen> finish(Host host, Running process) {
    return host.finish(process, AT_MOST).must().lines().map(Seen::parse).toList();
  }

  /**
   * What runs in a host: {@code serve|join}, own and far IPv4 address, own and far IPv6 address,
   * the number of volleys, the tunnel's MTU, a seed.
   */
  public static void main(String[] args) throws Exception {
    boolean serves = args[0].equals("serve");
    int volleys = Integer.parseInt(args[5]);
    int mtu = Integer.parseInt(args[6]);
    Random random = new Random(Long.parseLong(args[7]) + (serves ? 1 : 0));
    try (SegmentSocket four = new SegmentSocket(at(args[1]), at(args[2]));
        SegmentSocket six = new SegmentSocket(at(args[3]), at(args[4]));
        Socket control = serves ? accept() : join(args[2])) {
      CountDownLatch farHasSent = new CountDownLatch(1);
      Side overFour = new Side(four, mtu - UDP_OVER_IP4, random.nextLong(), farHasSent);
      Side overSix = new Side(six, mtu - UDP_OVER_IP6, random.nextLong(), farHasSent);
      control.setTcpNoDelay(true);
      meet(control);
      Thread fourReceives = Thread.ofPlatform().start(overFour::receive);
      Thread sixReceives = Thread.ofPlatform().start(overSix::receive);
      for (int i = 0; i < volleys; i++) {
        overFour.fire();
        overSix.fire();
        // Else the faster end would flood the other, and what arrives would be a matter of luck.
        meet(control);
      }
      farHasSent.countDown();
      fourReceives.join();
      sixReceives.join();
      System.out.println(overFour.told());
      System.out.println(overSix.told());
    }
  }

  private static InetSocketAddress at(String address) {
    return new InetSocketAddress(address, PORT);
  }

  private static Socket accept() throws IOException {
    try (ServerSocket server = new ServerSocket(PORT)) {
      return server.accept();
    }
  }

  private static Socket join(String address) throws IOException {
    Socket socket = new Socket();
    socket.connect(at(address), 30_000);
    return socket;
  }

  /** Waits until the far end is here too. What was sent before is on its way by then. */
  private static void meet(Socket control) throws IOException {
    control.getOutputStream().write(1);
    if (control.getInputStream().read() < 0) {
      throw new IOException("The far end went away.");
    }
  }

  /** One family. The test's main thread sends, another receives. */
  private static final class Side {
    private final SegmentSocket socket;
    private final int mostBytes;
    private final Random random;
    private final CountDownLatch farHasSent;
    private final byte[] buffer = new byte[SegmentSocket.MOST_BYTES];
    private final BitSet seen = new BitSet();
    private int sent;
    private int taken;
    private int received;
    private int wrong;
    private int twice;

    Side(SegmentSocket socket, int mostBytes, long seed, CountDownLatch farHasSent) {
      this.socket = socket;
      this.mostBytes = mostBytes;
      this.random = new Random(seed);
      this.farHasSent = farHasSent;
      socket.patience(QUIET_MS);
    }

    void fire() {
      if (random.nextInt(10) == 0) {
        int length = mostBytes + 1 + random.nextInt(LONG_BYTES);
        write(0, length);
        boolean ignored = socket.send(buffer, length, 0);
        return;
      }
      int each = HEADER + random.nextInt(random.nextBoolean() ? 200 : mostBytes - HEADER);
      each = random.nextInt(4) == 0 ? mostBytes : each;
      int most = Math.min(SegmentSocket.MOST_SEGMENTS, buffer.length / each);
      int count = 1 + random.nextInt(most);
      int last = random.nextBoolean() ? each : HEADER + random.nextInt(each - HEADER + 1);
      for (int i = 0; i < count; i++) {
        write(i * each, i < count - 1 ? each : last);
      }
      int length = (count - 1) * each + last;
      if (socket.send(buffer, length, each)) {
        taken++;
        return;
      }
      // Before Linux 6.11 an interface without checksum offload takes no segments.
      for (int i = 0; i < count; i++) {
        int size = i < count - 1 ? each : last;
        byte[] one = new byte[size];
        System.arraycopy(buffer, i * each, one, 0, size);
        boolean ignored = socket.send(one, size, 0);
      }
    }

    private void write(int at, int length) {
      byte[] fill = new byte[length - HEADER];
      random.nextBytes(fill);
      ByteBuffer datagram = ByteBuffer.wrap(buffer, at, length).slice();
      datagram.putLong(sent++).putInt(length).putInt(0).put(fill);
      datagram.putInt(12, sum(datagram));
    }

    private static int sum(ByteBuffer datagram) {
      CRC32 crc = new CRC32();
      crc.update(datagram.slice(0, 12));
      crc.update(datagram.slice(HEADER, datagram.capacity() - HEADER));
      return (int) crc.getValue();
    }

    void receive() {
      while (true) {
        byte[] bytes = socket.receive();
        if (bytes != null) {
          note(ByteBuffer.wrap(bytes));
        } else if (farHasSent.getCount() == 0) {
          return;
        }
      }
    }

    private void note(ByteBuffer datagram) {
      received++;
      int length = datagram.capacity();
      if (length < HEADER || datagram.getInt(8) != length || datagram.getInt(12) != sum(datagram)) {
        wrong++;
        return;
      }
      int number = (int) datagram.getLong(0);
      if (seen.get(number)) {
        twice++;
      }
      seen.set(number);
    }

    String told() {
      return "sent %d taken %d received %d wrong %d twice %d"
          .formatted(sent, taken, received, wrong, twice);
    }
  }
}
