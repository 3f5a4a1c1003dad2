package dev.noren.tunnel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.crypto.TransportAeads;
import dev.noren.offload.Segmenter;
import dev.noren.offload.VnetHeader;
import dev.noren.tun.TunDevice;
import dev.noren.udp.LinuxUdp;
import dev.noren.udp.UdpSocket;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WarmupTest {
  private final List<UdpSocket> opened = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void packetsOfEveryKindComeBack(boolean offloads) throws IOException {
    AtomicInteger asked = new AtomicInteger();
    int turns = 200;
    int carried =
        Warmup.run(
            opener(offloads),
            offloads,
            TransportAeads.start(),
            new Random(1),
            () -> asked.incrementAndGet() <= turns);
    // One of 25 turns carries a bulky one besides; without IPv6 here a fourth of them is missed.
    assertTrue(carried >= turns * 3 / 4, carried + " came back of " + turns);
    assertEquals(1, opened.size());
  }

  @Test
  void itEndsWhenItIsNoLongerWanted() throws IOException {
    assertEquals(
        0, Warmup.run(opener(true), true, TransportAeads.start(), new Random(1), () -> false));
  }

  @Test
  void itEndsWhereLoopbackIsClosed() throws IOException {
    MemoryNet nowhere = new MemoryNet(1);
    nowhere.cut(true);
    AtomicInteger asked = new AtomicInteger();
    UdpOpener opener = nowhere.at("192.0.2.1");
    int carried =
        Warmup.run(
            (port, mark) -> opener.open(1000, mark),
            true,
            TransportAeads.start(),
            new Random(1),
            () -> asked.incrementAndGet() > 0);
    assertEquals(0, carried);
    assertTrue(asked.get() <= 101, asked + " turns");
  }

  /** What the segmenter refuses would be dropped in the first step, and warm nothing. */
  @ParameterizedTest
  @ValueSource(ints = {0, VnetHeader.SIZE})
  void everyPacketIsOneThatAKernelMightGive(int headerBytes) {
    WarmupPackets packets = new WarmupPackets(headerBytes, TunDevice.DEFAULT_MTU);
    List<byte[]> all = new ArrayList<>(packets.lone());
    all.addAll(packets.bulk());
    int several = 0;
    for (byte[] packet : all) {
      byte[] withHeader = new byte[VnetHeader.SIZE - headerBytes + packet.length];
      System.arraycopy(packet, 0, withHeader, VnetHeader.SIZE - headerBytes, packet.length);
      Segmenter segmenter = new Segmenter();
      assertTrue(segmenter.begin(withHeader, 0, withHeader.length, TunDevice.DEFAULT_MTU));
      several += segmenter.remaining() > 1 ? 1 : 0;
    }
    assertEquals(headerBytes == 0 ? 0 : packets.bulk().size(), several);
    assertFalse(all.isEmpty());
  }

  private UdpOpener opener(boolean offloads) {
    return (port, mark) -> {
      UdpSocket socket = LinuxUdp.open(port, mark, offloads);
      opened.add(socket);
      return socket;
    };
  }
}
