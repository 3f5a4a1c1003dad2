package dev.noren.router;

import static dev.noren.street.JoinedShops.PC;
import static dev.noren.street.JoinedShops.gets;
import static dev.noren.street.JoinedShops.loads;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.control.ControlClient;
import dev.noren.street.JoinedShops;
import dev.noren.street.NorenRouter;
import dev.noren.street.Ping;
import dev.noren.street.ShopStreet;
import dev.noren.street.Wait;
import dev.noren.text.Language;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Two shops, each with a Noren as its router, that are joined by forms. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShopsIT {
  private static final String REFUSED = "shops_refused_";
  private static final String PRIVATE = "shops_private_";

  private JoinedShops shops;
  private ShopStreet street;
  private NorenRouter far;
  private NorenRouter router;

  @BeforeAll
  void build() {
    shops = new JoinedShops();
    street = shops.street();
    far = shops.far();
    router = shops.near();
  }

  @AfterAll
  void remove() {
    if (shops != null) {
      shops.close();
    }
  }

  @Test
  void twoNorensReachEachOtherByAddressAndByName() {
    shops.become(shops.farDocument(""), shops.document(shops.site("")));
    shops.awaitWho(street.pc(), ShopStreet.HQ_4, PC);
    shops.awaitWho(street.pc(), "hq.example", PC);
    shops.awaitWho(street.hq(), PC, ShopStreet.HQ_4);
    shops.awaitWho(street.pc(), ShopStreet.WEB_4, ShopStreet.SHOP_4);
    loads(street.pc(), "hq.example");
    loads(street.hq(), PC);
    // The other Noren itself.
    Ping.answers(street.hq(), "10.77.0.1");
    isAsked(router);
    isAsked(far);
    // But not what it offers in its own shop, nor anybody with an address of another network.
    assertFalse(gets(street.hq(), "10.77.0.1:443"));
    street.hq().ip("addr add 10.51.0.10/24 dev lan");
    assertFalse(Ping.once(street.hq(), "-I", "10.51.0.10", PC));
    street.pc().ip("addr add 10.78.0.20/24 dev eth0");
    assertFalse(Ping.once(street.pc(), "-I", "10.78.0.20", ShopStreet.HQ_4));
    street.hq().ip("addr del 10.51.0.10/24 dev lan");
    street.pc().ip("addr del 10.78.0.20/24 dev eth0");
  }

  /** How long the other shop's router takes to answer, and how much is lost. */
  private static void isAsked(NorenRouter asking) {
    ControlClient desk = ControlClient.in(asking.state(), Language.ENGLISH);
    Wait.until(
        "the far end answers echoes",
        () -> {
          try {
            return desk.echoes().stream()
                .anyMatch(each -> each.microseconds() != null && each.microseconds() > 0);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /** Both networks are called 10.50.0.0/24, and each end shows its own as another. */
  @Test
  void eachOfTwoNorensMapsItsOwnNetwork() {
    String mapped = ", \"mapsItself\": true, \"seenAs\": [\"%s\"]";
    String near =
        shops.form(
            "site",
            "\"seenAs\": \"10.64.1.0/24\", \"shops\": ["
                + shops.hq(mapped.formatted("10.64.2.0/24"))
                + "]");
    shops.become(
        shops.farDocument(
            "\"seenAs\": \"10.64.2.0/24\",", "10.50.0.0/24", mapped.formatted("10.64.1.0/24")),
        shops.document("10.50.0.1/24", "", near));
    shops.awaitWho(street.pc(), "10.64.2.10", "10.64.1.20");
    shops.awaitWho(street.pc(), "hq.example", "10.64.1.20");
    shops.awaitWho(street.hq(), "10.64.1.20", "10.64.2.10");
    loads(street.pc(), "hq.example");
    loads(street.hq(), "10.64.1.20");
    Ping.answers(street.hq(), "10.64.1.1");
    // But nobody that is not there, nor from another network.
    assertFalse(Ping.once(street.pc(), "10.64.2.77"));
    street.pc().ip("addr add 10.78.0.20/24 dev eth0");
    assertFalse(Ping.once(street.pc(), "-I", "10.78.0.20", "10.64.2.10"));
    street.pc().ip("addr del 10.78.0.20/24 dev eth0");
  }

  /** The far Noren lets this one in as a device, whose file is what a provider gives. */
  @Test
  void anotherNorenIsACloud() {
    String theirs = shops.interfaceName();
    String ours = shops.interfaceName();
    shops.become(shops.farDocumentAlone(), shops.document(""));
    far.noren("form", "add", "remote", theirs, "endpoint=" + ShopStreet.FAR_4).must();
    far.noren("config", "confirm").must();
    String file = far.noren("device", "add", theirs, "ginza").must();
    far.noren("access", "allow", "device:ginza", ShopStreet.HQ_4, "tcp/80").must();
    router.noren("form", "import", ours, router.file("sky.conf", file), "--provider=Sky").must();
    router.noren("config", "confirm").must();
    Matcher own = Pattern.compile("Address = ([0-9.]+)/32").matcher(file);
    assertTrue(own.find());
    shops.awaitWho(street.pc(), ShopStreet.HQ_4, own.group(1));
    loads(street.pc(), ShopStreet.HQ_4);
    assertFalse(Ping.once(street.pc(), ShopStreet.HQ_4), "what no rule names");
    shops.awaitWho(street.pc(), ShopStreet.WEB_4, ShopStreet.SHOP_4);
    // It may see whether this one is there, and starts nothing.
    Ping.answers(street.hq(), own.group(1));
    assertFalse(gets(street.hq(), own.group(1)));
    far.noren("device", "lost", "ginza").must();
    assertFalse(gets(street.pc(), ShopStreet.HQ_4), "it is let in no longer");
  }

  @Test
  void aShopIsTheWayOutForAllThatAnotherSends() {
    String bundle = shops.form("router", "\"extent\": \"full\", \"shop\": " + shops.hq(""));
    shops.become(
        shops.farDocument(", \"internet\": true"),
        shops.document(JoinedShops.LAN, "\"dns\": {\"upstream\": [\"10.9.0.1\"]},", bundle));
    shops.awaitWho(street.pc(), ShopStreet.WEB_4, ShopStreet.FAR_4);
    try (LeakWatch line = new LeakWatch(street)) {
      shops.awaitWho(street.pc(), "shop.example", ShopStreet.FAR_4);
      shops.awaitWho(street.pc(), ShopStreet.HQ_4, PC);
      shops.awaitWho(street.hq(), PC, ShopStreet.HQ_4);
      loads(street.pc(), ShopStreet.WEB_4);
      assertFalse(gets(street.pc(), "[" + ShopStreet.WEB_6 + "]"), "no IPv6 past the tunnel");
      // The box's own goes the same way.
      Ping.answers(street.noren(), ShopStreet.WEB_4);
      onlyTheInternet();
      long before = far.counted(REFUSED);
      far.changeTo(shops.farDocument(""));
      assertFalse(gets(street.pc(), ShopStreet.WEB_4), "the far shop lets it out no longer");
      far.awaitCounted(REFUSED, before);
      shops.awaitWho(street.pc(), ShopStreet.HQ_4, PC);
      far.stop();
      assertFalse(gets(street.pc(), ShopStreet.WEB_4), "nor is there another way");
      assertEquals(List.of(), line.leaks());
    }
    far.start();
    far.awaitStatus("the far shop is back", "\"healthy\": ?true");
  }

  /** A network before the far shop's router is reached by that shop, and by none that is in it. */
  private void onlyTheInternet() {
    street.buildPrivateNetwork();
    shops.awaitWho(street.hq(), ShopStreet.PRIVATE_4, ShopStreet.FAR_4);
    long before = far.counted(PRIVATE);
    assertFalse(gets(street.pc(), ShopStreet.PRIVATE_4));
    far.awaitCounted(PRIVATE, before);
    shops.awaitWho(street.pc(), ShopStreet.WEB_4, ShopStreet.FAR_4);
  }

  /** All ways of use in one document, with everything going out through the other Noren. */
  @Test
  void allFiveFormsTogether() {
    try (FiveForms five = new FiveForms(shops)) {
      shops.become(shops.farDocument(", \"internet\": true"), five.document());
      shops.serve(street.pc(), "8080");
      five.meet();
      // The shop: the internet and hq through the other Noren, the rest each by its own tunnel.
      shops.awaitWho(street.pc(), ShopStreet.WEB_4, ShopStreet.FAR_4);
      shops.awaitWho(street.pc(), ShopStreet.HQ_4, PC);
      shops.awaitWho(street.pc(), "10.71.0.1", PC);
      shops.awaitWho(street.pc(), "10.70.0.1", "10.5.0.2");
      try (LeakWatch line = new LeakWatch(street, five.calls())) {
        shopsAndTheCloud(five);
        devices(five);
        assertEquals(List.of(), line.leaks());
      }
      Wait.until(
          "nothing else is wrong than that IPv6 is blocked",
          Wait.LONG,
          () -> problems().matches("\"IPv6 of clients is blocked: [^\"]*\"\\s*"),
          this::problems);
    }
  }

  /** From the far shops into this one and no further, and not from the cloud's gateway. */
  private void shopsAndTheCloud(FiveForms five) {
    shops.awaitWho(street.hq(), PC, ShopStreet.HQ_4);
    Wait.until("a ping is answered", () -> Ping.once(street.web(), "-I", "10.71.0.1", PC));
    five.leadsToTheShop(five.cloud());
    assertFalse(Ping.once(street.web(), "-I", "10.70.0.1", PC));
    five.leadsToTheShop(five.osaka());
    assertFalse(gets(street.hq(), "10.71.0.1"));
    assertFalse(Ping.once(street.web(), "-I", "10.71.0.1", ShopStreet.HQ_4));
  }

  private static void devices(FiveForms five) {
    // A telephone: what a rule names, and the internet through both shops.
    FiveForms.reaches(five.phone(), PC);
    FiveForms.reachesNot(five.phone(), PC + ":8080");
    FiveForms.reaches(five.phone(), ShopStreet.WEB_4);
    FiveForms.reachesNot(five.phone(), ShopStreet.HQ_4);
    FiveForms.reachesNot(five.phone(), "10.71.0.1");
    // Who comes to a desktop: that, and nothing else.
    FiveForms.reaches(five.desk(), PC + ":8080");
    FiveForms.reachesNot(five.desk(), PC);
    FiveForms.reachesNot(five.desk(), ShopStreet.WEB_4);
    // The bundle's own device: the other shop's machine that a rule names.
    FiveForms.reaches(five.staff(), ShopStreet.HQ_4);
    FiveForms.reachesNot(five.staff(), PC);
    FiveForms.reachesNot(five.staff(), "10.70.0.1");
  }

  private String problems() {
    Matcher problems =
        Pattern.compile("\"problems\": ?\\[\\s*([^\\]]*)\\]").matcher(router.status());
    return problems.find() ? problems.group(1) : "";
  }
}
