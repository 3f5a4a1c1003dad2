package dev.noren.tunnel;

import dev.noren.linux.Errno;
import dev.noren.net.Datagram;
import dev.noren.net.Endpoint;
import dev.noren.net.IpAddress;
import dev.noren.udp.UdpSocket;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;

/**
 * One tunnel's socket in the internet in memory, of the family of its address. With segmentation
 * offload a receive brings all datagrams that wait one after the other from one sender and are
 * equally long, as UDP_GRO does.
 */
final class MemoryUdp implements UdpSocket {
  /** The longest datagram that IPv4 carries, bytes: 65535 less both headers. */
  private static final int MOST_BYTES = 65507;

  private final MemoryNet net;
  private final Endpoint local;
  private final boolean offloads;
  private final Queue<MemoryNet.Seen> inbox = new ArrayDeque<>();
  private boolean woken;
  private boolean closed;
  private boolean awaited;

  MemoryUdp(MemoryNet net, Endpoint local, boolean offloads) {
    this.net = net;
    this.local = local;
    this.offloads = offloads;
  }

  /** Whether the tunnel has taken what arrived, and waits for more. */
  synchronized boolean isIdle() {
    return awaited && inbox.isEmpty() && !woken;
  }

  synchronized void arrive(List<MemoryNet.Seen> datagrams) {
    inbox.addAll(datagrams);
    notifyAll();
  }

  @Override
  public int port() {
    return local.port();
  }

  @Override
  public synchronized boolean await() {
    awaited = true;
    while (inbox.isEmpty() && !woken && !closed) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    awaited = false;
    woken = false;
    return !inbox.isEmpty() && !closed;
  }

  @Override
  public synchronized int receive(Datagram into) {
    MemoryNet.Seen next = closed ? null : inbox.poll();
    if (next == null) {
      return -1;
    }
    System.arraycopy(next.bytes(), 0, into.bytes, 0, next.bytes().length);
    into.length = next.bytes().length;
    IpAddress sender = next.from().address();
    into.from(sender.v6(), sender.high(), sender.low(), next.from().port(), 0);
    into.at(local.address().high(), local.address().low(), 1);
    if (offloads) {
      merge(next, into);
    }
    return into.length;
  }

  /** The last one may be shorter. */
  private void merge(MemoryNet.Seen first, Datagram into) {
    int each = first.bytes().length;
    for (int count = 1; count < MOST_SEGMENTS && into.length == count * each; count++) {
      MemoryNet.Seen next = inbox.peek();
      if (next == null
          || !next.from().equals(first.from())
          || next.bytes().length > each
          || next.bytes().length == 0
          || into.length + next.bytes().length > MOST_BYTES) {
        return;
      }
      inbox.remove();
      System.arraycopy(next.bytes(), 0, into.bytes, into.length, next.bytes().length);
      into.length += next.bytes().length;
      into.segmentBytes = each;
    }
  }

  @Override
  public boolean segments() {
    return offloads;
  }

  @Override
  public boolean merges() {
    return offloads;
  }

  @Override
  public int send(byte[] bytes, int offset, int length, Endpoint to) {
    if (closed) {
      return Errno.EBADF;
    }
    if (net.refusal() != 0) {
      return net.refusal();
    }
    if (length > MOST_BYTES) {
      return Errno.EMSGSIZE;
    }
    if (to.address().v6() != local.address().v6()) {
      return Errno.EAFNOSUPPORT;
    }
    net.awaitFlow(local);
    Endpoint remote = Endpoint.of(to.address(), to.port());
    net.send(local, remote, Arrays.copyOfRange(bytes, offset, offset + length));
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
    net.forget(local);
    synchronized (this) {
      closed = true;
      notifyAll();
    }
  }
}
