package dev.noren.router;

import dev.noren.street.NorenRouter;
import dev.noren.street.ShopStreet;
import dev.noren.street.ShopTunnel;
import dev.noren.street.Wait;
import dev.noren.street.WgEnd;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The far end's name: unknown at first, of two addresses one of which is dead, and moving. */
class FarEndIT {
  /** As an answer is believed for 30 s at least; more on a loaded machine. */
  private static final Duration A_WHILE = Duration.ofSeconds(60);

  private static final String NOBODY_4 = "203.0.113.99";

  @Test
  void theTunnelFollowsItsName() {
    try (ShopStreet street = ShopStreet.router()) {
      street.farIsAt();
      try (ShopTunnel tunnel = new ShopTunnel(street);
          NorenRouter router = new NorenRouter(street.noren())) {
        router.configure(ShopTunnel.document("\"role\": \"router\",", tunnel.split()));
        router.start();
        router.awaitStatus("the name is a problem", "\"vpn.example [^\"]*; it is asked again");
        street.farIsAt(NOBODY_4, ShopStreet.FAR_6);
        awaitFarEnd(router, "[" + ShopStreet.FAR_6 + "]");
        street.farIsAt(ShopStreet.FAR_4);
        awaitFarEnd(router, ShopStreet.FAR_4);
        Wait.until(
            "the far shop answers",
            () -> street.noren().run("ping", "-c", "1", "-W", "1", ShopStreet.HQ_4).ok());
      }
    }
  }

  /** The far end is there, and has shaken hands there. */
  private static void awaitFarEnd(NorenRouter router, String address) {
    String endpoint = "\"endpoint\": \"" + address + ":" + WgEnd.PORT + "\"";
    Wait.until(
        "the far end is at " + address,
        A_WHILE,
        () ->
            router.status().contains(endpoint)
                && router.status().matches("(?s).*\"handshakeAgeSeconds\": ?\\d.*"),
        () -> router.status() + router.process().said());
  }
}
