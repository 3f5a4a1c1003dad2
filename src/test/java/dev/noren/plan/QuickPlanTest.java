package dev.noren.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.config.TunnelConfig;
import dev.noren.config.TunnelName;
import dev.noren.config.WgQuickFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuickPlanTest {
  @TestFactory
  Stream<DynamicTest> plansAreGolden() throws Exception {
    List<Path> files = GoldenPlans.files();
    assertTrue(files.size() >= 14);
    return files.stream()
        .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> compare(file)));
  }

  /** To change a golden file, look at what is written under target/plan and copy it over. */
  private static void compare(Path file) throws Exception {
    String actual = GoldenPlans.text(GoldenPlans.plan(file));
    String name = file.getFileName().toString().replace(".conf", ".plan");
    Files.writeString(Files.createDirectories(Path.of("target/plan")).resolve(name), actual);
    assertEquals(Files.readString(file.resolveSibling(name)), actual);
  }

  @ParameterizedTest
  @ValueSource(strings = {"253", "254", "0xff"})
  void refusesADefaultRouteInATableOfTheKernelsOwn(String mark) throws Exception {
    String text =
        """
        [Interface]
        PrivateKey = yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=
        FwMark = %s
        [Peer]
        PublicKey = xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=
        AllowedIPs = 0.0.0.0/0
        """
            .formatted(mark);
    MachineFacts facts = new MachineFacts(0, Set.of(), 32_766, 32_766, true, 0);
    TunnelConfig config = WgQuickFile.parse("hq.conf", text);
    IllegalArgumentException thrown =
        assertThrows(
            IllegalArgumentException.class,
            () -> QuickPlan.of(new TunnelName("hq"), config, facts));
    assertTrue(thrown.getMessage().startsWith("FwMark "), thrown.getMessage());
  }

  @Test
  void saysWhereThereIsNoRoomForRules() throws Exception {
    String text =
        """
        [Interface]
        PrivateKey = yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=
        [Peer]
        PublicKey = xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=
        AllowedIPs = ::/0
        """;
    MachineFacts facts = new MachineFacts(0, Set.of(), 3, 2, true, 0);
    IllegalArgumentException thrown =
        assertThrows(
            IllegalArgumentException.class,
            () -> QuickPlan.of(new TunnelName("hq"), WgQuickFile.parse("hq.conf", text), facts));
    assertEquals(
        "there is no room for two routing rules before the one of priority 2: see ip -6 rule",
        thrown.getMessage());
  }

  @Test
  void everyStepAfterTheStartCanBeTakenBackInReverse() throws Exception {
    for (Path file : GoldenPlans.files()) {
      for (Step step : GoldenPlans.plan(file).steps()) {
        boolean harmless =
            step.action() instanceof Action.Hook
                || String.valueOf(step.action()).startsWith("ip link set up")
                || String.valueOf(step.action()).startsWith("sysctl");
        assertTrue(harmless || !step.undos().isEmpty(), step.toString());
      }
    }
  }
}
