package dev.noren.probe;

import dev.noren.linux.Errno;
import dev.noren.linux.LinuxException;
import dev.noren.net.Endpoint;
import dev.noren.net.IpAddress;
import dev.noren.net.IpPacket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.tinylog.Logger;

/**
 * Asks several hosts one question each, all at once: for an echo, or whether anybody listens at a
 * UDP port. The latter is an empty datagram: WireGuard says nothing to it and loses nothing by it,
 * and a host without a listener says so by ICMP.
 */
public final class Volley {
  private static final int PACKET_BYTES = 65535;

  /**
   * A question.
   *
   * @param host whom
   * @param port the UDP port, or 0 for an echo
   * @param mark of the packet, or 0 for none
   * @param bytes how long the echo is, ICMP header included; 0 for as short as can be
   */
  public record Shot(IpAddress host, int port, int mark, int bytes) {
    /** For a short echo. */
    public static Shot echo(IpAddress host, int mark) {
      return new Shot(host, 0, mark, 0);
    }

    /** For an echo that makes an IP packet of so many bytes, all headers included. */
    public static Shot echo(IpAddress host, int mark, int packetBytes) {
      int header = host.v6() ? IpPacket.V6_HEADER : IpPacket.V4_HEADER;
      return new Shot(host, 0, mark, packetBytes - header);
    }
  }

  /** What came of it. */
  public enum Said {
    /** Nothing came. */
    NOTHING,
    /** The echo, or something else from the port. */
    ANSWER,
    /** The host says that nobody listens there. */
    REFUSAL
  }

  private final byte[] packet = new byte[PACKET_BYTES];
  private final byte[] token = new byte[Echo.TOKEN_BYTES];
  private final int firstId;

  /** A question that is under way. */
  private record Open(Shot shot, MarkedSocket socket, int id) {}

  private Volley(RandomGenerator random) {
    random.nextBytes(token);
    firstId = random.nextInt(1 << 16);
  }

  /**
   * Asks all of them, and waits until each has answered or the time is over.
   *
   * @param random gives what strangers can't guess
   */
  public static Map<Shot, Said> fire(
      Collection<Shot> shots, Duration time, RandomGenerator random) {
    return new Volley(random).fire(shots, System.nanoTime() + time.toNanos());
  }

  private Map<Shot, Said> fire(Collection<Shot> shots, long untilNs) {
    Map<Shot, Said> said = new HashMap<>();
    List<Open> open = new ArrayList<>();
    try {
      for (Shot shot : shots) {
        said.put(shot, Said.NOTHING);
        ask(shot, (firstId + open.size()) & 0xffff, open);
      }
      while (!open.isEmpty() && System.nanoTime() - untilNs < 0) {
        MarkedSocket.awaitAnyReadable(open.stream().map(Open::socket).toList(), untilNs);
        open.removeIf(each -> hears(each, said));
      }
    } finally {
      open.forEach(each -> each.socket().close());
    }
    return said;
  }

  private void ask(Shot shot, int id, List<Open> open) {
    try {
      MarkedSocket socket =
          shot.port() == 0
              ? MarkedSocket.icmp(shot.host(), shot.mark())
              : MarkedSocket.udp(Endpoint.of(shot.host(), shot.port()), shot.mark());
      open.add(new Open(shot, socket, id));
      byte[] bytes =
          shot.port() == 0 ? Echo.request(shot.host().v6(), id, 0, token, size(shot)) : new byte[0];
      socket.send(bytes, 0, bytes.length);
    } catch (LinuxException e) {
      // Without a route nothing comes back either.
      Logger.debug("{} is not asked: {}", shot.host(), e.getMessage());
    }
  }

  private static int size(Shot shot) {
    return Math.max(Echo.SIZE, shot.bytes());
  }

  /** Takes all that is there; whether the answer was among it. */
  private boolean hears(Open each, Map<Shot, Said> said) {
    while (true) {
      int length = each.socket().receive(packet, 0, packet.length);
      if (length == -Errno.ECONNREFUSED) {
        return end(each, Said.REFUSAL, said);
      }
      if (length < 0) {
        return false;
      }
      Shot shot = each.shot();
      boolean answers =
          shot.port() != 0
              || Echo.round(shot.host().v6(), packet, length, each.id(), token, size(shot)) == 0;
      if (answers) {
        return end(each, Said.ANSWER, said);
      }
    }
  }

  private static boolean end(Open each, Said what, Map<Shot, Said> said) {
    said.put(each.shot(), what);
    each.socket().close();
    return true;
  }
}
