package dev.noren;

import dev.noren.crypto.TransportAeads;
import dev.noren.linux.UnixListener;
import dev.noren.protocol.Limits;
import dev.noren.tun.LinuxTun;
import dev.noren.tun.TunDevice;
import dev.noren.tunnel.Tunnel;
import dev.noren.tunnel.TunnelClock;
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

  private final Tunnel tunnel;
  private final UapiServer uapi;
  private final SocketWatch watch;

  private InterfaceProcess(Tunnel tunnel, UapiServer uapi, SocketWatch watch) {
    this.tunnel = tunnel;
    this.uapi = uapi;
    this.watch = watch;
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
    Tunnel tunnel =
        new Tunnel(
            tun,
            (port, fwMark) -> LinuxUdp.open(port, fwMark, OFFLOADS),
            limits,
            clock,
            mark,
            new SecureRandom(),
            aeads);
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
    startWarming(tun.name(), aeads);
    SocketWatch watch =
        uapiFd.isPresent()
            ? SocketWatch.NONE
            : SocketWatch.start(UapiServer.path(tun.name()), tunnel::end);
    return new InterfaceProcess(tunnel, uapi, watch);
  }

  /** Finds the fastest cipher, while packets already go with the one that was there at once. */
  private static void startWarming(String name, TransportAeads aeads) {
    Thread thread =
        new Thread(
            () ->
                Logger.info(
                    "{}: the fastest cipher here is {}",
                    name,
                    aeads.improve(new Random(), System::nanoTime).summary()),
            "noren-warm " + name);
    thread.setDaemon(true);
    thread.start();
  }

  Tunnel tunnel() {
    return tunnel;
  }

  /** Removes the socket, then the interface. */
  @Override
  public void close() {
    watch.close();
    uapi.close();
    tunnel.close();
  }
}
