package dev.noren.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.config.AccessEdit;
import dev.noren.config.Documents;
import dev.noren.config.FormEdit;
import dev.noren.config.RouterConfig;
import dev.noren.config.RouterEdit;
import dev.noren.config.RouterJson;
import dev.noren.forms.DeviceFiles;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfirmationTest {
  private static final long START = Long.MAX_VALUE - 5;
  private static final long END = START + Confirmation.PATIENCE_NS;

  private final Confirmation confirmation = new Confirmation();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "name = \"shop-2\" | false",
        "log.keepDays = 7 | false",
        "leds.night = {\"from\": \"22:00\", \"to\": \"07:00\"} | false",
        "metrics.enabled = false ; metrics.token = null | false",
        "update.look = false ; update.install = \"ask\" | false",
        "notices.mail = null ; notices.events = [] | false",
        "log.syslog = null | false",
        "tunnels[0].peers[0].name = \"HQ\" | false",
        "role = \"auto\" | true",
        "ports.lan = [] | true",
        "wan[0].gateway = \"192.0.2.3\" | true",
        "wan[1].password = \"x\" | true",
        "lan.address = \"10.23.45.2/24\" | true",
        "lan.dhcp.on = false | true",
        "lan.dhcp.leaseMinutes = 61 | true",
        "lan.reservations[0].address = \"10.23.45.12\" | true",
        "dns.forceClients = true | true",
        "tunnels[0].use.devices = [] | true",
        "tunnels[0].addresses = [\"10.9.0.3/32\"] | true",
        "tunnels[0].privateKey = \"gI6EdUSYvn8ugXOt8QQD6Yc+JyiZxIhp3GInSWRfWGE=\" | true",
        "tunnels[0].peers[0].presharedKey = null | true",
        "tunnels[0].peers[0].endpoint = \"vpn.example:51821\" | true",
        "tunnels[0].killSwitch = false | true",
        "tunnels = [] | true",
      })
  void whatCouldCutItsAuthorOffNeedsIt(String changes, boolean needed) throws Exception {
    RouterConfig before = RouterJson.read("before", Documents.FULL);
    RouterConfig after = RouterJson.read("after", Documents.changed(changes));
    assertFalse(before.equals(after));
    assertEquals(needed, Confirmation.isNeeded(before, after));
    assertEquals(needed, Confirmation.isNeeded(after, before), "nor back without it");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "forms[0].devices[0].lost | true | false",
        "forms[0].devices[1].person | Akira | false",
        "forms[1].devices | [] | false",
        "forms[3].devices | [] | false",
        "forms[0].allotted | 20 | false",
        "forms[0].endpoints | [] | false",
        "access.rules | [] | false",
        "access.rules[1].services | [] | false",
        "access.groups[0].signIn | true | false",
        "forms[0].extent | full | true",
        "forms[0].listenPort | 443 | true",
        "forms[0].addresses | [\"10.8.0.1/24\", \"fd08::1/64\", \"10.7.0.1/24\"] | true",
        "forms[0].privateKey | gI6EdUSYvn8ugXOt8QQD6Yc+JyiZxIhp3GInSWRfWGE= | true",
        "forms[2].desks | [] | true",
        "forms[3].shop.endpoint | null | true",
        "forms[4].exchange | true | true",
        "forms[4].shops | [] | true",
      })
  void whoIsLetInCutsNobodyOff(String path, String value, boolean needed) throws Exception {
    RouterConfig before = RouterEdit.set(DeviceFiles.shop(), "access.rules[0].name", "other");
    RouterConfig after = RouterEdit.set(before, path, value);
    assertFalse(before.equals(after));
    assertEquals(needed, Confirmation.isNeeded(before, after));
    assertEquals(needed, Confirmation.isNeeded(after, before), "nor back without it");
  }

  @Test
  void aFormComesAndGoesAsTunnelsDo() throws Exception {
    RouterConfig before = DeviceFiles.shop();
    RouterConfig after = FormEdit.remove(before, "bundle").config();
    assertTrue(Confirmation.isNeeded(before, after));
    assertTrue(Confirmation.isNeeded(after, before));
  }

  @Test
  void aReservationMayComeButNotGo() throws Exception {
    RouterConfig without =
        RouterJson.read(
            "x", Documents.changed("lan.reservations = [] ; tunnels[0].use.exceptDevices = []"));
    RouterConfig with =
        RouterJson.read("x", Documents.changed("tunnels[0].use.exceptDevices = []"));
    assertFalse(Confirmation.isNeeded(without, with));
    assertTrue(Confirmation.isNeeded(with, without));
  }

  /** The clock's numbers may run over, as those of nanoTime may. */
  @Test
  void itIsDueAtTheDeadlineAndNotANanosecondBefore() {
    assertFalse(confirmation.isDue(START));
    confirmation.begin(FakeRouter.STORED, START);
    assertFalse(confirmation.isDue(START));
    assertEquals(Confirmation.PATIENCE_NS, confirmation.leftNs(START));
    assertEquals(90, confirmation.leftSeconds(START + 1), "what has begun counts");
    assertFalse(confirmation.isDue(END - 1));
    assertEquals(1, confirmation.leftNs(END - 1));
    assertEquals(1, confirmation.leftSeconds(END - 1));
    assertTrue(confirmation.isDue(END));
    assertTrue(confirmation.isDue(END + 1));
    assertEquals(0, confirmation.leftNs(END + 1));
  }

  @Test
  void oneWaitsAtATime() {
    confirmation.begin(FakeRouter.STORED, START);
    assertThrows(
        IllegalStateException.class, () -> confirmation.begin(FakeRouter.STORED, START + 1));
    assertEquals(FakeRouter.STORED, confirmation.trial());
    confirmation.end();
    assertNull(confirmation.trial());
    assertFalse(confirmation.isDue(END));
    confirmation.begin(FakeRouter.STORED, END);
    assertFalse(confirmation.isDue(END + 1));
  }

  @Test
  void aTunnelThatThePageIsClosedToMayBeItsAuthorsOwn() throws Exception {
    RouterConfig closed = DeviceFiles.shop();
    RouterConfig open = AccessEdit.page(closed, List.of("staff"));
    assertFalse(Confirmation.isNeeded(closed, open));
    assertTrue(Confirmation.isNeeded(open, closed));
  }
}
