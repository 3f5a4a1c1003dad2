package dev.noren.tunnel;

import dev.noren.tun.LinkListener;
import dev.noren.tun.TunDevice;
import dev.noren.tun.TunGoneException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A TUN device in memory: what the test sends is read by the tunnel, and the other way. */
public final class MemoryTun implements TunDevice {
  private final String name;
  private final int mtu;
  private final Queue<byte[]> toTunnel = new ArrayDeque<>();
  private final LinkedBlockingQueue<byte[]> fromTunnel = new LinkedBlockingQueue<>();
  private boolean woken;
  private boolean closed;
  private boolean awaited;
  private IOException failure;
  private volatile LinkListener listener;

  /** A device of this name and MTU in bytes. */
  public MemoryTun(String name, int mtu) {
    this.name = name;
    this.mtu = mtu;
  }

  /** A packet from the host into the tunnel. */
  synchronized void send(byte[] packet) {
    toTunnel.add(packet.clone());
    notifyAll();
  }

  /** Has every read fail from now on. */
  synchronized void fail(IOException how) {
    failure = how;
    woken = true;
    notifyAll();
  }

  /** How many packets the tunnel has not yet read. */
  synchronized int waiting() {
    return toTunnel.size();
  }

  /** Deletes the interface, of which reading and writing tell; nobody is notified. */
  void vanish() {
    fail(new TunGoneException(name));
  }

  /** Whether the tunnel has taken all that was sent, and waits for more. */
  synchronized boolean isIdle() {
    return awaited && toTunnel.isEmpty() && !woken;
  }

  /** The next packet that came out of the tunnel, or null after the wait. */
  byte[] receive(long waitMs) {
    try {
      return fromTunnel.poll(waitMs, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  /** Tells the tunnel that its interface changed. */
  LinkListener link() {
    return listener;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int mtu() {
    return mtu;
  }

  @Override
  public synchronized boolean await() {
    awaited = true;
    while (toTunnel.isEmpty() && !woken && !closed) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    awaited = false;
    woken = false;
    return !toTunnel.isEmpty() && !closed;
  }

  @Override
  public synchronized int read(byte[] into, int offset) throws IOException {
    if (failure != null) {
      throw failure;
    }
    byte[] packet = toTunnel.poll();
    if (packet == null) {
      return -1;
    }
    System.arraycopy(packet, 0, into, offset, packet.length);
    return packet.length;
  }

  @Override
  public void write(byte[] from, int offset, int length) throws TunGoneException {
    synchronized (this) {
      if (failure instanceof TunGoneException) {
        throw new TunGoneException(name);
      }
    }
    fromTunnel.add(Arrays.copyOfRange(from, offset, offset + length));
  }

  @Override
  public synchronized void wake() {
    woken = true;
    notifyAll();
  }

  @Override
  public void watch(LinkListener follower) {
    listener = follower;
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }
}
