package dev.noren.status;

import java.util.Locale;

/**
 * How the router is, in one word. {@link HealthSigns} tells which of these fits what is seen at a
 * moment, and {@link HealthWatch} which of them is in force.
 */
public enum Health {
  /** Nothing is known yet. */
  STARTING(0, 0),

  /** Nobody has configured the box. */
  SETUP(0, 0),

  /** Something came through each tunnel that is to be held, from the far end's network. */
  UP(0, 2),

  /** There is no tunnel to hold: none at all, or only those for who calls in, and nobody does. */
  READY(0, 2),

  /** A new version is being written, or has to prove itself. */
  UPDATING(0, 0),

  /** A tunnel's ends may have shaken hands, but nothing came through it lately. */
  UNPROVED(1, 5),

  /** It works, and the clock or the names are not sure. */
  CLOCK(2, 10),

  /** It works, and much is lost or late: a bad moment of a line is over sooner than this. */
  POOR(3, 20),

  /** Another line serves than the preferred one, which took its watch some seconds to find. */
  FALLBACK(4, 2),

  /** One of several far ends is not reached, or not all behind them. */
  DEGRADED(5, 5),

  /** A tunnel has no handshake yet, or far ends do not answer since a short time. */
  TRYING(6, 2),

  /** No tunnel works: the wiring. */
  DOWN_1(7, 2),

  /** No tunnel works: the line and the upstream router. */
  DOWN_2(7, 2),

  /** No tunnel works: names and clock. */
  DOWN_3(7, 2),

  /** No tunnel works: the far end's answer. */
  DOWN_4(7, 2),

  /** No tunnel works: keys and permissions. */
  DOWN_5(7, 2),

  /** No tunnel works: quality. */
  DOWN_6(7, 2),

  /** A line has an address, and nothing beyond it answers: one round of questions may be lost. */
  NO_INTERNET(8, 6),

  /** No line has an address: a lease that is asked for anew comes in less. */
  NO_ADDRESS(9, 5),

  /** No line has a cable: a plug that is moved, or a port that finds its speed anew, takes less. */
  NO_CABLE(10, 3),

  /** A part of the router's program has stopped. */
  FAULT(11, 2);

  private final int badness;
  private final int worseSeconds;

  /**
   * @param badness the worse, the greater; what has the same is neither better nor worse
   * @param worseSeconds how long it has to be so before it counts, coming from something better
   */
  Health(int badness, int worseSeconds) {
    this.badness = badness;
    this.worseSeconds = worseSeconds;
  }

  /** What the table of signals calls it. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** That of this key. */
  static Health of(String key) {
    return valueOf(key.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /** That no tunnel works, for something of a group of findings. */
  static Health down(int group) {
    return valueOf("DOWN_" + group);
  }

  int badness() {
    return badness;
  }

  int worseSeconds() {
    return worseSeconds;
  }

  /** Whether there is nothing to find out: it works, or there is nothing to work yet. */
  public boolean isWell() {
    return badness == 0;
  }

  /**
   * Whether somebody has to find out why. Through a tunnel that nobody uses nothing comes, and that
   * may be so all night.
   */
  public boolean isWrong() {
    return !isWell() && this != UNPROVED;
  }

  /**
   * Whether what is wrong in one may be what is wrong in the other, so that one finding fits both.
   */
  public boolean isLike(Health other) {
    return this == other || (isOfTunnels() && other.isOfTunnels());
  }

  private boolean isOfTunnels() {
    return this == TRYING || badness == DOWN_1.badness;
  }

  /** Whether it is a fact that nobody measures, so that it needs no time to be sure of. */
  boolean isFact() {
    return this == STARTING || this == SETUP || this == UPDATING;
  }

  /** Whether tunnels carry what they are to carry, though it may be slow or by another line. */
  boolean works() {
    return this == UP || this == READY;
  }
}
