package dev.noren.tunnel;

import java.io.IOException;

/** A change that would bring more peers or prefixes than the heap has room for. */
public final class NoRoomException extends IOException {
  private static final long serialVersionUID = 1;

  NoRoomException(long peers, long prefixes) {
    super(
        "there is no room for "
            + peers
            + " peers with "
            + prefixes
            + " allowed IPs; start Noren with NOREN_PEERS="
            + peers
            + " and NOREN_PREFIXES="
            + prefixes
            + " in the environment");
  }
}
