package dev.noren.router;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.noren.config.WanConfig;
import dev.noren.linux.Netns;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import dev.noren.plan.Layout;
import dev.noren.plan.RouterFacts;
import dev.noren.probe.LineHealth;
import dev.noren.street.Wait;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two lines, of which the first one leads nowhere and then does, by other name servers. */
class LineWatchesIT {
  private static final LineHealth.Rules FAST =
      new LineHealth.Rules(
          Duration.ofMillis(150).toNanos(), Duration.ofMillis(100).toNanos(), 3, 3);

  /** Itself, which answers; and one that no route leads to. */
  private static final String ANSWERS = "127.0.0.1";

  private static final String SILENT = "192.0.2.1";

  private Netns box;
  private final LineWatches watches = new LineWatches(FAST, () -> {});

  @BeforeEach
  void open() throws IOException {
    box = Netns.create("lw");
  }

  @AfterEach
  void close() throws IOException {
    watches.close();
    box.close();
  }

  private void watch(String... servers) throws Exception {
    List<Layout.Line> lines =
        List.of(line(0, "eth0", List.of(servers)), line(1, "eth2", List.of(ANSWERS)));
    box.run(
        () -> {
          watches.watch(lines);
          return null;
        });
  }

  private static Layout.Line line(int number, String port, List<String> servers) {
    WanConfig config = new WanConfig(port, new WanConfig.Dhcp(), WanConfig.Ipv6.AUTO);
    RouterFacts.Lease lease =
        new RouterFacts.Lease(
            Cidr.parse("198.51.100.2/24"),
            null,
            servers.stream().map(IpAddress::parse).toList(),
            null,
            0,
            null);
    return new Layout.Line(number, config, port, port, lease, true);
  }

  /** As after a renewed lease that names other servers: the line would be left for good. */
  @Test
  void aSickLineThatIsAskedElsewhereBecomesWell() throws Exception {
    watch(SILENT);
    Wait.until("it is sick", () -> watches.sick().equals(Set.of("eth0")));
    watch(ANSWERS);
    assertEquals(Set.of("eth0"), watches.sick(), "until it has answered for a while");
    Wait.until("it is well", () -> watches.sick().isEmpty());
    watch(SILENT);
    Wait.until("it is sick again", () -> watches.sick().equals(Set.of("eth0")));
    watch();
    assertEquals(Set.of(), watches.sick(), "nobody says anything of a line that is not asked");
  }
}
