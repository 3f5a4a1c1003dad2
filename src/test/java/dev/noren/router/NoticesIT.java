package dev.noren.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import dev.noren.street.HookCatcher;
import dev.noren.street.HookCatcher.Post;
import dev.noren.street.MailCatcher;
import dev.noren.street.NorenRouter;
import dev.noren.street.Ran;
import dev.noren.street.ShopStreet;
import dev.noren.street.ShopTunnel;
import dev.noren.street.Wait;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The far end is cut off behind a closed kill switch, and the owner hears of it all the same. */
class NoticesIT {
  private static final Duration TO_TELL = Duration.ofSeconds(200);

  /** Longer than a start takes on a loaded machine. */
  private static final String DOWN_SECONDS = "25";

  private static final int MAIL_PORT = 2525;
  private static final int HOOK_PORT = 8080;

  private static final String NOTICES =
      """
      "notices": {
        "language": "ja",
        "mail": {"to": "owner@shop.example", "server": "www.example", "port": %d,
                 "security": "none"},
        "webhook": {"url": "http://www.example:%d/hook"},
        "events": ["down"]
      },
      """
          .formatted(MAIL_PORT, HOOK_PORT);

  private static List<String> events(HookCatcher hook) {
    return hook.posts().stream()
        .map(post -> JsonParser.parseString(post.body()).getAsJsonObject())
        .map(body -> body.get("event").getAsString())
        .toList();
  }

  private static void await(
      String event, int each, HookCatcher hook, MailCatcher mails, NorenRouter router) {
    Wait.until(
        event + " is told",
        TO_TELL,
        () -> hook.posts().size() >= each && mails.mails().size() >= each,
        () -> hook.posts() + " " + mails.heard() + router.status() + router.process().said());
    assertEquals(event, events(hook).getLast());
    assertTrue(mails.mails().getLast().contains("." + event + "@"), mails.mails().getLast());
  }

  private static List<String> from(MailCatcher mails) {
    return mails.heard().stream().filter(line -> line.startsWith("from ")).toList();
  }

  @Test
  void thatItIsDownArrivesBesideTheClosedTunnelAndThatItIsBackToo() throws IOException {
    try (ShopStreet street = ShopStreet.router();
        ShopTunnel tunnel = new ShopTunnel(street);
        MailCatcher mails = MailCatcher.in(street.web(), MAIL_PORT);
        HookCatcher hook = HookCatcher.in(street.web(), HOOK_PORT);
        NorenRouter router = new NorenRouter(street.noren())) {
      router.configure(ShopTunnel.document(NOTICES, tunnel.full()));
      router.start(
          Map.of("NOREN_TEST_DOWN_SECONDS", DOWN_SECONDS, "NOREN_TEST_PAGE_HOST", "www.example"));
      router.awaitHandshake();
      Ran test = router.noren("notices", "--test");
      assertTrue(test.ok(), test.said() + router.process().said());
      assertEquals(List.of("test"), events(hook));
      assertEquals(1, mails.mails().size(), () -> mails.mails() + router.process().said());
      System.out.println(
          "notices: a test went out from " + hook.posts().getFirst().from() + ", " + from(mails));
      tunnel.far().close();
      await("down", 2, hook, mails, router);
      Post down = hook.posts().getLast();
      assertEquals(ShopStreet.SHOP_4, down.from(), "it left by the line");
      assertEquals("from " + ShopStreet.SHOP_4, from(mails).getLast());
      assertTrue(down.body().contains("\"finding\":\"4-"), down.body());
      assertTrue(down.body().contains("つながっていません"), down.body());
      // Nothing else of the box's own gets out there.
      assertFalse(
          street
              .noren()
              .run("curl", "-s", "-m", "3", "http://" + ShopStreet.WEB_4 + ":" + HOOK_PORT + "/")
              .ok());
      tunnel.start();
      await("back", 3, hook, mails, router);
      Ran told = router.noren("notices");
      assertTrue(told.ok() && told.out().contains("back (webhook): The webhook"), told.said());
      assertTrue(told.out().contains("Told: down."), told.said());
      router.stop();
      assertEquals(List.of("test", "down", "back"), events(hook), "each once");
      assertEquals(3, mails.mails().size(), "each once");
    }
  }

  /** The first line is dead, and nobody has noticed yet. */
  @Test
  void aNoticeTakesTheLineThatWorks() throws IOException {
    try (ShopStreet street = ShopStreet.routerOfTwoLines();
        ShopTunnel tunnel = new ShopTunnel(street);
        MailCatcher mails = MailCatcher.in(street.web(), MAIL_PORT);
        HookCatcher hook = HookCatcher.in(street.web(), HOOK_PORT);
        NorenRouter router = new NorenRouter(street.noren())) {
      router.configure(
          ShopTunnel.document(
              "\"role\": \"router\", \"wan\": [{\"port\": \"eth0\"}, {\"port\": \"eth2\"}],"
                  + NOTICES,
              tunnel.split()));
      router.start();
      router.awaitStatus("both lines are there", "(?s)\"healthy\": ?true.*\"healthy\": ?true");
      router.awaitHandshake();
      street.silence(ShopStreet.LINE);
      Ran test = router.noren("notices", "--test");
      assertTrue(test.ok(), test.said() + router.process().said());
      assertEquals(ShopStreet.SHOP_2_4, hook.posts().getLast().from());
      assertEquals("from " + ShopStreet.SHOP_2_4, from(mails).getLast());
    }
  }
}
