package dev.noren;

import dev.noren.net.IpAddress;
import dev.noren.offload.VnetHeader;
import dev.noren.tun.LinkListener;
import dev.noren.tun.TunDevice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A TUN device in memory, with the headers that Linux puts before packets. */
final class RehearsalTun implements TunDevice {
  private static final long PATIENCE_SECONDS = 20;
  private static final int IP_BYTES = 20;
  private static final int TCP_BYTES = 20;
  private static final int SEGMENT_BYTES = 1000;
  private static final int SEGMENTS = 4;
  private static final int TCP = 6;

  private final String name;
  private final Semaphore wakes = new Semaphore(0);
  private final Semaphore arrived = new Semaphore(0);
  private volatile byte[] waiting;
  private volatile boolean closed;
  private volatile LinkListener link;

  RehearsalTun(String name) {
    this.name = name;
  }

  void goUp() {
    link.linkUp();
  }

  /** A super-packet of one TCP flow over IPv4, checksums to be filled in by who splits it. */
  void sendTcp(String from, String to) {
    int bytes = IP_BYTES + TCP_BYTES + SEGMENT_BYTES * SEGMENTS;
    ByteBuffer packet = ByteBuffer.allocate(VnetHeader.SIZE + bytes);
    packet.order(ByteOrder.nativeOrder());
    packet.put((byte) VnetHeader.NEEDS_CHECKSUM).put((byte) VnetHeader.GSO_TCP4);
    packet.putShort((short) (IP_BYTES + TCP_BYTES)).putShort((short) SEGMENT_BYTES);
    packet.putShort((short) IP_BYTES).putShort((short) 16);
    packet.order(ByteOrder.BIG_ENDIAN);
    packet.put((byte) 0x45).put((byte) 0).putShort((short) bytes);
    packet.putInt(0).put((byte) 64).put((byte) TCP).putShort((short) 0);
    packet.put(IpAddress.parse(from).toBytes()).put(IpAddress.parse(to).toBytes());
    packet.putShort((short) 9).putShort((short) 9).putInt(1).putInt(1);
    packet.put((byte) ((TCP_BYTES / 4) << 4)).put((byte) 0x10).putShort((short) 1000).putInt(0);
    waiting = packet.array();
    wakes.release();
  }

  /**
   * Waits for the next packet from the other end.
   *
   * @throws IOException if none comes
   */
  void awaitPacket() throws IOException, InterruptedException {
    if (!arrived.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IOException("no packet came through the rehearsal's tunnel");
    }
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
    return OFFLOAD_CHECKSUM | OFFLOAD_TCP4 | OFFLOAD_TCP6 | OFFLOAD_UDP4 | OFFLOAD_UDP6;
  }

  @Override
  public boolean await() {
    wakes.acquireUninterruptibly();
    return waiting != null;
  }

  @Override
  public int read(byte[] into, int offset) {
    byte[] packet = closed ? null : waiting;
    waiting = null;
    if (packet == null) {
      return -1;
    }
    System.arraycopy(packet, 0, into, offset, packet.length);
    return packet.length;
  }

  @Override
  public boolean write(byte[] from, int offset, int length) {
    arrived.release();
    return true;
  }

  @Override
  public void wake() {
    wakes.release();
  }

  @Override
  public void watch(LinkListener listener) {
    link = listener;
    listener.mtuChanged(DEFAULT_MTU);
    listener.linkDown();
  }

  @Override
  public void close() {
    closed = true;
    wakes.release();
  }
}
