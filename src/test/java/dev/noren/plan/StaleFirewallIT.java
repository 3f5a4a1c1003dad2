package dev.noren.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.linux.Netns;
import dev.noren.services.Applier;
import dev.noren.services.CommandRunner;
import dev.noren.services.Supervisor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After a change and tidying up, the kernel's table is as if there had never been another. */
class StaleFirewallIT {
  private static final String TABLE = "table inet noren";
  private static final Pattern ITEM = Pattern.compile("(?ms)^\t\\w+ \\S+ \\{.*?^\t\\}");

  @TempDir private Path state;

  @Test
  void ofAnOlderTextNothingIsLeft() throws Exception {
    Map<String, String> texts = GoldenFirewalls.texts();
    List<String> names = new ArrayList<>(texts.keySet());
    long seed = new Random().nextLong();
    Collections.shuffle(names, new Random(seed));
    try (Netns netns = Netns.create("st")) {
      Applier applier = applier();
      Map<String, String> fresh = new LinkedHashMap<>();
      for (String name : names) {
        nft(netns, "add " + TABLE + "\ndelete " + TABLE + "\n" + texts.get(name));
        fresh.put(name, list(netns));
        tidy(netns, applier, texts.get(name));
        assertEquals(fresh.get(name), list(netns), name + ": nothing of its own goes");
      }
      for (String name : names) {
        nft(netns, texts.get(name));
        tidy(netns, applier, texts.get(name));
        assertEquals(fresh.get(name), list(netns), name + ", seed " + seed);
      }
    }
  }

  @Test
  void aSetThatStaysKeepsItsAddresses() throws Exception {
    String text = GoldenFirewalls.texts().get("router-choices");
    Matcher sets = Pattern.compile("set (t\\d+_names4) ").matcher(text);
    assertTrue(sets.find(), text);
    String set = sets.group(1);
    try (Netns netns = Netns.create("st")) {
      nft(netns, text);
      nft(netns, "add set inet noren t1_names4 { type ipv4_addr; }");
      netns.exec("nft", "add element inet noren " + set + " { 198.51.100.7 }");
      netns.exec("nft", "add element inet noren t1_names4 { 198.51.100.8 }");
      tidy(netns, applier(), text);
      assertTrue(list(netns).contains("198.51.100.7"));
      assertFalse(list(netns).contains("t1_names4"));
    }
  }

  private Applier applier() {
    CommandRunner commands = new CommandRunner();
    Supervisor none = new Supervisor(commands, state, Duration.ofSeconds(60), () -> {});
    return new Applier(commands, none, (before, after) -> {}, () -> 0L);
  }

  private static void tidy(Netns netns, Applier applier, String text) throws Exception {
    netns.run(
        () -> {
          applier.tidy(text);
          return null;
        });
  }

  private static void nft(Netns netns, String text) throws Exception {
    netns.run(() -> new CommandRunner().run(List.of("nft", "-f", "-"), text));
  }

  /** Without what only counts, and in one order: what was there before comes before what is new. */
  private static String list(Netns netns) throws Exception {
    String all = netns.exec("nft", "-s", "list", "table", "inet", "noren");
    return ITEM.matcher(all)
        .results()
        .map(MatchResult::group)
        .sorted()
        .collect(Collectors.joining("\n"));
  }
}
