package dev.noren.offload;

import dev.noren.net.Bytes;
import dev.noren.net.Checksum;
import dev.noren.net.IpAddress;
import dev.noren.net.IpPacket;

/** The checksums of a TCP or UDP packet: over the IPv4 header, and over pseudo-header and rest. */
final class InnerChecksums {
  private static final int ALL_ONES = 0xffff;

  private InnerChecksums() {}

  /**
   * The sum of the pseudo-header (RFC 9293 3.1, RFC 8200 8.1), not folded.
   *
   * @param ip where the IP header begins
   * @param transportBytes the length of transport header and payload
   */
  static long pseudoHeader(byte[] bytes, int ip, boolean v6, int protocol, int transportBytes) {
    long start = (long) protocol + transportBytes;
    return v6
        ? Checksum.sum(bytes, ip + IpPacket.V6_SOURCE, 2 * IpAddress.V6_BYTES, start)
        : Checksum.sum(bytes, ip + IpPacket.V4_SOURCE, 2 * IpAddress.V4_BYTES, start);
  }

  /**
   * Whether both checksums of a packet are right.
   *
   * @param ip where the IP header begins
   * @param ipHeaderBytes the IP header's length
   * @param length the packet's length
   */
  static boolean hold(
      byte[] bytes, int ip, boolean v6, int ipHeaderBytes, int protocol, int length) {
    if (!v6 && Checksum.fold(Checksum.sum(bytes, ip, ipHeaderBytes, 0)) != ALL_ONES) {
      return false;
    }
    int transportBytes = length - ipHeaderBytes;
    long pseudo = pseudoHeader(bytes, ip, v6, protocol, transportBytes);
    long sum = Checksum.sum(bytes, ip + ipHeaderBytes, transportBytes, pseudo);
    return Checksum.fold(sum) == ALL_ONES;
  }

  /** Writes the checksum of an IPv4 header. */
  static void writeV4(byte[] bytes, int ip, int ipHeaderBytes) {
    Bytes.putInt16(bytes, ip + Layout.V4_CHECKSUM, 0);
    Bytes.putInt16(bytes, ip + Layout.V4_CHECKSUM, Checksum.of(bytes, ip, ipHeaderBytes, 0));
  }
}
