package dev.noren.linux;

/** Receives what the kernel tells over a netlink socket; for one thread at a time. */
final class NetlinkReceiver {
  /** Nothing is there now. */
  static final int NOTHING = 0;

  /** The queue ran over, or a message did not fit. */
  static final int OVERRUN = -1;

  private final Fd fd;
  private final String failure;
  private final int mostBytes;
  private final MessageBlock block;

  /**
   * @param mostBytes how much is received at once, bytes
   * @param failure what can't be done where receiving fails, for people
   */
  NetlinkReceiver(Fd fd, int mostBytes, String failure) {
    this.fd = fd;
    this.mostBytes = mostBytes;
    this.failure = failure;
    this.block = new MessageBlock(mostBytes);
  }

  /**
   * Receives the next batch of messages.
   *
   * @return its length in bytes, {@link #NOTHING} or {@link #OVERRUN}
   */
  int receive() throws LinuxException {
    int number = fd.acquire();
    if (number == Fd.CLOSED) {
      return NOTHING;
    }
    int length;
    int errno;
    try {
      block.toReceive(mostBytes);
      length = (int) block.receive(number, 0);
      errno = length < 0 ? LibC.errno() : 0;
    } finally {
      fd.release();
    }
    if (errno == Errno.EAGAIN) {
      return NOTHING;
    }
    if (errno == Errno.ENOBUFS || (block.flags() & MessageBlock.MSG_TRUNC) != 0) {
      return OVERRUN;
    }
    if (errno != 0) {
      throw LinuxException.of(failure, errno);
    }
    return length;
  }

  /** What was received last, with its control messages. */
  MessageBlock block() {
    return block;
  }

  /** The messages of the last receive, which had this length. */
  NetlinkMessage messages(int length) {
    return NetlinkMessage.received(block.buffer(), MessageBlock.DATA, MessageBlock.DATA + length);
  }
}
