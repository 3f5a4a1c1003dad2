package dev.noren.tunnel;

import dev.noren.offload.NaiveSplitter;
import dev.noren.tun.LinkListener;
import dev.noren.tun.TunDevice;
import dev.noren.tun.TunGoneException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A TUN device in memory: what the test sends is read by the tunnel, and the other way. With
 * segmentation offload it has a vnet header, and cuts what the tunnel merged, as the kernel does,
 * so that a test sees packets in either case.
 */
public final class MemoryTun implements TunDevice {
  private final String name;
  private final int mtu;
  private final int headerBytes;
  private final Queue<byte[]> toTunnel = new ArrayDeque<>();
  private final LinkedBlockingQueue<byte[]> fromTunnel = new LinkedBlockingQueue<>();
  private final AtomicInteger merged = new AtomicInteger();
  private boolean woken;
  private boolean closed;
  private boolean awaited;
  private boolean refusing;
  private IOException failure;
  private volatile LinkListener listener;

  /** A device of this name and MTU in bytes, without segmentation offload. */
  public MemoryTun(String name, int mtu) {
    this(name, mtu, false);
  }

  /** A device of this name and MTU in bytes, with segmentation offload or without. */
  MemoryTun(String name, int mtu, boolean offloads) {
    this.name = name;
    this.mtu = mtu;
    headerBytes = offloads ? VNET_HEADER_BYTES : 0;
  }

  /** A packet from the host into the tunnel. */
  void send(byte[] packet) {
    byte[] read = new byte[headerBytes + packet.length];
    System.arraycopy(packet, 0, read, headerBytes, packet.length);
    sendAsRead(read);
  }

  /** What the host leaves to the tunnel to cut: vnet header and super-packet. */
  void sendSuper(byte[] read) {
    if (headerBytes == 0) {
      NaiveSplitter.split(read).forEach(this::send);
    } else {
      sendAsRead(read.clone());
    }
  }

  private synchronized void sendAsRead(byte[] read) {
    toTunnel.add(read);
    notifyAll();
  }

  /** How many writes of the tunnel's brought more than one packet. */
  int mergedWrites() {
    return merged.get();
  }

  /** Has every read fail from now on. */
  synchronized void fail(IOException how) {
    failure = how;
    woken = true;
    notifyAll();
  }

  /** Takes nothing that is written from now on, as an interface that is down. */
  synchronized void refuse() {
    refusing = true;
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
  public int vnetHeaderBytes() {
    return headerBytes;
  }

  @Override
  public int offloads() {
    int tcp = OFFLOAD_CHECKSUM | OFFLOAD_TCP4 | OFFLOAD_TCP6;
    return headerBytes == 0 ? 0 : tcp | OFFLOAD_UDP4 | OFFLOAD_UDP6;
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
  public boolean write(byte[] from, int offset, int length) throws TunGoneException {
    synchronized (this) {
      if (failure instanceof TunGoneException) {
        throw new TunGoneException(name);
      }
      if (refusing) {
        return false;
      }
    }
    byte[] written = Arrays.copyOfRange(from, offset, offset + length);
    if (headerBytes == 0) {
      fromTunnel.add(written);
      return true;
    }
    List<byte[]> packets = NaiveSplitter.split(written);
    if (packets.size() > 1) {
      merged.incrementAndGet();
    }
    fromTunnel.addAll(packets);
    return true;
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
