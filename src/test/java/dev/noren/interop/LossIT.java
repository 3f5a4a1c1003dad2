package dev.noren.interop;

import dev.noren.street.Pour;
import dev.noren.street.TwoShops;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** A bad line between the shops. */
@MethodSource("dev.noren.street.Ends#andOffloadsOff")
class LossIT extends ShopsTest {
  @AfterEach
  void calm() {
    shops.street().calm();
  }

  @Test
  void tcpArrivesWholeThoughOnePacketInTwentyIsLost() {
    shops.street().lose(5);
    try (Pour pour = Pour.begin(left.host(), right.host(), TwoShops.RIGHT_4, 24, 0)) {
      pour.finishWhole();
    }
  }
}
