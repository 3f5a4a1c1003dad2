package dev.noren.forms;

import dev.noren.config.ConfigException;
import dev.noren.config.FormEdit;
import dev.noren.config.RouterConfig;
import dev.noren.config.RouterJson;
import dev.noren.crypto.PrivateKey;
import dev.noren.net.Cidr;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;

/** The devices of src/test/resources/forms/shop.json, and their files. */
public final class DeviceFiles {
  /** All that are let in. */
  public static final List<String> NAMES =
      List.of("phone", "camera", "helper", "laptop", "tablet", "till-pad");

  static final LocalDate TODAY = LocalDate.of(2026, 11, 28);

  /** A device's own key. */
  static final PrivateKey KEY =
      PrivateKey.parseBase64("6MyRbKAeRxmT31zBpP/cR8qrjcUvN+lWBsEJDrQ+zko=");

  private static final Cidr SHOP = Cidr.parse("10.23.45.1/24");
  private static final int MTU = 1420;

  private DeviceFiles() {}

  static String resource(String name) throws IOException {
    try (var in = DeviceFiles.class.getResourceAsStream("/forms/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The document. */
  public static RouterConfig shop() throws IOException, ConfigException {
    return RouterJson.read("shop.json", resource("shop.json"));
  }

  /** The file of a device; what runs is the tunnel staff. */
  public static DeviceFile file(String name, PrivateKey key) throws IOException, ConfigException {
    RouterConfig config = shop();
    FormEdit.Found found = FormEdit.device(config, name);
    boolean runs = found.form().name().text().equals("staff");
    return DeviceFile.of(config, found.form(), found.device(), key, SHOP, runs ? MTU : 0, TODAY);
  }

  /** The same as text, with the private key above. */
  public static String text(String name) throws IOException, ConfigException {
    return file(name, KEY).text();
  }
}
