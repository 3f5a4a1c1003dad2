package dev.noren.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.noren.net.Cidr;
import dev.noren.plan.TunnelNumbers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouterMemoryTest {
  private static final Cidr LAN = Cidr.parse("10.1.2.1/24");
  private static final TunnelNumbers NUMBERS = TunnelNumbers.parse("gone=1:9 hq:97 x+:98");

  @TempDir private Path state;

  @Test
  void whatIsKeptIsThereAfterARestart() {
    RouterMemory memory = new RouterMemory(state);
    memory.keepNumbers(NUMBERS);
    memory.keepWan("eth0");
    memory.keepLan(LAN);
    RouterMemory next = new RouterMemory(state);
    assertEquals("eth0", next.chosenWan());
    assertEquals(LAN, next.chosenLan());
    assertEquals(NUMBERS, next.numbers());
  }

  @Test
  void ofAnEarlierVersionsFileNothingIsLost() throws IOException {
    Files.writeString(state.resolve("seen"), "wan=eth0\nlan=10.1.2.1/24\n");
    RouterMemory memory = new RouterMemory(state);
    assertEquals("eth0", memory.chosenWan());
    assertEquals(LAN, memory.chosenLan());
    assertEquals(TunnelNumbers.NONE, memory.numbers());
  }

  @Test
  void whatCannotBeReadWasNeverSeen() throws IOException {
    Files.writeString(state.resolve("seen"), "tunnels=hq:97 x\nwan=eth0\n");
    RouterMemory memory = new RouterMemory(state);
    assertEquals(TunnelNumbers.NONE, memory.numbers());
    assertNull(memory.chosenLan());
    assertEquals("eth0", memory.chosenWan());
  }
}
