package dev.noren.interop;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.street.Capture;
import dev.noren.street.Ends;
import dev.noren.street.Maker;
import dev.noren.street.Ping;
import dev.noren.street.Pour;
import dev.noren.street.TwoShops;
import dev.noren.street.Wait;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** New keys while a TCP connection flows: with limits of a second or two, every few packets. */
class RekeyIT {
  private static final int ENOUGH = 3;

  static List<Ends> ends() {
    return List.of(
        new Ends(Maker.NOREN_FAST_REKEY, Maker.GO),
        new Ends(Maker.GO, Maker.NOREN_FAST_REKEY),
        new Ends(Maker.NOREN_FAST_REKEY, Maker.NOREN_FAST_REKEY));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ends")
  void trafficFlowsThroughManyRekeys(Ends ends) {
    try (TwoShops shops = TwoShops.open(ends);
        Capture initiations =
            Capture.on(shops.street().middle(), "right", "udp and udp[8:4] = 0x01000000")) {
      Ping.answers(shops.left().host(), TwoShops.RIGHT_4);
      try (Pour pour =
          Pour.begin(shops.left().host(), shops.right().host(), TwoShops.RIGHT_4, 100, 50)) {
        pour.awaitChunks(1);
        int before = initiations.packets().size();
        Wait.until(
            "there are new handshakes while it flows",
            () -> initiations.packets().size() >= before + ENOUGH);
        pour.finishWhole();
      }
      assertTrue(Ping.once(shops.right().host(), TwoShops.LEFT_4), shops.said());
    }
  }

  /** The sender has to notice by itself that its session is known to nobody any more. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("fastLeft")
  void findsAPeerThatLostItsPower(Ends ends) {
    try (TwoShops shops = TwoShops.open(ends)) {
      Ping.answers(shops.left().host(), TwoShops.RIGHT_4);
      shops.right().kill();
      shops.startRight();
      shops.rightKnows("");
      Ping.answers(shops.left().host(), TwoShops.RIGHT_4);
      Ping.answers(shops.right().host(), TwoShops.LEFT_4);
    }
  }

  static List<Ends> fastLeft() {
    return ends().stream().filter(ends -> ends.left() == Maker.NOREN_FAST_REKEY).toList();
  }
}
