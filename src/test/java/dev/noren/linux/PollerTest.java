package dev.noren.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PollerTest {
  @Test
  void aSlotIsLaidOutAsTheKernelReadsIt() {
    Poller poller = new Poller(2);
    poller.watch(1, 0x01020304, Poller.IN);
    assertEquals("ffffffff" + "0000" + "0000" + "04030201" + "0100" + "0000", hex(poller));
  }

  @Test
  void reportsWhatIsReadyAndForgetsItWhenWatchedAnew() throws LinuxException {
    Poller poller = new Poller(2);
    assertEquals(0, poller.await(0));
    try (EventFd bell = new EventFd()) {
      bell.signal();
      int number = bell.fd().acquire();
      poller.watch(1, number, Poller.IN);
      assertEquals(1, poller.await(Poller.FOREVER));
      assertEquals(0, poller.ready(0));
      assertEquals(Poller.IN, poller.ready(1));
      poller.watch(1, number, 0);
      assertEquals(0, poller.ready(1));
      assertEquals(0, poller.await(0));
      bell.fd().release();
    }
  }

  private static String hex(Poller poller) {
    return Layouts.hex(poller.slots(), 0, 16);
  }
}
