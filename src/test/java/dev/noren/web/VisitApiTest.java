package dev.noren.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.control.VisitDesk.Visitor;
import dev.noren.net.IpAddress;
import dev.noren.street.Wait;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A technician signs in with the code of his visit, and looks. */
@Timeout(60)
class VisitApiTest {
  private static final Visitor HERE = new Visitor(List.of(IpAddress.parse("127.0.0.1")), 4000);

  private PageBox box;
  private String code;

  @BeforeEach
  void open() throws IOException {
    box = PageBox.claimed();
    PageBox.Answer opened = box.change("POST", "/api/v1/visit", "{\"form\": \"staff\"}");
    assertEquals(200, opened.status(), opened::toString);
    Matcher matcher = Pattern.compile("\"code\":\"([^\"]+)\"").matcher(opened.body());
    assertTrue(matcher.find(), opened::toString);
    code = matcher.group(1);
    assertTrue(
        box.router.asked.contains("open visit by staff by owner (page, from 127.0.0.1)"),
        box.router.asked::toString);
  }

  @AfterEach
  void close() {
    box.close();
  }

  private PageBox.Answer login(String typed) throws IOException {
    box.stranger();
    return box.change("POST", "/api/v1/visit/login", "{\"code\": \"" + typed + "\"}");
  }

  /** Whether a code is looked at, which may be wrong. */
  private boolean isLooked(String typed) {
    try {
      return login(typed).status() == 401;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean asksForCode() {
    try {
      return !box.page("/login", "ja").select("form[data-api='/api/v1/visit/login']").isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void heLooksAndChangesNothing() throws IOException {
    box.router.visitor = HERE;
    box.signedIn(login(code.toLowerCase(java.util.Locale.ROOT).replace("-", "")));
    for (String path : List.of("/", "/devices", "/care", "/api/v1/status", "/api/v1/log.txt")) {
      assertEquals(200, box.get(path).status(), path);
    }
    assertEquals(403, box.get("/api/v1/tunnels/hq/conf").status(), "keys");
    int asked = box.router.asked.size();
    for (String path :
        List.of("/api/v1/changes/confirm", "/api/v1/visit", "/api/v1/second-factor/secret")) {
      PageBox.Answer refused = box.change("POST", path, "{\"form\": \"staff\"}");
      assertEquals(403, refused.status(), path);
      assertTrue(refused.body().contains("A technician only looks"), refused::body);
    }
    assertEquals(403, box.change("DELETE", "/api/v1/visit", "{}").status());
    assertEquals(asked, box.router.asked.size());
    assertEquals(200, box.change("POST", "/api/v1/logout", "{}").status());
    assertEquals(302, box.get("/").status());
  }

  @Test
  void theCodeIsForHisTunnelAlone() throws IOException {
    assertEquals(409, login(code).status(), "no visit is on");
    box.router.visitor = new Visitor(List.of(IpAddress.parse("10.8.0.254")), 4000);
    assertEquals(409, login(code).status(), "from the shop");
    box.router.visitor = HERE;
    Wait.until("it is seen that he is there", () -> isLooked("WRNG-CQDE"));
    PageBox.Answer wrong = login("WRNG-CQDE");
    assertEquals(401, wrong.status());
    assertTrue(wrong.body().contains("eight letters"), wrong::body);
    assertEquals(200, login(code).status());
  }

  @Test
  void guessingWaits() throws IOException {
    box.router.visitor = HERE;
    for (int i = 0; i < 5; i++) {
      assertEquals(401, login("WRNG-CQD" + (char) ('A' + i)).status());
    }
    assertEquals(429, login(code).status());
  }

  @Test
  void theScreensSayThatHeMayLook() throws IOException {
    assertFalse(box.page("/care", "en").select("[data-api='/api/v1/visit']").isEmpty());
    assertTrue(box.get("/api/v1/home").body().contains("\"visitSecondsLeft\":null"));
    box.router.visitor = HERE;
    Document care = box.page("/care", "en");
    assertTrue(care.select("[data-api='/api/v1/visit']").isEmpty());
    assertTrue(care.text().contains("It ends by itself in 67 min"), care::text);
    box.stranger();
    assertTrue(asksForCode());
    box.router.visitor = null;
    Wait.until("it is seen that he is gone", () -> !asksForCode());
  }
}
