package dev.noren.tun;

import dev.noren.linux.Errno;
import dev.noren.linux.Fd;
import dev.noren.linux.FileFlags;
import dev.noren.linux.IfReq;
import dev.noren.linux.InterfaceName;
import dev.noren.linux.Ioctl;
import dev.noren.linux.LibC;
import dev.noren.linux.LinuxException;
import dev.noren.linux.NativeBuffer;
import dev.noren.linux.SockAddr;
import dev.noren.linux.Sockets;
import java.util.function.IntPredicate;

/** An open TUN file and the questions and orders that go over it (linux/if_tun.h). */
final class TunFile {
  /** Where the kernel offers it. */
  static final String PATH = "/dev/net/tun";

  private static final int TUNSETIFF = 0x400454ca;
  private static final int TUNGETIFF = 0x800454d2;
  private static final int TUNSETOFFLOAD = 0x400454d0;
  private static final int TUNSETVNETHDRSZ = 0x400454d8;
  private static final int TUNGETDEVNETNS = 0x54e3;
  private static final int IFF_TUN = 1;
  private static final int IFF_TAP = 2;
  private static final int IFF_PERSIST = 0x800;
  private static final int IFF_NO_PI = 0x1000;
  private static final int IFF_VNET_HDR = 0x4000;

  private final Fd fd;
  private boolean header;

  private TunFile(Fd fd) {
    this.fd = fd;
  }

  /** What stands for a TUN file and carries packets as one does; no question is answered there. */
  static TunFile over(Fd fd, boolean header) {
    TunFile file = new TunFile(fd);
    file.header = header;
    return file;
  }

  /**
   * Makes an interface, or takes a lasting one of that name that nobody uses.
   *
   * @param path the TUN file, {@link #PATH}
   * @param header whether there should be a header before each packet; {@link #hasHeader} tells
   * @throws LinuxException with a sentence
   */
  static TunFile create(String path, String name, boolean header) throws LinuxException {
    InterfaceName.check(name);
    TunFile file = new TunFile(open(path));
    int errno = header ? file.attach(name, IFF_VNET_HDR) : Errno.EINVAL;
    if (errno == 0) {
      file.header = true;
      errno = file.setHeaderSize();
    } else if (errno == Errno.EINVAL) {
      // A kernel without headers says so too.
      errno = file.attach(name, 0);
    }
    if (errno != 0) {
      file.fd.close();
      throw notMade(path, name, errno);
    }
    return file;
  }

  private int attach(String name, int extraFlags) {
    IfReq request = new IfReq(name);
    request.setFlags(IFF_TUN | IFF_NO_PI | extraFlags);
    return request.ioctl(fd, TUNSETIFF);
  }

  /** Another user of a lasting interface may have left it with longer headers. */
  private int setHeaderSize() {
    NativeBuffer size = new NativeBuffer(Integer.BYTES);
    size.putInt(0, TunDevice.VNET_HEADER_BYTES);
    return Ioctl.call(fd, TUNSETVNETHDRSZ, size);
  }

  private static Fd open(String path) throws LinuxException {
    try {
      return Fd.open(path, LibC.O_RDWR | LibC.O_NONBLOCK);
    } catch (LinuxException e) {
      String why =
          switch (e.errno()) {
            case Errno.ENOENT ->
                " is missing: load the tun module (modprobe tun), or hand the device to the"
                    + " container";
            case Errno.ENODEV, Errno.ENXIO ->
                " has no driver: load the tun module (modprobe tun), or use a kernel with"
                    + " CONFIG_TUN";
            case Errno.EACCES, Errno.EPERM ->
                " can't be opened: run as root, or give this user access to it";
            default -> " can't be opened: " + Errno.describe(e.errno());
          };
      throw new LinuxException(path + why, e.errno());
    }
  }

  private static LinuxException notMade(String path, String name, int errno) {
    String why =
        switch (errno) {
          case Errno.EPERM ->
              "making the interface "
                  + name
                  + " needs CAP_NET_ADMIN: run as root, or give the program that capability";
          // A name that has passed the check is invalid only if another kind of interface has it.
          case Errno.EBUSY, Errno.EEXIST, Errno.EINVAL ->
              "the interface name "
                  + name
                  + " is in use: choose another, or delete that interface with ip link del "
                  + name;
          default ->
              "the interface "
                  + name
                  + " can't be made with "
                  + path
                  + ": "
                  + Errno.describe(errno);
        };
    return new LinuxException(why, errno);
  }

