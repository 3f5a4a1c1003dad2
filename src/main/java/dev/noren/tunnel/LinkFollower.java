package dev.noren.tunnel;

import dev.noren.tun.LinkListener;
import java.io.IOException;
import java.util.function.Consumer;
import org.tinylog.Logger;

/** Lets the tunnel live as its interface does: up, down, with its MTU, and to its end. */
final class LinkFollower implements LinkListener {
  private final String name;
  private final TunnelState state;
  private final Lifecycle lifecycle;
  private final Consumer<Runnable> handshakeLoop;
  private final Runnable gone;

  /**
   * A follower.
   *
   * @param handshakeLoop has something done on the handshake loop
   * @param gone called when the interface is deleted
   */
  LinkFollower(
      String name,
      TunnelState state,
      Lifecycle lifecycle,
      Consumer<Runnable> handshakeLoop,
      Runnable gone) {
    this.name = name;
    this.state = state;
    this.lifecycle = lifecycle;
    this.handshakeLoop = handshakeLoop;
    this.gone = gone;
  }

  @Override
  public void linkUp() {
    handshakeLoop.accept(
        () -> {
          try {
            lifecycle.up();
          } catch (IOException e) {
            Logger.error("{}: {}", name, e.getMessage());
          }
        });
  }

  @Override
  public void linkDown() {
    handshakeLoop.accept(lifecycle::down);
  }

  @Override
  public void mtuChanged(int mtuBytes) {
    state.mtu = mtuBytes;
    Logger.debug("{}: MTU is {}", name, mtuBytes);
  }

  @Override
  public void linkGone() {
    gone.run();
  }
}
