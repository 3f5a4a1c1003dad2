package dev.noren.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.street.BadLine;
import dev.noren.street.Maker;
import dev.noren.street.Ping;
import dev.noren.street.Streams;
import dev.noren.street.Street;
import dev.noren.street.TwoShops;
import dev.noren.street.Volleys;
import dev.noren.street.Volleys.Seen;
import dev.noren.street.WgEnd;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What goes in comes out, though the line between the shops loses datagrams, turns their order
 * round, repeats them and turns bits over, with segmentation offload on and off.
 */
@MethodSource("dev.noren.street.Ends#withOffloadsOnAndOff")
class BadLineIT extends ShopsTest {
  private static final int MTU = 1420;
  private static final int MANY = 10;

  private final long seed = System.nanoTime();
  private BadLine line;

  /** The handshake goes the straight way, so that no test waits for its repetition. */
  @BeforeEach
  void moveToTheBadLine() {
    Ping.answers(left.host(), TwoShops.RIGHT_4);
    line = BadLine.lay(shops.street(), seed);
    shops.leftKnows(Street.MIDDLE_LEFT_4 + ":" + WgEnd.PORT);
    shops.rightKnows(Street.MIDDLE_RIGHT_4 + ":" + WgEnd.PORT);
  }

  @AfterEach
  void closeTheLine() {
    line.close();
  }

  @Test
  void streamsAreTheSameAtBothEnds() {
    streams(3_000_000);
  }

  @Test
  void datagramsArriveIntactAndOnlyOnce() {
    volleys(120);
  }

  @Test
  @Tag("soak")
  void longStreamsAreTheSameAtBothEnds() {
    streams(3_000_000L * MANY);
  }

  @Test
  @Tag("soak")
  void manyDatagramsArriveIntactAndOnlyOnce() {
    volleys(120 * MANY);
  }

  private void streams(long bytes) {
    Streams.mustArriveWhole(
        left.host(), right.host(), TwoShops.RIGHT_4, TwoShops.RIGHT_6, bytes, seed);
    line.mustHaveHarmed();
  }

  private void volleys(int count) {
    Volleys.Score score = Volleys.exchange(shops, count, MTU, seed);
    check(score.left(), score.right(), left.maker());
    check(score.right(), score.left(), right.maker());
    line.mustHaveHarmed();
  }

  private void check(List<Seen> senders, List<Seen> receivers, Maker sender) {
    for (int family = 0; family < 2; family++) {
      Seen sent = senders.get(family);
      Seen got = receivers.get(family);
      String told = "sent: " + sent + ", got: " + got + ", seed " + seed;
      assertEquals(0, got.wrong(), told);
      assertEquals(0, got.twice(), told);
      assertTrue(got.received() > sent.sent() * 0.8 && got.received() < sent.sent(), told);
      assertTrue(sender != Maker.NOREN || sent.volleysTaken() > 0, told);
    }
  }
}
