package dev.noren.tunnel;

import dev.noren.linux.Errno;
import dev.noren.linux.LinuxException;
import dev.noren.net.Endpoint;
import dev.noren.net.IpAddress;
import dev.noren.protocol.message.CookieReply;
import dev.noren.protocol.message.MessageType;
import dev.noren.udp.UdpSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * An internet in memory, with an eavesdropper who sees, counts and keeps every datagram. It can
 * lose, duplicate, corrupt and reorder, by chance from a printed seed.
 */
public final class MemoryNet {
  /** One datagram as the eavesdropper saw it. */
  static final class Seen {
    private final Endpoint from;
    private final Endpoint to;
    private final byte[] bytes;

    private Seen(Endpoint from, Endpoint to, byte[] bytes) {
      this.from = from;
      this.to = to;
      this.bytes = bytes;
    }

    Endpoint from() {
      return from;
    }

    Endpoint to() {
      return to;
    }

    byte[] bytes() {
      return bytes;
    }

    int type() {
      return MessageType.of(bytes, 0, bytes.length);
    }
  }

  private final Random random;
  private final boolean offloads;
  private final Map<Endpoint, MemoryUdp> sockets = new HashMap<>();
  private final List<Seen> seen = new ArrayList<>();
  private int lossPercent;
  private int duplicatePercent;
  private int corruptPercent;
  private int reorderPercent;
  private Seen held;
  private List<Seen> corked;
  private boolean cut;
  private Map<Endpoint, Integer> tally;
  private boolean tallyIsCookies = true;
  private volatile int refusal;
  private Endpoint stalled;
  private int waitingToSend;

  MemoryNet(long seed) {
    this(seed, false);
  }

  MemoryNet(long seed, boolean offloads) {
    random = new Random(seed);
    this.offloads = offloads;
  }

  /** Makes trouble from now on, each in percent of the datagrams. */
  synchronized void trouble(int loss, int duplicate, int corrupt, int reorder) {
    lossPercent = loss;
    duplicatePercent = duplicate;
    corruptPercent = corrupt;
    reorderPercent = reorder;
    if (held != null) {
      Seen last = held;
      held = null;
      deliver(last);
    }
  }

  /** Keeps what is to be delivered, until {@link #uncork}. */
  synchronized void cork() {
    corked = new ArrayList<>();
  }

  /** Delivers what was kept, so that who gets it finds all of it at one look. */
  synchronized void uncork() {
    Map<Endpoint, List<Seen>> perPlace = new HashMap<>();
    corked.forEach(each -> perPlace.computeIfAbsent(each.to(), k -> new ArrayList<>()).add(each));
    corked = null;
    perPlace.forEach(
        (place, datagrams) -> {
          MemoryUdp socket = sockets.get(place);
          if (socket != null) {
            socket.arrive(datagrams);
          }
        });
  }

  /** Loses everything, or nothing any more. */
  synchronized void cut(boolean all) {
    cut = all;
  }

  /** Has every send fail with this errno, or none any more with 0. */
  void refuse(int errno) {
    refusal = errno;
  }

  /** The errno that a tunnel's send fails with, or 0. */
  int refusal() {
    return refusal;
  }

  /**
   * Lets a tunnel that wants to send from that place wait, as on a machine that is too busy, until
   * another place or null is given. What the test itself sends from there leaves.
   */
  synchronized void stall(Endpoint place) {
    stalled = place;
    notifyAll();
  }

  /** Whether a tunnel waits for the end of the stall. */
  synchronized boolean isStalling() {
    return waitingToSend > 0;
  }

  /** Before a tunnel sends from that place. */
  synchronized void awaitFlow(Endpoint place) {
    waitingToSend++;
    while (place.equals(stalled)) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    waitingToSend--;
  }

  /** Whether every tunnel has taken what arrived for it, and waits for more. */
  synchronized boolean isIdle() {
    return sockets.values().stream().allMatch(MemoryUdp::isIdle);
  }

  /** From now on only counts what is sent, for floods that no memory would hold. */
  synchronized void onlyTally() {
    tally = new HashMap<>();
  }

  /** How many datagrams this sender sent since then. */
  synchronized int tallyOf(Endpoint sender) {
    return tally.getOrDefault(sender, 0);
  }

  /** Whether all that b sent since then were cookie replies. */
  synchronized boolean onlyCookiesFromB() {
    return tallyIsCookies;
  }

  /** What was sent so far, in order, lost or not. */
  synchronized List<Seen> seen() {
    return List.copyOf(seen);
  }

  /** How many datagrams of any kind were sent so far. */
  synchronized int count() {
    return seen.size();
  }

  /** How many messages of this type were sent so far. */
  int count(int type) {
    return (int) seen().stream().filter(datagram -> datagram.type() == type).count();
  }

  /** What was sent of this type from that place, in order, lost or not. */
  List<byte[]> sentBy(Endpoint place, int type) {
    return seen().stream()
        .filter(datagram -> datagram.type() == type && datagram.from().sameRemote(place))
        .map(Seen::bytes)
        .toList();
  }

  /** What was sent of this type to that place, in order, lost or not. */
  List<byte[]> sentTo(Endpoint place, int type) {
    return seen().stream()
        .filter(datagram -> datagram.type() == type && datagram.to().sameRemote(place))
        .map(Seen::bytes)
        .toList();
  }

  /** Opens sockets at this address, as a tunnel wants: of its family only, as without IPv6. */
  public UdpOpener at(String address) {
    IpAddress where = IpAddress.parse(address);
    return (port, mark) -> open(Endpoint.of(where, port == 0 ? 40000 + random.nextInt(999) : port));
  }

  private synchronized UdpSocket open(Endpoint where) throws LinuxException {
    if (sockets.containsKey(where)) {
      throw new LinuxException("the port " + where.port() + " is taken", Errno.EADDRINUSE);
    }
    MemoryUdp socket = new MemoryUdp(this, where, offloads);
    sockets.put(where, socket);
    return socket;
  }

  /** Puts a datagram on its way, whoever made it. */
  public synchronized void send(Endpoint from, Endpoint to, byte[] bytes) {
    Seen datagram = new Seen(from, to, bytes);
    if (tally == null) {
      seen.add(datagram);
    } else {
      tally.merge(from, 1, Integer::sum);
      tallyIsCookies &= datagram.type() == CookieReply.TYPE || !from.equals(TunnelPair.B_OUTER);
    }
    if (cut || chance(lossPercent)) {
      return;
    }
    if (chance(corruptPercent)) {
      byte[] bent = bytes.clone();
      bent[random.nextInt(bent.length)] ^= (byte) (1 << random.nextInt(8));
      datagram = new Seen(from, to, bent);
    }
    if (held == null && chance(reorderPercent)) {
      held = datagram;
      return;
    }
    deliver(datagram);
    if (chance(duplicatePercent)) {
      deliver(datagram);
    }
    if (held != null) {
      Seen late = held;
      held = null;
      deliver(late);
    }
  }

  private boolean chance(int percent) {
    return percent > 0 && random.nextInt(100) < percent;
  }

  /** After a socket was closed: its port is free. */
  synchronized void forget(Endpoint where) {
    sockets.remove(where);
  }

  private void deliver(Seen datagram) {
    if (corked != null) {
      corked.add(datagram);
      return;
    }
    MemoryUdp socket = sockets.get(datagram.to());
    if (socket != null) {
      socket.arrive(List.of(datagram));
    }
  }
}
