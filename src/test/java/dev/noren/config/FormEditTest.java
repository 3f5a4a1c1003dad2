package dev.noren.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.crypto.PresharedKey;
import dev.noren.crypto.PublicKey;
import dev.noren.forms.DeviceFiles;
import dev.noren.text.Said;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormEditTest {
  private RouterConfig shop;

  @BeforeEach
  void read() throws Exception {
    shop = DeviceFiles.shop();
  }

  private static Device device(RouterConfig config, String form, String name, int key) {
    byte[] bytes = new byte[PublicKey.SIZE];
    bytes[0] = (byte) key;
    bytes[1] = 77;
    return new Device(
        name,
        null,
        PublicKey.of(bytes),
        PresharedKey.NONE,
        AddressNumbers.next(FormEdit.form(config, form)),
        null,
        false,
        false,
        false);
  }

  @Test
  void eachDeviceGetsTheNextAddressOfBothFamilies() throws Exception {
    RouterConfig one = FormEdit.addDevice(shop, "staff", device(shop, "staff", "a", 1));
    assertEquals("[10.8.0.10, fd08::a]", FormEdit.device(one, "a").device().addresses().toString());
    RouterConfig two = FormEdit.addDevice(one, "staff", device(one, "staff", "b", 2));
    assertEquals("[10.8.0.11, fd08::b]", FormEdit.device(two, "b").device().addresses().toString());
    assertEquals("[10.10.0.3]", AddressNumbers.next(FormEdit.form(two, "desks")).toString());
    assertEquals(
        "[10.11.0.8]",
        AddressNumbers.next(FormEdit.form(two, "bundle")).toString(),
        "behind the shop's own");
  }

  @Test
  void anAddressIsNeverGivenTwice() throws Exception {
    RouterConfig one = FormEdit.addDevice(shop, "staff", device(shop, "staff", "a", 1));
    RouterConfig without = FormEdit.removeDevice(one, "a").config();
    assertThrows(IllegalArgumentException.class, () -> FormEdit.device(without, "a"));
    assertEquals(10, FormEdit.form(without, "staff").gateway().allotted());
    RouterConfig readBack = RouterJson.read("x", RouterJson.write(without));
    assertEquals(
        "[10.8.0.11, fd08::b]", AddressNumbers.next(FormEdit.form(readBack, "staff")).toString());
    RouterConfig all = readBack;
    for (String name : List.of("phone", "camera", "helper", "gone")) {
      all = FormEdit.removeDevice(all, name).config();
    }
    assertEquals(
        "[10.8.0.11, fd08::b]", AddressNumbers.next(FormEdit.form(all, "staff")).toString());
  }

  @Test
  void norensOwnAddressIsPassedOverAndTheLastIsNobodys() throws Exception {
    RouterConfig own = RouterEdit.set(shop, "forms[2].addresses", "[\"10.10.0.3/29\"]");
    Form form = FormEdit.form(own, "desks");
    assertEquals("[10.10.0.4]", AddressNumbers.next(form).toString());
    Form near = form.withGateway(form.gateway().withAllotted(5));
    assertEquals("[10.10.0.6]", AddressNumbers.next(near).toString());
    Form full = form.withGateway(form.gateway().withAllotted(6));
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> AddressNumbers.next(full));
    assertEquals(
        "all addresses of 10.10.0.0/29 were given to devices once, and none is given twice: set"
            + " up another way of use, or give desks a larger network",
        e.getMessage());
  }

  @Test
  void aLostDeviceKeepsItsPlace() throws Exception {
    RouterConfig after = FormEdit.lose(shop, "phone");
    Device phone = FormEdit.device(after, "phone").device();
    assertTrue(phone.lost());
    assertEquals(FormEdit.device(shop, "phone").device().asLost(), phone);
    assertEquals(shop.access(), after.access());
    assertEquals(after, FormEdit.lose(after, "phone"), "once is enough");
  }

  @Test
  void withADeviceGoesWhatRulesSayOfIt() throws Exception {
    Edited edited = FormEdit.removeDevice(shop, "helper");
    assertEquals(
        List.of("The rule \"helper's till\" was for nobody else and goes too"),
        Said.english(edited.remarks()));
    assertEquals(2, edited.config().access().rules().size());
    assertEquals(List.of(), FormEdit.removeDevice(shop, "phone").remarks());
  }

  @Test
  void withAFormGoesAllThatIsItsOwn() throws Exception {
    Edited edited = FormEdit.remove(shop, "bundle");
    assertNull(edited.config().form(new TunnelName("bundle")));
    assertEquals(
        List.of(
            "The device \"till-pad\" goes with it",
            "The way to the shop \"north\" goes with it",
            "The rule \"north too\" was for nobody else and goes too"),
        Said.english(edited.remarks()));
    edited.remarks().forEach(Said::assertJapanese);
    RouterConfig shared =
        RouterEdit.set(shop, "access.rules[2].from", "[\"form:bundle\", \"device:phone\"]");
    RouterConfig left = FormEdit.remove(shared, "bundle").config();
    assertEquals("[device:phone]", left.access().rules().get(2).from().toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"shops", "nobody"})
  void notEveryFormTakesDevices(String form) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> FormEdit.addDevice(shop, form, FormEdit.device(shop, "phone").device()));
    assertEquals(
        form.equals("shops")
            ? "shops joins shops and takes no devices: add a form for them"
            : "there is no form \"nobody\": there are staff, road, desks, bundle, shops",
        e.getMessage());
  }

  @Test
  void aNameThatIsNearlyRightIsProposed() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> FormEdit.device(shop, "phon"));
    assertEquals("there is no device \"phon\": did you mean phone?", e.getMessage());
  }

  @Test
  void aFormWithoutAPortIsNotCalled() throws Exception {
    RouterConfig without = RouterEdit.set(shop, "forms[2].listenPort", "null");
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> FormEdit.checkTakesDevices(FormEdit.form(without, "desks")));
    assertTrue(e.getMessage().startsWith("desks has no listenPort"), e.getMessage());
  }

  @Test
  void ofTheSameKeyThereIsOne() throws Exception {
    Device again = FormEdit.device(shop, "phone").device();
    ConfigException e =
        assertThrows(ConfigException.class, () -> FormEdit.addDevice(shop, "staff", again));
    assertTrue(e.errors().size() >= 3, e.errors()::toString);
    assertFalse(e.errors().toString().contains(again.presharedKey().toBase64()));
  }

  @Test
  void rulesAreMadeAndTheirNames() throws Exception {
    RouterConfig one =
        AccessEdit.allow(
            shop, null, List.of("device:phone"), List.of("till"), List.of("tcp/443", "icmp"));
    AccessRule made = one.access().rules().getLast();
    assertEquals("device:phone to till (tcp/443, icmp)", made.name());
    assertEquals("[till]", made.to().toString());
    assertEquals("[10.23.45.10/32]", made.subnets().toString());
    RouterConfig two =
        AccessEdit.allow(
            one, null, List.of("device:phone"), List.of("till"), List.of("tcp/443", "icmp"));
    assertEquals("device:phone to till (tcp/443, icmp) 2", two.access().rules().getLast().name());
    RouterConfig three =
        AccessEdit.allow(
            two,
            null,
            List.of("device:phone"),
            List.of("10.23.45.0/24", "10.23.46.0/24", "10.23.47.0/24", "10.23.48.0/24"),
            List.of());
    assertEquals(
        "device:phone to 10.23.45.0/24, 10.23.46.0/24, 10.23.47.0/...",
        three.access().rules().getLast().name());
    assertEquals(two, AccessEdit.removeRule(three, three.access().rules().getLast().name()));
    assertThrows(IllegalArgumentException.class, () -> AccessEdit.removeRule(three, "x"));
  }

  @Test
  void thePageOpensFromTheTunnelsThatAreSaidAndNoOthers() throws Exception {
    RouterConfig open = AccessEdit.page(shop, List.of("staff"));
    assertEquals(List.of(new TunnelName("staff")), open.access().page());
    assertEquals(shop.access().rules(), open.access().rules());
    assertEquals(List.of(), AccessEdit.page(open, List.of()).access().page());
    assertThrows(ConfigException.class, () -> AccessEdit.page(shop, List.of("nowhere")));
    assertThrows(IllegalArgumentException.class, () -> AccessEdit.page(shop, List.of("a b")));
  }

  @Test
  void aRuleFollowsTheReservationThatItNames() throws Exception {
    RouterConfig before =
        AccessEdit.allow(
            shop, "books", List.of("device:phone"), List.of("TILL", "10.23.45.9"), List.of());
    String moved = "lan.reservations[0].address";
    RouterConfig after = RouterEdit.set(before, moved, "\"10.23.45.11\"");
    AccessRule rule = after.access().rules().getLast();
    assertEquals("[till, 10.23.45.9/32]", rule.to().toString());
    assertEquals("[10.23.45.11/32, 10.23.45.9/32]", rule.subnets().toString());
    assertEquals(after, RouterJson.read("x", RouterJson.write(after)));
    ConfigException e =
        assertThrows(ConfigException.class, () -> RouterEdit.set(before, "lan.reservations", "[]"));
    assertTrue(e.errors().toString().contains("\"till\" is neither a subnet"), e::getMessage);
  }

  @Test
  void whoeverIsNamedStays() throws Exception {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> AccessEdit.removePerson(shop, "Akira"));
    assertEquals(
        "\"Akira\" is still named by the device \"phone\", the device \"laptop\": remove those"
            + " first",
        e.getMessage());
    e = assertThrows(IllegalArgumentException.class, () -> AccessEdit.removeGroup(shop, "staff"));
    assertEquals(
        "\"staff\" is still named by the person \"Akira\", the rule \"staff everywhere\": remove"
            + " those first",
        e.getMessage());
    RouterConfig more =
        AccessEdit.addPerson(
            AccessEdit.addGroup(shop, "night", true), "ハル", List.of("night", "staff"));
    assertTrue(more.access().groups().getLast().signIn());
    assertEquals(shop, AccessEdit.removeGroup(AccessEdit.removePerson(more, "ハル"), "night"));
  }
}
