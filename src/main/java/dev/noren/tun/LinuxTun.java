package dev.noren.tun;

import dev.noren.linux.Errno;
import dev.noren.linux.Fd;
import dev.noren.linux.LibC;
import dev.noren.linux.LinuxException;
import dev.noren.linux.NativeBuffer;
import dev.noren.linux.Poller;
import dev.noren.linux.Waiter;
import java.io.IOException;

/**
 * A TUN interface of Linux. The file stays usable whatever becomes of the interface: it may be
 * renamed, set down and up, and moved to another network namespace and back while packets flow.
 */
public final class LinuxTun implements TunDevice {
  private static final int ROOM = VNET_HEADER_BYTES + MOST_BYTES;

  private static final ThreadLocal<NativeBuffer> OUT =
      ThreadLocal.withInitial(() -> new NativeBuffer(ROOM));

  private final TunFile file;
  private final Fd fd;
  private final Link link;
  private final Waiter waiter;
  private final NativeBuffer in = new NativeBuffer(ROOM);
  private final int vnetHeaderBytes;
  private final int offloads;

  /** A device over this file, which stays the caller's if this fails, and so does the link. */
  LinuxTun(TunFile file, Link link, int offloads) throws IOException {
    this.file = file;
    this.link = link;
    this.offloads = offloads;
    vnetHeaderBytes = file.hasHeader() ? VNET_HEADER_BYTES : 0;
    fd = file.fd();
    waiter = new Waiter(fd);
  }

  private static LinuxTun over(TunFile file, String name, boolean offloads) throws IOException {
    LinkMonitor link = new LinkMonitor(file, name);
    try {
      return new LinuxTun(file, link, file.setOffloads(offloads && file.hasHeader()));
    } catch (IOException e) {
      link.close();
      throw e;
    }
  }

  /** Makes a new interface without offloads and headers, see {@link #create(String, boolean)}. */
  public static LinuxTun create(String name) throws IOException {
    return create(name, false);
  }

  /**
   * Makes a new interface with an MTU of {@link #DEFAULT_MTU}, which is down and is gone when this
   * is closed. One that lasts (made with {@code ip tuntap add}) and is free is taken as it is, and
   * stays.
   *
   * @param offloads whether to have a header before each packet, and to be given packets that are
   *     several in one, as far as the kernel can: {@link #vnetHeaderBytes} and {@link #offloads}
   *     tell
   * @throws LinuxException with a sentence: no TUN device, no permission, the name is taken, too
   *     long or not allowed
   */
  public static LinuxTun create(String name, boolean offloads) throws IOException {
    return create(TunFile.PATH, name, offloads);
  }

  static LinuxTun create(String path, String name, boolean offloads) throws IOException {
    TunFile file = TunFile.create(path, name, offloads);
    boolean done = false;
    try {
      if (!file.isPersistent()) {
        TunFile.setMtu(name, DEFAULT_MTU);
      }
      LinuxTun tun = over(file, name, offloads);
      done = true;
      return tun;
    } finally {
      if (!done) {
        file.fd().close();
      }
    }
  }

  /**
   * Takes over an open TUN file without headers before its packets, see {@link #fromFd(int, String,
   * boolean)}.
   *
   * @throws LinuxException with a sentence if it has headers too
   */
  public static LinuxTun fromFd(int number, String name) throws IOException {
    return over(TunFile.adopt(number, false), name, false);
  }

  /**
   * Takes over the open TUN file of an interface that another program made; its MTU stays, and so
   * does whether there is a header before each packet. The descriptor is closed with this, or left
   * alone if this fails.
   *
   * @param number the file descriptor
   * @param name the name it should have; {@link #name} tells the one it has
   * @param offloads whether to be given packets that are several in one, if there are headers
   * @throws LinuxException with a sentence if the descriptor is no TUN interface, or one with
   *     headers of another kind
   */
  public static LinuxTun fromFd(int number, String name, boolean offloads) throws IOException {
    return over(TunFile.adopt(number, true), name, offloads);
  }

  @Override
  public String name() {
    return link.name();
  }

  @Override
  public int mtu() {
    return link.mtu();
  }

  @Override
  public int vnetHeaderBytes() {
    return vnetHeaderBytes;
  }

  @Override
  public int offloads() {
    return offloads;
  }

  @Override
  public boolean await() {
    return waiter.await() != 0 && (waiter.events(0) & Poller.IN) != 0;
  }

  @Override
  public int read(byte[] into, int offset) throws IOException {
    int number = fd.acquire();
    if (number == Fd.CLOSED) {
      return -1;
    }
    int room = Math.min(into.length - offset, ROOM);
    long length;
    int errno;
    try {
      do {
        length = LibC.read(number, in.address(), room);
        errno = length < 0 ? LibC.errno() : 0;
      } while (errno == Errno.EINTR);
    } finally {
      fd.release();
    }
    if (length > 0) {
      in.get(0, into, offset, (int) length);
      return (int) length;
    }
    return switch (errno) {
      case 0, Errno.EAGAIN, Errno.ENOMEM, Errno.ENOBUFS -> -1;
      default -> {
        if (errno == Errno.EINVAL && room > vnetHeaderBytes) {
          // A packet for which the header has no words; the kernel has dropped it.
          yield -1;
        }
        throw failed("reading from", errno);
      }
    };
  }

  @Override
  public boolean write(byte[] from, int offset, int length) throws IOException {
    NativeBuffer out = OUT.get();
    out.put(0, from, offset, length);
    int number = fd.acquire();
    if (number == Fd.CLOSED) {
      return false;
    }
    int errno;
    try {
      do {
        errno = LibC.write(number, out.address(), length) < 0 ? LibC.errno() : 0;
      } while (errno == Errno.EINTR);
    } finally {
      fd.release();
    }
    return switch (errno) {
      case 0 -> true;
      // Down (EIO), no IP packet (EINVAL), or no room: dropped as a kernel interface drops.
      case Errno.EIO, Errno.EINVAL, Errno.EAGAIN, Errno.ENOMEM, Errno.ENOBUFS -> false;
      default -> throw failed("writing to", errno);
    };
  }

  private IOException failed(String what, int errno) {
    if (TunFile.isGone(errno)) {
      link.lookNow();
      return new TunGoneException(name());
    }
    return LinuxException.of(what + " the interface " + name() + " failed", errno);
  }

  @Override
  public void wake() {
    waiter.wake();
  }

  @Override
  public void watch(LinkListener listener) {
    link.watch(listener);
  }

  @Override
  public void close() {
    waiter.close();
    link.close();
    if (vnetHeaderBytes != 0) {
      // Who takes a lasting interface next may not want several packets in one.
      file.setOffloads(false);
    }
    fd.close();
  }
}
