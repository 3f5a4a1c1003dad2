package dev.noren.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.control.NewsDesk.Doing;
import dev.noren.control.NewsDesk.News;
import dev.noren.control.UpdateDesk;
import dev.noren.router.UpdatingBox;
import dev.noren.text.Sentence;
import dev.noren.update.UpdateFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A new version by the page: what it sends, and what it shows of each step. */
@Timeout(60)
class UpdatePageTest {
  private static final String PATH = "/api/v1/update";
  private static final byte[] FILE = UpdateFiles.file("0.2.0", 400_000, 90_000);

  private static final String FETCH = "/api/v1/update/fetch";

  @TempDir private Path state;
  private UpdatingBox updates;
  private PageBox box;

  @BeforeEach
  void start() throws IOException {
    updates = new UpdatingBox(state);
    box = PageBox.claimed();
    box.router.updates = updates.desk();
  }

  @AfterEach
  void stop() {
    box.close();
    updates.close();
  }

  /** Sends a part as the page does, or so much of it. */
  private PageBox.Answer give(int from, int to, int sent, String type) throws IOException {
    byte[] part = Arrays.copyOfRange(FILE, from, to);
    String path = PATH + "?offset=" + from + "&of=" + FILE.length;
    String head =
        box.changing("POST", path, "")
            .replace("Content-Length: 0", "Content-Length: " + part.length)
            .replace("application/json", type);
    try (Socket socket = box.connect()) {
      OutputStream out = socket.getOutputStream();
      out.write(head.getBytes(UTF_8));
      out.write(part, 0, Math.min(sent, part.length));
      if (sent < part.length) {
        socket.shutdownOutput();
      }
      return PageBox.read(socket);
    }
  }

  private PageBox.Answer give(int from, int to) throws IOException {
    return give(from, to, to - from, "application/octet-stream");
  }

  private Element section(String language) throws IOException {
    return box.page("/care", language).selectFirst("[data-update]");
  }

  @Test
  void eachStepIsShown() throws Exception {
    updates.says(null);
    assertTrue(section("en").text().contains("no second place for a new version"));
    assertNull(section("en").selectFirst("form"));
    updates.says("idle");
    assertEquals("idle", section("ja").attr("data-update"));
    assertTrue(section("ja").selectFirst("form[data-uploads] label").text().contains(".update"));

    int half = UpdateDesk.MOST_PART_BYTES;
    assertEquals(200, give(0, half).status());
    assertEquals(200, give(half, FILE.length).status());
    assertArrayEquals(FILE, updates.given);
    assertTrue(updates.log.getFirst().startsWith("owner (page, from 127.0.0.1): gave the box"));
    updates.says("writing 41 0.2.0");
    Element writing = section("ja");
    assertTrue(writing.text().contains("新しいバージョン0.2.0を確かめて書き込んでいます: 41%"), writing::text);
    assertEquals("41", writing.selectFirst("progress").attr("value"));
    assertFalse(writing.selectFirst("progress").hasAttr("hidden"));
    assertNull(writing.selectFirst("form[data-uploads]"), "one at a time");
    String answer = box.get(PATH, "Accept-Language: ja").body();
    assertTrue(
        answer.contains("\"state\":\"writing\",\"version\":\"0.2.0\",\"percent\":41"), answer);

    updates.says("ready 0.2.0");
    Element ready = section("en");
    assertTrue(ready.text().contains("The new version 0.2.0 is ready."), ready::text);
    Element tonight = ready.selectFirst("[data-post='/api/v1/update/tonight']");
    assertEquals(200, box.change("PUT", PATH + "/tonight", tonight.attr("data-body")).status());
    Element waits = section("en");
    assertTrue(waits.text().contains("between 3 and 4 at night"), waits::text);
    Element not = waits.selectFirst("[data-post='/api/v1/update/tonight']");
    assertEquals(200, box.change("PUT", PATH + "/tonight", not.attr("data-body")).status());
    assertFalse(section("en").text().contains("by itself between"));
    assertEquals(200, box.change("POST", PATH + "/try", "{}").status());
    assertEquals(List.of("update install", "update try"), updates.asked);

    updates.says("trying 0.2.0");
    assertTrue(section("ja").text().contains("新しいバージョン0.2.0を試しています"));
    updates.says("returned 0.2.0");
    Element returned = section("ja");
    assertTrue(returned.selectFirst(".error").text().contains("前のバージョンに戻りました"), returned::text);
    assertTrue(returned.selectFirst("form [type=file]") != null, "another may be given");
    updates.says("failed signature");
    assertTrue(section("en").selectFirst(".error").text().contains("not genuine"));
  }

