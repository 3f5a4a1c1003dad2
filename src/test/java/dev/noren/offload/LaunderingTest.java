package dev.noren.offload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A corrupt packet must reach the receiving kernel as it is, whose checksum it then fails. In a
 * super-packet it would get a checksum anew, and a right one.
 */
class LaunderingTest {
  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.noren.offload.Corruption#all")
  void aCorruptPacketPassesAloneAndItsNeighboursMerge(Corruption corruption) {
    List<byte[]> written = new ArrayList<>();
    Coalescer coalescer = new Coalescer(Harness.keepIn(written), true, true, 3);
    List<byte[]> packets = corruption.packets();
    packets.forEach(packet -> Harness.add(coalescer, packet, new SplittableRandom(1)));
    coalescer.flush();
    byte[] bad = packets.get(corruption.which());
    byte[] alone = new byte[VnetHeader.SIZE + bad.length];
    System.arraycopy(bad, 0, alone, VnetHeader.SIZE, bad.length);
    assertTrue(written.stream().anyMatch(write -> Arrays.equals(alone, write)), "as it came");
    assertEquals(corruption.writes(), written.size());
    List<byte[]> passed =
        written.stream().flatMap(write -> NaiveSplitter.split(write).stream()).toList();
    assertEquals(packets.size(), passed.size());
    for (int i = 0; i < passed.size(); i++) {
      assertArrayEquals(packets.get(i), passed.get(i), "packet " + i);
    }
  }
}
