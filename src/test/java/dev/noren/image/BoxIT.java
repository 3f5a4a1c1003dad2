package dev.noren.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.street.PageUser;
import dev.noren.street.Ping;
import dev.noren.street.PortScan;
import dev.noren.street.ShopStreet;
import dev.noren.street.ShopTunnel;
import dev.noren.street.WgEnd;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * From a flashed card to traffic in a tunnel, in a shop's street, and once more after a power cut.
 */
@Tag("image")
class BoxIT {
  private static final Duration SOON = Duration.ofMinutes(2);
  private static final Pattern BEGINS = Pattern.compile("noren: init.d begins at ([\\d.]+) s");
  private static final Pattern DONE = Pattern.compile("noren: init.d is done at ([\\d.]+) s");
  private static final Pattern CODE = Pattern.compile("Set-up code / 設定コード: (\\S+)");
  private static final Pattern ADDRESS = Pattern.compile("http://(\\d+\\.\\d+\\.\\d+\\.\\d+)/");
  private static final Pattern LINE = Pattern.compile("eth0 (100\\.64\\.7\\.\\d+)");

  private ShopStreet street;
  private ShopTunnel tunnel;
  private Card card;
  private Box box;

  @BeforeEach
  void build() {
    street = ShopStreet.router();
    tunnel = new ShopTunnel(street);
    card = new Card();
    box = new Box(street.noren(), card);
  }

  @AfterEach
  void remove() {
    box.close();
    card.close();
    tunnel.close();
    street.close();
  }

  /** A document as a PC's editor leaves it: a mark, two ends to a line, .txt behind its name. */
  private void aTechnicianPutsADocumentOnTheCard() {
    card.put(
        "shop.json.txt",
        "\uFEFF{\"schema\": 1,\r\n \"name\": \"kagura\"}\r\n".getBytes(StandardCharsets.UTF_8));
    card.put("broken.conf", "[Interface]\r\nPrivateKey = x\r\n".getBytes(StandardCharsets.UTF_8));
  }

  private void theCardSaysWhatBecameOfIt() {
    String files = card.list();
    assertFalse(files.contains("shop.json"), files);
    assertTrue(files.contains("broken.conf"), files);
    assertFalse(files.contains("設定コード"), "the box has an owner: " + files);
    String result = card.read("結果.txt");
    assertTrue(result.contains("shop.json.txt: 取り込みました。"), result);
    assertTrue(result.contains("broken.conf: 取り込めませんでした。"), result);
    assertTrue(result.contains("PrivateKey"), result);
  }

  @Test
  void aFlashedBoxMakesATunnelAndHasItAgainAfterAPowerCut() {
    aTechnicianPutsADocumentOnTheCard();
    box.powerOn();
    String code = box.awaitSaid("a screen shows the set-up code", CODE).getFirst();
    double ready = box.onForSeconds();
    report("A new box", ready);
    PageUser owner = theOwner(code);
    theLineFindsNothing();
    theTunnel(owner);
    box.cutPower();
    theCardSaysWhatBecameOfIt();

    box.powerOn();
    Ping.answers(street.pc(), ShopStreet.HQ_4, Duration.ofMinutes(15));
    report("After a power cut it had its tunnel", box.onForSeconds());
    assertFalse(CODE.matcher(box.said()).find(), "it has its owner still: " + box.said());
  }

  /** Times of an emulated processor say little; as ratios to the kernel's own part, more. */
  private void report(String what, double readySeconds) {
    double bare = Double.parseDouble(box.awaitSaid("init.d begins", BEGINS).getFirst());
    double done = Double.parseDouble(box.awaitSaid("init.d is done", DONE).getFirst());
    System.out.printf(
        "%s: kernel and initramfs %.1f s, init.d done at %.1f s (%.1f times), ready at %.1f s (%.1f"
            + " times).%n",
        what, bare, done, done / bare, readySeconds, readySeconds / bare);
  }

  private PageUser theOwner(String code) {
    street.askForAddress(street.pc());
    String own =
        street
            .pc()
            .must("ip", "-4", "route", "show", "default")
            .replaceAll("(?s)default via (\\S+).*", "$1");
    List<String> shown = box.awaitSaid("a screen shows the page's address", ADDRESS);
    assertTrue(box.said().contains("http://" + own + "/"), shown + ", and not " + own);
    PageUser owner = new PageUser(street.pc(), own);
    owner.claim(code);
    String status = owner.ask("/api/v1/status");
    assertTrue(status.contains("kagura"), "it has the technician's document: " + status);
    return owner;
  }

  /** Who stands on the line hears nothing at any TCP port, the page's among them. */
  private void theLineFindsNothing() {
    String line = box.awaitSaid("the line has given an address", LINE).getFirst();
    assertEquals(
        Set.of(),
        PortScan.tcp(street.internet(), line, IntStream.rangeClosed(1, 1024).boxed().toList()));
  }

  private void theTunnel(PageUser owner) {
    owner.send(
        "/api/v1/tunnels",
        """
        {"name": "hq", "conf": "[Interface]\\nPrivateKey = %s\\nAddress = %s/32\\n[Peer]\\nPublicKey\
         = %s\\nEndpoint = vpn.example:%d\\nAllowedIPs = 10.50.0.0/16\\nPersistentKeepalive = 5\\n"}
        """
            .formatted(
                tunnel.keys().privateKey(),
                ShopTunnel.OWN_4,
                tunnel.far().publicKey(),
                WgEnd.PORT));
    Ping.answers(street.pc(), ShopStreet.HQ_4, SOON);
    owner.send("/api/v1/changes/confirm", "{}");
    String who =
        street
            .pc()
            .must("curl", "-sS", "--max-time", "30", "http://" + ShopStreet.HQ_4 + "/cgi-bin/who");
    assertEquals(ShopTunnel.OWN_4, who.strip(), "the far shop sees the tunnel's address");
    String megabytes =
        street
            .pc()
            .must(
                "curl",
                "-sS",
                "--max-time",
                "55",
                "-o",
                "/dev/null",
                "-w",
                "%{speed_download}",
                "http://" + ShopStreet.HQ_4 + "/big");
    System.out.printf(
        "A file came through the tunnel at %.1f Mbit/s.%n", Double.parseDouble(megabytes) * 8e-6);
  }
}
