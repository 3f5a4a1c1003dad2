package dev.noren.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NameSetsTest {
  /** dnsmasq would else take www.example.com out of the set of example.com. */
  @Test
  void aNameIsInTheSetsOfAllDomainsItEndsIn() throws Exception {
    assertEquals(
        Map.of(
            "example.com", List.of("t97_names"),
            "intra.example", List.of("t97_names"),
            "www.example.com", List.of("t97_names", "t188_except"),
            "bank.example", List.of("t97_except", "t188_except")),
        NameSets.of(RouterCases.of("two-tunnels").plan().tunnels()));
  }
}
