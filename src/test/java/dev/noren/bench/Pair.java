package dev.noren.bench;

import dev.noren.street.Ping;
import dev.noren.street.Street;
import dev.noren.street.TwoShops;
import dev.noren.street.WgEnd;
import java.util.function.Consumer;

/** Both ends of a tunnel, of one make, in the street's outer hosts. */
record Pair(WgEnd left, WgEnd right) implements AutoCloseable {
  static final int MTU_BYTES = 1420;

  /** Two ends that run in front, know each other and have shaken hands. */
  static Pair inFront(Contestant contestant, Street street) {
    return started(contestant, street, end -> end.startWith(contestant.inFront(end.name())));
  }

  /** Two ends that were started so, know each other and have shaken hands. */
  static Pair started(Contestant contestant, Street street, Consumer<WgEnd> start) {
    Pair pair =
        new Pair(
            new WgEnd(street.left(), contestant.name()),
            new WgEnd(street.right(), contestant.name()));
    try {
      start.accept(pair.left);
      start.accept(pair.right);
      pair.meet();
      return pair;
    } catch (Error | RuntimeException e) {
      pair.close();
      throw e;
    }
  }

  private void meet() {
    left.identify();
    right.identify();
    know(left, right, TwoShops.RIGHT_4, Street.RIGHT_4);
    know(right, left, TwoShops.LEFT_4, Street.LEFT_4);
    left.up(MTU_BYTES, TwoShops.LEFT_4 + "/24");
    right.up(MTU_BYTES, TwoShops.RIGHT_4 + "/24");
    Ping.answers(left.host(), TwoShops.RIGHT_4);
  }

  private static void know(WgEnd end, WgEnd peer, String inner, String outer) {
    end.set(
        "peer", peer.publicKey(),
        "allowed-ips", inner + "/32",
        "endpoint", outer + ":" + WgEnd.PORT);
  }

  @Override
  public void close() {
    left.close();
    right.close();
  }
}
