package dev.noren.tunnel;

import dev.noren.tun.LinkListener;
import dev.noren.tun.TunDevice;

/**
 * A TUN device in memory that allocates nothing: what is read is one packet again and again, and
 * what is written is counted and forgotten.
 */
final class StillTun implements TunDevice {
  private static final long PATIENCE_MS = 10_000;

  private final String name;
  private final byte[] packet;
  private final int headerBytes;
  private int waiting;
  private long writtenBytes;
  private long wantedBytes = Long.MAX_VALUE;
  private boolean woken;
  private boolean closed;

  /**
   * A device.
   *
   * @param packet what is read, with its vnet header
   * @param headerBytes of each packet that is written, the vnet header's included
   */
  StillTun(String name, byte[] packet, int headerBytes) {
    this.name = name;
    this.packet = packet;
    this.headerBytes = headerBytes;
  }

  /** Lets the tunnel read the packet so often. */
  synchronized void offer(int times) {
    waiting += times;
    notifyAll();
  }

  /** Payload bytes that the tunnel has written. */
  synchronized long writtenBytes() {
    return writtenBytes;
  }

  /** Waits until the tunnel has written so many payload bytes in its life. */
  synchronized void awaitWritten(long bytes) throws InterruptedException {
    wantedBytes = bytes;
    long end = System.nanoTime() + PATIENCE_MS * 1_000_000;
    while (writtenBytes < bytes) {
      if (System.nanoTime() - end > 0) {
        throw new IllegalStateException(
            name + " got " + writtenBytes + " bytes, and not the " + bytes + " that were sent");
      }
      wait(PATIENCE_MS);
    }
    wantedBytes = Long.MAX_VALUE;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int mtu() {
    return DEFAULT_MTU;
  }

  @Override
  public int vnetHeaderBytes() {
    return VNET_HEADER_BYTES;
  }

  @Override
  public int offloads() {
    return OFFLOAD_CHECKSUM | OFFLOAD_TCP4;
  }

  @Override
  public synchronized boolean await() {
    while (waiting == 0 && !woken && !closed) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    woken = false;
    return waiting > 0 && !closed;
  }

  @Override
  public synchronized int read(byte[] into, int offset) {
    if (waiting == 0) {
      return -1;
    }
    waiting--;
    System.arraycopy(packet, 0, into, offset, packet.length);
    return packet.length;
  }

  @Override
  public synchronized boolean write(byte[] from, int offset, int length) {
    writtenBytes += length - headerBytes;
    if (writtenBytes >= wantedBytes) {
      notifyAll();
    }
    return true;
  }

  @Override
  public synchronized void wake() {
    woken = true;
    notifyAll();
  }

  @Override
  public void watch(LinkListener listener) {}

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }
}