  /**
   * Takes over an open TUN file.
   *
   * @param headerAllowed whether it may have a vnet header before each packet
   * @throws LinuxException with a sentence if it is none, or one with other headers
   */
  static TunFile adopt(int number, boolean headerAllowed) throws LinuxException {
    if (number < 0) {
      throw new LinuxException(number + " is no file descriptor", Errno.EBADF);
    }
    TunFile file = new TunFile(new Fd(number));
    IfReq request = new IfReq("");
    int errno = request.ioctl(file.fd, TUNGETIFF);
    if (errno != 0) {
      throw new LinuxException(
          "file descriptor " + number + " is no TUN interface: " + Errno.describe(errno), errno);
    }
    int flags = request.flags();
    boolean plain = (flags & (IFF_TUN | IFF_TAP)) == IFF_TUN && (flags & IFF_NO_PI) != 0;
    file.header = (flags & IFF_VNET_HDR) != 0;
    if (!plain || (file.header && !headerAllowed)) {
      throw new LinuxException(
          "the interface "
              + request.name()
              + " on file descriptor "
              + number
              + " puts headers before its packets: make it with IFF_TUN and IFF_NO_PI"
              + (headerAllowed ? ", and IFF_VNET_HDR if you like" : " only"),
          Errno.EINVAL);
    }
    if (file.header) {
      errno = file.setHeaderSize();
      if (errno != 0) {
        throw LinuxException.of(
            "can't set the size of the headers of the interface " + request.name(), errno);
      }
    }
    FileFlags.own(file.fd);
    return file;
  }

  /** The descriptor to read, write and wait for. */
  Fd fd() {
    return fd;
  }

  /** Whether {@link TunDevice#VNET_HEADER_BYTES} stand before each packet. */
  boolean hasHeader() {
    return header;
  }

  /**
   * Lets the kernel leave to the reader as much as it can, or nothing.
   *
   * @return the OFFLOAD bits of {@link TunDevice} that it took
   */
  int setOffloads(boolean on) {
    return TunOffloads.settle(on, new Asking(fd));
  }

  /** No lambda, which costs a start milliseconds if no rehearsal without a device has met it. */
  private record Asking(Fd fd) implements IntPredicate {
    @Override
    public boolean test(int bits) {
      return Ioctl.call(fd, TUNSETOFFLOAD, bits) >= 0;
    }
  }

  /** The interface's present name, in whatever namespace it is; null if it was deleted. */
  String name() throws LinuxException {
    IfReq request = ask();
    return request == null ? null : request.name();
  }

  /** Whether it outlives this program, and was there before. */
  boolean isPersistent() throws LinuxException {
    IfReq request = ask();
    return request != null && (request.flags() & IFF_PERSIST) != 0;
  }

  private IfReq ask() throws LinuxException {
    IfReq request = new IfReq("");
    int errno = request.ioctl(fd, TUNGETIFF);
    if (isGone(errno)) {
      return null;
    }
    if (errno != 0) {
      throw LinuxException.of("can't ask for the TUN interface's name", errno);
    }
    return request;
  }

  /**
   * The network namespace that the interface is in now.
   *
   * @return null while that namespace is being deleted, and always if the kernel can't tell
   * @throws LinuxException EPERM without CAP_NET_ADMIN there, EBADFD if the interface was deleted
   */
  Fd namespace() throws LinuxException {
    int result = Ioctl.call(fd, TUNGETDEVNETNS, 0);
    if (result == -Errno.EINVAL) {
      return null;
    }
    if (result < 0) {
      throw LinuxException.of("can't ask where the TUN interface is", -result);
    }
    return new Fd(result);
  }

  /** Sets the MTU of an interface in the calling thread's namespace. */
  static void setMtu(String name, int mtuBytes) throws LinuxException {
    IfReq request = new IfReq(name);
    request.setMtu(mtuBytes);
    try (Fd socket = Sockets.open(SockAddr.AF_INET, Sockets.SOCK_DGRAM, 0)) {
      int errno = request.ioctl(socket, IfReq.SIOCSIFMTU);
      if (errno != 0) {
        throw LinuxException.of("can't set the MTU of " + name + " to " + mtuBytes, errno);
      }
    }
  }

  /** Whether an errno of this file says that its interface was deleted. */
  static boolean isGone(int errno) {
    // EFAULT is what a read gets that meets the deletion: its buffer is never at fault.
    return errno == Errno.EBADFD || errno == Errno.EFAULT;
  }
}
