package dev.noren.linux;

import java.nio.charset.StandardCharsets;

/**
 * One netlink message in native memory, written from its start or read where it stands. Messages
 * and attributes begin at multiples of 4.
 *
 * <pre>
 * nlmsghdr, 16 bytes    length 0 (4) · type 4 (2) · flags 6 (2) · sequence 8 (4) · port 12 (4)
 * ifinfomsg, 16 bytes   family 16 (1) · type 18 (2) · index 20 (4) · flags 24 (4) · change 28 (4)
 * rtgenmsg, 4 bytes     family 16 (1), padded
 * nfgenmsg, 4 bytes     family 16 (1) · version 17 (1) · resource 18 (2)
 * nlmsgerr              negative errno 16 (4)
 * attribute             length 0 (2), header included · type 2 (2) · value 4
 * </pre>
 */
public final class NetlinkMessage {
  /** An answer that is only an error number. */
  public static final int NLMSG_ERROR = 2;

  /** The end of an answer of several messages. */
  public static final int NLMSG_DONE = 3;

  /** An interface is new or has changed; also the answer to a question about one. */
  public static final int RTM_NEWLINK = 16;

  /** An interface was deleted, or moved to another namespace. */
  public static final int RTM_DELLINK = 17;

  /** Asks about an interface. */
  public static final int RTM_GETLINK = 18;

  /** Gives a namespace an id; also the answer to a question about one. */
  public static final int RTM_NEWNSID = 88;

  /** A namespace with an id is being deleted. */
  public static final int RTM_DELNSID = 89;

  /** Asks for a namespace's id. */
  public static final int RTM_GETNSID = 90;

  /** The interface's hardware address, bytes. */
  public static final int IFLA_ADDRESS = 1;

  /** The interface's name, text. */
  public static final int IFLA_IFNAME = 3;

  /** The interface's MTU, bytes. */
  public static final int IFLA_MTU = 4;

  /** The index of the interface that this one lies on. */
  public static final int IFLA_LINK = 5;

  /** Attributes about what kind of interface it is. */
  public static final int IFLA_LINKINFO = 18;

  /** Within {@link #IFLA_LINKINFO}: the kind, text; missing where it is hardware. */
  public static final int IFLA_INFO_KIND = 1;

  /** In a question: what to tell besides, bits. */
  public static final int IFLA_EXT_MASK = 29;

  /** In {@link #IFLA_EXT_MASK}: leave the counters out. */
  public static final int RTEXT_FILTER_SKIP_STATS = 8;

  /** In a question: the namespace to look in, by its id. */
  public static final int IFLA_TARGET_NETNSID = 46;

  /** A namespace's id. */
  public static final int NETNSA_NSID = 1;

  /** A namespace by a descriptor. */
  public static final int NETNSA_FD = 3;

  /** The interface is up. */
  public static final int IFF_UP = 1;

  /** The interface is up, and so is the wire. */
  public static final int IFF_LOWER_UP = 0x10000;

  /** The type of Ethernet interfaces, and of those that look like one. */
  public static final int ARPHRD_ETHER = 1;

  /** The bytes of ifinfomsg. */
  public static final int LINK_BODY = 16;

  /** The bytes of rtgenmsg. */
  public static final int NSID_BODY = 4;

  static final int NLM_F_REQUEST = 1;
  static final int NLM_F_ACK = 4;
  static final int NLM_F_DUMP_INTERRUPTED = 0x10;
  static final int NLM_F_DUMP = 0x300;
  static final int HEADER = 16;
  static final int LENGTH = 0;
  static final int TYPE = 4;
  static final int FLAGS = 6;
  static final int SEQUENCE = 8;
  static final int PORT = 12;
  static final int BODY = HEADER;
  static final int LINK_TYPE = BODY + 2;
  static final int LINK_INDEX = BODY + 4;
  static final int LINK_FLAGS = BODY + 8;
  static final int ATTRIBUTE_TYPE = 2;
  static final int ATTRIBUTE_HEADER = 4;

  /** The two highest bits of an attribute's type say what kind of value it has. */
  private static final int TYPE_MASK = 0x3fff;

  private final NativeBuffer buffer;
  private final int limit;
  private int start;
  private int length;

  private NetlinkMessage(NativeBuffer buffer, int start, int limit) {
    this.buffer = buffer;
    this.start = start;
    this.limit = limit;
  }

  /** A question with a zeroed body of that many bytes and no attributes yet. */
  public static NetlinkMessage request(int type, int bodyBytes, int sequence) {
    NetlinkMessage message = new NetlinkMessage(new NativeBuffer(128), 0, 128);
    message.length = HEADER + bodyBytes;
    message.buffer.putShort(TYPE, type);
    message.buffer.putShort(FLAGS, NLM_F_REQUEST);
    message.buffer.putInt(SEQUENCE, sequence);
    message.buffer.putInt(LENGTH, message.length);
    return message;
  }

  /** A question about all there are: the answer is many messages, and NLMSG_DONE the last. */
  public static NetlinkMessage requestAll(int type, int bodyBytes, int sequence) {
    NetlinkMessage message = request(type, bodyBytes, sequence);
    message.buffer.putShort(FLAGS, NLM_F_REQUEST | NLM_F_DUMP);
    return message;
  }

