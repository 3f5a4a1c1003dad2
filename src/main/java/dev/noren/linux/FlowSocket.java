package dev.noren.linux;

/**
 * A socket that hears of flows from the kernel's connection tracking, for one thread at a time. It
 * belongs to the namespace of the thread that opens it, and needs CAP_NET_ADMIN there.
 */
public final class FlowSocket implements AutoCloseable {
  /** Nothing is there now. */
  public static final int NOTHING = NetlinkReceiver.NOTHING;

  /** The queue ran over: some flows are not told of. */
  public static final int OVERRUN = NetlinkReceiver.OVERRUN;

  private static final int NETLINK_NETFILTER = 12;

  /** The group of new flows, NFNLGRP_CONNTRACK_NEW, as a bit. */
  private static final int NEW = 1;

  /** Some thousand flows, while the reader waits for the processor. */
  private static final int QUEUE_BYTES = 1 << 20;

  private static final int RECEIVE_BYTES = 8 << 10;

  private final Fd fd;
  private final NetlinkReceiver receiver;
  private NetlinkMessage messages;

  private FlowSocket(Fd fd) {
    this.fd = fd;
    this.receiver = new NetlinkReceiver(fd, RECEIVE_BYTES, "can't hear of new connections");
  }

  /** Opens one; it hears of flows that begin from now on. */
  public static FlowSocket open() throws LinuxException {
    Fd fd =
        Sockets.open(
            RouteSocket.AF_NETLINK, Sockets.SOCK_RAW | Sockets.SOCK_NONBLOCK, NETLINK_NETFILTER);
    NativeBuffer address = new NativeBuffer(RouteSocket.ADDRESS_SIZE);
    address.putShort(0, RouteSocket.AF_NETLINK);
    address.putInt(RouteSocket.ADDRESS_GROUPS, NEW);
    int errno = Sockets.set(fd, Sockets.SOL_SOCKET, Sockets.SO_RCVBUFFORCE, QUEUE_BYTES);
    if (errno == 0) {
      errno = Sockets.bind(fd, address, RouteSocket.ADDRESS_SIZE);
    }
    if (errno != 0) {
      fd.close();
      throw LinuxException.of("can't hear of new connections", errno);
    }
    return new FlowSocket(fd);
  }

  /** The descriptor to wait for. */
  public Fd fd() {
    return fd;
  }

  /**
   * Receives what the kernel has told, which {@link #next} then gives.
   *
   * @return its length in bytes, {@link #NOTHING} or {@link #OVERRUN}
   */
  public int receive() throws LinuxException {
    messages = null;
    int length = receiver.receive();
    if (length > 0) {
      messages = receiver.messages(length);
    }
    return length;
  }

  /** The next flow of the last receive, or null after the last one. */
  public NewFlow next() {
    while (messages != null && messages.next()) {
      NewFlow flow = NewFlow.read(messages);
      if (flow != null) {
        return flow;
      }
    }
    return null;
  }

  @Override
  public void close() {
    fd.close();
  }
}
