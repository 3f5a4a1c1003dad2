package dev.noren.street;

import com.sun.jna.Function;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a service manager does, and a shell can't: opens a TUN device and a listening Unix socket
 * and becomes another program that finds their numbers in WG_TUN_FD and WG_UAPI_FD.
 */
public final class PassFds {
  private static final int O_RDWR = 2;
  private static final int TUNSETIFF = 0x400454ca;
  private static final int IFF_TUN = 1;
  private static final int IFF_NO_PI = 0x1000;
  private static final int AF_UNIX = 1;
  private static final int SOCK_STREAM = 1;
  private static final int SOCKADDR_UN_SIZE = 110;

  // Direct mapping takes no arrays of strings.
  private static final Function EXECVP = NativeLibrary.getInstance("c").getFunction("execvp");

  static {
    Native.register(PassFds.class, "c");
  }

  private PassFds() {}

  private static native int open(String path, int flags);

  private static native int ioctl(int fd, long request, byte[] ifreq);

  private static native int socket(int domain, int type, int protocol);

  private static native int bind(int fd, byte[] address, int length);

  private static native int listen(int fd, int backlog);

  private static native int setenv(String name, String value, int overwrite);

  /** Arguments: the interface's name, the socket's path or {@code -} for none, the command. */
  public static void main(String[] args) {
    int tun = must("open", open("/dev/net/tun", O_RDWR));
    // The wireguard-go of 2022 reads four bytes of packet information before each packet.
    int flags = args[2].contains("wireguard-go") ? IFF_TUN : IFF_TUN | IFF_NO_PI;
    byte[] ifreq = new byte[40];
    put(ifreq, 0, args[0]);
    ByteBuffer.wrap(ifreq).order(ByteOrder.nativeOrder()).putShort(16, (short) flags);
    must("ioctl", ioctl(tun, TUNSETIFF, ifreq));
    setenv("WG_TUN_FD", Integer.toString(tun), 1);
    if (!args[1].equals("-")) {
      int listener = must("socket", socket(AF_UNIX, SOCK_STREAM, 0));
      byte[] address = new byte[SOCKADDR_UN_SIZE];
      ByteBuffer.wrap(address).order(ByteOrder.nativeOrder()).putShort((short) AF_UNIX);
      put(address, 2, args[1]);
      must("bind", bind(listener, address, SOCKADDR_UN_SIZE));
      must("listen", listen(listener, 16));
      setenv("WG_UAPI_FD", Integer.toString(listener), 1);
    }
    String[] command = Arrays.copyOfRange(args, 2, args.length);
    must("execvp", EXECVP.invokeInt(new Object[] {command[0], command}));
  }

  private static int must(String call, int result) {
    if (result < 0) {
      throw new IllegalStateException(call + " failed with errno " + Native.getLastError());
    }
    return result;
  }

  private static void put(byte[] into, int offset, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, into, offset, bytes.length);
  }
}