  /** A reader over what a receive left between two offsets; {@link #next} leads to the first. */
  static NetlinkMessage received(NativeBuffer buffer, int start, int end) {
    return new NetlinkMessage(buffer, start, end);
  }

  /** Adds an attribute whose value is 32 bits. */
  public NetlinkMessage with(int type, int value) {
    int at = attribute(type, Integer.BYTES);
    buffer.putInt(at, value);
    return this;
  }

  /** Adds an attribute whose value is text, ended by a zero byte. */
  public NetlinkMessage with(int type, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int at = attribute(type, bytes.length + 1);
    buffer.put(at, bytes, 0, bytes.length);
    return this;
  }

  private int attribute(int type, int valueBytes) {
    int at = length;
    buffer.putShort(at, ATTRIBUTE_HEADER + valueBytes);
    buffer.putShort(at + ATTRIBUTE_TYPE, type);
    length = at + align(ATTRIBUTE_HEADER + valueBytes);
    buffer.putInt(LENGTH, length);
    return at + ATTRIBUTE_HEADER;
  }

  /**
   * Goes to the next message of a receive.
   *
   * @return whether there is one that is whole
   */
  public boolean next() {
    start += align(length);
    if (limit - start < HEADER) {
      return false;
    }
    length = buffer.getInt(start + LENGTH);
    return length >= HEADER && length <= limit - start;
  }

  NativeBuffer buffer() {
    return buffer;
  }

  /** The message's bytes. */
  public int length() {
    return length;
  }

  /** What it is about, RTM_ or NLMSG_. */
  public int type() {
    return buffer.getShort(start + TYPE);
  }

  /** The number of the question that this answers, 0 in a notification. */
  public int sequence() {
    return buffer.getInt(start + SEQUENCE);
  }

  /** The port of the socket that asked. */
  public int port() {
    return buffer.getInt(start + PORT);
  }

  /** The errno of an NLMSG_ERROR. */
  public int error() {
    return length >= BODY + Integer.BYTES ? -buffer.getInt(start + BODY) : Errno.EPROTO;
  }

  /** Whether something changed while this part of an answer was made: ask again. */
  public boolean isInterrupted() {
    return (buffer.getShort(start + FLAGS) & NLM_F_DUMP_INTERRUPTED) != 0;
  }

  /** The interface's type in a link message, ARPHRD_; 0 if it is missing. */
  public int linkType() {
    return length >= HEADER + LINK_BODY ? buffer.getShort(start + LINK_TYPE) : 0;
  }

  /** The interface's index in a link message. */
  public int linkIndex() {
    return length >= HEADER + LINK_BODY ? buffer.getInt(start + LINK_INDEX) : 0;
  }

  /** The IFF_ flags in a link message. */
  public int linkFlags() {
    return length >= HEADER + LINK_BODY ? buffer.getInt(start + LINK_FLAGS) : 0;
  }

  /** An attribute of 32 bits, or the other value if it is missing. */
  public int number(int bodyBytes, int type, int otherwise) {
    int at = find(bodyBytes, type);
    return at < 0 || valueLength(at) < Integer.BYTES
        ? otherwise
        : buffer.getInt(at + ATTRIBUTE_HEADER);
  }

  /** An attribute that is text, or null if it is missing. */
  public String text(int bodyBytes, int type) {
    int at = find(bodyBytes, type);
    return at < 0 ? null : buffer.getText(at + ATTRIBUTE_HEADER, valueLength(at));
  }

  /**
   * An attribute's bytes, or null if it is missing.
   *
   * @param path its type, after those of the attributes that it lies in, the outermost first
   */
  public byte[] bytes(int bodyBytes, int... path) {
    int from = start + HEADER + bodyBytes;
    int end = start + length;
    int at = -1;
    for (int type : path) {
      at = find(from, end, type);
      if (at < 0) {
        return null;
      }
      from = at + ATTRIBUTE_HEADER;
      end = from + valueLength(at);
    }
    byte[] value = new byte[valueLength(at)];
    buffer.get(at + ATTRIBUTE_HEADER, value, 0, value.length);
    return value;
  }

  /** Text within an attribute that holds attributes, or null if one of the two is missing. */
  public String text(int bodyBytes, int type, int innerType) {
    int outer = find(bodyBytes, type);
    if (outer < 0) {
      return null;
    }
    int from = outer + ATTRIBUTE_HEADER;
    int at = find(from, from + valueLength(outer), innerType);
    return at < 0 ? null : buffer.getText(at + ATTRIBUTE_HEADER, valueLength(at));
  }

  private int valueLength(int at) {
    return buffer.getShort(at) - ATTRIBUTE_HEADER;
  }

  private int find(int bodyBytes, int type) {
    return find(start + HEADER + bodyBytes, start + length, type);
  }

  private int find(int from, int end, int type) {
    int at = from;
    while (end - at >= ATTRIBUTE_HEADER) {
      int size = buffer.getShort(at);
      if (size < ATTRIBUTE_HEADER || size > end - at) {
        return -1;
      }
      if ((buffer.getShort(at + ATTRIBUTE_TYPE) & TYPE_MASK) == type) {
        return at;
      }
      at += align(size);
    }
    return -1;
  }

  private static int align(int bytes) {
    return (bytes + 3) & ~3;
  }
}
