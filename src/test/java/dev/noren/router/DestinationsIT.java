package dev.noren.router;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.street.NorenRouter;
import dev.noren.street.ShopStreet;
import dev.noren.street.ShopTunnel;
import dev.noren.street.Wait;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where the shop's devices connect to is in the log where that is asked for, and else nowhere. */
class DestinationsIT {
  /** Longer than a new device's connections are summed up. */
  private static final long SUMMED_UP_MS = 7_000;

  private static final int SYSLOG_PORT = 5514;

  private ShopStreet street;
  private ShopTunnel tunnel;
  private NorenRouter router;

  @BeforeEach
  void build() {
    street = ShopStreet.router();
    tunnel = new ShopTunnel(street);
    router = new NorenRouter(street.noren());
    router.configure(ShopTunnel.document(tunnel.split()));
    router.start();
    router.awaitHandshake();
    street.askForAddress(street.pc());
  }

  @AfterEach
  void remove() {
    router.close();
    tunnel.close();
    street.close();
  }

  /** It cuts nobody off, so it is saved at once. */
  private void set(String path, String value) {
    router.noren("config", "set", path, value).must();
  }

  private String log() {
    return router.noren("log", "-n", "1000").must();
  }

  @Test
  void destinationsAreLoggedOnlyWhileThatIsOn() throws IOException {
    String pc = street.pc().must("ip", "-4", "-o", "addr", "show", "dev", "eth0");
    String address = pc.replaceAll("(?s).* inet ([0-9.]+)/.*", "$1");
    String mac = street.pc().must("cat", "/sys/class/net/eth0/address").strip();
    try (DatagramSocket server = street.pc().inside(() -> new DatagramSocket(SYSLOG_PORT))) {
      set("log.syslog", "\"" + address + ":" + SYSLOG_PORT + "\"");
      visit(ShopStreet.BANK_4);
      set("log.destinations", "true");
      String web = "tcp " + ShopStreet.WEB_4 + ":80 by eth0";
      String hq = "tcp " + ShopStreet.HQ_4 + ":80 through " + tunnel.name();
      // The first of them may come before the router listens.
      Wait.until(
          "both are in the log",
          Duration.ofSeconds(30),
          () -> {
            visit(ShopStreet.WEB_4);
            visit(ShopStreet.HQ_4);
            return log().contains(web) && log().contains(hq);
          },
          () -> log() + router.process().said());
      assertTrue(log().contains("  opened   " + mac), log());
      set("log.destinations", "false");
      visit(ShopStreet.BANK_4);
      Wait.pause(SUMMED_UP_MS);
      Map<String, String> looked = new LinkedHashMap<>();
      looked.put("log", log());
      looked.put("status", router.status());
      looked.put("status for people", router.noren("status").must());
      looked.put("output", router.process().said());
      looked.put("syslog", received(server));
      looked.put("state folder", router.allFiles());
      assertTrue(looked.get("syslog").contains(web), "the copy comes: " + looked.get("syslog"));
      assertTrue(looked.get("state folder").contains(web), "the log is among the files");
      looked.forEach(
          (where, text) -> assertFalse(text.contains(ShopStreet.BANK_4), where + ": " + text));
    }
  }

  private void visit(String server) {
    street.who(street.pc(), server).must();
  }

  /** All that has come. */
  private static String received(DatagramSocket server) throws IOException {
    StringBuilder all = new StringBuilder();
    server.setSoTimeout(500);
    DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
    try {
      while (true) {
        server.receive(packet);
        all.append(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8));
        all.append('\n');
      }
    } catch (SocketTimeoutException e) {
      return all.toString();
    }
  }
}
