package dev.noren.config;

import dev.noren.text.Refused;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is spoken at which ports, written as in {@code tcp/443}, {@code udp/5000-5010} or {@code
 * icmp}.
 *
 * @param protocol the protocol
 * @param from the first port; 0 where the protocol has none
 * @param to the last port; 0 where the protocol has none
 */
public record Service(Protocol protocol, int from, int to) {
  private static final Pattern PORTS = Pattern.compile("(tcp|udp)/([0-9]{1,5})(?:-([0-9]{1,5}))?");
  private static final int MOST = 65_535;

  /** A protocol over IP. */
  public enum Protocol {
    TCP,
    UDP,

    /** Echoes, of both families. */
    ICMP
  }

  /**
   * Reads the text.
   *
   * @throws IllegalArgumentException with the reason
   */
  public static Service parse(String text) {
    String small = Values.lower(text);
    if (small.equals("icmp")) {
      return new Service(Protocol.ICMP, 0, 0);
    }
    Matcher matcher = PORTS.matcher(small);
    if (matcher.matches()) {
      int from = Integer.parseInt(matcher.group(2));
      int to = matcher.group(3) == null ? from : Integer.parseInt(matcher.group(3));
      if (from >= 1 && from <= to && to <= MOST) {
        return new Service(matcher.group(1).equals("tcp") ? Protocol.TCP : Protocol.UDP, from, to);
      }
    }
    throw new Refused("service.form", Values.quoted(text));
  }

  @Override
  public String toString() {
    String word = Values.lower(protocol.name());
    return protocol == Protocol.ICMP ? word : word + "/" + from + (to == from ? "" : "-" + to);
  }
}
