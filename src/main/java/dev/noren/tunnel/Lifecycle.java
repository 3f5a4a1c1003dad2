package dev.noren.tunnel;

import dev.noren.protocol.peer.Peer;
import dev.noren.udp.UdpSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.tinylog.Logger;

/**
 * Up, down, port and mark: what follows the interface's state. It runs on the handshake loop; the
 * numbers may be read from anywhere.
 */
final class Lifecycle {
  private final TunnelState state;
  private final HandshakeLoop loop;
  private final InboundLoop inbound;
  private final Configurator configurator;
  private final Requests requests;
  private final UdpOpener opener;
  private boolean wantsUp;
  private volatile int port;
  private volatile int mark;

  Lifecycle(
      TunnelState state,
      HandshakeLoop loop,
      InboundLoop inbound,
      Configurator configurator,
      Requests requests,
      UdpOpener opener) {
    this.state = state;
    this.loop = loop;
    this.inbound = inbound;
    this.configurator = configurator;
    this.requests = requests;
    this.opener = opener;
  }

  /** The port that is bound, or will be; 0 if any will do. */
  int port() {
    return port;
  }

  int mark() {
    return mark;
  }

  /** Applies a change. First comes what can fail: whether there is room, and the socket. */
  void apply(TunnelChange change) throws IOException {
    Room.check(change, state);
    int newMark = change.mark() == null ? mark : change.mark();
    Integer newPort = change.listenPort();
    if (newPort != null && (newPort != port || (wantsUp && state.udp == null))) {
      rebind(newPort, newMark);
    } else if (newMark != mark && state.udp != null) {
      remark(state.udp, newMark);
    }
    mark = newMark;
    configurator.apply(change, state.clock.nowNs());
  }

  private static void remark(UdpSocket socket, int newMark) throws IOException {
    try {
      socket.setMark(newMark);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void rebind(int newPort, int newMark) throws IOException {
    if (!wantsUp) {
      port = newPort;
      return;
    }
    UdpSocket before = state.udp;
    UdpSocket after = opener.open(newPort, newMark);
    port = after.port();
    state.udp = after;
    if (before != null) {
      before.close();
    } else {
      startPeers();
    }
    inbound.wake();
  }

  /** Opens the socket and starts the timers, unless that is done. */
  void up() throws IOException {
    wantsUp = true;
    if (state.udp != null || state.stopped) {
      return;
    }
    UdpSocket socket = opener.open(port, mark);
    port = socket.port();
    state.udp = socket;
    inbound.wake();
    startPeers();
    Logger.debug("listening on port {}", port);
  }

  private void startPeers() {
    long nowNs = state.clock.nowNs();
    for (Peer peer : state.peers.all()) {
      loop.start(peer, nowNs);
      requests.ask(peer, Requests.FLUSH);
    }
  }

  /** After the ways out of the machine changed. */
  void rerouted() {
    if (state.udp == null) {
      return;
    }
    long nowNs = state.clock.nowNs();
    state.peers.all().forEach(peer -> loop.rerouted(peer, nowNs));
  }

  /** Closes the socket, stops the timers and wipes the sessions, unless that is done. */
  void down() {
    wantsUp = false;
    UdpSocket socket = state.udp;
    if (socket == null) {
      return;
    }
    state.udp = null;
    socket.close();
    for (Peer peer : state.peers.all()) {
      loop.stop(peer);
    }
  }
}
