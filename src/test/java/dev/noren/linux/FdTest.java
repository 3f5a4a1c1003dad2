package dev.noren.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class FdTest {
  private static boolean isOpen(int number) {
    return Files.exists(Path.of("/proc/self/fd/" + number), LinkOption.NOFOLLOW_LINKS);
  }

  private static Fd open() throws LinuxException {
    return Fd.open("/dev/null", LibC.O_RDWR);
  }

  @Test
  void anUnusedDescriptorIsClosedAtOnce() throws LinuxException {
    Fd fd = open();
    int number = fd.acquire();
    fd.release();
    assertTrue(isOpen(number));
    assertFalse(fd.isClosed());
    fd.close();
    assertFalse(isOpen(number));
    assertTrue(fd.isClosed());
    assertEquals(Fd.CLOSED, fd.acquire());
  }

  @Test
  void closingWaitsForTheLastUse() throws LinuxException {
    Fd fd = open();
    int number = fd.acquire();
    assertEquals(number, fd.acquire());
    fd.close();
    assertEquals(Fd.CLOSED, fd.acquire());
    fd.release();
    assertTrue(isOpen(number));
    fd.release();
    assertFalse(isOpen(number));
  }

  @Test
  void whoWaitsForItGoesOnWhenTheLastUseHasEnded() throws Exception {
    Fd fd = open();
    int number = fd.acquire();
    fd.close();
    fd.awaitFree(1);
    assertTrue(isOpen(number), "the wait has an end");
    Thread user = new Thread(fd::release);
    user.start();
    fd.awaitFree(Duration.ofMinutes(1).toNanos());
    assertFalse(isOpen(number));
    user.join();
  }

  @Test
  void closingTwiceClosesOnce() throws LinuxException {
    Fd fd = open();
    int number = fd.acquire();
    fd.release();
    fd.close();
    Fd next = open();
    assertEquals(number, next.acquire());
    fd.close();
    assertTrue(isOpen(number));
    next.release();
    next.close();
  }

  @Test
  void isNotHandedToOtherPrograms() throws IOException {
    try (Fd fd = open()) {
      int number = fd.acquire();
      String info = Files.readString(Path.of("/proc/self/fdinfo/" + number));
      fd.release();
      String flags = info.lines().filter(line -> line.startsWith("flags:")).findFirst().orElse("");
      int octal = Integer.parseInt(flags.substring(6).strip(), 8);
      assertNotEquals(0, octal & LibC.O_CLOEXEC, info);
    }
  }

  @Test
  void aNegativeNumberIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Fd(-1));
  }

  /**
   * Users look at what the number stands for while others close it and open files that would take
   * the number over.
   */
  @Test
  @Timeout(60)
  void aNumberIsNeverAnotherFilesUnderAUser() throws Exception {
    Path zero = Path.of("/dev/zero");
    AtomicInteger foreign = new AtomicInteger();
    AtomicInteger uses = new AtomicInteger();
    for (int round = 0; round < 200; round++) {
      Fd fd = Fd.open(zero.toString(), LibC.O_RDWR);
      CountDownLatch started = new CountDownLatch(2);
      List<Thread> threads = new ArrayList<>();
      for (int user = 0; user < 2; user++) {
        threads.add(
            new Thread(
                () -> {
                  started.countDown();
                  while (true) {
                    int number = fd.acquire();
                    if (number == Fd.CLOSED) {
                      return;
                    }
                    try {
                      uses.incrementAndGet();
                      if (!Files.readSymbolicLink(Path.of("/proc/self/fd/" + number))
                          .equals(zero)) {
                        foreign.incrementAndGet();
                      }
                    } catch (IOException e) {
                      foreign.incrementAndGet();
                    } finally {
                      fd.release();
                    }
                  }
                }));
      }
      threads.forEach(Thread::start);
      started.await();
      fd.close();
      List<Fd> takers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        takers.add(open());
      }
      for (Thread thread : threads) {
        thread.join();
      }
      takers.forEach(Fd::close);
    }
    assertEquals(0, foreign.get());
    assertTrue(uses.get() > 0);
  }
}
