package dev.noren.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.config.RouterConfig;
import dev.noren.config.StoredConfig;
import dev.noren.control.FakeRouter;
import dev.noren.status.Statuses;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HubApiTest {
  private static PageBox.Answer asked(PageBox box, String name, String endpoint, String other)
      throws IOException {
    return box.change(
        "POST",
        "/api/v1/hubs",
        "{\"name\": \"%s\", \"endpoint\": \"%s\", \"others\": [\"%s\"]}"
            .formatted(name, endpoint, other));
  }

  @Test
  void theMachinesTextIsGivenAndTheFormIsMade() throws IOException {
    try (PageBox box = PageBox.claimed()) {
      PageBox.Answer answer = asked(box, "meeting", "203.0.113.5:51999", "192.168.20.7/24");
      assertEquals(200, answer.status(), answer.toString());
      String text = answer.body();
      assertTrue(text.contains("#cloud-config"), text);
      assertTrue(text.contains("PrivateKey = "), text);
      assertTrue(text.contains("ListenPort = 51999"), text);
      assertTrue(text.contains("\"port\":51999"), text);
      assertTrue(text.contains("noren-meeting.yaml"), text);
      assertTrue(
          box.router.asked.stream().anyMatch(each -> each.startsWith("edit 7 to")),
          box.router.asked.toString());
      assertFalse(box.router.asked.toString().contains("PrivateKey"));
    }
  }

  @Test
  void whatIsWrongIsSaid() throws IOException {
    try (PageBox box = PageBox.claimed()) {
      assertRefused(asked(box, "meeting", "203.0.113.5", "192.168.20.0/24"));
      assertRefused(asked(box, "meeting", "203.0.113.5:51820", "192.168.20"));
      assertRefused(asked(box, "a name that is long", "203.0.113.5:51820", "192.168.20.0/24"));
      assertTrue(
          box.router.asked.stream().noneMatch(each -> each.startsWith("edit")),
          box.router.asked.toString());
    }
  }

  private static void assertRefused(PageBox.Answer answer) {
    assertTrue(answer.status() == 400 || answer.status() == 422, answer.toString());
  }

  /** The machine would lead nobody to it. */
  @Test
  void aBoxWithoutANetworkIsToldSo() throws IOException {
    try (PageBox box = PageBox.claimed()) {
      StoredConfig stored = FakeRouter.STORED;
      box.router.status = Statuses.UNCLAIMED;
      box.router.stored =
          new StoredConfig(7, stored.savedAt(), "test", "all", RouterConfig.DEFAULT);
      PageBox.Answer answer = asked(box, "meeting", "203.0.113.5:51820", "192.168.20.0/24");
      assertEquals(400, answer.status(), answer.toString());
      assertTrue(answer.body().contains("connect the internet line"), answer.body());
      assertTrue(box.page("/hub", "en").text().contains("none yet"), "and the page says so");
    }
  }
}
