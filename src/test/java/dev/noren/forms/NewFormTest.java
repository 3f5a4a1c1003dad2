package dev.noren.forms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.config.ConfigException;
import dev.noren.config.Form;
import dev.noren.config.Form.Kind;
import dev.noren.config.FormEdit;
import dev.noren.config.RouterConfig;
import dev.noren.config.VdiForm;
import dev.noren.net.Cidr;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NewFormTest {
  private static Form added(RouterConfig config, Kind kind, String... fields)
      throws ConfigException {
    RouterConfig after =
        FormEdit.add(
            config,
            kind,
            "new",
            NewForm.fields(
                config, kind, List.of(fields), List.of(Cidr.parse("10.2.0.0/15")), new Random(3)));
    return FormEdit.form(after, "new");
  }

  @ParameterizedTest
  @CsvSource({"SITE", "REMOTE", "VDI", "ROUTER"})
  void aNameIsEnough(Kind kind) throws Exception {
    RouterConfig config = DeviceFiles.shop();
    Form form = added(config, kind);
    assertEquals(kind, form.kind());
    assertEquals(51_825, form.gateway().listenPort());
    Cidr own = form.gateway().addresses().getFirst();
    assertTrue(own.toString().matches("10\\.[0-9]+\\.[0-9]+\\.1/24"), own::toString);
    assertTrue(FreeNetwork.taken(config).stream().noneMatch(own::overlaps));
    assertEquals(List.of(), form.gateway().endpoints());
  }

  @Test
  void chosenNetworksDifferFromOthers() throws Exception {
    for (int seed = 0; seed < 100; seed++) {
      var fields =
          NewForm.fields(
              RouterConfig.DEFAULT,
              Kind.REMOTE,
              List.of(),
              List.of(Cidr.parse("10.0.0.0/9")),
              new Random(seed));
      assertTrue(
          !Cidr.parse(fields.get("addresses[0]")).overlaps(Cidr.parse("10.0.0.0/9")),
          fields.get("addresses[0]"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "endpoint=vpn.example.com, vpn.example.com:51825",
    "endpoint=vpn.example.com:443, vpn.example.com:443",
    "endpoint=192.0.2.7, 192.0.2.7:51825",
    "endpoint=2001:db8::7, [2001:db8::7]:51825",
    "endpoint=[2001:db8::7]:443, [2001:db8::7]:443",
  })
  void anEndpointGetsThePort(String field, String endpoint) throws Exception {
    Form form = added(DeviceFiles.shop(), Kind.REMOTE, field);
    assertEquals(endpoint, form.gateway().endpoints().getFirst().toString());
  }

  @Test
  void whatIsGivenIsTaken() throws Exception {
    Form form =
        added(
            DeviceFiles.shop(),
            Kind.REMOTE,
            "extent=full",
            "listenPort=443",
            "addresses=[\"10.77.0.1/24\"]",
            "endpoint=a.example",
            "endpoint=b.example:53");
    assertEquals(443, form.gateway().listenPort());
    assertEquals("[10.77.0.1/24]", form.gateway().addresses().toString());
    assertEquals("[a.example:443, b.example:53]", form.gateway().endpoints().toString());
  }

  @Test
  void desktopsAreANameAndAHost() throws Exception {
    VdiForm form =
        (VdiForm)
            added(
                DeviceFiles.shop(),
                Kind.VDI,
                "desk=7@10.23.45.70",
                "desk=a b@10.23.45.71:tcp/443,udp/443",
                "desk=six@fd00::7:tcp/22");
    assertEquals("7", form.desks().get(0).name());
    assertEquals("[tcp/3389, udp/3389]", form.desks().get(0).services().toString());
    assertEquals("a b", form.desks().get(1).name());
    assertEquals("10.23.45.71", form.desks().get(1).host().toString());
    assertEquals("[tcp/443, udp/443]", form.desks().get(1).services().toString());
    assertEquals("fd00::7", form.desks().get(2).host().toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "endpoint|\"endpoint\" is no field: give name=value, as in endpoint=vpn.example.com",
        "listenPort=1 listenPort=2|listenPort is given twice: give it once",
        "desk=x|\"x\" is no desktop: give a name and its address, as in desk=office@10.23.45.60",
      })
  void whatIsNoFieldIsOneSentence(String fields, String sentence) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> added(DeviceFiles.shop(), Kind.REMOTE, fields.split(" ")));
    assertEquals(sentence, e.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "endpoint=a b|forms[5].endpoints[0]: \"a b\" has no port",
        "extend=full|forms[5].extend: is unknown: did you mean extent?",
        "listenPort=51820|forms[5].listenPort: is the same as forms[0].listenPort",
        "addresses=[\"10.8.0.1/24\"]|forms[5].addresses[0]: ",
        "desk=a@10.0.0.1:tcp/0|forms[5].desks",
      })
  void whatIsWrongInADocumentIsSaidOfItsPlace(String field, String start) {
    ConfigException e =
        assertThrows(ConfigException.class, () -> added(DeviceFiles.shop(), Kind.REMOTE, field));
    assertTrue(e.errors().getFirst().toString().contains(start.strip()), e.errors()::toString);
  }

  @Test
  void aCloudsFormHasNothingChosen() throws Exception {
    assertTrue(
        NewForm.fields(RouterConfig.DEFAULT, Kind.CLOUD, List.of(), List.of(), new Random(1))
            .isEmpty());
  }
}
