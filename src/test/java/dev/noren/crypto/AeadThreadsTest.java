package dev.noren.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One object per thread; keys that another thread wipes. */
class AeadThreadsTest {
  private static final int THREADS = 4;
  private static final int PACKETS = 3000;

  private static boolean missing(AeadTier tier) {
    return tier.compareTo(AeadTier.CIPHER) < 0 && JdkChaCha20.PROBLEM != null;
  }

  private static TransportKey key(int seed) {
    byte[] bytes = new byte[32];
    new Random(seed).nextBytes(bytes);
    return TransportKey.of(bytes);
  }

  private static void all(List<Callable<Void>> tasks) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
    try {
      for (Future<Void> done : threads.invokeAll(tasks)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
      threads.awaitTermination(60, TimeUnit.SECONDS);
    }
  }

  @ParameterizedTest
  @EnumSource(AeadTier.class)
  void threadsWithAnObjectEachDoNotDisturbEachOther(AeadTier tier) throws Exception {
    if (missing(tier)) {
      return;
    }
    List<Callable<Void>> tasks = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      int seed = thread;
      tasks.add(
          () -> {
            TransportAead aead = tier.create();
            TransportAead judge = new CipherAead();
            TransportKey key = key(seed);
            Random random = new Random(seed);
            byte[] packet = new byte[1600];
            for (int i = 0; i < PACKETS; i++) {
              int length = random.nextInt(1500);
              random.nextBytes(packet);
              byte[] plain = Arrays.copyOf(packet, length);
              aead.seal(key, i, packet, 0, length, packet, 0);
              byte[] opened = new byte[length];
              assertEquals(length, judge.open(key, i, packet, 0, length + 16, opened, 0));
              assertEquals(-1, Arrays.mismatch(plain, opened));
              assertEquals(length, aead.open(key, i, packet, 0, length + 16, packet, 0));
              assertEquals(-1, Arrays.mismatch(plain, Arrays.copyOf(packet, length)));
            }
            return null;
          });
    }
    all(tasks);
  }

  /** A packet is sealed with the whole key or is zeros; no key of half zeros is ever used. */
  @ParameterizedTest
  @EnumSource(AeadTier.class)
  void aKeyIsThereOrGone(AeadTier tier) throws Exception {
    if (missing(tier)) {
      return;
    }
    TransportAead aead = tier.create();
    byte[] plain = new byte[64];
    byte[] zeros = new byte[80];
    for (int round = 0; round < 300; round++) {
      TransportKey key = key(round);
      byte[] expected = new byte[80];
      aead.seal(key, round, plain, 0, 64, expected, 0);
      int counter = round;
      CountDownLatch both = new CountDownLatch(2);
      all(
          List.of(
              () -> {
                both.countDown();
                both.await();
                key.wipe();
                return null;
              },
              () -> {
                both.countDown();
                both.await();
                boolean gone = false;
                for (int i = 0; i < 20; i++) {
                  byte[] sealed = new byte[80];
                  aead.seal(key, counter, plain, 0, 64, sealed, 0);
                  boolean nothing = Arrays.equals(zeros, sealed);
                  assertEquals(-1, Arrays.mismatch(nothing ? zeros : expected, sealed));
                  assertFalse(gone && !nothing, "a wiped key came back");
                  gone = nothing;
                  int opened = aead.open(key, counter, expected, 0, 80, sealed, 0);
                  assertFalse(gone && opened != -1, "a wiped key opened a packet");
                }
                return null;
              }));
    }
  }
}
