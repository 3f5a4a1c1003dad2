package dev.noren.street;

import com.sun.jna.Native;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A UDP socket that can do what Java's can't: have the kernel cut one buffer into datagrams
 * (UDP_SEGMENT, "USO"). One thread may receive while another sends.
 */
final class SegmentSocket implements AutoCloseable {
  /** The most datagrams in one send, as every Linux since 4.18 takes. */
  static final int MOST_SEGMENTS = 64;

  /** The most bytes in one send: 65535 less IPv6, UDP and link header. */
  static final int MOST_BYTES = 65_535 - 40 - 8 - 14;

  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;
  private static final int SOCK_DGRAM = 2;
  private static final int SOL_SOCKET = 1;
  private static final int SO_RCVTIMEO = 20;
  private static final int SO_SNDBUFFORCE = 32;
  private static final int SO_RCVBUFFORCE = 33;
  private static final int SOL_UDP = 17;
  private static final int UDP_SEGMENT = 103;
  private static final int MSG_DONTWAIT = 0x40;
  private static final int BUFFER_BYTES = 8 << 20;

  static {
    Native.register(SegmentSocket.class, "c");
  }

  private static native int socket(int domain, int type, int protocol);

  private static native int bind(int fd, byte[] address, int length);

  private static native int connect(int fd, byte[] address, int length);

  private static native int setsockopt(int fd, int level, int name, byte[] value, int length);

  private static native long send(int fd, ByteBuffer bytes, long length, int flags);

  private static native long recv(int fd, ByteBuffer bytes, long length, int flags);

  private static native int close(int fd);

  private final int fd;
  private final ByteBuffer out = ByteBuffer.allocateDirect(MOST_BYTES);
  private final ByteBuffer in = ByteBuffer.allocateDirect(MOST_BYTES);
  private int segmentBytes;

  /** A socket at this address, which speaks with that one only. */
  SegmentSocket(InetSocketAddress local, InetSocketAddress remote) {
    byte[] from = socketAddress(local);
    byte[] to = socketAddress(remote);
    fd = must("socket", socket(to.length == 16 ? AF_INET : AF_INET6, SOCK_DGRAM, 0));
    must("SO_RCVBUFFORCE", option(SOL_SOCKET, SO_RCVBUFFORCE, BUFFER_BYTES));
    must("SO_SNDBUFFORCE", option(SOL_SOCKET, SO_SNDBUFFORCE, BUFFER_BYTES));
    must("bind", bind(fd, from, from.length));
    must("connect", connect(fd, to, to.length));
  }

  /** Lets a receive wait no longer than this. */
  void patience(long milliseconds) {
    ByteBuffer time = ByteBuffer.allocate(16).order(ByteOrder.nativeOrder());
    time.putLong(milliseconds / 1000).putLong(milliseconds % 1000 * 1000);
    must("SO_RCVTIMEO", setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, time.array(), 16));
  }

  /**
   * Sends bytes, cut into datagrams of this length, the last one perhaps shorter.
   *
   * @return whether the kernel took them
   */
  boolean send(byte[] bytes, int length, int eachBytes) {
    if (segmentBytes != eachBytes) {
      must("UDP_SEGMENT", option(SOL_UDP, UDP_SEGMENT, eachBytes));
      segmentBytes = eachBytes;
    }
    out.put(0, bytes, 0, length);
    return send(fd, out, length, 0) == length;
  }

  /** Waits for a datagram as long as {@link #patience} says; null if none came. */
  byte[] receive() {
    return receive(0);
  }

  /** The next datagram if it is there already, else null. */
  byte[] poll() {
    return receive(MSG_DONTWAIT);
  }

  private byte[] receive(int flags) {
    int length = (int) recv(fd, in, in.capacity(), flags);
    if (length < 0) {
      // Nothing there, or an ICMP message that nobody listens at the other end.
      return null;
    }
    byte[] bytes = new byte[length];
    in.get(0, bytes);
    return bytes;
  }

  private int option(int level, int name, int value) {
    byte[] bytes = ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(value).array();
    return setsockopt(fd, level, name, bytes, 4);
  }

  /** {@code struct sockaddr_in} or {@code sockaddr_in6}. */
  private static byte[] socketAddress(InetSocketAddress address) {
    InetAddress host = address.getAddress();
    byte[] bytes = host.getAddress();
    boolean v4 = bytes.length == 4;
    ByteBuffer result = ByteBuffer.allocate(v4 ? 16 : 28);
    result.order(ByteOrder.nativeOrder()).putShort((short) (v4 ? AF_INET : AF_INET6));
    result.order(ByteOrder.BIG_ENDIAN).putShort((short) address.getPort());
    result.position(v4 ? 4 : 8).put(bytes);
    return result.array();
  }

  private static int must(String call, int result) {
    if (result < 0) {
      throw new IllegalStateException(call + " failed with errno " + Native.getLastError());
    }
    return result;
  }

  @Override
  public void close() {
    close(fd);
  }
}
