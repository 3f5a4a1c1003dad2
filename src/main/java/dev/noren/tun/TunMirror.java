package dev.noren.tun;

import dev.noren.linux.Fd;
import dev.noren.linux.LibC;
import dev.noren.linux.NativeBuffer;
import dev.noren.linux.Sockets;
import java.io.IOException;

/**
 * A TUN device without an interface: what the kernel's side would be is in the caller's hands. It
 * is a {@link LinuxTun} all the same, with the same system calls over a pair of sockets that keep
 * packets whole, so that code can be tried, and warmed up, as it will run. For one thread.
 */
public final class TunMirror implements AutoCloseable {
  private static final int ROOM = TunDevice.VNET_HEADER_BYTES + TunDevice.MOST_BYTES;

  private static final int ALL_OFFLOADS =
      TunDevice.OFFLOAD_CHECKSUM
          | TunDevice.OFFLOAD_TCP4
          | TunDevice.OFFLOAD_TCP6
          | TunDevice.OFFLOAD_UDP4
          | TunDevice.OFFLOAD_UDP6;

  private final LinuxTun device;
  private final Fd far;
  private final NativeBuffer buffer = new NativeBuffer(ROOM);

  /** An interface that never changes. */
  record StillLink(String name, int mtu) implements Link {
    @Override
    public void watch(LinkListener listener) {
      listener.linkUp();
    }

    @Override
    public void lookNow() {
      // There is nothing to see.
    }

    @Override
    public void close() {
      // Nothing was opened.
    }
  }

  /**
   * Opens one of the default MTU.
   *
   * @param offloads whether there is a header before each packet, and packets may be several in one
   * @throws IOException if no sockets can be had
   */
  public TunMirror(boolean offloads) throws IOException {
    Fd[] two = Sockets.pair();
    far = two[1];
    Link link = new StillLink("mirror", TunDevice.DEFAULT_MTU);
    try {
      device = new LinuxTun(TunFile.over(two[0], offloads), link, offloads ? ALL_OFFLOADS : 0);
    } catch (IOException e) {
      two[0].close();
      far.close();
      throw e;
    }
  }

  /** The device. */
  public TunDevice device() {
    return device;
  }

  /** Puts a packet, with its header if there are headers, where the device will read it. */
  public void give(byte[] packet) {
    buffer.put(0, packet, 0, packet.length);
    call(true, packet.length);
  }

  /**
   * Takes what was written to the device.
   *
   * @return the length in bytes, header included, or -1 if nothing is there
   */
  public int take() {
    return call(false, ROOM);
  }

  private int call(boolean write, int length) {
    int number = far.acquire();
    if (number == Fd.CLOSED) {
      return -1;
    }
    try {
      return (int)
          (write
              ? LibC.write(number, buffer.address(), length)
              : LibC.read(number, buffer.address(), length));
    } finally {
      far.release();
    }
  }

  @Override
  public void close() {
    device.close();
    far.close();
  }
}
