package dev.noren.net;

/**
 * One received UDP datagram in a buffer that is used again for the next: bytes, sender, and the
 * local address that was addressed; or several datagrams that came one right after the other from
 * the same sender to the same address. Addresses are kept as numbers, so that a packet from a peer
 * that has not moved allocates nothing. It belongs to the loop that receives.
 */
public final class Datagram {
  /** The longest UDP datagram: 65535 bytes, less nothing, so that one too long is seen as such. */
  public static final int MAX_SIZE = 65535;

  /** The datagram's bytes from 0 to {@link #length}. */
  public final byte[] bytes;

  /** The datagram's length in bytes; of several, their sum. */
  public int length;

  /**
   * 0 for one datagram. Else the length in bytes of each of several that stand one after the other
   * without a gap; the last one has what is left, 1 byte to as many. Less than {@link #length}.
   */
  public int segmentBytes;

  private boolean v6;
  private long high;
  private long low;
  private int port;
  private int scopeId;
  private boolean localKnown;
  private long localHigh;
  private long localLow;
  private int localInterface;

  public Datagram() {
    this(MAX_SIZE);
  }

  /**
   * A datagram of at most this many bytes.
   *
   * @param capacityBytes the buffer's size
   */
  public Datagram(int capacityBytes) {
    bytes = new byte[capacityBytes];
  }

  /**
   * Who sent it; from now on one datagram that arrived at no known address. An IPv4 sender has
   * {@code high} 0 and its 32 bits in {@code low}.
   */
  public void from(boolean isV6, long fromHigh, long fromLow, int fromPort, int fromScopeId) {
    v6 = isV6;
    high = fromHigh;
    low = fromLow;
    port = fromPort;
    scopeId = fromScopeId;
    segmentBytes = 0;
    localKnown = false;
    localHigh = 0;
    localLow = 0;
    localInterface = 0;
  }

  /** At which local address it arrived, of the sender's family. To be called after {@code from}. */
  public void at(long atHigh, long atLow, int interfaceIndex) {
    localKnown = true;
    localHigh = atHigh;
    localLow = atLow;
    localInterface = interfaceIndex;
  }

  /** Whether it came from this endpoint and arrived at the local address kept there. */
  public boolean isFrom(Endpoint endpoint) {
    if (endpoint == null) {
      return false;
    }
    IpAddress remote = endpoint.address();
    if (remote.low() != low
        || endpoint.port() != port
        || remote.high() != high
        || remote.v6() != v6
        || endpoint.scopeId() != scopeId) {
      return false;
    }
    IpAddress source = endpoint.source();
    if (source == null) {
      return !localKnown;
    }
    return localKnown
        && source.low() == localLow
        && source.high() == localHigh
        && endpoint.sourceInterface() == localInterface;
  }

  /** The sender as an endpoint to answer to. */
  public Endpoint toEndpoint() {
    IpAddress source = localKnown ? new IpAddress(v6, localHigh, localLow) : null;
    return new Endpoint(sender(), port, scopeId, source, localInterface);
  }

  /** The sender's address. */
  public IpAddress sender() {
    return new IpAddress(v6, high, low);
  }

  /** The sender's UDP port. */
  public int senderPort() {
    return port;
  }
}
