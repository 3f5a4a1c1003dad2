package dev.noren.process;

import dev.noren.crypto.TransportAeads;
import dev.noren.linux.UnixListener;
import dev.noren.protocol.Limits;
import dev.noren.state.TimestampMark;
import dev.noren.tun.LinuxTun;
import dev.noren.tun.TunDevice;
import dev.noren.tun.TunOffloads;
import dev.noren.tunnel.Tunnel;
import dev.noren.tunnel.TunnelClock;
import dev.noren.tunnel.UdpOpener;
import dev.noren.uapi.UapiServer;
import dev.noren.udp.LinuxUdp;
import dev.noren.udp.UdpSocket;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import org.tinylog.Logger;

/**
 * One running interface: TUN device, tunnel and the {@code wg} tool's socket, started in order and
 * ended in reverse.
 */
public final class InterfaceProcess implements AutoCloseable {
  /** Segmentation offload on both sides, unless it is switched off, as to find a fault. */
  private static final boolean OFFLOADS = !"off".equals(System.getenv("NOREN_OFFLOADS"));

  private static final UdpOpener UDP = InterfaceProcess::openUdp;

  private static final AtomicBoolean SAID_ONE_BY_ONE = new AtomicBoolean();

  private final Tunnel tunnel;

  /** Null where the wg tool does not see it. */
  private final UapiServer uapi;

  private final SocketWatch watch;

  /** Null where interfaces share one. */
  private Warming warming;

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
  public static InterfaceProcess start(
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
    Path socket = uapiFd.isPresent() ? null : UapiServer.path(tun.name());
    return start(tun, listener, socket, state, limits);
  }

  /**
   * Starts an interface on a device and a socket that are open, and closed with it.
   *
   * @param socket the file whose deletion ends the interface, or null
   */
  public static InterfaceProcess start(
      TunDevice tun, UnixListener listener, Path socket, Path state, Limits limits) {
    TransportAeads aeads = TransportAeads.start();
    TimestampMark mark = new TimestampMark(state, TunnelClock.system()::unixNs);
    InterfaceProcess process = start(tun, listener, socket, mark, limits, aeads);
    process.warming = Warming.start(tun.name(), aeads, UDP, OFFLOADS);
    return process;
  }

  /**
   * Starts one of several interfaces of a process. The {@code wg} tool sees it where its socket can
   * be made.
   *
   * @param mark what all of them take their timestamps from
   * @param aeads the ciphers, which all of them share and {@link #warm} warms
   * @throws IOException with a sentence; nothing is left behind then
   */
  public static InterfaceProcess startOneOfMany(
      String name, TimestampMark mark, Limits limits, TransportAeads aeads) throws IOException {
    TunDevice tun = LinuxTun.create(name, OFFLOADS);
    UnixListener listener = null;
    try {
      listener = UapiServer.listen(tun.name());
    } catch (IOException e) {
      Logger.debug("{}: wg(8) won't see it: {}", name, e.getMessage());
    } catch (RuntimeException e) {
      tun.close();
      throw e;
    }
    return start(
        tun, listener, listener == null ? null : UapiServer.path(name), mark, limits, aeads);
  }

  /** Warms the packets' way for all interfaces of a process that share these ciphers. */
  public static Warming warm(String name, TransportAeads aeads) {
    return Warming.start(name, aeads, UDP, OFFLOADS);
  }

  private static InterfaceProcess start(
      TunDevice tun,
      UnixListener listener,
      Path socket,
      TimestampMark mark,
      Limits limits,
      TransportAeads aeads) {
    TunnelClock clock = TunnelClock.system();
    Tunnel tunnel;
    try {
      tunnel = new Tunnel(tun, UDP, limits, clock, mark, new SecureRandom(), aeads);
    } catch (RuntimeException e) {
      if (listener != null) {
        listener.close();
      }
      tun.close();
      throw e;
    }
    UapiServer uapi = listener == null ? null : new UapiServer(listener, tunnel);
    try {
      tunnel.start();
    } catch (RuntimeException e) {
      if (uapi != null) {
        uapi.close();
      }
      tunnel.close();
      throw e;
    }
    if (uapi != null) {
      uapi.start();
    }
    String lacking =
        OFFLOADS ? TunOffloads.lacking(tun) : "segmentation offload is off, as NOREN_OFFLOADS says";
    if (lacking != null) {
      Logger.info("{}: {}", tun.name(), lacking);
    }
    SocketWatch watch = socket == null ? SocketWatch.NONE : SocketWatch.start(socket, tunnel::end);
    return new InterfaceProcess(tunnel, uapi, watch);
  }

  private static UdpSocket openUdp(int port, int mark) throws IOException {
    UdpSocket socket = LinuxUdp.open(port, mark, OFFLOADS);
    if (OFFLOADS && !socket.merges() && SAID_ONE_BY_ONE.compareAndSet(false, true)) {
      Logger.info("datagrams arrive one by one: this kernel does not hand over several in one");
    }
    return socket;
  }

  /** Waits until the fastest cipher is found and the packets' way is warm. */
  public void awaitWarm() throws InterruptedException {
    warming.await();
  }

  /** Has the tunnel end when the process is told to. */
  public void endsWith(Termination termination) {
    termination.calls(tunnel::end);
  }

  public Tunnel tunnel() {
    return tunnel;
  }

  /** Removes the socket, then the interface. */
  @Override
  public void close() {
    if (warming != null) {
      warming.close();
    }
    watch.close();
    if (uapi != null) {
      uapi.close();
    }
    tunnel.close();
  }
}
