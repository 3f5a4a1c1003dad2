package dev.noren.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.config.ConfigException;
import dev.noren.config.TunnelConfig;
import dev.noren.config.WgQuickFile;
import dev.noren.net.IpAddress;
import dev.noren.street.Host;
import dev.noren.street.Keys;
import dev.noren.street.Machine;
import dev.noren.street.Maker;
import dev.noren.street.NorenRouter;
import dev.noren.street.Ran;
import dev.noren.street.ShopStreet;
import dev.noren.street.Wait;
import dev.noren.street.WgEnd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A cloud from its form to its packets: what passes, and what the far end may not start. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CloudIT {
  private static final String LAN = "10.77.0.0/24";
  private static final String PC = "10.77.0.20";
  private static final String OWN = "10.64.12.34";
  private static final String GATEWAY = "10.64.12.1";
  private static final int HUB_PORT = 51821;
  private static final int GATEWAY_PORT = 51822;

  private ShopStreet street;
  private NorenRouter router;

  @BeforeAll
  void build() {
    street = ShopStreet.router();
    router = new NorenRouter(street.noren());
    router.configure(
        """
        {"schema": 1, "role": "router",
         "lan": {"address": "10.77.0.1/24",
                 "reservations": [{"name": "pc", "mac": "%s", "address": "%s"}]}}
        """
            .formatted(street.pc().must("cat", "/sys/class/net/eth0/address").strip(), PC));
    router.start();
    street.askForAddress(street.pc());
    String www = street.folder().path().resolve("www").toString();
    street.pc().start("busybox", "httpd", "-f", "-p", "80", "-h", www);
  }

  @AfterAll
  void remove() {
    router.close();
    street.close();
  }

  private static boolean pings(Host from, String address) {
    return from.run("ping", "-n", "-c", "1", "-W", "2", address).ok();
  }

  private static Ran who(Host from, String server) {
    return from.run("curl", "-sS", "--max-time", "3", "http://" + server + "/cgi-bin/who");
  }

  /** The machine is the far shop's, whose kernel has what the file's commands need. */
  @Test
  void atTheHubThatAFormMakesAShopAndADeviceMeet() throws ConfigException {
    String text =
        router
            .noren(
                "form",
                "hub",
                "meet",
                "--endpoint",
                ShopStreet.FAR_4 + ":" + HUB_PORT,
                "--wg-quick")
            .must();
    router.noren("config", "confirm").must();
    TunnelConfig hub = WgQuickFile.parse("hub.conf", text);
    IpAddress own = hub.own().addresses().getFirst().address();
    String device = new IpAddress(false, 0, own.low() + 2).toString();
    Host machine = street.far();
    String name = Machine.interfaceName();
    try (WgEnd phone = new WgEnd(street.phone(), Maker.GO)) {
      phone.start();
      phone.identify();
      String peer =
          "\n[Peer]\nPublicKey = %s\nAllowedIPs = %s/32\n".formatted(phone.publicKey(), device);
      String file = street.folder().write(name + ".conf", text + peer);
      machine.must("sysctl", "-qw", "net.ipv4.ip_forward=0");
      wgQuick(machine, "up", file);
      try {
        phone.up(1420, device + "/32");
        String network = hub.own().addresses().getFirst().masked().toString();
        String far = ShopStreet.HQ_4 + "/32";
        phone.set(
            "peer",
            hub.own().privateKey().publicKey().toBase64(),
            "endpoint",
            ShopStreet.FAR_4 + ":" + HUB_PORT,
            "allowed-ips",
            String.join(",", network, LAN, far));
        for (String to : new String[] {network, LAN, far}) {
          street.phone().ip("route replace " + to + " dev " + phone.name());
        }
        Wait.until("the shop and the device meet", () -> pings(street.phone(), PC));
        assertEquals(device, who(street.phone(), PC).must().strip());
        Wait.until("the shop begins", () -> pings(street.pc(), device));
        Wait.until("the control of the next", () -> pings(machine, PC));
        Wait.until("the control of the next but one", () -> pings(machine, ShopStreet.HQ_4));
        for (String inTunnel : new String[] {device, PC}) {
          assertFalse(pings(street.hq(), inTunnel), "who is behind the machine, not in its tunnel");
        }
        assertFalse(pings(street.phone(), ShopStreet.HQ_4), "on through the machine");
      } finally {
        wgQuick(machine, "down", file);
        Machine.removeSocket(name);
      }
      assertFalse(machine.must("nft", "list", "tables").contains("noren_hub"));
    }
  }

  private static void wgQuick(Host machine, String verb, String file) {
    machine
        .runIn(Map.of("WG_QUICK_USERSPACE_IMPLEMENTATION", "wireguard-go"), "wg-quick", verb, file)
        .must();
  }

  @Test
  void aProvidersFarEndIsReachedAndStartsNothing() throws Exception {
    Path ran = street.folder().path().resolve("ran");
    Keys own = Keys.generate();
    try (WgEnd gateway = new WgEnd(street.far(), Maker.GO, GATEWAY_PORT)) {
      gateway.start();
      gateway.identify();
      gateway.up(1420, GATEWAY + "/24");
      gateway.set(
          "peer",
          own.publicKey(),
          "allowed-ips",
          OWN + "/32," + LAN + "," + ShopStreet.WEB_4 + "/32");
      street.far().ip("route replace " + LAN + " dev " + gateway.name());
      String file =
          router.file(
              "tokyo.conf",
              """
              [Interface]
              PrivateKey = %s
              Address = %s/24
              PostUp = touch %s
              [Peer]
              PublicKey = %s
              AllowedIPs = 10.64.12.0/24, 10.50.0.0/16
              Endpoint = %s:%d
              PersistentKeepalive = 5
              """
                  .formatted(
                      own.privateKey(),
                      OWN,
                      ran,
                      gateway.publicKey(),
                      ShopStreet.FAR_4,
                      GATEWAY_PORT));
      Ran imported =
          router.noren("form", "import", "cloud1", file, "--provider", "Sky", "--country", "JP");
      assertTrue(imported.err().contains("PostUp"), imported.toString());
      router.noren("config", "confirm").must();
      Wait.until("the shop reaches the cloud", () -> who(street.pc(), ShopStreet.HQ_4).ok());
      Host far = street.far();
      Wait.until("it may see whether Noren is there", () -> pings(far, OWN));
      assertFalse(pings(far, PC));
      assertFalse(who(far, PC).ok(), "the shop's web server");
      Ran names = far.run("dig", "+tries=1", "+time=2", "@" + OWN, "pc.lan");
      assertFalse(names.out().contains(PC), names.toString());
      for (String address : new String[] {OWN, "10.77.0.1"}) {
        for (String port : new String[] {"53", "80"}) {
          String door = "/dev/tcp/" + address + "/" + port;
          assertFalse(far.run("timeout", "1", "bash", "-c", ": <" + door).ok(), door);
        }
      }
      far.ip("route replace " + ShopStreet.WEB_4 + " dev " + gateway.name());
      assertFalse(who(far, ShopStreet.WEB_4).ok(), "out to the internet through the shop");
      Wait.until("the tunnel was there all the time", () -> who(street.pc(), ShopStreet.HQ_4).ok());
      assertFalse(Files.exists(ran), "a file's commands are never run");
    }
  }
}
