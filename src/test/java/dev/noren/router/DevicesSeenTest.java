package dev.noren.router;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.noren.config.FormEdit;
import dev.noren.config.RouterConfig;
import dev.noren.crypto.PresharedKey;
import dev.noren.crypto.PublicKey;
import dev.noren.forms.DeviceFiles;
import dev.noren.state.DeviceDays;
import dev.noren.tunnel.TunnelSnapshot;
import dev.noren.tunnel.TunnelSnapshot.PeerSnapshot;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevicesSeenTest {
  private static final LocalDate DAY = LocalDate.of(2026, 11, 28);
  private static final Instant EVENING = Instant.parse("2026-11-27T23:59:59Z");

  @TempDir private Path folder;
  private RouterConfig config;
  private Instant handshake;

  private Map<String, TunnelSnapshot> tunnels(PublicKey key) {
    long unixNs = handshake == null ? 0 : TimeUnit.SECONDS.toNanos(handshake.getEpochSecond());
    PeerSnapshot peer =
        new PeerSnapshot(key, PresharedKey.NONE, null, 0, unixNs, 0, -1, 0, 0, List.of());
    return Map.of("staff", new TunnelSnapshot(null, 51_820, 0, List.of(peer)));
  }

  @Test
  void handshakesOfDevicesAreRememberedByTheDay() throws Exception {
    RouterConfig shop = DeviceFiles.shop();
    PublicKey phone = FormEdit.device(shop, "phone").device().publicKey();
    config = shop;
    DeviceDays days = new DeviceDays(folder);
    DevicesSeen seen = new DevicesSeen(days, () -> config, () -> tunnels(phone), () -> DAY);
    seen.look(0);
    assertEquals(7, DeviceDays.read(folder).size(), "all that there are, lost ones too");
    assertEquals(new DeviceDays.Days(DAY, null), DeviceDays.read(folder).get(phone.toString()));
    handshake = EVENING;
    seen.look(TimeUnit.SECONDS.toNanos(59));
    days.close();
    assertEquals(new DeviceDays.Days(DAY, null), DeviceDays.read(folder).get(phone.toString()));
    seen.look(TimeUnit.SECONDS.toNanos(60));
    days.close();
    DeviceDays.Days known = new DeviceDays.Days(DAY, LocalDate.of(2026, 11, 27));
    assertEquals(known, DeviceDays.read(folder).get(phone.toString()));
    config = null;
    seen.lookAtOnce(TimeUnit.HOURS.toNanos(2));
    days.close();
    assertEquals(known, DeviceDays.read(folder).get(phone.toString()), "while a change is tried");
  }
}
