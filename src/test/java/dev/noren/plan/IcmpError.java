package dev.noren.plan;

import dev.noren.linux.Fd;
import dev.noren.linux.LibC;
import dev.noren.linux.LinuxException;
import dev.noren.linux.NativeBuffer;
import dev.noren.linux.Netns;
import dev.noren.linux.SockAddr;
import dev.noren.linux.Sockets;
import dev.noren.net.Checksum;
import dev.noren.net.IpAddress;
import java.nio.ByteBuffer;

/** Messages of ICMP that no kernel would send by itself: they quote a packet that never was. */
enum IcmpError {
  /** There is a better way than the one that is taken (RFC 792; RFC 4861, 4.5). */
  REDIRECT(5, 137),

  /** Nobody is there (RFC 792; RFC 4443, 3.1). */
  UNREACHABLE(3, 1);

  private static final int ICMP = 1;
  private static final int ICMPV6 = 58;

  /** A redirect over IPv6 has two addresses in it, an error the packet that it is about. */
  private static final int BYTES = 8 + 40;

  private final int type4;
  private final int type6;

  IcmpError(int type4, int type6) {
    this.type4 = type4;
    this.type6 = type6;
  }

  /** Sends it from a place, as its own. */
  void send(Netns from, String to) throws Exception {
    IpAddress address = IpAddress.parse(to);
    from.run(
        () -> {
          send(address, address.v6() ? type6 : type4);
          return null;
        });
  }

  private static void send(IpAddress to, int type) throws LinuxException {
    byte[] message = ByteBuffer.allocate(BYTES).put((byte) type).array();
    if (!to.v6()) {
      int checksum = Checksum.of(message, 0, BYTES, 0);
      message[2] = (byte) (checksum >>> 8);
      message[3] = (byte) checksum;
    }
    NativeBuffer buffer = new NativeBuffer(BYTES);
    buffer.put(0, message, 0, BYTES);
    try (Fd fd =
        Sockets.open(
            to.v6() ? SockAddr.AF_INET6 : SockAddr.AF_INET,
            Sockets.SOCK_RAW,
            to.v6() ? ICMPV6 : ICMP)) {
      NativeBuffer address = new NativeBuffer(SockAddr.V6_SIZE);
      int length =
          to.v6()
              ? SockAddr.putV6(address, 0, to.high(), to.low(), 0, 0)
              : SockAddr.putV4(address, 0, (int) to.low(), 0);
      int errno = Sockets.connect(fd, address, length);
      if (errno != 0) {
        throw LinuxException.of("can't reach " + to, errno);
      }
      long sent = LibC.send(fd.acquire(), buffer.address(), BYTES, LibC.MSG_NOSIGNAL);
      errno = LibC.errno();
      fd.release();
      buffer.keep();
      if (sent < 0) {
        throw LinuxException.of("can't send to " + to, errno);
      }
    }
  }
}
