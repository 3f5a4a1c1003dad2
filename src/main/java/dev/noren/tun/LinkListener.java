package dev.noren.tun;

/**
 * What happens to the interface, in order and never two at a time. When watching begins the present
 * state comes first: the MTU, then up or down.
 */
public interface LinkListener {
  /** It was set up. */
  void linkUp();

  /** It was set down, or moved to another namespace, which sets it down. */
  void linkDown();

  /**
   * Its MTU is another.
   *
   * @param mtuBytes the new MTU
   */
  void mtuChanged(int mtuBytes);

  /** It was deleted; nothing comes after this. */
  void linkGone();
}
