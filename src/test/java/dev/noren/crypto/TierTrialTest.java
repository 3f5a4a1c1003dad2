package dev.noren.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TierTrialTest {
  /** Little of everything: these tests are not about time. */
  static final TierTrial.Pace SHORT = new TierTrial.Pace(20, 0, 40, 4);

  private static final EnumSet<AeadTier> ALL = EnumSet.allOf(AeadTier.class);

  /** Bouncy Castle's, but for what a test gets wrong; and each packet costs time. */
  static class Fake implements TransportAead {
    private final BouncyAead right = new BouncyAead();

    @Override
    public String name() {
      return "fake";
    }

    @Override
    public void seal(
        TransportKey key,
        long counter,
        byte[] in,
        int inOffset,
        int length,
        byte[] out,
        int outOffset) {
      right.seal(key, counter, in, inOffset, length, out, outOffset);
    }

    @Override
    public int open(
        TransportKey key,
        long counter,
        byte[] in,
        int inOffset,
        int length,
        byte[] out,
        int outOffset) {
      return right.open(key, counter, in, inOffset, length, out, outOffset);
    }
  }

  private static Supplier<TransportAead> costing(AtomicLong clock, long sealNs, long openNs) {
    return () ->
        new Fake() {
          @Override
          public void seal(
              TransportKey key, long counter, byte[] in, int inAt, int length, byte[] out, int at) {
            clock.addAndGet(sealNs + length);
            super.seal(key, counter, in, inAt, length, out, at);
          }

          @Override
          public int open(
              TransportKey key, long counter, byte[] in, int inAt, int length, byte[] out, int at) {
            clock.addAndGet(openNs + length);
            return super.open(key, counter, in, inAt, length, out, at);
          }
        };
  }

  private static TierTrial.Maker makers(List<Supplier<TransportAead>> inOrder) {
    return tier -> {
      int index = List.of(AeadTier.values()).indexOf(tier);
      if (index >= inOrder.size() || inOrder.get(index) == null) {
        throw new TierUnavailableException("a test has none");
      }
      return inOrder.get(index).get();
    };
  }

  @Test
  void theFastestIsChosenAndItsTimesAreTold() {
    AtomicLong clock = new AtomicLong();
    TierTrial.Maker maker =
        makers(
            List.of(costing(clock, 500, 400), costing(clock, 300, 200), costing(clock, 250, 251)));
    TierReport report = new TierTrial(maker, new Random(1), clock::get, SHORT).run(ALL);
    assertEquals(AeadTier.OWN_POLY1305, report.choice());
    assertEquals(
        List.of(
            new TierReport.Times(64, 300 + 64, 200 + 80),
            new TierReport.Times(512, 300 + 512, 200 + 528),
            new TierReport.Times(1420, 300 + 1420, 200 + 1436)),
        report.rows().get(1).times());
    assertEquals(
        new TierReport.Row(AeadTier.BOUNCY_CASTLE, "a test has none", List.of()),
        report.rows().get(3));
    assertEquals(
        "own-poly1305, 1720 ns to seal 1420 bytes and 1636 ns to open them", report.summary());
  }

  /** Ways to be wrong, each of which the self-test must see. */
  static List<Fake> wrong() {
    return List.of(
        new Fake() {
          @Override
          public void seal(
              TransportKey key, long counter, byte[] in, int inAt, int length, byte[] out, int at) {
            super.seal(key, counter & 0xffffffffL, in, inAt, length, out, at);
          }
        },
        new Fake() {
          @Override
          public int open(
              TransportKey key, long counter, byte[] in, int inAt, int length, byte[] out, int at) {
            byte[] copy = Arrays.copyOfRange(in, inAt, inAt + length);
            new BouncyAead().seal(key, counter, copy, 0, length - 16, copy, 0);
            System.arraycopy(copy, 0, out, at, length - 16);
            return length - 16; // whatever the tag
          }
        },
        new Fake() {
          @Override
          public int open(
              TransportKey key, long counter, byte[] in, int inAt, int length, byte[] out, int at) {
            int opened = super.open(key, counter, in, inAt, length, out, at);
            if (opened < 0 && length > 16) {
              out[at] ^= 1; // written before the tag was checked
            }
            return opened;
          }
        },
        new Fake() {
          @Override
          public void seal(
              TransportKey key, long counter, byte[] in, int inAt, int length, byte[] out, int at) {
            super.seal(key, counter, in, inAt, length, out, at);
            out[at + length + 16] = 1; // one too far
          }
        },
        new Fake() {
          @Override
          public int open(
              TransportKey key, long counter, byte[] in, int inAt, int length, byte[] out, int at) {
            throw new IllegalStateException("hostile lengths never throw");
          }
        },
        new Fake() {
          @Override
          public int open(
              TransportKey key, long counter, byte[] in, int inAt, int length, byte[] out, int at) {
            return inAt == at ? -1 : super.open(key, counter, in, inAt, length, out, at);
          }
        },
        new Fake() {
          @Override
          public int open(
              TransportKey key, long counter, byte[] in, int inAt, int length, byte[] out, int at) {
            return length > 9016 ? -1 : super.open(key, counter, in, inAt, length, out, at);
          }
        });
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void whatIsWrongIsNeverChosen(Fake wrong) {
    assertFalse(new AeadSelfTest(new Random(2)).passes(wrong));
    TierTrial.Maker maker = makers(Arrays.asList(() -> wrong, null, null, BouncyAead::new));
    TierReport report =
        new TierTrial(maker, new Random(3), () -> 0, SHORT).run(EnumSet.of(AeadTier.DIRECT));
    assertEquals(AeadTier.BOUNCY_CASTLE, report.choice(), "what is left where nothing else is");
    assertEquals(
        "it computes wrong results on this Java and processor", report.rows().getFirst().problem());
    TierTrial hopeless = new TierTrial(makers(List.of(() -> wrong)), new Random(3), () -> 0, SHORT);
    assertThrows(SelfTestException.class, () -> hopeless.run(ALL));
  }

  /** As if the compiler's code were wrong where the interpreter's was right. */
  @Test
  void whatGoesWrongWhileItIsWarmedUpIsNotChosen() {
    Fake late =
        new Fake() {
          private int packets;

          @Override
          public void seal(
              TransportKey key, long counter, byte[] in, int inAt, int length, byte[] out, int at) {
            super.seal(key, counter, in, inAt, length, out, at);
            if (++packets > 300) {
              out[at] ^= 1;
            }
          }
        };
    assertTrue(new AeadSelfTest(new Random(4)).passes(new Fake()));
    TierTrial.Maker maker = makers(List.of(() -> late, Fake::new));
    TierReport report = new TierTrial(maker, new Random(4), () -> 0, SHORT).run(ALL);
    assertEquals(AeadTier.OWN_POLY1305, report.choice());
    assertEquals(AeadTier.DIRECT, report.rows().getFirst().tier());
    assertTrue(report.rows().getFirst().problem().contains("wrong results"));
  }

  /** All of this Java's, before they are compiled and after. */
  @Test
  void theRealOnesPass() throws TierUnavailableException {
    TierTrial.Pace compiled = new TierTrial.Pace(600, 0, 600, 8);
    TierReport report = new TierTrial(AeadTier::create, new Random(6), () -> 0, compiled).run(ALL);
    assertEquals(4, report.rows().size());
    assertEquals(
        UsableTiers.objects().size(),
        report.rows().stream().filter(row -> row.problem() == null).count(),
        report.toString());
  }

  @Test
  void lanesTakeTheChoiceWhenItIsKnown() {
    TransportAeads aeads = TransportAeads.start();
    AeadLane lane = aeads.lane();
    TransportAead first = lane.aead();
    assertEquals(AeadTier.CIPHER, aeads.tier());
    assertEquals(CipherAead.class, first.getClass());
    assertSame(first, lane.aead(), "one object as long as nothing changes");
    assertNull(aeads.report());

    AtomicLong clock = new AtomicLong();
    TierTrial.Maker onlyBouncy = makers(Arrays.asList(null, null, null, BouncyAead::new));
    aeads.improve(new TierTrial(onlyBouncy, new Random(7), clock::get, SHORT));
    assertEquals(AeadTier.BOUNCY_CASTLE, aeads.tier());
    assertEquals(BouncyAead.class, lane.aead().getClass());
    assertSame(lane.aead(), lane.aead());
    assertNotSame(lane.aead(), aeads.lane().aead(), "one object per thread");
    assertEquals(AeadTier.BOUNCY_CASTLE, aeads.report().choice());
  }

  @Test
  void aTrialThatFailsChangesNothing() {
    TransportAeads aeads = TransportAeads.start();
    TierTrial hopeless = new TierTrial(makers(List.of()), new Random(7), () -> 0, SHORT);
    assertThrows(SelfTestException.class, () -> aeads.improve(hopeless));
    assertEquals(AeadTier.CIPHER, aeads.tier());
    assertNull(aeads.report());
  }
}
