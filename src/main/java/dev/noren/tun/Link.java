package dev.noren.tun;

/** What is known of the interface behind a TUN file, and who is told of its changes. */
interface Link extends AutoCloseable {
  /** The last name seen. */
  String name();

  /** The last MTU seen, bytes. */
  int mtu();

  /** Tells the present state before it returns, and then what changes. */
  void watch(LinkListener listener);

  /** To be called when the TUN file's user finds the interface deleted. */
  void lookNow();

  /** Ends the telling. */
  @Override
  void close();
}
