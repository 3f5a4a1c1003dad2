package dev.noren.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.access.OwnerAccess;
import dev.noren.access.SetupCode;
import dev.noren.config.ConfigException;
import dev.noren.config.RouterConfig;
import dev.noren.config.RouterEdit;
import dev.noren.control.FakeRouter;
import dev.noren.status.Statuses;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CheckViewTest {
  private static final LocalDate DAY = LocalDate.of(2026, 11, 28);

  private final OwnerAccess access =
      new OwnerAccess(null, new SetupCode("K7MQ-2XWD"), owner -> {}, new SecureRandom());

  private Map<String, CheckView> checks(RouterConfig config, LocalDate day) {
    return CheckView.all(new CheckView.Seen(config, Statuses.FULL, access, day)).stream()
        .collect(Collectors.toMap(each -> each.title().key(), each -> each));
  }

  private static RouterConfig full() {
    return FakeRouter.STORED.config();
  }

  private void assertToDo(String key, String named, RouterConfig config, LocalDate day) {
    CheckView check = checks(config, day).get(key);
    assertEquals(false, check.good(), key);
    assertTrue(check.evidence().toString().contains(named), check.evidence().toString());
  }

  @Test
  void aNewBoxHasItsSecondFactorToDo() {
    List<String> toDo =
        CheckView.all(new CheckView.Seen(RouterConfig.DEFAULT, Statuses.FULL, access, DAY)).stream()
            .filter(each -> !each.good())
            .map(each -> each.title().key())
            .toList();
    assertEquals(List.of("check.factor", "check.problems"), toDo);
  }

  @Test
  void whatIsWideIsNamed() throws ConfigException {
    assertToDo("check.sign-in", "thin client", full(), DAY);
    RouterConfig narrow = full();
    assertToDo(
        "check.privilege",
        "everything",
        RouterEdit.setAll(
            narrow,
            Map.of(
                "access.rules[0].name", "\"everything\"",
                "access.rules[0].services", "[]",
                "access.rules[0].from", "[\"group:staff\"]",
                "access.rules[0].to", "[\"10.23.45.0/24\"]")),
        DAY);
    assertToDo("check.devices", "contractor", full(), LocalDate.of(2027, 4, 1));
    assertEquals(true, checks(full(), DAY).get("check.devices").good());
    assertToDo("check.reach", "staff: Not known", full(), DAY);
    assertToDo("check.logs", "30", RouterEdit.set(full(), "log.keepDays", "30"), DAY);
  }

  @Test
  void aDeviceSeesHowItComes() throws UnknownHostException {
    assertEquals(
        "check.self-lan",
        CheckView.self(Statuses.FULL, InetAddress.getByName("192.168.77.7")).key());
    InetAddress inside =
        InetAddress.getByName(
            Statuses.FULL.tunnels().getFirst().addresses().getFirst().address().toString());
    assertEquals("check.self-tunnel", CheckView.self(Statuses.FULL, inside).key());
  }
}
