package dev.noren.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.linux.Netns;
import dev.noren.net.Endpoint;
import dev.noren.net.IpAddress;
import dev.noren.street.Wait;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A router and its provider, whose name server is dnsmasq; only what is marked gets there. */
class ProbeIT {
  private static final int MARK = 0x6e720000;

  @TempDir private Path folder;
  private Netns router;
  private Netns provider;
  private Process dnsmasq;

  @BeforeEach
  void open() throws Exception {
    provider = Netns.create("pp");
    router = Netns.create("pr");
    router.ip(
        "link", "add", "eth0", "type", "veth", "peer", "name", "eth0", "netns", provider.name());
    router.batch(
        "address add 198.51.100.2/24 dev eth0",
        "address add 2001:db8:1::2/64 dev eth0 nodad",
        "link set eth0 up");
    provider.batch(
        "address add 198.51.100.1/24 dev eth0",
        "address add 2001:db8:1::1/64 dev eth0 nodad",
        "link set eth0 up");
    router.exec(
        "nft",
        "add table inet t; add chain inet t o { type filter hook output priority 0; policy drop; };"
            + "add rule inet t o meta mark "
            + MARK
            + " accept;"
            + "add rule inet t o icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert } accept");
    StringBuilder many = new StringBuilder();
    for (int i = 1; i <= 60; i++) {
      many.append("--host-record=many.example,192.0.2.").append(i).append(' ');
    }
    dnsmasq =
        new ProcessBuilder(
                ("ip netns exec "
                        + provider.name()
                        + " dnsmasq -k -C /dev/null --user=root --no-resolv --no-hosts"
                        + " --bind-interfaces --listen-address=198.51.100.1 --no-daemon"
                        + " --host-record=hq.example,192.0.2.1,2001:db8::1,77"
                        + " --cname=www.example,hq.example,5"
                        + " --local=/example/ "
                        + many)
                    .strip()
                    .split(" +"))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
  }

  @AfterEach
  void close() throws IOException {
    dnsmasq.destroy();
    dnsmasq.onExit().orTimeout(20, TimeUnit.SECONDS).join();
    router.close();
    provider.close();
  }

  private NameQuery.Found ask(String name, int mark) throws Exception {
    return router.run(
        () ->
            new NameQuery(
                    List.of(Endpoint.of(IpAddress.parse("198.51.100.1"), NameQuery.PORT)),
                    mark,
                    Duration.ofSeconds(1),
                    new SecureRandom())
                .ask(name));
  }

  /** As long as dnsmasq has not begun to listen, it refuses. */
  private NameQuery.Found askPatiently(String name) throws Exception {
    for (int i = 0; ; i++) {
      try {
        return ask(name, MARK);
      } catch (Exception e) {
        if (i == 100 || !e.getMessage().contains("refused")) {
          throw e;
        }
        Thread.sleep(50);
      }
    }
  }

  @Test
  void asksARealServerWithTheMark() throws Exception {
    List<IpAddress> both = List.of(IpAddress.parse("192.0.2.1"), IpAddress.parse("2001:db8::1"));
    assertEquals(new NameQuery.Found(both, 77), askPatiently("hq.example"));
    assertEquals(new NameQuery.Found(both, 5), ask("www.example", MARK));
    assertEquals(16, ask("many.example", MARK).addresses().size(), "over TCP");
    assertRefused("does not exist", "no.example", MARK);
    // The firewall lets nothing out but what has the mark.
    assertRefused("not permitted", "hq.example", MARK + 1);
    assertRefused("not permitted", "hq.example", 0);
  }

  private void assertRefused(String why, String name, int mark) {
    String said = assertThrows(Exception.class, () -> ask(name, mark)).getMessage();
    assertTrue(said.contains(why), said);
  }

  @Test
  void aLineBecomesSickAndWellAgain() throws Exception {
    LineHealth.Rules fast =
        new LineHealth.Rules(
            Duration.ofMillis(300).toNanos(), Duration.ofMillis(200).toNanos(), 3, 3);
    BlockingQueue<Boolean> told = new LinkedBlockingQueue<>();
    for (List<String> targets :
        List.of(
            List.of("198.51.100.1", "198.51.100.99"), List.of("2001:db8:1::99", "2001:db8:1::1"))) {
      LineWatch watch =
          router.run(
              () ->
                  LineWatch.start(
                      targets.stream().map(IpAddress::parse).toList(),
                      MARK,
                      fast,
                      false,
                      new SecureRandom(),
                      told::add));
      try (watch) {
        provider.ip("link", "set", "eth0", "down");
        assertEquals(true, told.poll(20, TimeUnit.SECONDS), targets::toString);
        provider.ip("link", "set", "eth0", "up");
        provider.ip("address", "replace", "2001:db8:1::1/64", "dev", "eth0", "nodad");
        assertEquals(false, told.poll(20, TimeUnit.SECONDS), targets::toString);
      }
    }
    LineWatch unmarked =
        router.run(
            () ->
                LineWatch.start(
                    List.of(IpAddress.parse("198.51.100.1")),
                    MARK + 1,
                    fast,
                    false,
                    new SecureRandom(),
                    told::add));
    try (unmarked) {
      assertEquals(true, told.poll(20, TimeUnit.SECONDS), "only what is marked leads anywhere");
    }
  }

