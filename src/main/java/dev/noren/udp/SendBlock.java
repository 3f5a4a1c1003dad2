package dev.noren.udp;

import dev.noren.linux.Errno;
import dev.noren.linux.Fd;
import dev.noren.linux.LibC;
import dev.noren.linux.MessageBlock;
import dev.noren.linux.NativeBuffer;
import dev.noren.linux.PacketInfo;
import dev.noren.linux.SegmentInfo;
import dev.noren.linux.SockAddr;
import dev.noren.net.Datagram;
import dev.noren.net.Endpoint;
import dev.noren.net.IpAddress;

/** The native memory that one thread sends from, over whichever socket. */
final class SendBlock {
  private static final ThreadLocal<SendBlock> OF_THREAD = ThreadLocal.withInitial(SendBlock::new);

  private final MessageBlock message = new MessageBlock(Datagram.MAX_SIZE);
  private int nameLength;
  private int segmentSpace;
  private int dataLength;

  private SendBlock() {}

  /** The calling thread's own. */
  static SendBlock ofThread() {
    return OF_THREAD.get();
  }

  /**
   * Puts the datagram, or several, and their address in place.
   *
   * @param segmentBytes 0 for one datagram, or the bytes of each but the last
   */
  void fill(byte[] bytes, int offset, int length, int segmentBytes, Endpoint to) {
    NativeBuffer buffer = message.buffer();
    IpAddress address = to.address();
    nameLength =
        address.v6()
            ? SockAddr.putV6(
                buffer, MessageBlock.NAME, address.high(), address.low(), to.port(), to.scopeId())
            : SockAddr.putV4(buffer, MessageBlock.NAME, (int) address.low(), to.port());
    buffer.put(MessageBlock.DATA, bytes, offset, length);
    dataLength = length;
    int control = MessageBlock.CONTROL;
    segmentSpace = segmentBytes == 0 ? 0 : SegmentInfo.put(buffer, control, segmentBytes);
    int sourceSpace = putSource(buffer, control + segmentSpace, to);
    message.toSend(nameLength, segmentSpace + sourceSpace, length);
  }

  /** Only the endpoint's source, the last control message, stays out: for a second try. */
  void dropSource() {
    message.toSend(nameLength, segmentSpace, dataLength);
  }

  /**
   * The source address goes along, its interface does not: the kernel's WireGuard follows the
   * routes too, and a datagram bound to an interface that lost its route would vanish on its link
   * without an error. Only a link-local source means nothing without its interface.
   */
  private static int putSource(NativeBuffer buffer, int at, Endpoint to) {
    IpAddress source = to.source();
    if (source == null || source.v6() != to.address().v6()) {
      return 0;
    }
    if (!source.v6()) {
      return PacketInfo.putV4(buffer, at, 0, (int) source.low());
    }
    int interfaceIndex = source.isLinkLocal() ? to.sourceInterface() : 0;
    return PacketInfo.putV6(buffer, at, interfaceIndex, source.high(), source.low());
  }

  /**
   * Sends what is in place.
   *
   * @return 0 or the errno
   */
  int send(Fd socket) {
    int fd = socket.acquire();
    if (fd == Fd.CLOSED) {
      return Errno.EBADF;
    }
    try {
      int errno = once(fd);
      // An ICMP error for an earlier datagram is reported once, instead of sending this one.
      return errno == Errno.ECONNREFUSED ? once(fd) : errno;
    } finally {
      socket.release();
    }
  }

  private int once(int fd) {
    return message.send(fd, 0) >= 0 ? 0 : LibC.errno();
  }
}
