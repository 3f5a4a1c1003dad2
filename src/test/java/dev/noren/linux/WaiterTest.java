package dev.noren.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WaiterTest {
  private static final Executor THREAD = task -> new Thread(task).start();

  @Test
  void tellsWhichDescriptorIsReadable() throws LinuxException {
    try (EventFd first = new EventFd();
        EventFd second = new EventFd();
        Waiter waiter = new Waiter(first.fd(), second.fd())) {
      second.signal();
      assertEquals(2, waiter.await());
      first.signal();
      assertEquals(3, waiter.await());
      assertEquals(Poller.IN, waiter.events(0));
      second.drain();
      assertEquals(1, waiter.await());
      first.drain();
      assertEquals(0, waiter.await(0));
    }
  }

  @Test
  void aWakeEndsTheNextAwaitOnce() throws LinuxException {
    try (EventFd data = new EventFd();
        Waiter waiter = new Waiter(data.fd())) {
      waiter.wake();
      waiter.wake();
      assertEquals(0, waiter.await());
      data.signal();
      assertEquals(1, waiter.await());
    }
  }

  @Test
  void aWakeIsNotHiddenByData() throws LinuxException {
    try (EventFd data = new EventFd();
        Waiter waiter = new Waiter(data.fd())) {
      data.signal();
      waiter.wake();
      assertEquals(0, waiter.await());
      assertEquals(1, waiter.await());
    }
  }

  @Test
  void aBlockedAwaitIsWoken() throws LinuxException {
    try (EventFd data = new EventFd();
        Waiter waiter = new Waiter(data.fd())) {
      CompletableFuture<Integer> waiting = CompletableFuture.supplyAsync(waiter::await, THREAD);
      waiter.wake();
      assertEquals(0, waiting.join());
    }
  }

  @Test
  void closingEndsEveryAwaitHoweverTheyMeet() throws LinuxException {
    for (int round = 0; round < 500; round++) {
      try (EventFd data = new EventFd()) {
        Waiter waiter = new Waiter(data.fd());
        CompletableFuture<Integer> waiting =
            CompletableFuture.supplyAsync(() -> waiter.await() + waiter.await(), THREAD);
        waiter.wake();
        waiter.close();
        assertEquals(0, waiting.join());
      }
    }
  }

  @Test
  void aClosedDescriptorIsNotWaitedFor() throws LinuxException {
    EventFd data = new EventFd();
    try (Waiter waiter = new Waiter(data.fd())) {
      data.close();
      assertEquals(0, waiter.await());
    }
  }
}
