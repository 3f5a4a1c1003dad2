package dev.noren.mdns;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.noren.net.IpAddress;
import dev.noren.net.LocalNames;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.List;
import java.util.random.RandomGenerator;
import org.tinylog.Logger;

/**
 * The box's name in the shop's network. It has a thread of its own, which hears the network's group
 * over IPv4 and speaks from the box's own address alone, so that nothing leaves by another
 * interface.
 */
public final class LocalName implements AutoCloseable {
  /** No message is longer (RFC 6762, 17). */
  private static final int MOST_BYTES = 9_000;

  /** A flood is left to wait in the socket so that what is due is said. */
  private static final int MOST_AT_ONCE = 64;

  private static final long RETRY_NS = SECONDS.toNanos(1);

  private final String base;
  private final RandomGenerator random;
  private final Selector selector;
  private final Thread thread;
  private volatile Place wanted = Place.NOWHERE;
  private volatile String name;
  private volatile boolean ending;

  /** Where it is heard: an interface, and the addresses that the name has; null for nowhere. */
  private record Place(String device, List<IpAddress> addresses) {
    static final Place NOWHERE = new Place(null, List.of());

    IpAddress sender() {
      return addresses.stream().filter(each -> !each.v6()).findFirst().orElse(null);
    }
  }

  /**
   * A name that is nowhere yet.
   *
   * @param base its first part, in small letters, as in noren
   * @throws IOException where the machine gives no selector
   */
  public LocalName(String base, RandomGenerator random) throws IOException {
    this.base = base;
    this.random = random;
    this.selector = Selector.open();
    this.thread = new Thread(this::run, "noren-name");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Has the name in this network from now on, and in no other.
   *
   * @param device its interface, or null for none
   * @param addresses which the name has, one of IPv4 among them
   */
  public void follow(String device, List<IpAddress> addresses) {
    Place place = new Place(device, List.copyOf(addresses));
    Place next = device == null || place.sender() == null ? Place.NOWHERE : place;
    if (!next.equals(wanted)) {
      wanted = next;
      selector.wakeup();
    }
  }

  /** The whole name, as in noren.local, or null while it has none. */
  public String name() {
    return name;
  }

  private void run() {
    while (!ending) {
      Place place = wanted;
      if (place.device == null) {
        await(0);
        continue;
      }
      try (DatagramChannel ears = ears(place);
          DatagramChannel mouth = mouth(place)) {
        serve(place, ears, mouth);
      } catch (IOException | RuntimeException e) {
        // The address may not be there yet, or the interface has gone.
        Logger.debug("The name {} is not heard on {}: {}.", base, place.device, e.toString());
        if (place.equals(wanted)) {
          await(RETRY_NS);
        }
      } finally {
        name = null;
      }
    }
  }

  /** Until something comes, or somebody wakes it; 0 for as long as that takes. */
  private void await(long ns) {
    try {
      selector.select(ns == 0 ? 0 : Math.max(1, NANOSECONDS.toMillis(ns)));
      selector.selectedKeys().clear();
    } catch (IOException e) {
      Logger.debug("waiting: {}", e.getMessage());
    }
  }

  private static DatagramChannel open(InetSocketAddress at) throws IOException {
    DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
    try {
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      channel.bind(at);
      channel.configureBlocking(false);
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** What comes to the group; a socket with an address of its own would not hear it. */
  private static DatagramChannel ears(Place place) throws IOException {
    NetworkInterface device = NetworkInterface.getByName(place.device);
    if (device == null) {
      throw new IOException("there is no such interface");
    }
    DatagramChannel channel = open(new InetSocketAddress(inet(IpAddress.v4(0)), LocalNames.PORT));
    try {
      channel.join(inet(LocalNames.GROUP), device);
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** Linux sends to a group by the interface whose address a socket is bound to. */
  private static DatagramChannel mouth(Place place) throws IOException {
    DatagramChannel channel = open(new InetSocketAddress(inet(place.sender()), LocalNames.PORT));
    try {
      channel.setOption(StandardSocketOptions.IP_MULTICAST_TTL, 255);
      channel.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, false);
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static InetAddress inet(IpAddress address) throws IOException {
    return InetAddress.getByAddress(address.toBytes());
  }

  private void serve(Place place, DatagramChannel ears, DatagramChannel mouth) throws IOException {
    InetSocketAddress all = new InetSocketAddress(inet(LocalNames.GROUP), LocalNames.PORT);
    SelectionKey key = ears.register(selector, SelectionKey.OP_READ);
    Claim claim = new Claim(base, place.addresses, random, System.nanoTime());
    byte[] bytes = new byte[MOST_BYTES];
    try {
      while (!ending && place.equals(wanted)) {
        byte[] due = claim.due(System.nanoTime());
        if (due != null) {
          mouth.send(ByteBuffer.wrap(due), all);
        }
        if (claim.isOwn() && !claim.name().equals(name)) {
          Logger.info("The box is called {} in the shop's network.", claim.name());
        }
        name = claim.isOwn() ? claim.name() : null;
        long next = claim.dueNs();
        await(next == Long.MAX_VALUE ? 0 : Math.max(1, next - System.nanoTime()));
        hear(claim, ears, mouth, all, bytes);
      }
      byte[] farewell = claim.farewell();
      if (farewell != null) {
        mouth.send(ByteBuffer.wrap(farewell), all);
      }
    } finally {
      key.cancel();
      selector.selectNow();
    }
  }

  private static void hear(
      Claim claim, DatagramChannel ears, DatagramChannel mouth, InetSocketAddress all, byte[] bytes)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    for (int i = 0; i < MOST_AT_ONCE; i++) {
      buffer.clear();
      if (!(ears.receive(buffer) instanceof InetSocketAddress sender)) {
        return;
      }
      Packet packet = Packet.read(bytes, buffer.position(), claim.name());
      boolean legacy = sender.getPort() != LocalNames.PORT;
      Claim.Reply reply = packet == null ? null : claim.heard(packet, legacy, System.nanoTime());
      if (reply != null) {
        answer(mouth, reply.bytes(), reply.direct() ? sender : all);
      }
    }
  }

  /** Who can't be answered takes the name from nobody. */
  private static void answer(DatagramChannel mouth, byte[] bytes, InetSocketAddress to) {
    try {
      mouth.send(ByteBuffer.wrap(bytes), to);
    } catch (IOException e) {
      Logger.debug("the answer to {}: {}", to, e.getMessage());
    }
  }

  @Override
  public void close() {
    ending = true;
    selector.wakeup();
    try {
      thread.join(SECONDS.toMillis(2));
      selector.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      Logger.debug("the selector: {}", e.getMessage());
    }
  }
}
