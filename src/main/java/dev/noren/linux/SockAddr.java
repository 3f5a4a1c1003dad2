package dev.noren.linux;

/**
 * Internet socket addresses in native memory. Ports and addresses stand in network order, the rest
 * in the machine's.
 *
 * <pre>
 * sockaddr_in, 16 bytes    family 0 (2) · port 2 (2) · address 4 (4) · zero 8 (8)
 * sockaddr_in6, 28 bytes   family 0 (2) · port 2 (2) · flow 4 (4) · address 8 (16) · scope 24 (4)
 * </pre>
 */
public final class SockAddr {
  /** The address family of IPv4. */
  public static final int AF_INET = 2;

  /** The address family of IPv6. */
  public static final int AF_INET6 = 10;

  /** The bytes of an IPv4 socket address. */
  public static final int V4_SIZE = 16;

  /** The bytes of an IPv6 socket address. */
  public static final int V6_SIZE = 28;

  static final int FAMILY = 0;
  static final int PORT = 2;
  static final int V4_ADDRESS = 4;
  static final int V4_ZERO = 8;
  static final int V6_FLOW = 4;
  static final int V6_ADDRESS = 8;
  static final int V6_SCOPE = 24;

  private SockAddr() {}

  /**
   * Writes an IPv4 socket address.
   *
   * @return its size in bytes
   */
  public static int putV4(NativeBuffer buffer, int at, int address, int port) {
    buffer.putShort(at + FAMILY, AF_INET);
    buffer.putNetworkShort(at + PORT, port);
    buffer.putNetworkInt(at + V4_ADDRESS, address);
    buffer.putLong(at + V4_ZERO, 0);
    return V4_SIZE;
  }

  /**
   * Writes an IPv6 socket address.
   *
   * @param scopeId the interface of a link-local address, else 0
   * @return its size in bytes
   */
  public static int putV6(NativeBuffer buffer, int at, long high, long low, int port, int scopeId) {
    buffer.putShort(at + FAMILY, AF_INET6);
    buffer.putNetworkShort(at + PORT, port);
    buffer.putInt(at + V6_FLOW, 0);
    buffer.putNetworkLong(at + V6_ADDRESS, high);
    buffer.putNetworkLong(at + V6_ADDRESS + 8, low);
    buffer.putInt(at + V6_SCOPE, scopeId);
    return V6_SIZE;
  }

  /** The address family. */
  public static int family(NativeBuffer buffer, int at) {
    return buffer.getShort(at + FAMILY);
  }

  /** The port, of either family. */
  public static int port(NativeBuffer buffer, int at) {
    return buffer.getNetworkShort(at + PORT);
  }

  /** The 32 bits of an IPv4 address. */
  public static int v4Address(NativeBuffer buffer, int at) {
    return buffer.getNetworkInt(at + V4_ADDRESS);
  }

  /** The first 64 bits of an IPv6 address. */
  public static long v6High(NativeBuffer buffer, int at) {
    return buffer.getNetworkLong(at + V6_ADDRESS);
  }

  /** The last 64 bits of an IPv6 address. */
  public static long v6Low(NativeBuffer buffer, int at) {
    return buffer.getNetworkLong(at + V6_ADDRESS + 8);
  }

  /** The interface of a link-local IPv6 address, else 0. */
  public static int v6Scope(NativeBuffer buffer, int at) {
    return buffer.getInt(at + V6_SCOPE);
  }
}
