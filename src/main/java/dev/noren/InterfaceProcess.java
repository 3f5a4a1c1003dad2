package dev.noren;

import dev.noren.crypto.TransportAeads;
import dev.noren.linux.UnixListener;
import dev.noren.protocol.Limits;
import dev.noren.tun.LinuxTun;
import dev.noren.tun.TunDevice;
import dev.noren.tunnel.Tunnel;
import dev.noren.tunnel.TunnelClock;
import dev.noren.tunnel.UdpOpener;
import dev.noren.tunnel.Warmup;
import dev.noren.uapi.UapiServer;
import dev.noren.udp.LinuxUdp;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.OptionalInt;
import java.util.Random;
import org.tinylog.Logger;

/**
 * One running interface: TUN device, tunnel and the {@code wg} tool's socket, started in order and
 * ended in reverse.
 */
final class InterfaceProcess implements AutoCloseable {
  /** Segmentation offload on both sides, unless it is switched off, as to find a fault. */
  private static final boolean OFFLOADS = !"off".equals(System.getenv("NOREN_OFFLOADS"));

  private static final UdpOpener UDP = (port, mark) -> LinuxUdp.open(port, mark, OFFLOADS);

  private final Tunnel tunnel;
  private final UapiServer uapi;
  private final SocketWatch watch;
  private final TransportAeads aeads;
  private volatile boolean closed;

  private InterfaceProcess(
      Tunnel tunnel, UapiServer uapi, SocketWatch watch, TransportAeads aeads) {
    this.tunnel = tunnel;
    this.uapi = uapi;
    this.watch = watch;
    this.aeads = aeads;
  }

  /**
   * Starts an interface, which is then as a fresh kernel one: down, without a key.
   *
   * @param name the interface's name
   * @param tunFd a TUN descriptor that was passed on, or empty to make the interface
   * @param uapiFd a listening socket that was passed on, or empty to make it
   * @param state the folder where the timestamp mark is kept
   * @throws IOException with a sentence; nothing is left behind then
   */
  static InterfaceProcess start(
      String name, OptionalInt tunFd, OptionalInt uapiFd, Path state, Limits limits)
      throws IOException {
    TunDevice tun =
        tunFd.isPresent()
            ? LinuxTun.fromFd(tunFd.getAsInt(), name, OFFLOADS)
            : LinuxTun.create(name, OFFLOADS);
    UnixListener listener;
    try {
      listener =
          uapiFd.isPresent()
              ? UnixListener.fromFd(uapiFd.getAsInt())
              : UapiServer.listen(tun.name());
    } catch (IOException | RuntimeException e) {
      tun.close();
      throw e;
    }
    TunnelClock clock = TunnelClock.system();
    TimestampMark mark = new TimestampMark(state, clock::unixNs);
    TransportAeads aeads = TransportAeads.start();
    Tunnel tunnel = new Tunnel(tun, UDP, limits, clock, mark, new SecureRandom(), aeads);
    UapiServer uapi = new UapiServer(listener, tunnel);
    try {
      tunnel.start();
    } catch (RuntimeException e) {
      uapi.close();
      tunnel.close();
      throw e;
    }
    uapi.start();
    if (!OFFLOADS) {
      Logger.info("{}: segmentation offload is off, as NOREN_OFFLOADS says", tun.name());
    }
    SocketWatch watch =
        uapiFd.isPresent()
            ? SocketWatch.NONE
            : SocketWatch.start(UapiServer.path(tun.name()), tunnel::end);
    InterfaceProcess process = new InterfaceProcess(tunnel, uapi, watch, aeads);
    process.startWarming();
    return process;
  }

  /**
   * Finds the fastest cipher and has HotSpot compile the packets' way, while packets already go
   * with what was there at once.
   */
  private void startWarming() {
    Thread thread = new Thread(this::warm, "noren-warm " + tunnel.name());
    thread.setDaemon(true);
    thread.start();
  }

  private void warm() {
    Random random = new Random();
    aeads.improve(random, System::nanoTime);
    try {
      int carried = Warmup.run(UDP, OFFLOADS, aeads, random, () -> !closed);
      Logger.debug("{}: {} packets went through the warm-up", tunnel.name(), carried);
    } catch (IOException e) {
      Logger.debug("{}: no warm-up: {}", tunnel.name(), e.getMessage());
    }
    // Once more: at the start the compiler may have been too busy to show what the best one can do.
    Logger.info(
        "{}: the fastest cipher here is {}",
        tunnel.name(),
        aeads.improve(random, System::nanoTime).summary());
  }

  Tunnel tunnel() {
    return tunnel;
  }

  /** Removes the socket, then the interface. */
  @Override
  public void close() {
    closed = true;
    watch.close();
    uapi.close();
    tunnel.close();
  }
}
