package dev.noren.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.noren.config.RouterConfig;
import dev.noren.config.StoredConfig;
import dev.noren.control.FakeRouter;
import java.io.IOException;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The whole document of the tests has notices with all their secrets. */
@Timeout(60)
class NoticesApiTest {
  private static JsonObject set(PageBox box, String body) throws IOException {
    PageBox.Answer answer = box.change("PUT", "/api/v1/notices", body);
    assertEquals(200, answer.status(), answer.toString());
    String asked =
        box.router.asked.stream()
            .filter(each -> each.startsWith("set notices to "))
            .toList()
            .getLast();
    return JsonParser.parseString(
            asked.substring("set notices to ".length(), asked.lastIndexOf('}') + 1))
        .getAsJsonObject();
  }

  @Test
  void noSecretIsShown() throws IOException {
    try (PageBox box = PageBox.claimed()) {
      String api = box.get("/api/v1/notices").body();
      Document page = box.page("/notices", "ja");
      for (String text : new String[] {api, page.outerHtml()}) {
        assertFalse(text.contains("4711"), text);
        assertFalse(text.contains("komorebi"), text);
        assertTrue(text.contains("owner@shop.example"), text);
        assertTrue(text.contains("hooks.example.com"), text);
      }
      assertTrue(page.selectFirst("input[value=down]").hasAttr("checked"));
      assertFalse(page.selectFirst("input[value=device]").hasAttr("checked"));
      assertTrue(page.text().contains("Nobody listens."), "how the last one went");
      assertTrue(page.text().contains("まだ送れていないお知らせ：1件"), page.text());
    }
  }

  @Test
  void whatIsLeftOutIsKept() throws IOException {
    try (PageBox box = PageBox.claimed()) {
      JsonObject set =
          set(
              box,
              """
              {"language": "en", "byMail": true, "to": "other@shop.example",
               "server": "smtp.example.com", "security": "tls", "user": "owner",
               "byWebhook": true, "events": ["device"]}
              """);
      JsonObject mail = set.getAsJsonObject("mail");
      assertEquals("komorebi mail 4711", mail.get("password").getAsString());
      assertEquals("other@shop.example", mail.get("to").getAsString());
      JsonObject hook = set.getAsJsonObject("webhook");
      assertEquals("https://hooks.example.com/komorebi/4711", hook.get("url").getAsString());
      assertEquals("komorebi-hook-4711", hook.get("token").getAsString());
      assertEquals("[\"device\"]", set.getAsJsonArray("events").toString());
    }
  }

  /** Or a password could be had by naming a server of one's own. */
  @Test
  void aPasswordIsForItsServerAndATokenForItsAddress() throws IOException {
    try (PageBox box = PageBox.claimed()) {
      JsonObject set =
          set(
              box,
              """
              {"byMail": true, "to": "o@shop.example", "server": "smtp.example.net",
               "user": "owner", "byWebhook": true, "url": "https://hooks.example.net/",
               "events": []}
              """);
      assertFalse(set.getAsJsonObject("mail").has("password"));
      assertFalse(set.getAsJsonObject("webhook").has("token"));
      set = set(box, "{\"byMail\": false, \"byWebhook\": false}");
      assertFalse(set.has("mail"));
      assertFalse(set.has("webhook"));
    }
  }

  @Test
  void aWebhookNeedsAnAddressOnce() throws IOException {
    try (PageBox box = PageBox.claimed()) {
      StoredConfig stored = FakeRouter.STORED;
      box.router.stored =
          new StoredConfig(7, stored.savedAt(), "test", "all", RouterConfig.DEFAULT);
      PageBox.Answer answer = box.change("PUT", "/api/v1/notices", "{\"byWebhook\": true}");
      assertEquals(400, answer.status(), answer.toString());
      assertTrue(answer.body().contains("Give the webhook's address"), answer.body());
      assertTrue(box.page("/notices", "en").text().contains("Nobody is told anything yet"));
    }
  }

  @Test
  void aTestSaysWhatBecameOfIt() throws IOException {
    try (PageBox box = PageBox.claimed()) {
      PageBox.Answer answer = box.change("POST", "/api/v1/notices/test", "{}");
      assertEquals(200, answer.status(), answer.toString());
      assertTrue(answer.body().contains("\"Mail: Nobody listens.\""), answer.body());
      assertNotNull(box.page("/care", "en").selectFirst("a[href=/notices]"));
    }
  }
}
