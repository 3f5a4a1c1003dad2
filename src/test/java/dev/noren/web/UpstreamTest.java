package dev.noren.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import dev.noren.status.RouterStatus;
import dev.noren.status.RouterStatus.Line;
import dev.noren.status.Statuses;
import java.io.IOException;
import java.util.List;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each way of use says whether something is to be opened in the router before the box. */
@Timeout(60)
class UpstreamTest {
  private static PageBox box;

  @BeforeAll
  static void start() throws IOException {
    box = PageBox.claimed();
  }

  @AfterAll
  static void stop() {
    box.close();
  }

  /** The page of a box whose line has this address; asked anew, since looks are shared a second. */
  private static Element section(String form, String language, String address) throws IOException {
    try (PageBox at = PageBox.claimed()) {
      at.router.status = with(address);
      Document page = at.page("/start?form=" + form, language);
      page.select("small").unwrap();
      return page.selectFirst("section[aria-labelledby=upstream]");
    }
  }

  private static RouterStatus with(String address) {
    RouterStatus full = Statuses.FULL;
    Line line = full.lines().getFirst();
    return new RouterStatus(
        full.at(),
        full.since(),
        full.uptimeMs(),
        full.name(),
        full.config(),
        full.role(),
        full.claimed(),
        full.pending(),
        full.problems(),
        full.cable(),
        List.of(
            new Line(
                line.number(),
                line.device(),
                line.method(),
                Cidr.parse(address),
                IpAddress.parse("192.168.1.1"),
                line.dns(),
                line.cable(),
                line.healthy(),
                line.since(),
                line.traffic())),
        full.lan(),
        full.page(),
        full.leases(),
        full.tunnels(),
        full.services(),
        full.rules(),
        full.routesToTell(),
        full.condition());
  }

  @ParameterizedTest
  @ValueSource(strings = {"site", "remote", "vdi", "router"})
  void behindAHomeGatewayItsWordsAreNamed(String form) throws IOException {
    Element section = section(form, "ja", "192.168.1.20/24");
    String text = section.text();
    for (String word :
        List.of(
            "静的IPマスカレード設定",
            "ポート変換",
            "ポートマッピング設定",
            "ポートフォワーディング",
            "NAT転送",
            "ひかり電話",
            "192.168.1.20",
            "http://192.168.1.1",
            "UDP",
            "v6プラス")) {
      assertTrue(text.contains(word), word + " is not in: " + text);
    }
    assertEquals(StartPages.GATEWAYS, section.select("[data-gateway]").eachAttr("data-gateway"));
  }

  @Test
  void theMenusAreNamedInEnglishToo() throws IOException {
    String text = section("remote", "en", "10.0.0.20/24").text();
    assertTrue(text.contains("port forwarding") && text.contains("静的IPマスカレード設定"), text);
    assertTrue(text.contains("NAT Forwarding"), text);
  }

  @ParameterizedTest
  @CsvSource({
    "remote, 203.0.113.9/29, 開けるものはありません",
    "remote, 100.64.7.9/24, CGNAT",
    "cloud, 192.168.1.20/24, 外からの入口（ポート）は要りません",
    "cloud, 203.0.113.9/29, 外からの入口（ポート）は要りません",
  })
  void elsewhereItIsSaidWhyNothingIsToBeOpened(String form, String address, String says)
      throws IOException {
    Element section = section(form, "ja", address);
    assertTrue(section.text().contains(says), section::text);
    assertTrue(section.select("[data-gateway]").isEmpty(), section::text);
  }

  @Test
  void aMeetingPointNeedsNoneEither() throws IOException {
    String text = box.page("/hub", "ja").selectFirst("section[aria-labelledby=upstream]").text();
    assertTrue(text.contains("外からの入口（ポート）は要りません"), text);
    assertFalse(text.contains("静的IPマスカレード"), text);
  }
}
