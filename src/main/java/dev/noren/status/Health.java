package dev.noren.status;

import dev.noren.status.RouterStatus.Line;
import dev.noren.status.RouterStatus.Tunnel;
import java.util.List;
import java.util.Locale;

/**
 * How the router is, in one word, the worst thing first. What a snapshot says leads to one of
 * these; {@link #STARTING}, {@link #UPDATING} and {@link #FAULT} are of times without one.
 */
public enum Health {
  /** No snapshot was made yet. */
  STARTING,

  /** Nobody has configured the box. */
  SETUP,

  /** No line has a cable. */
  NO_CABLE,

  /** No line has an address and leads anywhere. */
  NO_ADDRESS,

  /** A tunnel has no handshake yet, or far ends do not answer since a short time. */
  TRYING,

  /** A tunnel's ends may have shaken hands, but nothing came through it lately. */
  UNPROVED,

  /** Something came through each tunnel that is to be held, from the far end's network. */
  UP,

  /** There is no tunnel to hold: none at all, or only those for who calls in, and nobody does. */
  READY,

  /** One of several far ends is not reached. */
  DEGRADED,

  /** Another line serves than the preferred one. */
  FALLBACK,

  /** No tunnel works: the wiring. */
  DOWN_1,

  /** No tunnel works: the line and the upstream router. */
  DOWN_2,

  /** No tunnel works: names and clock. */
  DOWN_3,

  /** No tunnel works: the far end's answer. */
  DOWN_4,

  /** No tunnel works: keys and permissions. */
  DOWN_5,

  /** No tunnel works: quality. */
  DOWN_6,

  /** The box is being written to. */
  UPDATING,

  /** The router's program has ended. */
  FAULT;

  /** What the table of signals calls it. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether there is nothing to find out: it works, or there is nothing to work yet. */
  public boolean isWell() {
    return this == STARTING || this == SETUP || this == UP || this == READY;
  }

  /** How a router is that was looked at. */
  public static Health of(RouterStatus status) {
    return of(status.claimed(), status.cable(), status.lines(), status.tunnels());
  }

  /**
   * How a router is with these lines and tunnels.
   *
   * @param cable whether any port's cable leads to something that is on; without one there may be
   *     no line yet
   */
  public static Health of(boolean claimed, boolean cable, List<Line> lines, List<Tunnel> tunnels) {
    if (lines.isEmpty() ? !cable : lines.stream().noneMatch(Line::cable)) {
      return NO_CABLE;
    }
    if (!claimed) {
      return SETUP;
    }
    if (lines.stream().noneMatch(Line::healthy)) {
      return NO_ADDRESS;
    }
    Health ofTunnels = new TunnelHealth(tunnels).get();
    boolean works = ofTunnels == UP || ofTunnels == READY;
    return works && !lines.getFirst().healthy() ? FALLBACK : ofTunnels;
  }
}
