package dev.noren.tunnel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.noren.crypto.PrivateKey;
import dev.noren.crypto.TransportKey;
import dev.noren.protocol.Limits;
import dev.noren.protocol.peer.Peer;
import dev.noren.protocol.peer.StagedPool;
import dev.noren.protocol.session.Session;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PacketSenderTest {
  @Test
  void anMtuThatChangesMeanwhileCutsNothingOff() throws IOException {
    MemoryNet net = new MemoryNet(1);
    TunnelState state = new TunnelState(Limits.WHITEPAPER, new TestClock());
    state.udp = net.at("192.0.2.1").open(1000, 0);
    state.mtu = 1420;
    Peer peer =
        new Peer(
            PrivateKey.generate(new Random(2)).publicKey(),
            Limits.WHITEPAPER,
            new StagedPool(1000),
            () -> state.mtu = 1412);
    peer.endpoint(TunnelPair.B_OUTER);
    peer.timers().start(0);
    Session session =
        new Session(
            TransportKey.of(new byte[TransportKey.SIZE]),
            TransportKey.of(new byte[TransportKey.SIZE]),
            1,
            2,
            true,
            0);
    PacketSender sender = new PacketSender(state, state.outboundCounters, new Random(3));
    byte[] buffer = new byte[2000];
    sender.send(peer, session, buffer, 1412, 0);
    assertEquals(1412, state.mtu, "it changed while the packet was being sent");
    assertEquals(16 + 1420 + 16, net.seen().get(0).bytes().length);
  }
}
