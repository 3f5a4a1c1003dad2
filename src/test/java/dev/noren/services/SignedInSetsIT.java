package dev.noren.services;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.net.IpAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The sets of who has signed in, by the real nft. */
class SignedInSetsIT {
  private static final List<IpAddress> PHONE =
      List.of(IpAddress.parse("10.8.0.2"), IpAddress.parse("fd08::2"));

  private static final Pattern TIMEOUT = Pattern.compile("(\\S+) timeout (\\S+) expires");

  private TestNamespace namespace;
  private SignedInSets sets;

  @BeforeEach
  void make() throws IOException {
    namespace = new TestNamespace();
    sets =
        new SignedInSets(
            new CommandRunner(namespace.prefix(), CommandRunner.pathOf(System.getenv())));
  }

  @AfterEach
  void remove() throws IOException {
    namespace.close();
  }

  private void table() throws IOException {
    namespace.run("nft", "add table inet noren");
    namespace.run("nft", "add set inet noren signed_in4 { type ipv4_addr; flags timeout; }");
    namespace.run("nft", "add set inet noren signed_in6 { type ipv6_addr; flags timeout; }");
  }

  private String listed() throws IOException {
    return namespace.run("nft", "list", "table", "inet", "noren");
  }

  private String timeout(String address) throws IOException {
    Matcher matcher = TIMEOUT.matcher(listed());
    while (matcher.find()) {
      if (matcher.group(1).equals(address)) {
        return matcher.group(2);
      }
    }
    return "";
  }

  @Test
  void opensForATimeOpensAnewAndCloses() throws IOException {
    table();
    sets.open(PHONE, Duration.ofHours(8));
    assertEquals("8h", timeout("10.8.0.2"));
    assertEquals("8h", timeout("fd08::2"));
    sets.open(PHONE, Duration.ofMinutes(1));
    assertEquals("1m", timeout("10.8.0.2"), "the newer time holds");
    sets.open(List.of(IpAddress.parse("10.8.0.3")), Duration.ofHours(1));
    sets.close(PHONE);
    sets.close(PHONE);
    assertFalse(listed().contains("10.8.0.2") || listed().contains("fd08::2"), listed());
    assertEquals("1h", timeout("10.8.0.3"));
    sets.clear();
    assertFalse(listed().contains("elements"), listed());
  }

  @Test
  void withoutTheSetsItSaysWhy() {
    for (String said :
        List.of(
            assertThrows(IOException.class, () -> sets.open(PHONE, Duration.ofHours(8)))
                .getMessage(),
            assertThrows(IOException.class, () -> sets.clear()).getMessage())) {
      assertTrue(said.contains("can't be") && said.contains("nft says "), said);
    }
  }
}
