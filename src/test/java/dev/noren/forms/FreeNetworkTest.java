package dev.noren.forms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.config.Documents;
import dev.noren.config.RouterConfig;
import dev.noren.config.RouterJson;
import dev.noren.net.Cidr;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreeNetworkTest {
  private static List<Cidr> cidrs(String... texts) {
    return Stream.of(texts).map(Cidr::parse).toList();
  }

  /** Each is free beside those before, until none is left of those that may be. */
  @Test
  void noneMeetsAnother() {
    Random chance = new Random(5);
    List<Cidr> taken = new ArrayList<>(cidrs("10.0.0.0/9", "10.192.0.0/10", "10.128.4.9/32"));
    Set<Cidr> chosen = new HashSet<>();
    for (int i = 0; i < 500; i++) {
      Cidr own = FreeNetwork.choose(taken, chance);
      assertTrue(taken.stream().noneMatch(own::overlaps), own::toString);
      assertTrue(own.toString().matches("10\\.1[2-9][0-9]\\.[0-9]+\\.1/24"), own::toString);
      assertTrue(chosen.add(own));
      taken.add(own);
    }
  }

  @Test
  void chanceDecidesWhichOne() {
    Set<Cidr> chosen = new HashSet<>();
    for (int seed = 0; seed < 50; seed++) {
      Cidr own = FreeNetwork.choose(List.of(), new Random(seed * 7919L));
      assertFalse(own.overlaps(Cidr.parse("10.0.0.0/15")), own::toString);
      assertEquals(own, FreeNetwork.choose(List.of(), new Random(seed * 7919L)));
      chosen.add(own);
    }
    assertTrue(chosen.size() > 40, chosen::toString);
  }

  @Test
  void theLastFreeOneIsFoundAndThenThereIsNone() {
    List<Cidr> all = new ArrayList<>(cidrs("10.0.0.0/8", "172.16.0.0/12"));
    for (int i = 0; i < 256; i++) {
      if (i != 77) {
        all.add(Cidr.parse("192.168." + i + ".0/24"));
      }
    }
    assertEquals("192.168.77.1/24", FreeNetwork.choose(all, new Random(1)).toString());
    all.add(Cidr.parse("192.168.77.200/32"));
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> FreeNetwork.choose(all, new Random(1)));
    assertTrue(e.getMessage().startsWith("no private network"), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "10.23.45.0/24, the shop's own",
    "10.9.0.0/24, a tunnel's address",
    "10.0.0.0/15, subnets of a tunnel",
    "10.1.0.0/16, allowed IPs",
    "192.0.2.0/29, a line's",
    "198.51.100.53/32, a name server",
    "10.0.0.53/32, a domain's name server",
  })
  void whatADocumentSpeaksOfIsTaken(String network, String why) throws Exception {
    RouterConfig full = RouterJson.read("full.json", Documents.FULL);
    assertTrue(FreeNetwork.taken(full).stream().anyMatch(Cidr.parse(network)::overlaps), why);
  }

  @ParameterizedTest
  @CsvSource({
    "10.8.0.0/24, a form's own",
    "10.23.46.61/32, a desktop",
    "10.50.0.0/16, a far shop's",
    "10.60.0.0/16, the same of joined shops",
    "10.50.3.0/24, what a rule names",
  })
  void whatFormsSpeakOfIsTaken(String network, String why) throws Exception {
    assertTrue(
        FreeNetwork.taken(DeviceFiles.shop()).stream().anyMatch(Cidr.parse(network)::overlaps),
        why);
  }

  @Test
  void everythingIsNoNetwork() throws Exception {
    RouterConfig full = RouterJson.read("full.json", Documents.FULL);
    assertTrue(
        FreeNetwork.taken(full).stream().noneMatch(Cidr.parse("10.77.0.0/16")::overlaps),
        "0.0.0.0/1 is allowed to a peer");
  }

  @Test
  void portsThatAreTakenArePassedOver() throws Exception {
    assertEquals(51_825, FreeNetwork.port(DeviceFiles.shop(), 51_820));
    RouterConfig full = RouterJson.read("full.json", Documents.FULL);
    assertEquals(51_821, FreeNetwork.port(full, 51_820));
    assertEquals(444, FreeNetwork.port(full, 443), "one of alsoPorts");
  }
}
