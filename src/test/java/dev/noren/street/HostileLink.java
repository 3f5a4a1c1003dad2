package dev.noren.street;

import dev.noren.linux.Fd;
import dev.noren.linux.LibC;
import dev.noren.linux.LinuxException;
import dev.noren.linux.NativeBuffer;
import dev.noren.linux.Sockets;
import dev.noren.net.Checksum;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** A neighbour of the router's who sends whatever frames it likes, with any sender's address. */
public final class HostileLink implements AutoCloseable {
  private static final int AF_PACKET = 17;
  private static final int ADDRESS_BYTES = 20;
  private static final int ICMPV6 = 58;
  private static final int UDP = 17;
  private static final int ETHERNET_BYTES = 14;
  private static final int IP4_BYTES = 20;
  private static final int IP6_BYTES = 40;
  private static final int FOREVER = -1;
  private static final IpAddress ALL_NODES = IpAddress.parse("ff02::1");

  private final Fd socket;
  private final byte[] router;
  private final byte[] own = {2, 0, 0, 0, 0x66, 0x66};

  private HostileLink(Fd socket, byte[] router) {
    this.socket = socket;
    this.router = router;
  }

  /**
   * On a host's interface.
   *
   * @param routerMac where all frames go
   */
  public static HostileLink on(Host host, String device, String routerMac) {
    int index = Integer.parseInt(host.must("cat", "/sys/class/net/" + device + "/ifindex").strip());
    return new HostileLink(host.inside(() -> open(index)), mac(routerMac));
  }

  private static Fd open(int index) throws LinuxException {
    Fd socket = Sockets.open(AF_PACKET, Sockets.SOCK_RAW, 0);
    NativeBuffer address = new NativeBuffer(ADDRESS_BYTES);
    address.putShort(0, AF_PACKET);
    address.putInt(4, index);
    int bound = LibC.bind(socket.acquire(), address.address(), ADDRESS_BYTES);
    int errno = LibC.errno();
    socket.release();
    address.keep();
    if (bound < 0) {
      socket.close();
      throw LinuxException.of("can't bind a packet socket", errno);
    }
    return socket;
  }

  private static byte[] mac(String text) {
    byte[] mac = new byte[6];
    String[] parts = text.strip().split(":", -1);
    for (int i = 0; i < mac.length; i++) {
      mac[i] = (byte) Integer.parseInt(parts[i], 16);
    }
    return mac;
  }

  /**
   * Says that it is a router (RFC 4861, 4.2).
   *
   * @param sender a number that tells it from others
   * @param hopLimit what packets are to begin with, or 0
   * @param lifetimeSeconds for how long it leads elsewhere, or 0
   * @param retransMs the time between two questions for a neighbour, milliseconds, or 0
   * @param prefixes which networks are on the link, for ever
   */
  public void advertise(
      int sender, int hopLimit, int lifetimeSeconds, int retransMs, Cidr... prefixes) {
    ByteBuffer message = ByteBuffer.allocate(24 + 32 * prefixes.length);
    message.put((byte) 134).put((byte) 0).putShort((short) 0);
    message.put((byte) hopLimit).put((byte) 0).putShort((short) lifetimeSeconds);
    message.putInt(0).putInt(retransMs);
    message.put((byte) 1).put((byte) 1).put(own);
    for (Cidr prefix : prefixes) {
      message.put((byte) 3).put((byte) 4);
      message.put((byte) prefix.prefixLength()).put((byte) 0x80);
      message.putInt(FOREVER).putInt(FOREVER).putInt(0);
      message.putLong(prefix.address().high()).putLong(prefix.address().low());
    }
    icmp6(neighbour(sender), ALL_NODES, message.array());
  }

  /** Asks for a neighbour, which so learns of the one who asks. */
  public void solicit(int sender, IpAddress target) {
    ByteBuffer message = ByteBuffer.allocate(32);
    message.putInt(135 << 24).putInt(0);
    message.putLong(target.high()).putLong(target.low());
    message.put((byte) 1).put((byte) 1).put(own);
    icmp6(neighbour(sender), target, message.array());
  }

  private static IpAddress neighbour(int number) {
    return IpAddress.v6(0xfe80L << 48, 0xbad_0000L + number);
  }

  private void icmp6(IpAddress from, IpAddress to, byte[] message) {
    ByteBuffer header = ByteBuffer.allocate(IP6_BYTES);
    header.putInt(6 << 28).putShort((short) message.length).put((byte) ICMPV6).put((byte) 255);
    header.putLong(from.high()).putLong(from.low()).putLong(to.high()).putLong(to.low());
    long pseudo = Checksum.sum(header.array(), 8, 32, message.length + ICMPV6);
    int checksum = Checksum.of(message, 0, message.length, pseudo);
    message[2] = (byte) (checksum >>> 8);
    message[3] = (byte) checksum;
    send(0x86dd, header.array(), message);
  }

  /** Sends a datagram, without a checksum, as if it came from there. */
  public void datagram(IpAddress from, int fromPort, IpAddress to, int toPort, byte[] payload) {
    ByteBuffer header = ByteBuffer.allocate(IP4_BYTES);
    header.putShort((short) 0x4500).putShort((short) (IP4_BYTES + 8 + payload.length));
    header.putInt(0).put((byte) 64).put((byte) UDP).putShort((short) 0);
    header.putInt((int) from.low()).putInt((int) to.low());
    header.putShort(10, (short) Checksum.of(header.array(), 0, IP4_BYTES, 0));
    ByteBuffer udp = ByteBuffer.allocate(8 + payload.length);
    udp.putShort((short) fromPort).putShort((short) toPort);
    udp.putShort((short) (8 + payload.length)).putShort((short) 0).put(payload);
    send(0x0800, header.array(), udp.array());
  }

  private void send(int type, byte[]... parts) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream(ETHERNET_BYTES);
    frame.writeBytes(router);
    frame.writeBytes(own);
    frame.write(type >>> 8);
    frame.write(type);
    for (byte[] part : parts) {
      frame.writeBytes(part);
    }
    NativeBuffer buffer = new NativeBuffer(frame.size());
    buffer.put(0, frame.toByteArray(), 0, frame.size());
    long sent = LibC.write(socket.acquire(), buffer.address(), frame.size());
    socket.release();
    buffer.keep();
    if (sent != frame.size()) {
      throw new AssertionError("a frame was not sent: errno " + LibC.errno());
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
