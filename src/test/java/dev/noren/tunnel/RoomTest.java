package dev.noren.tunnel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.protocol.Limits;
import dev.noren.tunnel.TunnelChange.AllowedIpChange;
import dev.noren.tunnel.TunnelChange.PeerChange;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** There is room for ten peers with twenty prefixes, and the tunnel has eight with sixteen. */
class RoomTest {
  private final BareTunnel tunnel =
      new BareTunnel(Limits.WHITEPAPER.withTableBytes(Limits.tableBytes(10, 20)));
  private final List<PeerChange> eight = BareTunnel.peers(0, 8, 2, true);

  RoomTest() {
    tunnel.apply(eight);
  }

  private void passes(boolean replace, List<PeerChange> peers) throws NoRoomException {
    Room.check(new TunnelChange(null, false, null, null, replace, peers), tunnel.state);
  }

  private NoRoomException refused(boolean replace, List<PeerChange> peers) {
    return assertThrows(NoRoomException.class, () -> passes(replace, peers));
  }

  private static PeerChange remove(PeerChange peer) {
    return new PeerChange(peer.publicKey(), true, false, null, null, null, false, List.of());
  }

  private static PeerChange withPrefixes(PeerChange peer, boolean replace, PeerChange of) {
    List<AllowedIpChange> prefixes = of.allowedIps();
    return new PeerChange(peer.publicKey(), false, true, null, null, null, replace, prefixes);
  }

  private static <T> List<T> both(List<T> some, List<T> others) {
    List<T> all = new ArrayList<>(some);
    all.addAll(others);
    return all;
  }

  @Test
  void whatFillsTheRoomPassesAndOneMoreDoesNot() throws NoRoomException {
    passes(false, BareTunnel.peers(8, 2, 2, true));
    NoRoomException error = refused(false, BareTunnel.peers(8, 3, 2, true));
    assertTrue(error.getMessage().contains("11 peers with 22 allowed IPs"), error.getMessage());
    refused(false, BareTunnel.peers(1, 1, 20 + 2 * 32, true));
  }

  @Test
  void replacedPeersMakeRoom() throws NoRoomException {
    passes(true, BareTunnel.peers(50, 10, 2, true));
    passes(true, both(eight, BareTunnel.peers(8, 2, 2, true)));
    refused(true, BareTunnel.peers(50, 11, 2, true));
  }

  @Test
  void removedPeersMakeRoomWhereverTheyAreNamed() throws NoRoomException {
    List<PeerChange> leaving = eight.stream().map(RoomTest::remove).toList();
    passes(false, both(leaving, BareTunnel.peers(50, 10, 2, true)));
    passes(false, both(BareTunnel.peers(50, 10, 2, true), leaving));
    refused(false, both(BareTunnel.peers(50, 11, 2, true), leaving));
    refused(false, both(both(leaving, leaving), BareTunnel.peers(50, 11, 2, true)));
  }

  @Test
  void aPeerThatIsThereIsNoNewOne() throws NoRoomException {
    passes(false, both(eight, eight));
    assertEquals(8, tunnel.state.peers.size());
    passes(false, both(BareTunnel.peers(8, 2, 2, true), BareTunnel.peers(8, 2, 0, true)));
  }

  @Test
  void onlyPrefixesThatNobodyHasAreNew() throws NoRoomException {
    // 2 peers' worth of room is 64 prefixes, and 4 more are free.
    PeerChange many = BareTunnel.peers(1, 1, 68, true).get(0);
    passes(false, List.of(withPrefixes(eight.get(0), false, many)));
    PeerChange tooMany = BareTunnel.peers(1, 1, 69, true).get(0);
    refused(false, List.of(withPrefixes(eight.get(0), false, tooMany)));
    passes(false, List.of(withPrefixes(eight.get(0), true, tooMany)));
    for (int i = 0; i < 40; i++) {
      passes(false, List.of(withPrefixes(eight.get(0), false, eight.get(1))));
    }
  }

  @Test
  void whatIsNotDoneCostsNothing() throws NoRoomException {
    List<PeerChange> unknown =
        BareTunnel.peers(50, 11, 2, true).stream()
            .map(peer -> withPrefixes(peer, false, peer))
            .toList();
    passes(false, unknown);
    passes(false, unknown.stream().map(RoomTest::remove).toList());
  }
}
