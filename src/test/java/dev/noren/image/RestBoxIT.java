package dev.noren.image;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.street.PageUser;
import dev.noren.street.Ping;
import dev.noren.street.ShopStreet;
import dev.noren.street.ShopTunnel;
import dev.noren.street.TimeServer;
import dev.noren.street.Wait;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a card has to bear of a box that nobody wants anything of and whose tunnel stands. */
@Tag("image")
@Tag("soak")
class RestBoxIT {
  private static final int SETTLES_MS = 120_000;

  /** Longer than an hour, in which the clock is saved once. */
  private static final int REST_MS = 3_660_000;

  /** 48 MB a day: a card of 8 GB is written over in half a year then. */
  private static final double MOST_BYTES_AN_HOUR = 2_000_000;

  private static final double HOUR_MS = 3_600_000;
  private static final int DAY_HOURS = 24;
  private static final double MEBIBYTE = 1 << 20;

  @Test
  void atRestItWritesLittle() {
    try (ShopStreet street = ShopStreet.router();
        ShopTunnel tunnel = new ShopTunnel(street);
        TimeServer time = new TimeServer(street.web());
        Card card = new Card()) {
      street.noren().ip("link add eth2 type veth peer name spare");
      try (Box box = new Box(street.noren(), card)) {
        box.powerOn();
        PageUser owner = BoxOwner.claim(street, BoxOwner.code(box));
        BoxOwner.give(owner, "hq", tunnel.conf());
        Ping.answers(street.pc(), ShopStreet.HQ_4, Box.SLOW);
        owner.send("/api/v1/changes/confirm", "{}");
        Wait.pause(SETTLES_MS);
        long before = writtenBytes(box);
        Wait.pause(REST_MS);
        double written = writtenBytes(box) - before;
        double perHour = written / (REST_MS / HOUR_MS);
        System.out.printf(
            "At rest for %d minutes a box wrote %.0f KiB to its card: %.1f MiB a day; asked for the"
                + " time %d times.%n",
            REST_MS / 60_000, written / 1024, perHour * DAY_HOURS / MEBIBYTE, time.asked());
        assertTrue(perHour <= MOST_BYTES_AN_HOUR, written + " bytes");
        assertTrue(Ping.once(street.pc(), "-W", "10", ShopStreet.HQ_4), box.said());
      }
    }
  }

  /** What the card has got since the box was started: the seventh figure, sectors of 512 bytes. */
  private static long writtenBytes(Box box) {
    List<String> figures =
        List.of(box.within("sync && cat /sys/block/vda/stat").strip().split("\\s+"));
    return 512 * Long.parseLong(figures.get(6));
  }
}
