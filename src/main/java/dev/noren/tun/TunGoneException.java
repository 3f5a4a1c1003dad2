package dev.noren.tun;

import java.io.IOException;

/** The interface was deleted under its user. */
public final class TunGoneException extends IOException {
  private static final long serialVersionUID = 1;

  /**
   * Names the interface.
   *
   * @param name its last name
   */
  public TunGoneException(String name) {
    super("the interface " + name + " was deleted");
  }
}
