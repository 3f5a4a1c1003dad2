package dev.noren.tun;

import java.io.IOException;

/**
 * An interface of IP packets. One thread awaits and reads; any thread may write, wake and close.
 *
 * <p>If {@link #vnetHeaderBytes} is not 0, each packet that is read has that many bytes before its
 * IP header, and each packet that is written needs them: {@code struct virtio_net_hdr} in the
 * machine's byte order. All zero it means a packet as it is on the wire.
 *
 * <pre>
 * flags 0 (1): 1 = checksum to be filled in · GSO type 1 (1): 0 none, 1 TCPv4, 4 TCPv6, 5 UDP,
 * 0x80 CWR in the first · header length 2 (2) · GSO size 4 (2) · checksum start 6 (2) ·
 * checksum offset 8 (2)
 * </pre>
 */
public interface TunDevice extends AutoCloseable {
  /** The longest packet in either direction, bytes, without what stands before it. */
  int MOST_BYTES = 65535;

  /** The MTU that a new interface has, bytes: 1500 less what a tunnel over IPv6 adds. */
  int DEFAULT_MTU = 1420;

  /** The size of the header before each packet of a device that has one, bytes. */
  int VNET_HEADER_BYTES = 10;

  /** Offload: checksums of packets that are read may have to be filled in. */
  int OFFLOAD_CHECKSUM = 1;

  /** Offload: several TCP segments over IPv4 may be read as one packet. */
  int OFFLOAD_TCP4 = 2;

  /** Offload: several TCP segments over IPv6 may be read as one packet. */
  int OFFLOAD_TCP6 = 4;

  /** Offload: several UDP datagrams over IPv4 may be read as one packet. */
  int OFFLOAD_UDP4 = 0x20;

  /** Offload: several UDP datagrams over IPv6 may be read as one packet. */
  int OFFLOAD_UDP6 = 0x40;

  /** The interface's present name. */
  String name();

  /** The interface's present MTU in bytes, as far as the last look or notification tells. */
  int mtu();

  /** The bytes before each packet in both directions: 0 or {@link #VNET_HEADER_BYTES}. */
  default int vnetHeaderBytes() {
    return 0;
  }

  /**
   * What the kernel leaves to the reader, a sum of the OFFLOAD bits; 0 without a header. What may
   * be written does not depend on it: with a header, everything that the header can say.
   */
  default int offloads() {
    return 0;
  }

  /**
   * Waits until a packet may be there.
   *
   * @return false when woken, closed or gone; {@link #read} tells which
   */
  boolean await();

  /**
   * Takes one packet, with its header before it if the device has headers: the header is at the
   * offset, and the IP packet {@link #vnetHeaderBytes} further. What does not fit between the
   * offset and the array's end is cut off, so there should be room for {@link #MOST_BYTES} and the
   * header.
   *
   * @return the length in bytes, header included, or -1 if nothing is there now or the device is
   *     closed
   * @throws TunGoneException if the interface was deleted
   * @throws IOException if the device is of no more use
   */
  int read(byte[] into, int offset) throws IOException;

  /**
   * Hands one packet to the kernel, its header before it if the device has headers.
   *
   * @param length 1 to {@link #MOST_BYTES}, and {@link #vnetHeaderBytes} more
   * @return false if it is dropped: the interface is down, or the kernel has no room, does not take
   *     the packet for one, or does not understand its header
   * @throws TunGoneException if the interface was deleted
   * @throws IOException if the device is of no more use
   */
  boolean write(byte[] from, int offset, int length) throws IOException;

  /** Ends the await that runs, or else the next one. */
  void wake();

  /**
   * Tells the listener the present state before this returns, and from then on every change, on a
   * thread of the device's own. To be called once.
   */
  void watch(LinkListener listener);

  /** Ends everything; an interface that this device made is gone with it. */
  @Override
  void close();
}
