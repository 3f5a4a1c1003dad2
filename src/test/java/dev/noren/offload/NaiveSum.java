package dev.noren.offload;

/** The Internet checksum as RFC 1071 tells it, 16 bits at a time. */
final class NaiveSum {
  private NaiveSum() {}

  static int fold(byte[] bytes, int from, int to, int start) {
    int sum = start;
    for (int i = from; i < to; i++) {
      sum += (bytes[i] & 0xff) << ((i - from) % 2 == 0 ? 8 : 0);
      if (sum > 0xffff) {
        sum = (sum & 0xffff) + 1;
      }
    }
    return sum;
  }

  /** Of the pseudo-header of an IP packet, folded. */
  static int pseudo(byte[] packet, int protocol, int transportBytes) {
    boolean v6 = packet[0] >>> 4 == 6;
    int sum = protocol + transportBytes;
    sum = sum > 0xffff ? (sum & 0xffff) + 1 : sum;
    return v6 ? fold(packet, 8, 40, sum) : fold(packet, 12, 20, sum);
  }
}
