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
            "www.example.com", List.of("t97_names", "t8_exceptnames"),
            "bank.example", List.of("t97_exceptnames", "t8_exceptnames")),
        NameSets.of(RouterCases.of("two-tunnels").config()));
  }
}
