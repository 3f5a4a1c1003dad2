package dev.noren.tunnel;

import dev.noren.net.Datagram;
import dev.noren.net.Endpoint;
import dev.noren.udp.UdpSocket;

/**
 * One of two sockets in memory that reach each other and allocate nothing. It segments and merges,
 * and it loses nothing: who sends too much waits.
 */
final class StillUdp implements UdpSocket {
  private static final int SLOTS = 16;

  private final Endpoint local;
  private final byte[][] slots = new byte[SLOTS][MOST_SEGMENTS_BYTES];
  private final int[] lengths = new int[SLOTS];
  private final int[] segmentBytes = new int[SLOTS];
  private StillUdp other;
  private int first;
  private int count;
  private boolean woken;
  private boolean closed;

  /** The socket of this address. */
  StillUdp(Endpoint local) {
    this.local = local;
  }

  /** Joins both. */
  void reach(StillUdp another) {
    other = another;
    another.other = this;
  }

  private synchronized void arrive(byte[] bytes, int offset, int length, int segment) {
    while (count == SLOTS && !closed) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
    int slot = (first + count++) % SLOTS;
    System.arraycopy(bytes, offset, slots[slot], 0, length);
    lengths[slot] = length;
    segmentBytes[slot] = segment < length ? segment : 0;
    notifyAll();
  }

  @Override
  public int port() {
    return local.port();
  }

  @Override
  public boolean segments() {
    return true;
  }

  @Override
  public boolean merges() {
    return true;
  }

  @Override
  public synchronized boolean await() {
    while (count == 0 && !woken && !closed) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    woken = false;
    return count > 0 && !closed;
  }

  @Override
  public synchronized int receive(Datagram into) {
    if (count == 0 || closed) {
      return -1;
    }
    System.arraycopy(slots[first], 0, into.bytes, 0, lengths[first]);
    into.length = lengths[first];
    Endpoint sender = other.local;
    into.from(false, 0, sender.address().low(), sender.port(), 0);
    into.at(0, local.address().low(), 1);
    into.segmentBytes = segmentBytes[first];
    first = (first + 1) % SLOTS;
    count--;
    notifyAll();
    return into.length;
  }

  @Override
  public int send(byte[] bytes, int offset, int length, Endpoint to) {
    other.arrive(bytes, offset, length, length);
    return 0;
  }

  @Override
  public int sendSegments(byte[] bytes, int offset, int length, int segment, Endpoint to) {
    other.arrive(bytes, offset, length, segment);
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
  public synchronized void close() {
    closed = true;
    notifyAll();
  }
}
