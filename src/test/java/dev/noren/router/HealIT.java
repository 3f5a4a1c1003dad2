package dev.noren.router;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.street.NorenRouter;
import dev.noren.street.Ping;
import dev.noren.street.Pour;
import dev.noren.street.ShopStreet;
import dev.noren.street.ShopTunnel;
import dev.noren.street.Wait;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes wrong on a way, and is made good without anybody. */
class HealIT {
  /** A minute to find it, and as long again until TCP tries once more. */
  private static final Duration A_WHILE = Duration.ofSeconds(150);

  private static final int CHUNKS = 400;
  private static final int PAUSE_MS = 50;

  private ShopStreet street;
  private ShopTunnel tunnel;
  private NorenRouter router;

  @BeforeEach
  void build() {
    street = ShopStreet.router();
    tunnel = new ShopTunnel(street);
    router = new NorenRouter(street.noren());
    router.configure(ShopTunnel.document("\"role\": \"router\",", knowingTheFarEnd()));
    // A rule of nft's sees several datagrams that go at once as one that is large.
    router.start(Map.of("NOREN_OFFLOADS", "off"));
    router.awaitHandshake();
    street.askForAddress(street.pc());
    Ping.answers(street.pc(), ShopStreet.HQ_4, Wait.LONG);
  }

  /** With the far end's own address in the tunnel, at which it can be asked. */
  private String knowingTheFarEnd() {
    return tunnel.json(
        "\"" + ShopTunnel.OWN_4 + "/32\"",
        "\"10.9.0.1/32\", \"10.50.0.0/16\"",
        "{\"mode\": \"split\", \"subnets\": [\"10.9.0.1/32\", \"10.50.0.0/16\"]}",
        "");
  }

  @AfterEach
  void remove() {
    router.close();
    tunnel.close();
    street.close();
  }

  /** As where somebody on the way drops large packets and says nothing. */
  @Test
  void aBlackHoleThatAppearsInTheMidstOfAFlowIsGoneAround() {
    try (Pour pour = Pour.begin(street.pc(), street.hq(), ShopStreet.HQ_4, CHUNKS, PAUSE_MS)) {
      pour.awaitChunks(20);
      street
          .internet()
          .nft(
              """
              table inet hole {
                chain there {
                  type filter hook forward priority 0
                  meta l4proto udp meta length > 1300 drop
                }
              }
              """);
      long since = System.nanoTime();
      Wait.pause(2_000);
      int before = pour.chunks();
      assertTrue(before < CHUNKS / 2, "it has come to a standstill: " + before);
      Wait.until(
          "smaller packets are sent",
          A_WHILE,
          () -> router.status().matches("(?s).*\"mtuBytes\": ?1232\\b.*"),
          () -> router.status() + router.process().said());
      say("A hole of 1,300 bytes: found, and smaller packets are sent", since);
      pour.awaitChunks(before + 20, A_WHILE);
      say("The flow that was under way goes on", since);
      pour.finishWhole();
    }
    // What comes from there, in a flow that begins now.
    street
        .pc()
        .must("curl", "-sSf", "--max-time", "30", "-o", "/dev/null", "http://10.50.0.10/big");
    assertTrue(router.noren("log").must().contains("1232"), router.noren("log").out());
  }

  private static void say(String what, long since) {
    System.out.printf("%s after %.1f s.%n", what, (System.nanoTime() - since) / 1e9);
  }
}
