package dev.noren.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.street.Capture;
import dev.noren.street.Host;
import dev.noren.street.Ping;
import dev.noren.street.ShopStreet;
import dev.noren.street.Wait;
import dev.noren.street.WgEnd;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Shops joined by the form, with stock wireguard-go at the far ends, which were told of this one by
 * what {@code noren form peer} prints.
 */
class SiteIT extends StockFarShops {
  private static final String TOO_LONG = "1420";

  @Test
  void twoShopsReachEachOtherByAddressAndByName() throws Exception {
    open(ShopStreet.router());
    WgEnd far = end(street.far(), "10.9.0.1/24");
    String hq =
        shop(
            "hq",
            far,
            ShopStreet.FAR_4,
            "\"address\": \"10.9.0.1\", \"subnets\": [\"10.50.0.0/24\"],"
                + " \"domain\": \"hq.example\", \"dns\": \"10.50.0.53\"");
    run(document(ROUTER, "", hq));
    street.askForAddress(street.pc());
    String pc = pc();
    serve(street.pc());
    awaitWho(street.pc(), ShopStreet.HQ_4, pc);
    awaitWho(street.pc(), "hq.example", pc);
    awaitWho(street.hq(), pc, ShopStreet.HQ_4);
    // Nobody of another network, nobody who says he is one of this shop, and nothing further.
    street.far().ip("addr add 10.88.0.1/32 dev lo", "addr add 10.77.0.99/32 dev lo");
    assertTrue(Ping.once(street.far(), "-I", "10.50.0.1", pc), "the control");
    assertFalse(Ping.once(street.far(), "-I", "10.88.0.1", pc));
    assertFalse(Ping.once(street.far(), "-I", "10.77.0.99", pc));
    street.far().ip("route add " + ShopStreet.WEB_4 + "/32 dev " + far.name());
    assertFalse(street.who(street.hq(), ShopStreet.WEB_4).ok());
    street.far().ip("route del " + ShopStreet.WEB_4 + "/32 dev " + far.name());
    theSameShopInABundle(hq, pc);
  }

  /** All leaves through it, and a device of this shop's is let to one port. */
  private void theSameShopInABundle(String hq, String pc) throws Exception {
    WgEnd staff = end(street.phone(), "10.9.0.9/32");
    String document =
        """
        {"schema": 1, %s
         "access": {"rules": [
           {"name": "pc", "from": ["device:staff"], "to": ["%s"], "services": ["tcp/80"]}]},
         "forms": [{"kind": "router", "name": "%s", "privateKey": "%s",
           "addresses": ["10.9.0.2/24"], "listenPort": %d, "extent": "full", "shop": %s,
           "devices": [{"name": "staff", "publicKey": "%s", "addresses": ["10.9.0.9"]}]}]}
        """
            .formatted(ROUTER, pc, name, keys.privateKey(), LISTEN_PORT, hq, staff.publicKey());
    tell(document);
    router.changeTo(document);
    awaitWho(street.pc(), ShopStreet.WEB_4, ShopStreet.FAR_4);
    try (LeakWatch line = new LeakWatch(street, "udp port " + LISTEN_PORT)) {
      calls(staff);
      awaitWho(street.phone(), pc, "10.9.0.9");
      assertFalse(Ping.once(street.phone(), pc), "another protocol");
      assertFalse(street.who(street.phone(), ShopStreet.HQ_4).ok(), "no rule names the far shop");
      assertFalse(street.who(street.phone(), ShopStreet.WEB_4).ok(), "nor the internet");
      awaitWho(street.pc(), ShopStreet.HQ_4, pc);
      awaitWho(street.hq(), pc, ShopStreet.HQ_4);
      assertFalse(Ping.once(street.far(), "-I", "10.88.0.1", pc), "nobody of another network");
      awaitWho(street.pc(), ShopStreet.WEB_4, ShopStreet.FAR_4);
      assertEquals(List.of(), line.leaks());
    }
  }

  @Test
  void overlappingNetworksAreJoinedWithAStockFarEnd() throws Exception {
    open(ShopStreet.router());
    WgEnd far = end(street.far(), "10.9.0.1/24");
    run(
        document(
            "\"role\": \"router\", \"lan\": {\"address\": \"10.50.0.1/24\"},",
            "\"seenAs\": \"10.64.1.0/24\",",
            shop(
                "hq",
                far,
                ShopStreet.FAR_4,
                "\"address\": \"10.9.0.1\", \"subnets\": [\"10.50.0.0/24\"],"
                    + " \"seenAs\": [\"10.64.2.0/24\"],"
                    + " \"domain\": \"hq.example\", \"dns\": \"10.50.0.53\"")));
    street.askForAddress(street.pc());
    String seen = "10.64.1." + last(pc());
    serve(street.pc());
    try (Capture line =
        Capture.on(
            street.internet(), ShopStreet.LINE, "net 10.64.0.0/10 or dst net 10.50.0.0/16")) {
      awaitWho(street.pc(), "hq.example", seen);
      awaitWho(street.hq(), seen, "10.64.2.10");
      loadsBothWays(seen);
      assertTrue(Ping.once(street.hq(), "10.64.1.1"), "Noren itself, as the far shop calls it");
      // Not as it calls its own, and not a machine that has Noren's address.
      street.far().ip("route add 10.50.0.128/25 dev " + far.name());
      assertFalse(Ping.once(street.far(), "-I", "10.50.0.1", pc()));
      street.far().ip("route del 10.50.0.128/25 dev " + far.name());
      assertFalse(Ping.once(street.pc(), "10.64.2.1"));
      errorsComeBack();
      assertEquals(List.of(), line.packets());
    }
  }

