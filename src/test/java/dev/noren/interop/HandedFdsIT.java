package dev.noren.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.noren.street.Machine;
import dev.noren.street.Maker;
import dev.noren.street.Ping;
import dev.noren.street.Street;
import dev.noren.street.TwoShops;
import dev.noren.street.WgEnd;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** WG_TUN_FD and WG_UAPI_FD: a tunnel over descriptors that another process has opened. */
class HandedFdsIT {
  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.noren.street.Ends#makersUnderTest")
  void worksOnDescriptorsThatItWasHanded(Maker maker) {
    try (Street street = Street.open();
        WgEnd left = new WgEnd(street.left(), maker);
        WgEnd right = new WgEnd(street.right(), Maker.GO)) {
      String socket = Machine.SOCKETS.resolve(left.name() + ".sock").toString();
      left.startWith(Maker.passingFds(left.name(), socket, maker.command(left.name())));
      right.start();
      left.identify();
      right.identify();
      left.set(
          "peer", right.publicKey(),
          "allowed-ips", TwoShops.RIGHT_4 + "/32",
          "endpoint", Street.RIGHT_4 + ":" + WgEnd.PORT);
      right.set("peer", left.publicKey(), "allowed-ips", TwoShops.LEFT_4 + "/32");
      left.up(1420, TwoShops.LEFT_4 + "/24");
      right.up(1420, TwoShops.RIGHT_4 + "/24");
      Ping.answers(left.host(), TwoShops.RIGHT_4);
      assertEquals(0, left.stop().exit());
    }
  }
}
