package dev.noren.linux;

/**
 * A flow that has begun, as connection tracking tells of it (nfnetlink_conntrack.h). All numbers
 * within are in network order.
 *
 * <pre>
 * CTA_TUPLE_ORIG 1, CTA_TUPLE_REPLY 2
 *   CTA_TUPLE_IP 1      IPv4 source 1 (4) · destination 2 (4), IPv6 source 3 (16) · destination 4
 *   CTA_TUPLE_PROTO 2   protocol 1 (1) · source port 2 (2) · destination port 3 (2)
 * CTA_MARK 8 (4)        missing where it is 0
 * </pre>
 */
public final class NewFlow {
  /** The subsystem of connection tracking, and its message that tells of a flow. */
  static final int CT_NEW = 1 << 8;

  /** The bytes of nfgenmsg. */
  static final int BODY = 4;

  private static final int ORIGINAL = 1;
  private static final int REPLY = 2;
  private static final int MARK = 8;
  private static final int IP = 1;
  private static final int PROTO = 2;
  private static final int PROTOCOL = 1;
  private static final int DESTINATION_PORT = 3;
  private static final int SOURCE_4 = 1;
  private static final int DESTINATION_4 = 2;
  private static final int SOURCE_6 = 3;
  private static final int DESTINATION_6 = 4;

  private final int protocol;
  private final byte[] source;
  private final byte[] destination;
  private final int port;
  private final byte[] answersFrom;
  private final byte[] answersTo;
  private final int mark;

  private NewFlow(NetlinkMessage message, boolean v6) {
    source = address(message, ORIGINAL, v6 ? SOURCE_6 : SOURCE_4, v6);
    destination = address(message, ORIGINAL, v6 ? DESTINATION_6 : DESTINATION_4, v6);
    answersFrom = address(message, REPLY, v6 ? SOURCE_6 : SOURCE_4, v6);
    answersTo = address(message, REPLY, v6 ? DESTINATION_6 : DESTINATION_4, v6);
    protocol = number(message.bytes(BODY, ORIGINAL, PROTO, PROTOCOL), -1);
    port = number(message.bytes(BODY, ORIGINAL, PROTO, DESTINATION_PORT), 0);
    mark = number(message.bytes(BODY, MARK), 0);
  }

  /** Reads a message, or gives null where it tells of no flow, or of half of one. */
  static NewFlow read(NetlinkMessage message) {
    if (message.type() != CT_NEW) {
      return null;
    }
    NewFlow flow = new NewFlow(message, message.bytes(BODY, ORIGINAL, IP, SOURCE_6) != null);
    boolean whole =
        flow.source != null
            && flow.destination != null
            && flow.answersFrom != null
            && flow.answersTo != null
            && flow.protocol >= 0;
    return whole ? flow : null;
  }

  private static byte[] address(NetlinkMessage message, int tuple, int type, boolean v6) {
    byte[] address = message.bytes(BODY, tuple, IP, type);
    return address != null && address.length == (v6 ? 16 : 4) ? address : null;
  }

  private static int number(byte[] bytes, int otherwise) {
    if (bytes == null || bytes.length == 0 || bytes.length > Integer.BYTES) {
      return otherwise;
    }
    int number = 0;
    for (byte each : bytes) {
      number = number << 8 | (each & 0xff);
    }
    return number;
  }

  /** The IP protocol, such as 6 for TCP. */
  public int protocol() {
    return protocol;
  }

  /** Who began it: 4 or 16 bytes, as long as the other three. */
  public byte[] source() {
    return source.clone();
  }

  /** Whom he meant. */
  public byte[] destination() {
    return destination.clone();
  }

  /** The destination's port, or 0 where the protocol has none. */
  public int port() {
    return port;
  }

  /** Who answers, which is somebody else where the flow was redirected. */
  public byte[] answersFrom() {
    return answersFrom.clone();
  }

  /** Whom he answers, which is somebody else where he does not see who began it. */
  public byte[] answersTo() {
    return answersTo.clone();
  }

  /** The flow's mark, or 0. */
  public int mark() {
    return mark;
  }
}
