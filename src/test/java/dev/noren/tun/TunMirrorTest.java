package dev.noren.tun;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.noren.linux.FewDescriptors;
import org.junit.jupiter.api.Test;

class TunMirrorTest {
  /** Two sockets, and what wakes the device's reader. */
  @Test
  void leavesNothingOpenWhenDescriptorsRunOut() throws Exception {
    assertEquals(3, FewDescriptors.needed(() -> new TunMirror(true)));
  }
}
