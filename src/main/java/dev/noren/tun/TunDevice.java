package dev.noren.tun;

import java.io.IOException;

/**
 * An interface of IP packets without a header before them. One thread awaits and reads; any thread
 * may write, wake and close.
 */
public interface TunDevice extends AutoCloseable {
  /** The longest packet in either direction, bytes. */
  int MOST_BYTES = 65535;

  /** The MTU that a new interface has, bytes: 1500 less what a tunnel over IPv6 adds. */
  int DEFAULT_MTU = 1420;

  /** The interface's present name. */
  String name();

  /** The interface's present MTU in bytes, as far as the last look or notification tells. */
  int mtu();

  /**
   * Waits until a packet may be there.
   *
   * @return false when woken, closed or gone; {@link #read} tells which
   */
  boolean await();

  /**
   * Takes one packet. What does not fit between the offset and the array's end is cut off.
   *
   * @return its length in bytes, or -1 if nothing is there now or the device is closed
   * @throws TunGoneException if the interface was deleted
   * @throws IOException if the device is of no more use
   */
  int read(byte[] into, int offset) throws IOException;

  /**
   * Hands one packet to the kernel. While the interface is down, or if the kernel does not take the
   * packet for one, it is dropped in silence.
   *
   * @param length 1 to {@link #MOST_BYTES}
   * @throws TunGoneException if the interface was deleted
   * @throws IOException if the device is of no more use
   */
  void write(byte[] from, int offset, int length) throws IOException;

  /** Ends the await that runs, or else the next one. */
  void wake();

  /**
   * Tells the listener the present state before this returns, and from then on every change, on a
   * thread of the device's own. To be called once.
   */
  void watch(LinkListener listener);

  /** Ends everything; an interface that this device made is gone with it. */
  @Override
  void close();
}