  /** What comes from far ends proves the line, so that nobody has to be asked. */
  @Test
  void aLineThatIsHeardIsWellAndNotAsked() throws Exception {
    LineHealth.Rules fast =
        new LineHealth.Rules(
            Duration.ofMillis(300).toNanos(), Duration.ofMillis(200).toNanos(), 3, 3);
    BlockingQueue<Boolean> told = new LinkedBlockingQueue<>();
    IpAddress silent = IpAddress.parse("198.51.100.99");
    long before = sent();
    LineWatch watch =
        router.run(
            () ->
                LineWatch.start(List.of(silent), MARK, fast, true, new SecureRandom(), told::add));
    try (watch) {
      // As if something came again and again for so long.
      watch.heard(System.nanoTime() + TimeUnit.SECONDS.toNanos(5));
      assertEquals(false, told.poll(20, TimeUnit.SECONDS), "it is well");
      assertTrue(sent() - before <= 1, "asked at most before it was heard: " + (sent() - before));
      assertEquals(true, told.poll(20, TimeUnit.SECONDS), "nothing is heard any more");
      assertTrue(sent() - before >= 3, "and it was asked");
    }
  }

  /** How many echo requests have left for IPv4 hosts. */
  private long sent() {
    try {
      Matcher snmp =
          Pattern.compile("IcmpMsg: ([^\\n]*)\\nIcmpMsg: ([^\\n]*)")
              .matcher(router.exec("cat", "/proc/net/snmp"));
      if (!snmp.find()) {
        return 0;
      }
      int at = List.of(snmp.group(1).split(" ", -1)).indexOf("OutType8");
      return at < 0 ? 0 : Long.parseLong(snmp.group(2).split(" ", -1)[at]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void farEndsAreAskedWhileSomebodyWantsToKnow() throws Exception {
    List<FarEchoes.Target> targets =
        Stream.of("198.51.100.1", "198.51.100.99", "2001:db8:1::1")
            .map(each -> new FarEchoes.Target(IpAddress.parse(each), MARK))
            .toList();
    FarEchoes.Target unmarked = new FarEchoes.Target(IpAddress.parse("198.51.100.1"), MARK + 1);
    try (FarEchoes echoes =
        new FarEchoes(
            new EchoSchedule.Rules(400_000_000, 600_000_000, 0),
            Duration.ofMillis(300),
            Duration.ofSeconds(1),
            new SecureRandom())) {
      assertEquals(Answering.UNKNOWN, echoes.of(targets.getFirst()));
      Wait.until(
          "all were asked three times",
          () -> {
            want(echoes, targets, unmarked);
            return targets.stream().allMatch(each -> echoes.of(each).asked() >= 3)
                && echoes.of(unmarked).asked() >= 3;
          });
      for (FarEchoes.Target answers : List.of(targets.getFirst(), targets.getLast())) {
        Answering now = echoes.of(answers);
        assertTrue(now.lost() < now.asked(), now.toString());
        assertTrue(now.microseconds() < 300_000, now.toString());
      }
      for (FarEchoes.Target silent : List.of(targets.get(1), unmarked)) {
        Answering now = echoes.of(silent);
        assertEquals(now.asked(), now.lost(), now.toString());
        assertNull(now.microseconds());
      }
      assertTrue(sent() > 0);
      Wait.settled("nobody wants to know any more", Duration.ofSeconds(2), this::sent);
      long before = sent();
      Wait.until(
          "somebody wants to know again",
          () -> {
            want(echoes, targets, unmarked);
            return sent() > before;
          });
    }
  }

  /** Its thread is in the namespace of who begins. */
  private void want(FarEchoes echoes, List<FarEchoes.Target> targets, FarEchoes.Target more) {
    try {
      router.run(
          () -> {
            echoes.know(
                Stream.concat(targets.stream(), Stream.of(more)).toList(), Set.of(), Set.of());
            echoes.look();
            return null;
          });
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
