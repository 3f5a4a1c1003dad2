package dev.noren.forms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.config.Form;
import dev.noren.config.FormEdit;
import dev.noren.config.RouterConfig;
import dev.noren.config.RouterEdit;
import dev.noren.config.WgQuickFile;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DeviceFileTest {
  /** What the apps for Android and iOS take in each section. */
  private static final Set<String> TAKEN_BY_APPS =
      Set.of(
          "[Interface]",
          "PrivateKey",
          "Address",
          "DNS",
          "MTU",
          "[Peer]",
          "PublicKey",
          "PresharedKey",
          "AllowedIPs",
          "Endpoint",
          "PersistentKeepalive");

  static Stream<String> names() {
    return DeviceFiles.NAMES.stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void itIsAsTheGoldenFile(String name) throws Exception {
    assertEquals(DeviceFiles.resource(name + ".conf"), DeviceFiles.text(name));
  }

  @ParameterizedTest
  @MethodSource("names")
  void itHasOnlyWhatAppsTake(String name) throws Exception {
    Set<String> keys =
        DeviceFiles.text(name)
            .lines()
            .filter(line -> !line.isEmpty())
            .map(line -> line.split(" = ", 2)[0])
            .collect(Collectors.toSet());
    assertTrue(TAKEN_BY_APPS.containsAll(keys), keys.toString());
    WgQuickFile.parse(name + ".conf", DeviceFiles.text(name));
  }

  @Test
  void aKeyThatTheDeviceMadeItselfIsNotInIt() throws Exception {
    String with = DeviceFiles.text("phone");
    String without = DeviceFiles.file("phone", null).text();
    assertFalse(without.contains("PrivateKey"), without);
    assertEquals(with, without.replace("[Interface]\n", with.substring(0, with.indexOf("Addr"))));
  }

  /** A desktop's tablet, a thing, and outside staff, unless all of theirs goes through the shop. */
  @Test
  void whoReachesNamedHostsOnlyHasNoNameServerHere() throws Exception {
    for (String name : DeviceFiles.NAMES) {
      boolean none = List.of("tablet", "camera", "helper").contains(name);
      assertEquals(none, !DeviceFiles.text(name).contains("DNS = "), name);
    }
    RouterConfig full = RouterEdit.set(DeviceFiles.shop(), "forms[0].extent", "full");
    Form staff = FormEdit.form(full, "staff");
    DeviceAccess helper =
        Compiled.of(full, LocalDate.EPOCH).access(staff.name()).devices().stream()
            .filter(each -> each.device().equals("helper"))
            .findFirst()
            .orElseThrow();
    assertTrue(helper.names());
  }

  @Test
  void whereNothingSaysWhereToCallItSaysWhatToDo() throws Exception {
    RouterConfig config = RouterEdit.set(DeviceFiles.shop(), "forms[2].endpoints", "[]");
    Form form = FormEdit.form(config, "desks");
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> DeviceFile.endpoint(config, form));
    assertEquals(
        "desks does not say where devices connect to: give the name or address at which this router"
            + " is reached from outside (forms[2].endpoints, as in vpn.example.com:51822)",
        e.getMessage());
  }

  @Test
  void whoIsNotLetInGetsNone() {
    for (String name : List.of("gone")) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> DeviceFiles.text(name));
      assertEquals(name + " is lost or has expired: it is not let in", e.getMessage());
    }
  }
}
