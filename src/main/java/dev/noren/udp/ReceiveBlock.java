package dev.noren.udp;

import dev.noren.linux.Errno;
import dev.noren.linux.Fd;
import dev.noren.linux.LibC;
import dev.noren.linux.LinuxException;
import dev.noren.linux.MessageBlock;
import dev.noren.linux.NativeBuffer;
import dev.noren.linux.PacketInfo;
import dev.noren.linux.SegmentInfo;
import dev.noren.linux.SockAddr;
import dev.noren.net.Datagram;

/** The native memory that a socket's one receiver receives into. */
final class ReceiveBlock {
  /** Nothing is there now. */
  static final int NOTHING = -1;

  /** Something was there and was dropped, or an error of an earlier datagram was taken. */
  static final int DROPPED = -2;

  private static final long V4_BITS = 0xffffffffL;

  private final MessageBlock message = new MessageBlock(Datagram.MAX_SIZE);

  /**
   * Takes one datagram from a socket, or several that the kernel has merged.
   *
   * @return its length in bytes, {@link #NOTHING} or {@link #DROPPED}
   */
  int receive(Fd socket, Datagram into) throws LinuxException {
    int fd = socket.acquire();
    if (fd == Fd.CLOSED) {
      return NOTHING;
    }
    int length;
    try {
      message.toReceive(Math.min(into.bytes.length, message.dataSize()));
      length = (int) message.receive(fd, 0);
      if (length < 0) {
        return refused(LibC.errno());
      }
    } finally {
      socket.release();
    }
    NativeBuffer buffer = message.buffer();
    boolean truncated = (message.flags() & MessageBlock.MSG_TRUNC) != 0;
    if (truncated || SockAddr.port(buffer, MessageBlock.NAME) == 0) {
      return DROPPED;
    }
    readAddresses(buffer, into);
    buffer.get(MessageBlock.DATA, into.bytes, 0, length);
    into.length = length;
    int segmentBytes = SegmentInfo.find(buffer, MessageBlock.CONTROL, message.controlLength());
    into.segmentBytes = segmentBytes > 0 && segmentBytes < length ? segmentBytes : 0;
    return length;
  }

  /** What an errno means: one of the two codes, or that the socket is of no more use. */
  private static int refused(int errno) throws LinuxException {
    return switch (errno) {
      case Errno.EAGAIN, Errno.ENOMEM, Errno.ENOBUFS -> NOTHING;
      case Errno.ECONNREFUSED,
          Errno.EHOSTUNREACH,
          Errno.EHOSTDOWN,
          Errno.ENETUNREACH,
          Errno.ENETDOWN,
          Errno.EPROTO,
          Errno.ENOPROTOOPT,
          Errno.EACCES,
          Errno.EMSGSIZE,
          Errno.EOPNOTSUPP ->
          DROPPED;
      default -> throw LinuxException.of("receiving from the UDP socket failed", errno);
    };
  }

  private void readAddresses(NativeBuffer buffer, Datagram into) {
    int name = MessageBlock.NAME;
    int port = SockAddr.port(buffer, name);
    boolean v6 = SockAddr.family(buffer, name) == SockAddr.AF_INET6;
    if (v6) {
      long high = SockAddr.v6High(buffer, name);
      long low = SockAddr.v6Low(buffer, name);
      into.from(true, high, low, port, SockAddr.v6Scope(buffer, name));
    } else {
      into.from(false, 0, SockAddr.v4Address(buffer, name) & V4_BITS, port, 0);
    }
    readLocal(buffer, v6, into);
  }

  private void readLocal(NativeBuffer buffer, boolean v6, Datagram into) {
    int length = message.controlLength();
    if (v6) {
      int info = PacketInfo.findV6(buffer, MessageBlock.CONTROL, length);
      if (info >= 0) {
        into.at(
            PacketInfo.v6High(buffer, info),
            PacketInfo.v6Low(buffer, info),
            PacketInfo.v6Interface(buffer, info));
      }
      return;
    }
    int info = PacketInfo.findV4(buffer, MessageBlock.CONTROL, length);
    if (info >= 0) {
      long local = PacketInfo.v4Local(buffer, info) & V4_BITS;
      into.at(0, local, PacketInfo.v4Interface(buffer, info));
    }
  }
}