  /** What is too long is said so, and who was asked for too much says it under its seen address. */
  private void errorsComeBack() {
    String tooLong =
        street
            .pc()
            .run("ping", "-n", "-c", "1", "-W", "1", "-M", "do", "-s", TOO_LONG, "10.64.2.10")
            .said();
    assertTrue(tooLong.contains("mtu = 14") || tooLong.contains("mtu=14"), tooLong);
    String expired =
        street.pc().run("ping", "-n", "-c", "1", "-W", "2", "-t", "2", "10.64.2.10").said();
    assertTrue(expired.contains("Time to live exceeded"), expired);
  }

  private void loadsBothWays(String pc) {
    for (String[] way : new String[][] {{"pc", "hq.example"}, {"hq", pc}}) {
      Host from = way[0].equals("pc") ? street.pc() : street.hq();
      String size =
          from.must(
              "curl",
              "-sS",
              "--max-time",
              "30",
              "-o",
              "/dev/null",
              "-w",
              "%{size_download}",
              "http://" + way[1] + "/big");
      assertEquals(ShopStreet.BIG_BYTES, Integer.parseInt(size.strip()));
    }
  }

  @Test
  void overlappingNetworksAreJoinedBesideTheShopsRouterToo() throws Exception {
    open(ShopStreet.beside());
    street.far().ip("addr add 192.168.1.254/24 dev lan");
    street.hq().ip("addr add 192.168.1.10/24 dev lan", "route add 10.64.1.0/24 via 192.168.1.254");
    WgEnd far = end(street.far(), "10.9.0.1/24");
    run(
        document(
            "",
            "\"seenAs\": \"10.64.1.0/24\",",
            shop(
                "hq",
                far,
                ShopStreet.FAR_4,
                "\"address\": \"10.9.0.1\", \"subnets\": [\"192.168.1.0/24\"],"
                    + " \"seenAs\": [\"10.64.2.0/24\"]")));
    street.askForAddress(street.pc());
    String own =
        street
            .noren()
            .must("sh", "-c", "ip -4 -o addr show dev eth0 | sed 's|.* inet \\([0-9.]*\\)/.*|\\1|'")
            .strip();
    String seen = "10.64.1." + last(pc());
    street.pc().ip("route add 10.64.2.0/24 via " + own);
    serve(street.pc());
    awaitWho(street.pc(), "10.64.2.10", seen);
    awaitWho(street.hq(), seen, own);
  }

  @Test
  void anOverlapThatShowsOnlyOnceThereIsALeaseIsSaidAndLeavesTheRestAlone() throws Exception {
    open(ShopStreet.beside());
    WgEnd far = end(street.far(), "10.9.0.1/24");
    String document =
        document(
            "",
            "\"seenAs\": null,",
            shop(
                "hq",
                far,
                ShopStreet.FAR_4,
                "\"address\": \"10.9.0.1\","
                    + " \"subnets\": [\"192.168.1.0/24\", \"10.50.0.0/24\"]"));
    far.set("peer", keys.publicKey(), "allowed-ips", "10.9.0.2/32,192.168.1.0/24");
    router.configure(document);
    router.start();
    router.awaitHandshake();
    router.awaitStatus("the overlap is said", "No way leads to hq: its network 192.168.1.0/24");
    Wait.until("its other network is reached", () -> Ping.once(street.noren(), ShopStreet.HQ_4));
  }

  @Test
  void aHubPassesOnWhatTwoSpokesSendEachOther() throws Exception {
    open(ShopStreet.router());
    WgEnd far = end(street.far(), "10.9.0.1/24");
    WgEnd phone = end(street.phone(), "10.9.0.3/24");
    street.phone().ip("addr add 10.51.0.1/24 dev lo", "addr add 10.52.0.1/24 dev lo");
    String shops =
        shop(
                "hq",
                far,
                ShopStreet.FAR_4,
                "\"address\": \"10.9.0.1\", \"subnets\": [\"10.50.0.0/24\"]")
            + ", "
            + shop(
                "stand",
                phone,
                "198.51.100.2",
                "\"address\": \"10.9.0.3\", \"subnets\": [\"10.51.0.0/24\"]");
    run(document(ROUTER, "\"exchange\": true,", shops));
    serve(street.phone());
    awaitWho(street.hq(), "10.51.0.1", ShopStreet.HQ_4);
    assertTrue(Ping.once(street.phone(), "-I", "10.51.0.1", ShopStreet.HQ_4));
    assertFalse(Ping.once(street.phone(), "-I", "10.52.0.1", ShopStreet.HQ_4));
    router.changeTo(document(ROUTER, "", shops));
    assertFalse(street.who(street.hq(), "10.51.0.1").ok(), "unless it is told to");
  }
}
