package dev.noren.tunnel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.noren.crypto.PrivateKey;
import dev.noren.crypto.TransportAeads;
import dev.noren.crypto.TransportKey;
import dev.noren.protocol.Limits;
import dev.noren.protocol.peer.Peer;
import dev.noren.protocol.peer.StagedPool;
import dev.noren.protocol.session.Session;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PacketSenderTest {
  @Test
  void anMtuThatChangesMeanwhileCutsNothingOff() {
    TunnelState state = new TunnelState(Limits.WHITEPAPER, new TestClock(), TransportAeads.start());
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
    PacketSender sender = new PacketSender(state, new Random(3));
    byte[] buffer = new byte[2000];
    int sealed = sender.seal(peer, session, buffer, 0, 1412, 1420, 0);
    assertEquals(1412, state.mtu, "it changed while the packet was being sealed");
    assertEquals(16 + 1420 + 16, sealed);
    assertEquals(sealed, PacketSender.wireLength(1412, 1420), "the room that was made for it");
  }
}
