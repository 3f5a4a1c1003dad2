package dev.noren.linux;

/**
 * A socket to rtnetlink (rtnetlink(7)), for one thread at a time: questions about interfaces, and
 * notifications of changes in order. It belongs to the namespace of the thread that opens it, and
 * may hear of the others from there: a socket inside another namespace would keep that one alive.
 *
 * <pre>
 * sockaddr_nl, 12 bytes   family 0 (2) · port 4 (4) · groups 8 (4)
 * </pre>
 */
public final class RouteSocket implements AutoCloseable {
  /** Notifications of interfaces: made, changed, deleted, moved to another namespace. */
  public static final int GROUP_LINK = 1;

  /** Notifications of namespace ids. */
  public static final int GROUP_NSID = 1 << 27;

  /** The namespace id of what happened in the socket's own namespace. */
  public static final int OWN = -1;

  /** Nothing is there now. */
  public static final int NOTHING = NetlinkReceiver.NOTHING;

  /** The queue ran over, or a message did not fit: what is known is out of date. */
  public static final int OVERRUN = NetlinkReceiver.OVERRUN;

  static final int AF_NETLINK = 16;
  static final int ADDRESS_SIZE = 12;
  static final int ADDRESS_PORT = 4;
  static final int ADDRESS_GROUPS = 8;
  private static final int NETLINK_ROUTE = 0;
  private static final int SOL_NETLINK = 270;
  private static final int NETLINK_LISTEN_ALL_NSID = 8;
  private static final int RECEIVE_BYTES = 32 << 10;

  private final Fd fd;
  private final int port;
  private final boolean hearsAll;
  private final NetlinkReceiver receiver;
  private int namespaceId = OWN;
  private NetlinkMessage messages;

  private RouteSocket(Fd fd, int port, boolean hearsAll) {
    this.fd = fd;
    this.receiver =
        new NetlinkReceiver(fd, RECEIVE_BYTES, "can't hear of changes of network interfaces");
    this.port = port;
    this.hearsAll = hearsAll;
  }

  /**
   * Opens one.
   *
   * @param groups the notifications to receive, GROUP_ bits; 0 for answers only
   */
  public static RouteSocket open(int groups) throws LinuxException {
    Fd fd = Sockets.open(AF_NETLINK, Sockets.SOCK_RAW | Sockets.SOCK_NONBLOCK, NETLINK_ROUTE);
    try {
      // Needs CAP_NET_BROADCAST; without it only the own namespace is heard.
      boolean hearsAll =
          groups != 0 && Sockets.set(fd, SOL_NETLINK, NETLINK_LISTEN_ALL_NSID, 1) == 0;
      NativeBuffer address = new NativeBuffer(ADDRESS_SIZE);
      address.putShort(0, AF_NETLINK);
      address.putInt(ADDRESS_GROUPS, groups);
      int errno = Sockets.bind(fd, address, ADDRESS_SIZE);
      if (errno != 0) {
        throw LinuxException.of("can't listen to changes of network interfaces", errno);
      }
      return new RouteSocket(fd, Sockets.localName(fd).getInt(ADDRESS_PORT), hearsAll);
    } catch (LinuxException e) {
      fd.close();
      throw e;
    }
  }

  /** The descriptor to wait for. */
  public Fd fd() {
    return fd;
  }

  /** Whether notifications come from every namespace that has an id here. */
  public boolean hearsAll() {
    return hearsAll;
  }

  /** Asks the kernel; the answer, if any, is there to be received at once. */
  public void send(NetlinkMessage request) throws LinuxException {
    int number = fd.acquire();
    if (number == Fd.CLOSED) {
      throw LinuxException.of("can't ask about network interfaces", Errno.EBADF);
    }
    NativeBuffer bytes = request.buffer();
    try {
      long sent;
      int errno;
      do {
        sent = LibC.send(number, bytes.address(), request.length(), 0);
        errno = sent < 0 ? LibC.errno() : 0;
      } while (errno == Errno.EINTR);
      if (errno != 0) {
        throw LinuxException.of("can't ask about network interfaces", errno);
      }
    } finally {
      bytes.keep();
      fd.release();
    }
  }

  /**
   * Receives the next batch of messages, which {@link #messages} then gives.
   *
   * @return its length in bytes, {@link #NOTHING} or {@link #OVERRUN}
   */
  public int receive() throws LinuxException {
    int length = receiver.receive();
    if (length <= 0) {
      return length;
    }
    messages = receiver.messages(length);
    MessageBlock block = receiver.block();
    NativeBuffer buffer = block.buffer();
    int at =
        ControlMessage.find(
            buffer,
            MessageBlock.CONTROL,
            block.controlLength(),
            SOL_NETLINK,
            NETLINK_LISTEN_ALL_NSID,
            Integer.BYTES);
    namespaceId = at < 0 ? OWN : buffer.getInt(at);
    return length;
  }

  /** The messages of the last receive, until the next. */
  public NetlinkMessage messages() {
    return messages;
  }

  /** Where those messages come from: {@link #OWN}, or a namespace by its id here. */
  public int namespaceId() {
    return namespaceId;
  }

  /** Whether a message answers the question of that number. */
  public boolean isAnswer(NetlinkMessage message, int sequence) {
    return message.sequence() == sequence && message.port() == port;
  }

  @Override
  public void close() {
    fd.close();
  }
}
