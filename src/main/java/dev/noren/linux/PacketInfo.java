package dev.noren.linux;

/**
 * The control message that says at which local address and interface a datagram arrived, and from
 * which one it is to leave (ip(7), ipv6(7)).
 *
 * <pre>
 * in_pktinfo, 12 bytes    interface 0 (4) · local address 4 (4) · header's destination 8 (4)
 * in6_pktinfo, 20 bytes   address 0 (16) · interface 16 (4)
 * </pre>
 */
public final class PacketInfo {
  /** Level of the IPv4 message and its option. */
  public static final int IPPROTO_IP = 0;

  /** Level of the IPv6 message and its options. */
  public static final int IPPROTO_IPV6 = 41;

  /** The IPv4 message, and the option that asks for it on receipt. */
  public static final int IP_PKTINFO = 8;

  /** The option that asks for the IPv6 message on receipt. */
  public static final int IPV6_RECVPKTINFO = 49;

  /** The IPv6 message. */
  public static final int IPV6_PKTINFO = 50;

  /** The bytes that the IPv4 message takes, header and padding included. */
  public static final int V4_SPACE = 32;

  /** The bytes that the IPv6 message takes, header and padding included. */
  public static final int V6_SPACE = 40;

  static final int V4_SIZE = 12;
  static final int V4_INTERFACE = 0;
  static final int V4_LOCAL = 4;
  static final int V4_DESTINATION = 8;
  static final int V6_SIZE = 20;
  static final int V6_ADDRESS = 0;
  static final int V6_INTERFACE = 16;

  private PacketInfo() {}

  /**
   * Writes a whole IPv4 message.
   *
   * @param interfaceIndex the only interface to leave through, or 0 to go by the routes
   * @return the bytes it takes
   */
  public static int putV4(NativeBuffer buffer, int at, int interfaceIndex, int source) {
    int space = ControlMessage.put(buffer, at, IPPROTO_IP, IP_PKTINFO, V4_SIZE);
    int data = at + ControlMessage.HEADER;
    buffer.putInt(data + V4_INTERFACE, interfaceIndex);
    buffer.putNetworkInt(data + V4_LOCAL, source);
    buffer.putInt(data + V4_DESTINATION, 0);
    return space;
  }

  /**
   * Writes a whole IPv6 message.
   *
   * @param interfaceIndex the only interface to leave through, or 0 to go by the routes
   * @return the bytes it takes
   */
  public static int putV6(NativeBuffer buffer, int at, int interfaceIndex, long high, long low) {
    int space = ControlMessage.put(buffer, at, IPPROTO_IPV6, IPV6_PKTINFO, V6_SIZE);
    int data = at + ControlMessage.HEADER;
    buffer.putNetworkLong(data + V6_ADDRESS, high);
    buffer.putNetworkLong(data + V6_ADDRESS + 8, low);
    buffer.putInt(data + V6_INTERFACE, interfaceIndex);
    return space;
  }

  /** Where the data of the IPv4 message is among those received, or -1. */
  public static int findV4(NativeBuffer buffer, int at, int length) {
    return ControlMessage.find(buffer, at, length, IPPROTO_IP, IP_PKTINFO, V4_SIZE);
  }

  /** Where the data of the IPv6 message is among those received, or -1. */
  public static int findV6(NativeBuffer buffer, int at, int length) {
    return ControlMessage.find(buffer, at, length, IPPROTO_IPV6, IPV6_PKTINFO, V6_SIZE);
  }

  /** The interface in the data of an IPv4 message. */
  public static int v4Interface(NativeBuffer buffer, int data) {
    return buffer.getInt(data + V4_INTERFACE);
  }

  /** The local address in the data of an IPv4 message: one of ours, even after a broadcast. */
  public static int v4Local(NativeBuffer buffer, int data) {
    return buffer.getNetworkInt(data + V4_LOCAL);
  }

  /** The first 64 bits of the address in the data of an IPv6 message. */
  public static long v6High(NativeBuffer buffer, int data) {
    return buffer.getNetworkLong(data + V6_ADDRESS);
  }

  /** The last 64 bits of the address in the data of an IPv6 message. */
  public static long v6Low(NativeBuffer buffer, int data) {
    return buffer.getNetworkLong(data + V6_ADDRESS + 8);
  }

  /** The interface in the data of an IPv6 message. */
  public static int v6Interface(NativeBuffer buffer, int data) {
    return buffer.getInt(data + V6_INTERFACE);
  }
}
