package dev.noren.forms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.config.ConfigException;
import dev.noren.config.Device;
import dev.noren.config.DeviceEdit;
import dev.noren.config.Edited;
import dev.noren.config.FormEdit;
import dev.noren.config.RouterConfig;
import dev.noren.net.Cidr;
import dev.noren.text.Said;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The devices of shop.json get other names, last days and limits. */
class DeviceChangeTest {
  private static final Cidr SHOP = Cidr.parse("10.23.45.1/24");
  private static final LocalDate TODAY = DeviceFiles.TODAY;

  private RouterConfig shop;

  @BeforeEach
  void read() throws Exception {
    shop = DeviceFiles.shop();
  }

  private Edited changed(String device, String name, String expires, List<String> reaches)
      throws ConfigException {
    return new DeviceChange(name, expires, reaches).of(shop, device, SHOP, TODAY);
  }

  private String refused(String device, String name, String expires, List<String> reaches) {
    return assertThrows(
            IllegalArgumentException.class, () -> changed(device, name, expires, reaches))
        .getMessage();
  }

  private static Device device(RouterConfig config, String name) {
    return FormEdit.device(config, name).device();
  }

  @Test
  void whatIsNotSaidStaysAsItIs() throws Exception {
    assertEquals(new Edited(shop, List.of()), changed("phone", null, null, null));
  }

  @Test
  void rulesFollowARename() throws Exception {
    Edited edited = changed("helper", "temp", null, null);
    assertEquals(device(shop, "helper").withName("temp"), device(edited.config(), "temp"));
    assertEquals(DeviceEdit.reaches(shop, "helper"), DeviceEdit.reaches(edited.config(), "temp"));
    assertFalse(DeviceEdit.reaches(shop, "helper").isEmpty());
    assertEquals(List.of(), edited.remarks());
  }

  @Test
  void noTwoHaveOneName() {
    assertThrows(ConfigException.class, () -> changed("phone", "camera", null, null));
    assertEquals(
        "there is no device \"phones\": did you mean phone?", refused("phones", "x", null, null));
  }

  @Test
  void aLastDayIsJudgedAsThatOfANewDevice() throws Exception {
    assertEquals(
        LocalDate.of(2027, 1, 2),
        device(changed("phone", null, "2027-01-02", null).config(), "phone").expires());
    assertEquals(
        TODAY, device(changed("phone", null, TODAY.toString(), null).config(), "phone").expires());
    assertEquals(null, device(changed("phone", null, "", null).config(), "phone").expires());
    assertEquals(
        "2026-11-27 is over: give a day that is to come",
        refused("phone", null, "2026-11-27", null));
    assertEquals("soon is no day: give it as in 2027-03-31", refused("phone", null, "soon", null));
    assertEquals(
        "a device of outside staff has a last day: give it (expires)",
        refused("helper", null, "", null));
  }

  @Test
  void aLimitTakesThePlaceOfAllThatRulesSayOfIt() throws Exception {
    List<String> lines = List.of("10.23.45.8 tcp/443、10.23.45.9 ICMP", "10.23.45.7");
    Edited edited = changed("helper", null, null, lines);
    assertEquals(
        List.of("10.23.45.8, 10.23.45.9, tcp/443, icmp", "10.23.45.7"),
        DeviceEdit.reaches(edited.config(), "helper"));
    Edited none = changed("helper", null, null, List.of());
    assertEquals(List.of(), DeviceEdit.reaches(none.config(), "helper"));
    assertEquals(shop.forms(), none.config().forms());
    assertThrows(ConfigException.class, () -> changed("helper", null, null, List.of("nowhere")));
  }

  @Test
  void whatRulesForOthersLetAndTheFileLacksIsSaid() throws Exception {
    Edited edited = changed("phone", null, null, List.of("10.77.0.0/24"));
    List<String> said = Said.english(edited.remarks());
    edited.remarks().forEach(Said::assertJapanese);
    assertTrue(
        said.contains(
            "If the file on phone does not have 10.77.0.0/24 in its AllowedIPs, add it there, or"
                + " let the device in anew"),
        said.toString());
    assertEquals(
        DeviceChange.others(shop, "phone").size(),
        said.stream().filter(each -> each.contains("which is for others too")).count(),
        said.toString());
    assertFalse(DeviceChange.others(shop, "phone").isEmpty());
  }

  @Test
  void whereRulesAreNotForItThereIsNothingToLimit() {
    assertTrue(refused("camera", null, null, List.of()).contains("is a thing"));
    assertTrue(refused("tablet", null, null, List.of()).contains("virtual desktop"));
  }
}
