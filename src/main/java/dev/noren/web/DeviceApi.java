package dev.noren.web;

import dev.noren.config.AddressNumbers;
import dev.noren.config.ConfigException;
import dev.noren.config.Device;
import dev.noren.config.Form;
import dev.noren.config.FormEdit;
import dev.noren.config.RouterConfig;
import dev.noren.config.StoredConfig;
import dev.noren.control.Operations;
import dev.noren.control.RecordJson;
import dev.noren.crypto.PresharedKey;
import dev.noren.crypto.PrivateKey;
import dev.noren.forms.DeviceFile;
import dev.noren.net.Cidr;
import dev.noren.status.RouterStatus;
import dev.noren.text.Refused;
import dev.noren.text.Sentence;
import dev.noren.web.ChangeApi.Changed;
import dev.noren.web.Route.Whom;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;

/** Devices that call in: each gets its file once, with a key that is kept nowhere. */
final class DeviceApi {
  private final Operations operations;
  private final Edits edits;
  private final InstantSource clock;
  private final SecureRandom chance = new SecureRandom();

  DeviceApi(Operations operations, Edits edits, InstantSource clock) {
    this.operations = operations;
    this.edits = edits;
    this.clock = clock;
  }

  /**
   * A device that is to be let in.
   *
   * @param form the form by which it calls in
   * @param name what people call it
   * @param person whose it is, or null
   * @param expires the last day on which it is let in, or null
   * @param outside whether it is of outside staff
   * @param iot whether it is a thing
   */
  record NewDevice(
      String form, String name, String person, String expires, Boolean outside, Boolean iot)
      implements RecordJson.Sparse {}

  /**
   * What a new device needs, which is shown this once.
   *
   * @param name the device
   * @param file what to call the file
   * @param conf the file: a secret
   * @param qr the same as a picture for a telephone
   * @param number of the document
   * @param remarks what is to be said about it
   * @param secondsToConfirm where the change is being tried: how long it waits
   */
  record Made(
      String name,
      String file,
      String conf,
      String qr,
      int number,
      List<Sentence> remarks,
      Long secondsToConfirm)
      implements RecordJson.Sparse {
    /** Without the file. */
    @Override
    public String toString() {
      return "Made[name=" + name + "]";
    }
  }

  List<Route> routes() {
    return List.of(
        new Route("POST", "/api/v1/devices", Whom.OWNER, this::add),
        new Route("GET", "/api/v1/devices/{name}", Whom.OWNER, this::show),
        new Route("POST", "/api/v1/devices/{name}/lost", Whom.OWNER, this::lose),
        new Route("DELETE", "/api/v1/devices/{name}", Whom.OWNER, this::remove));
  }

  /** How a device is, so that the page can wait for its first call. */
  private Reply show(Call call) throws IOException {
    String name = call.variable("name");
    return DeviceView.all(edits.config(), operations.status(), today()).stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .map(each -> Reply.json(each, call.language()))
        .orElseThrow(() -> new Refused("web.no-device", name));
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  private Reply add(Call call) throws IOException, ConfigException {
    NewDevice wanted = call.body(NewDevice.class);
    StoredConfig before = operations.load().current();
    Form form = FormEdit.form(before.config(), Call.needed(wanted.form(), "form"));
    FormEdit.checkTakesDevices(form);
    DeviceFile.endpoint(before.config(), form);
    PrivateKey key = PrivateKey.generate(chance);
    Device device =
        new Device(
            Call.needed(wanted.name(), "name"),
            wanted.person(),
            key.publicKey(),
            PresharedKey.generate(chance),
            AddressNumbers.next(form),
            lastDay(wanted),
            Boolean.TRUE.equals(wanted.outside()),
            Boolean.TRUE.equals(wanted.iot()),
            false);
    RouterConfig after = FormEdit.addDevice(before.config(), form.name().text(), device);
    DeviceFile file = file(after, form, device, key);
    String picture = QrImage.of(file.text());
    Changed changed = Changed.of(operations.edit(before.number(), after, call.author()));
    return Reply.json(
        new Made(
            device.name(),
            "noren-" + device.name().replaceAll("[^A-Za-z0-9-]", "_") + ".conf",
            file.text(),
            picture,
            changed.number(),
            changed.remarks(),
            changed.secondsToConfirm()),
        call.language());
  }

  private LocalDate lastDay(NewDevice wanted) {
    if (wanted.expires() == null) {
      if (Boolean.TRUE.equals(wanted.outside())) {
        throw new Refused("device.outside-last-day");
      }
      return null;
    }
    LocalDate day;
    try {
      day = LocalDate.parse(wanted.expires());
    } catch (DateTimeParseException e) {
      throw new Refused(Sentence.of("device.expires-form"), e);
    }
    if (day.isBefore(today())) {
      throw new Refused("device.expires-over", day);
    }
    return day;
  }

  private DeviceFile file(RouterConfig after, Form form, Device device, PrivateKey key)
      throws IOException {
    RouterStatus status = operations.status();
    Cidr shop = status.lan() == null ? after.lan().address() : status.lan().address();
    int mtuBytes =
        status.tunnels().stream()
            .filter(tunnel -> tunnel.name().equals(form.name()))
            .mapToInt(RouterStatus.Tunnel::mtuBytes)
            .findFirst()
            .orElse(0);
    return DeviceFile.of(
        after, FormEdit.form(after, form.name().text()), device, key, shop, mtuBytes, today());
  }

  private Reply lose(Call call) throws IOException, ConfigException {
    return edits.make(call, config -> FormEdit.lose(config, call.variable("name")));
  }

  private Reply remove(Call call) throws IOException, ConfigException {
    return edits.makeRemarked(call, config -> FormEdit.removeDevice(config, call.variable("name")));
  }
}
