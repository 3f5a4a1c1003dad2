package dev.noren.offload;

import dev.noren.net.Bytes;
import dev.noren.net.Checksum;
import dev.noren.net.IpPacket;
import java.util.Objects;

/**
 * Splits what one read from a TUN device with a vnet header gave into IP packets: TCP and UDP over
 * IPv4 and IPv6, and a single packet whose checksum is still to be completed. It belongs to the
 * loop that reads the device.
 *
 * <p>Each packet is the headers and the next {@code gsoSize} bytes of payload, the last one what is
 * left. As the kernel's {@code tcp_gso_segment}, {@code __udp_gso_segment} and {@code
 * inet_gso_segment} do it:
 *
 * <pre>
 * IPv4   total length · id + 1 each · checksum
 * IPv6   payload length
 * TCP    sequence + offset of the payload · FIN and PSH only on the last, CWR only on the first ·
 *        checksum
 * UDP    length · checksum, never 0
 * </pre>
 *
 * <p>The header length in the vnet header is not used: the kernel doesn't vouch for it. All else is
 * checked against the packet, so that no bytes can make it read or write outside.
 */
public final class Segmenter {
  private byte[] in;
  private int ip;
  private int maxLength;
  private int headerBytes;
  private int payloadBytes;
  private int gsoSize;
  private int transport;
  private boolean v6;
  private int protocol;

  /** Of the pseudo-header without the length. */
  private long pseudoHeader;

  /** Where a single packet's checksum begins to count, or 0 if it is whole. */
  private int checksumStart;

  private int checksumField;

  /** Payload bytes given out so far. */
  private int done;

  private int index;

