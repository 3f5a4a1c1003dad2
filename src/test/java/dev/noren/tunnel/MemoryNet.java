package dev.noren.tunnel;

import dev.noren.linux.Errno;
import dev.noren.net.Datagram;
import dev.noren.net.Endpoint;
import dev.noren.net.IpAddress;
import dev.noren.protocol.message.MessageType;
import dev.noren.udp.UdpSocket;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;

/**
 * An internet in memory, with an eavesdropper who sees, counts and keeps every datagram. It can
 * lose, duplicate, corrupt and reorder, by chance from a printed seed.
 */
final class MemoryNet {
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
  private final Map<Endpoint, MemoryUdp> sockets = new HashMap<>();
  private final List<Seen> seen = new ArrayList<>();
  private int lossPercent;
  private int duplicatePercent;
  private int corruptPercent;
  private int reorderPercent;
  private Seen held;
  private boolean cut;
  private volatile int refusal;

  MemoryNet(long seed) {
    random = new Random(seed);
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

  /** Loses everything, or nothing any more. */
  synchronized void cut(boolean all) {
    cut = all;
  }

  /** Has every send fail with this errno, or none any more with 0. */
  void refuse(int errno) {
    refusal = errno;
  }

  /** What was sent so far, in order, lost or not. */
  synchronized List<Seen> seen() {
    return List.copyOf(seen);
  }

  /** How many messages of this type were sent so far. */
  int count(int type) {
    return (int) seen().stream().filter(datagram -> datagram.type() == type).count();
  }

  /** Opens sockets at this address, as a tunnel wants. */
  UdpOpener at(String address) {
    IpAddress where = IpAddress.parse(address);
    return (port, mark) -> open(Endpoint.of(where, port == 0 ? 40000 + random.nextInt(999) : port));
  }

  private synchronized UdpSocket open(Endpoint where) throws IOException {
    if (sockets.containsKey(where)) {
      throw new IOException("the port " + where.port() + " is taken");
    }
    MemoryUdp socket = new MemoryUdp(where);
    sockets.put(where, socket);
    return socket;
  }

  /** Puts a datagram on its way, whoever made it. */
  synchronized void send(Endpoint from, Endpoint to, byte[] bytes) {
    Seen datagram = new Seen(from, to, bytes);
    seen.add(datagram);
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

  private void deliver(Seen datagram) {
    MemoryUdp socket = sockets.get(datagram.to());
    if (socket != null) {
      socket.arrive(datagram);
    }
  }

  /** One tunnel's socket. */
  private final class MemoryUdp implements UdpSocket {
    private final Endpoint local;
    private final Queue<Seen> inbox = new ArrayDeque<>();
    private boolean woken;
    private boolean closed;

    private MemoryUdp(Endpoint local) {
      this.local = local;
    }

    private synchronized void arrive(Seen datagram) {
      inbox.add(datagram);
      notifyAll();
    }

    @Override
    public int port() {
      return local.port();
    }

    @Override
    public synchronized boolean await() {
      while (inbox.isEmpty() && !woken && !closed) {
        try {
          wait();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return false;
        }
      }
      woken = false;
      return !inbox.isEmpty() && !closed;
    }

    @Override
    public synchronized int receive(Datagram into) {
      Seen next = closed ? null : inbox.poll();
      if (next == null) {
        return -1;
      }
      System.arraycopy(next.bytes(), 0, into.bytes, 0, next.bytes().length);
      into.length = next.bytes().length;
      IpAddress sender = next.from().address();
      into.from(sender.v6(), sender.high(), sender.low(), next.from().port(), 0);
      into.at(local.address().high(), local.address().low(), 1);
      return into.length;
    }

    @Override
    public int send(byte[] bytes, int offset, int length, Endpoint to) {
      if (closed) {
        return Errno.EBADF;
      }
      if (refusal != 0) {
        return refusal;
      }
      Endpoint remote = Endpoint.of(to.address(), to.port());
      MemoryNet.this.send(local, remote, Arrays.copyOfRange(bytes, offset, offset + length));
      return 0;
    }

    @Override
    public void setMark(int mark) {}

    @Override
    public synchronized void wake() {
      woken = true;
      notifyAll();
    }

    @Override
    public void close() {
      synchronized (MemoryNet.this) {
        sockets.remove(local);
      }
      synchronized (this) {
        closed = true;
        notifyAll();
      }
    }
  }
}
