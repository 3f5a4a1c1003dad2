package dev.noren.street;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/** Knocks at ports of a host, many at a time, and tells which of them said anything at all. */
public final class PortScan {
  /** How long nothing has to come before what is silent is taken for silent. */
  private static final long SILENCE_MS = 1_500;

  private static final int AT_A_TIME = 256;

  private PortScan() {}

  /** The TCP ports that accept a connection, or refuse it aloud. */
  public static Set<Integer> tcp(Host from, String address, Collection<Integer> ports) {
    return from.inside(() -> all(address, ports, PortScan::connect));
  }

  /** The UDP ports from which there is an answer, or word that nobody is there. */
  public static Set<Integer> udp(Host from, String address, Collection<Integer> ports) {
    return from.inside(() -> all(address, ports, PortScan::ask));
  }

  /** Knocks at one port. */
  private interface Knock {
    void at(InetSocketAddress where, Selector selector) throws IOException;
  }

  private static Set<Integer> all(String address, Collection<Integer> ports, Knock knock)
      throws IOException {
    Set<Integer> answered = new TreeSet<>();
    Integer[] each = ports.toArray(Integer[]::new);
    for (int from = 0; from < each.length; from += AT_A_TIME) {
      try (Selector selector = Selector.open()) {
        for (int i = from; i < Math.min(from + AT_A_TIME, each.length); i++) {
          knock.at(new InetSocketAddress(address, each[i]), selector);
        }
        try {
          while (selector.select(SILENCE_MS) > 0) {
            for (SelectionKey key : selector.selectedKeys()) {
              answered.add((Integer) key.attachment());
              key.channel().close();
            }
            selector.selectedKeys().clear();
          }
        } finally {
          for (SelectionKey key : selector.keys()) {
            key.channel().close();
          }
        }
      }
    }
    return answered;
  }

  private static void connect(InetSocketAddress where, Selector selector) throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.configureBlocking(false);
    channel.connect(where);
    channel.register(selector, SelectionKey.OP_CONNECT, where.getPort());
  }

  /** A connected socket is told of an ICMP error, too. */
  private static void ask(InetSocketAddress where, Selector selector) throws IOException {
    DatagramChannel channel = DatagramChannel.open();
    channel.configureBlocking(false);
    channel.connect(where);
    channel.register(selector, SelectionKey.OP_READ, where.getPort());
    // A question for a name: a DNS server would say something to it.
    byte[] question = {0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1};
    try {
      channel.write(ByteBuffer.wrap(question));
    } catch (SocketException e) {
      throw new IOException("can't send to " + where, e);
    }
  }
}
