package dev.noren.interop;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.street.Iperf;
import dev.noren.street.Ping;
import dev.noren.street.TwoShops;
import dev.noren.street.WgEnd;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** A tunnel whose packets travel through another tunnel of the same two hosts. */
@MethodSource("dev.noren.street.Ends#andOffloadsOff")
class NestedIT extends ShopsTest {
  private static final int PORT = 51_830;
  private static final long BYTES = 2_000_000;

  @Test
  void carriesATunnelInATunnel() {
    try (WgEnd innerLeft = new WgEnd(left.host(), ends.left(), PORT);
        WgEnd innerRight = new WgEnd(right.host(), ends.right(), PORT)) {
      for (WgEnd end : List.of(innerLeft, innerRight)) {
        end.start();
        end.identify();
      }
      innerLeft.set(
          "peer",
          innerRight.publicKey(),
          "allowed-ips",
          "10.88.0.2/32",
          "endpoint",
          TwoShops.RIGHT_4 + ":" + PORT);
      innerRight.set(
          "peer",
          innerLeft.publicKey(),
          "allowed-ips",
          "10.88.0.1/32",
          "endpoint",
          "[" + TwoShops.LEFT_6 + "]:" + PORT);
      innerLeft.up(1340, "10.88.0.1/24");
      innerRight.up(1340, "10.88.0.2/24");
      Ping.answers(left.host(), "10.88.0.2");
      Ping.answers(right.host(), "10.88.0.1");
      Iperf iperf = Iperf.tcp(left.host(), right.host(), "10.88.0.2", BYTES);
      assertTrue(iperf.bytes() > BYTES / 2, "only " + iperf.bytes() + " bytes arrived");
      assertTrue(left.about(right).sent() > iperf.bytes(), "it went through the outer tunnel");
    }
  }
}