  /**
   * Takes a read. What was left of the one before is forgotten. The bytes must stay as they are
   * until the last call of {@link #next}.
   *
   * @param bytes holds the vnet header at {@code offset} and the packet after it
   * @param length of both
   * @param maxPacket the longest packet that the caller has room for
   * @return false if nothing can be made of it: it is no IP packet of that length, the vnet header
   *     contradicts it or asks for what is not offered, or a packet would be too long
   */
  public boolean begin(byte[] bytes, int offset, int length, int maxPacket) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    payloadBytes = 0;
    done = 0;
    index = 0;
    int total = length - VnetHeader.SIZE;
    int start = offset + VnetHeader.SIZE;
    if (total < 0 || IpPacket.totalLength(bytes, start, total) != total) {
      return false;
    }
    in = bytes;
    ip = start;
    v6 = IpPacket.version(bytes, start) == 6;
    int ipBytes = v6 ? IpPacket.V6_HEADER : Layout.v4HeaderBytes(bytes, start);
    if (ipBytes < IpPacket.V4_HEADER || ipBytes > total) {
      return false;
    }
    int type = VnetHeader.gsoType(bytes, offset) & ~VnetHeader.GSO_ECN;
    boolean valid =
        type == VnetHeader.GSO_NONE
            ? readSingle(offset, total, ipBytes)
            : readSuper(offset, total, ipBytes, type);
    if (!valid || maxLength > maxPacket) {
      payloadBytes = 0;
      return false;
    }
    return true;
  }

  /** One packet, taken as all payload. */
  private boolean readSingle(int vnet, int total, int ipBytes) {
    protocol = 0;
    headerBytes = 0;
    payloadBytes = total;
    gsoSize = total;
    maxLength = total;
    checksumStart = 0;
    if ((VnetHeader.flags(in, vnet) & VnetHeader.NEEDS_CHECKSUM) == 0) {
      return true;
    }
    checksumStart = VnetHeader.checksumStart(in, vnet);
    checksumField = checksumStart + VnetHeader.checksumOffset(in, vnet);
    return checksumStart >= ipBytes && checksumField + 2 <= total;
  }

  private boolean readSuper(int vnet, int total, int ipBytes, int type) {
    boolean udp = type == VnetHeader.GSO_UDP;
    if (!udp && type != (v6 ? VnetHeader.GSO_TCP6 : VnetHeader.GSO_TCP4)) {
      return false;
    }
    protocol = udp ? Layout.UDP : Layout.TCP;
    boolean partial = (VnetHeader.flags(in, vnet) & VnetHeader.NEEDS_CHECKSUM) != 0;
    transport = partial ? VnetHeader.checksumStart(in, vnet) : ipBytes;
    int field = udp ? Layout.UDP_CHECKSUM : Layout.TCP_CHECKSUM;
    if ((partial && VnetHeader.checksumOffset(in, vnet) != field)
        || !isTransportAt(transport, ipBytes)
        || transport + (udp ? Layout.UDP_HEADER : Layout.TCP_HEADER) > total) {
      return false;
    }
    int transportHeader = udp ? Layout.UDP_HEADER : Layout.tcpHeaderBytes(in, ip + transport);
    headerBytes = transport + transportHeader;
    payloadBytes = total - headerBytes;
    gsoSize = VnetHeader.gsoSize(in, vnet);
    if ((!udp && transportHeader < Layout.TCP_HEADER) || payloadBytes <= 0 || gsoSize == 0) {
      return false;
    }
    maxLength = headerBytes + Math.min(gsoSize, payloadBytes);
    pseudoHeader = pseudoHeader(ipBytes, total - transport, field);
    return true;
  }

  /** Whether the transport header may begin there, by what the IP header says. */
  private boolean isTransportAt(int at, int ipBytes) {
    if (v6) {
      return at > ipBytes || (at == ipBytes && (in[ip + Layout.V6_NEXT_HEADER] & 0xff) == protocol);
    }
    return at == ipBytes
        && (in[ip + Layout.V4_PROTOCOL] & 0xff) == protocol
        && (Bytes.uint16(in, ip + Layout.V4_FRAGMENT) & Layout.V4_IS_FRAGMENT) == 0;
  }

  /**
   * From the addresses; but behind IPv6 extension headers the last destination may stand in one of
   * them, so there the kernel's own sum is taken, less the length.
   */
  private long pseudoHeader(int ipBytes, int transportBytes, int field) {
    if (transport == ipBytes) {
      return InnerChecksums.pseudoHeader(in, ip, v6, protocol, 0);
    }
    return Bytes.uint16(in, ip + transport + field) + (~transportBytes & 0xffffL);
  }

  /** The length of the longest packet of this read, bytes: of each but the last. */
  public int maxLength() {
    return maxLength;
  }

  /** How many packets {@link #next} has still to give. */
  public int remaining() {
    return payloadBytes == 0 ? 0 : (payloadBytes - done + gsoSize - 1) / gsoSize;
  }

  /**
   * Writes the next packets.
   *
   * @param out packet n is written at {@code outStart + n * stride}
   * @param stride at least {@link #maxLength}, for more than one packet
   * @param lengths takes packet n's length at {@code first + n}
   * @param most how many to write at most
   * @return how many were written; 0 when none are left
   * @throws IndexOutOfBoundsException if they do not fit into {@code out} or {@code lengths}
   * @throws IllegalArgumentException if the stride is too short
   */
  public int next(byte[] out, int outStart, int stride, int[] lengths, int first, int most) {
    int count = Math.min(most, remaining());
    Objects.checkFromIndexSize(first, count, lengths.length);
    if (count > 1 && stride < maxLength) {
      throw new IllegalArgumentException(
          "packets of " + maxLength + " bytes do not fit into a stride of " + stride);
    }
    int at = outStart;
    for (int i = 0; i < count; i++) {
      lengths[first + i] = write(out, at);
      at += stride;
    }
    return count;
  }

  private int write(byte[] out, int at) {
    int size = Math.min(gsoSize, payloadBytes - done);
    int length = headerBytes + size;
    System.arraycopy(in, ip, out, at, headerBytes);
    System.arraycopy(in, ip + headerBytes + done, out, at + headerBytes, size);
    if (headerBytes == 0) {
      completeChecksum(out, at, length);
    } else {
      writeIp(out, at, length);
      if (protocol == Layout.UDP) {
        writeUdp(out, at + transport, length - transport);
      } else {
        writeTcp(out, at + transport, length - transport, done + size == payloadBytes);
      }
    }
    done += size;
    index++;
    return length;
  }

  /** Any protocol's; 0 becomes 0xffff, which is the same number, as 0 means "none" in UDP. */
  private void completeChecksum(byte[] out, int at, int length) {
    if (checksumStart > 0) {
      int sum = Checksum.of(out, at + checksumStart, length - checksumStart, 0);
      Bytes.putInt16(out, at + checksumField, sum == 0 ? 0xffff : sum);
    }
  }

  private void writeIp(byte[] out, int at, int length) {
    if (v6) {
      Bytes.putInt16(out, at + Layout.V6_PAYLOAD_LENGTH, length - IpPacket.V6_HEADER);
      return;
    }
    Bytes.putInt16(out, at + Layout.V4_TOTAL_LENGTH, length);
    Bytes.putInt16(out, at + Layout.V4_ID, Bytes.uint16(in, ip + Layout.V4_ID) + index);
    InnerChecksums.writeV4(out, at, transport);
  }

  private void writeTcp(byte[] out, int tcp, int length, boolean last) {
    Bytes.putInt32(
        out, tcp + Layout.TCP_SEQUENCE, Bytes.int32(out, tcp + Layout.TCP_SEQUENCE) + done);
    int flags = out[tcp + Layout.TCP_FLAGS];
    if (!last) {
      flags &= ~(Layout.FIN | Layout.PSH);
    }
    if (index > 0) {
      flags &= ~Layout.CWR;
    }
    out[tcp + Layout.TCP_FLAGS] = (byte) flags;
    Bytes.putInt16(out, tcp + Layout.TCP_CHECKSUM, 0);
    Bytes.putInt16(
        out, tcp + Layout.TCP_CHECKSUM, Checksum.of(out, tcp, length, pseudoHeader + length));
  }

  private void writeUdp(byte[] out, int udp, int length) {
    Bytes.putInt16(out, udp + Layout.UDP_LENGTH, length);
    Bytes.putInt16(out, udp + Layout.UDP_CHECKSUM, 0);
    int checksum = Checksum.of(out, udp, length, pseudoHeader + length);
    Bytes.putInt16(out, udp + Layout.UDP_CHECKSUM, checksum == 0 ? 0xffff : checksum);
  }
}