  @Test
  void whatTheListSaysIsShown() throws Exception {
    updates.says("idle");
    Element known = section("en");
    assertTrue(known.text().contains("There is a newer version: 0.2.0"), known::text);
    assertTrue(known.text().contains("What is new: Faster."), known::text);
    assertEquals("the last look failed", known.selectFirst(".error").text());
    assertTrue(section("ja").text().contains("新しくなったところ: 速くなりました。"));
    assertEquals("", known.selectFirst("[data-news]").attr("data-news"));
    assertEquals(200, box.change("POST", FETCH, "{}").status());
    assertEquals(200, box.change("POST", PATH + "/look", "{}").status());
    assertEquals(
        200, box.change("PUT", PATH + "/care", "{\"look\":false,\"night\":true}").status());
    assertTrue(box.router.asked.contains("fetch by owner (page, from 127.0.0.1)"));
    assertTrue(box.router.asked.contains("look by owner (page, from 127.0.0.1)"));
    assertTrue(box.router.asked.getLast().startsWith("edit 7 to "), box.router.asked.getLast());
    assertEquals(
        "There is a new version: 0.2.0",
        box.page("/", "en").selectFirst("[href='/care#version']").text());

    String button = "[data-post='" + FETCH + "']";
    assertTrue(known.selectFirst(button) != null);
    updates.says("ready 0.2.0");
    assertNull(section("en").selectFirst(button), "it is here");
    updates.says("ready 0.1.9");
    assertTrue(section("en").selectFirst(button) != null, "another one is");
    updates.says("writing 4 0.2.0");
    assertNull(section("en").selectFirst(button), "one at a time");
  }

  @Test
  void whoCantLookSaysSo() throws Exception {
    updates.says("idle");
    box.router.news = news(Doing.OFF, null);
    Element off = section("en");
    assertTrue(off.text().contains("does not look for new versions"), off::text);
    assertNull(off.selectFirst("[data-post]"));
    assertNull(off.selectFirst("[data-api]"));
    assertNull(box.page("/", "en").selectFirst("[href='/care#version']"));
    box.router.news = news(Doing.LOOKING, null);
    assertEquals("looking", section("en").selectFirst("[data-news]").attr("data-news"));
    assertNull(section("en").selectFirst("[data-post]"));
  }

  private static News news(Doing doing, String version) {
    return new News(
        doing,
        null,
        version,
        null,
        null,
        null,
        null,
        Sentence.of(doing == Doing.OFF ? "news.off" : "news.looking"));
  }

  @Test
  void whatIsCutOffLeavesNothingHalf() throws Exception {
    updates.says("idle");
    assertEquals(200, give(0, 100_000).status());
    PageBox.Answer cut = give(100_000, 200_000, 60_000, "application/octet-stream");
    assertTrue(cut.status() == 400 || cut.status() == 0, cut::toString);
    assertEquals(200, give(100_000, 200_000).status(), "it is sent once more");
    assertEquals(200, give(200_000, 400_000).status());
    assertEquals(200, give(400_000, FILE.length).status());
    assertArrayEquals(FILE, updates.given);
  }

  @Test
  void onlyTheOwnerAndOnlyParts() throws Exception {
    updates.says("idle");
    PageBox.Answer long1 = give(0, UpdateDesk.MOST_PART_BYTES + 1);
    assertEquals(400, long1.status());
    assertEquals(403, give(0, 900, 900, "text/plain").status(), "as a form would send it");
    assertEquals(400, box.change("POST", PATH, "{}").status());
    assertEquals(400, box.change("POST", PATH + "?offset=-1&of=5", "{}").status());
    PageBox.Answer none = box.change("POST", PATH + "/try", "{}");
    assertEquals(503, none.status());
    assertTrue(none.body().contains("No new version is ready"), none::toString);
    box.stranger();
    assertEquals(401, give(0, 900).status());
    assertEquals(401, box.change("POST", PATH + "/try", "{}").status());
    assertEquals(401, box.get(PATH).status());
    assertEquals(List.of(), updates.asked);
    assertEquals(List.of(), updates.log);
  }
}
