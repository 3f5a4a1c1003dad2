package dev.noren.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class RouterFirewallTest {
  @TestFactory
  Stream<DynamicTest> firewallsAreGolden() throws Exception {
    Map<String, String> texts = GoldenFirewalls.texts();
    assertTrue(texts.size() >= 16);
    return texts.entrySet().stream()
        .map(each -> DynamicTest.dynamicTest(each.getKey(), () -> compare(each)));
  }

  /** To change a golden file, look at what is written under target/firewall and copy it over. */
  private static void compare(Map.Entry<String, String> each) throws Exception {
    Path folder = Files.createDirectories(Path.of("target/firewall"));
    Files.writeString(folder.resolve(each.getKey() + ".nft"), each.getValue());
    assertEquals(GoldenFirewalls.golden(each.getKey()), each.getValue());
  }
}
