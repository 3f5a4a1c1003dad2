package dev.noren.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.street.PageUser;
import dev.noren.street.Ping;
import dev.noren.street.PortScan;
import dev.noren.street.Ran;
import dev.noren.street.Running;
import dev.noren.street.ShopStreet;
import dev.noren.street.ShopTunnel;
import dev.noren.street.SlowFlood;
import dev.noren.street.TimeServer;
import dev.noren.street.Wait;
import dev.noren.web.PageServer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * A flashed card in a box in a shop's street, from its first start on: one box for all that is
 * asked here, since to start one is what takes long, and another start after a power cut.
 */
@Tag("image")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BoxIT {
  private static final Pattern BEGINS = Pattern.compile("noren: init.d begins at ([\\d.]+) s");
  private static final Pattern DONE = Pattern.compile("noren: init.d is done at ([\\d.]+) s");
  private static final Pattern ADDRESS = Pattern.compile("http://(\\d+\\.\\d+\\.\\d+\\.\\d+)/");
  private static final Pattern LINE = Pattern.compile("eth0 (100\\.64\\.7\\.\\d+)");

  /** What a box listens to that has no tunnel and no HTTPS yet: docs/SECURITY.md has the list. */
  private static final Set<String> LISTENS =
      Set.of("tcp 53", "tcp 80", "udp 53", "udp 67", "udp 5353");

  /** And while it asks a line for IPv6. */
  private static final String ASKS = "udp 546";

  /** What the firewall gives one device of the page. */
  private static final int MOST = 24;

  private static final int FILE_BYTES = 500_000;
  private static final int LOSSY_BYTES = 200_000;

  /** What its clock says when it is switched on, as one without a battery does. */
  private static final String WRONG_TIME = "2024-01-01T00:00:00";

  /** How often the power is cut, and after how many of these cuts the box is really started. */
  private static final int CUTS = Integer.getInteger("image.cuts", 20);

  private static final int STARTS = Integer.getInteger("image.starts", 1);

  private ShopStreet street;
  private ShopTunnel tunnel;
  private TimeServer time;
  private Card card;
  private Box box;
  private PageUser owner;
  private String own;
  private PowerCuts cuts;

  @BeforeAll
  void build() {
    street = ShopStreet.router();
    street.noren().ip("link add eth2 type veth peer name kernel");
    street.noren().ip("link set dev kernel netns " + street.internet().namespace());
    street.folder().write("www/file", "noren".repeat(FILE_BYTES / 5));
    tunnel = new ShopTunnel(street);
    time = new TimeServer(street.web());
    card = new Card();
    box = new Box(street.noren(), card, "", List.of("-rtc", "base=" + WRONG_TIME));
  }

  @AfterAll
  void remove() {
    box.close();
    card.close();
    tunnel.close();
    time.close();
    street.close();
  }

  /** A document as a PC's editor leaves it: a mark, two ends to a line, .txt behind its name. */
  @Test
  @Order(1)
  void aTechniciansCardMakesABoxThatWaitsForItsOwner() {
    card.put(
        "shop.json.txt",
        "\uFEFF{\"schema\": 1,\r\n \"name\": \"kagura\"}\r\n".getBytes(StandardCharsets.UTF_8));
    card.put("broken.conf", "[Interface]\r\nPrivateKey = x\r\n".getBytes(StandardCharsets.UTF_8));
    box.powerOn();
    String code = BoxOwner.code(box);
    report("A new box", box.onForSeconds());
    awaitCard("the card has the code, too", "Set-up code: " + code);
    theOwner(code);
    Wait.until(
        "the box has an owner, and the card no code any more",
        Box.SLOW,
        () -> !cardLists().contains("設定コード"),
        box::said);
    String files = cardLists();
    assertFalse(files.contains("shop.json"), files);
    assertTrue(files.contains("broken.conf"), files);
    String result = card.read("結果.txt");
    assertTrue(result.contains("shop.json.txt: 取り込みました。"), result);
    assertTrue(result.contains("broken.conf: 取り込めませんでした。"), result);
    assertTrue(result.contains("broken.conf, line 2, PrivateKey"), result);
  }

  /** The box mounts its card for moments alone; what is read in the midst of one says nothing. */
  private void awaitCard(String what, String text) {
    Wait.until(
        what,
        Box.SLOW,
        () -> {
          try {
            return card.read("設定コード.txt").contains(text);
          } catch (AssertionError e) {
            return false;
          }
        },
        box::said);
  }

  private String cardLists() {
    try {
      return card.list();
    } catch (AssertionError e) {
      return "設定コード, as far as is known: " + e.getMessage();
    }
  }

  private void theOwner(String code) {
    PageUser claims = BoxOwner.claim(street, code);
    own = street.pc().gateway();
    box.awaitSaid("a screen shows the page's address", ADDRESS);
    assertTrue(box.hasSaid(Pattern.compile(Pattern.quote("http://" + own + "/"))), own);
    String status = claims.ask("/api/v1/status");
    assertTrue(status.contains("kagura"), "it has the technician's document: " + status);
    owner = claims;
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

  private void reportMemory(String what) {
    double used =
        Double.parseDouble(
            box.within(
                    "awk '/MemTotal/ {t = $2} /MemAvailable/ {print (t - $2) / 1024}'"
                        + " /proc/meminfo")
                .strip());
    double java =
        Double.parseDouble(
            box.within("awk '/VmRSS/ {print $2 / 1024}' /proc/$(pidof java)/status").strip());
    System.out.printf(
        "%s: the whole system takes %.0f MiB, Noren's process has %.0f of them.%n",
        what, used, java);
  }

  @Test
  @Order(2)
  void nothingListensThatIsNotSaid() {
    assertNotNull(owner);
    Set<String> listens =
        box.within("ss -Htuln")
            .lines()
            .filter(line -> !line.isBlank())
            .map(line -> line.trim().split("\\s+"))
            .map(words -> words[0] + " " + words[4].replaceAll(".*:", ""))
            .filter(each -> !each.equals(ASKS))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(new TreeSet<>(LISTENS), listens, box.within("ss -tulnp"));
    String line = box.awaitSaid("the line has given an address", LINE).getFirst();
    assertEquals(
        Set.of(),
        PortScan.tcp(street.internet(), line, IntStream.rangeClosed(1, 1024).boxed().toList()),
        "who stands on the line hears nothing");
    assertTrue(
        box.within("cat /proc/$(pidof java)/maps").contains(".jsa"),
        "Java has its archive of classes");
    reportMemory("A new box");
  }

  /** How far its clock is from this machine's, in seconds. */
  private long wrongBySeconds() {
    long theirs = Long.parseLong(box.within("date +%s").strip());
    return Math.abs(Instant.now().getEpochSecond() - theirs);
  }

  @Test
  @Order(3)
  void itsClockIsTheInternets() {
    assertNotNull(owner);
    Wait.until(
        "the clock is right",
        Box.SLOW,
        () -> wrongBySeconds() <= 3,
        () -> "%d s wrong, asked %d times".formatted(wrongBySeconds(), time.asked()));
    Wait.until(
        "the kernel knows that somebody keeps its clock",
        Box.SLOW,
        () -> box.within("busybox adjtimex").contains("(clock synchronized)"),
        () -> box.within("busybox adjtimex"));
  }

  @Test
  @Order(4)
  void aTunnelToWireguardGoCarriesTraffic() {
    BoxOwner.give(owner, "hq", tunnel.conf());
    Ping.answers(street.pc(), ShopStreet.HQ_4, Box.SLOW);
    owner.send("/api/v1/changes/confirm", "{}");
    String who = get("http://" + ShopStreet.HQ_4 + "/cgi-bin/who", "%{size_download}", "-");
    assertTrue(who.startsWith(ShopTunnel.OWN_4), "the far shop sees the tunnel's address: " + who);
    String speed = get("http://" + ShopStreet.HQ_4 + "/file", "%{speed_download}", "/dev/null");
    System.out.printf(
        "A file came through the tunnel at %.1f Mbit/s.%n", Double.parseDouble(speed) * 8e-6);
  }

  private String get(String url, String told, String file) {
    return street.pc().must("curl", "-sSf", "--max-time", "55", "-o", file, "-w", told, url);
  }

  /** Lost, late and out of order on the way out of the kernel's end. */
  @Test
  @Order(5)
  void aTunnelToTheKernelsWireGuardCarriesTrafficOverABadLine() {
    assertNotNull(owner);
    KernelEnd end = new KernelEnd(box, street.internet(), "kernel");
    BoxOwner.give(owner, "kernel", end.conf());
    Ping.answers(street.pc(), KernelEnd.INNER, Box.SLOW);
    owner.send("/api/v1/changes/confirm", "{}");
    String sum = end.serve(LOSSY_BYTES);
    end.sufferLoss();
    String file = street.folder().path().resolve("came").toString();
    get("http://" + KernelEnd.INNER + "/file", "", file);
    assertEquals(sum, Running.run("sh", "-c", "sha256sum <" + file).must().strip());
    assertTrue(end.lost() > 0, "some packets were lost");
    end.hasHeard(LOSSY_BYTES / 50);
  }

  @Test
  @Order(6)
  void whoFloodsThePageKeepsNobodyElseFromIt() {
    assertNotNull(owner);
    String page = "http://" + own + "/login";
    street.gate().ip("addr add " + own.replaceAll("\\d+$", "250") + "/24 dev lan");
    try (SlowFlood flood = SlowFlood.of(200, street.pc(), own, PageServer.PORT)) {
      Wait.until(
          "the flood is there", Box.SLOW, () -> flood.open() >= MOST - 4, () -> "" + flood.open());
      for (int i = 0; i < 3; i++) {
        Ran answer = street.gate().run("curl", "-sSf", "--max-time", "30", "-o", "/dev/null", page);
        assertTrue(answer.ok(), answer.said());
        assertTrue(flood.open() <= 2 * MOST, "one device has " + flood.open());
      }
      assertTrue(Ping.once(street.pc(), "-W", "10", ShopStreet.HQ_4), "the tunnel goes on");
    }
    Wait.until(
        "who ends his flood has the page again",
        Box.SLOW,
        () -> street.pc().run("curl", "-sSf", "--max-time", "10", "-o", "/dev/null", page).ok(),
        box::said);
  }

  @Test
  @Order(7)
  void aPowerCutWhileSomebodySavesLosesNothing() {
    assertNotNull(owner);
    long seed = System.nanoTime();
    int newer = 0;
    cuts = new PowerCuts(box, card, owner, 0, seed);
    try {
      for (int i = 0; i < CUTS; i++) {
        newer += cuts.look() ? 1 : 0;
      }
    } catch (AssertionError e) {
      throw new AssertionError("with the seed " + seed, e);
    }
    System.out.printf(
        "The power was cut %d times while settings were saved: none were lost (%d times they were"
            + " those being saved); %d saves, of %d ms each, seed %d.%n",
        CUTS, newer, cuts.answered(), cuts.saveMs(), seed);
  }

  /** While somebody saves, still. */
  @Test
  @Order(8)
  void afterAPowerCutItIsThereAgainByItself() {
    assertNotNull(cuts);
    for (int i = 0; i < STARTS; i++) {
      cuts.awaitSome();
      box.cutPower();
      cuts.close();
      int answered = cuts.answered();
      int asked = cuts.asked();
      box.powerOn();
      Ping.answers(street.pc(), ShopStreet.HQ_4, Box.BOOT);
      report("After a power cut it had its tunnel", box.onForSeconds());
      assertFalse(box.hasSaid(BoxOwner.CODE), "it has its owner still: " + box.said());
      owner.signIn();
      String status = owner.ask("/api/v1/status");
      String name = status.replaceAll("(?s).*\"name\": ?\"(kagura-\\d+)\".*", "$1");
      PowerCuts.check(name, answered, asked);
      reportMemory("With a tunnel, after a start");
      if (i + 1 < STARTS) {
        cuts = new PowerCuts(box, card, owner, number(name), System.nanoTime());
      }
    }
    System.out.printf(
        "It was started after %d power cuts, and had its tunnel each time.%n", STARTS);
  }

  private static int number(String name) {
    return Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
  }
}
