package dev.noren.forms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.config.ConfigException;
import dev.noren.config.RouterConfig;
import dev.noren.config.RouterJson;
import dev.noren.crypto.PrivateKey;
import dev.noren.crypto.PublicKey;
import dev.noren.forms.SignInPlan.Entry;
import dev.noren.net.IpAddress;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SignInPlanTest {
  private static final LocalDate TODAY = LocalDate.parse("2026-10-05");
  private static final Random CHANCE = new Random(1);

  /** A form with devices, and people in groups, of which two sign in. */
  private static RouterConfig config(String devices) throws ConfigException {
    return RouterJson.read(
        "test",
        """
        {"schema": 1,
         "access": {
           "groups": [{"name": "staff", "signIn": true, "signInHours": 8},
                      {"name": "night", "signIn": true, "signInHours": 4},
                      {"name": "family"}],
           "people": [{"name": "Sato", "groups": ["staff", "night"],
                       "totpSecret": "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"},
                      {"name": "Suzuki", "groups": ["staff"]},
                      {"name": "Ito", "groups": ["family"]}]},
         "forms": [{"kind": "remote", "name": "home", "privateKey": "%s", "listenPort": 51820,
                    "addresses": ["10.8.0.1/24", "fd08::1/64"], "devices": [%s]},
                   {"kind": "remote", "name": "other", "privateKey": "%s", "listenPort": 51821,
                    "addresses": ["10.18.0.1/24"], "devices": []}]}
        """
            .formatted(key(), devices, key()));
  }

  private static String key() {
    return PrivateKey.generate(CHANCE).toBase64();
  }

  private static String device(String name, String addresses, String more) {
    return "{\"name\": \"%s\", \"publicKey\": \"%s\", \"addresses\": [%s]%s}"
        .formatted(name, PrivateKey.generate(CHANCE).publicKey().toBase64(), addresses, more);
  }

  private static SignInPlan plan(String... devices) throws ConfigException {
    return SignInPlan.of(config(String.join(", ", devices)), TODAY);
  }

  @Test
  void theDevicesOfGroupsThatSignIn() throws ConfigException {
    SignInPlan plan =
        plan(
            device("phone", "\"10.8.0.2\", \"fd08::2\"", ", \"person\": \"Sato\""),
            device("laptop", "\"10.8.0.3\"", ", \"person\": \"Suzuki\""),
            device("tablet", "\"10.8.0.4\"", ", \"person\": \"Ito\""),
            device("camera", "\"10.8.0.5\"", ", \"iot\": true"));
    assertEquals(List.of("phone", "laptop"), plan.entries().stream().map(Entry::device).toList());
    Entry phone = plan.entries().getFirst();
    assertEquals(
        List.of(IpAddress.parse("10.8.0.2"), IpAddress.parse("fd08::2")), phone.addresses());
    assertEquals(4, phone.hours(), "the shortest of the groups'");
    assertEquals(8, plan.entries().getLast().hours());
    assertEquals(Set.of(IpAddress.parse("10.8.0.1"), IpAddress.parse("fd08::1")), plan.doors());
  }

  @Test
  void whoIsNotLetInSignsInNowhere() throws ConfigException {
    String sato = ", \"person\": \"Sato\"";
    SignInPlan plan =
        plan(
            device("lost", "\"10.8.0.2\"", sato + ", \"lost\": true"),
            device("expired", "\"10.8.0.3\"", sato + ", \"expires\": \"2026-10-04\""));
    assertEquals(SignInPlan.NONE, plan);
    assertEquals(
        1,
        plan(device("last day", "\"10.8.0.3\"", sato + ", \"expires\": \"2026-10-05\""))
            .entries()
            .size());
  }

  @Test
  void anotherSecretOrPersonIsAnother() throws ConfigException {
    RouterConfig config = config(device("phone", "\"10.8.0.2\"", ", \"person\": \"Sato\""));
    Entry entry = SignInPlan.of(config, TODAY).entries().getFirst();
    assertTrue(entry.isSameAs(entry));
    PublicKey key = entry.key();
    assertFalse(
        entry.isSameAs(new Entry(entry.device(), key, entry.addresses(), entry.person(), 1)),
        "shorter hours hold at once");
    PublicKey other = PublicKey.of(new byte[PublicKey.SIZE]);
    assertFalse(
        entry.isSameAs(
            new Entry(entry.device(), other, entry.addresses(), entry.person(), entry.hours())),
        "another telephone in its place");
    String json = RouterJson.write(config);
    for (String[] change :
        new String[][] {
          {"GEZDGNBV", "MEZDGNBV"},
          {"\"name\": \"phone\"", "\"name\": \"telephone\""},
          {"\"10.8.0.2\"", "\"10.8.0.9\""},
          {"\"person\": \"Sato\"", "\"person\": \"Suzuki\""},
        }) {
      assertTrue(json.contains(change[0]), json);
      RouterConfig changed = RouterJson.read("test", json.replace(change[0], change[1]));
      assertFalse(entry.isSameAs(SignInPlan.of(changed, TODAY).entries().getFirst()), change[1]);
    }
  }
}
