package dev.noren.web;

import dev.noren.config.ConfigException;
import dev.noren.config.FormEdit;
import dev.noren.config.RouterConfig;
import dev.noren.config.StoredConfig;
import dev.noren.control.Operations;
import dev.noren.control.RecordJson;
import dev.noren.forms.DeviceChange;
import dev.noren.forms.DeviceFile;
import dev.noren.forms.NewDevice;
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
import java.time.ZoneId;
import java.util.ArrayList;
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
  record Wanted(
      String form, String name, String person, String expires, Boolean outside, Boolean iot)
      implements RecordJson.Sparse {}

  /**
   * What is to be different about a device; what is not there stays as it is.
   *
   * @param name what people call it
   * @param expires the last day on which it is let in, or "" for no end
   * @param reaches what rules that name it let it reach, and nothing else, each as in {@code
   *     10.0.0.5, printer tcp/443}
   */
  record Different(String name, String expires, List<String> reaches)
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
        new Route("PUT", "/api/v1/devices/{name}", Whom.OWNER, this::change),
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
    return LocalDate.ofInstant(clock.instant(), ZoneId.systemDefault());
  }

  private Reply add(Call call) throws IOException, ConfigException {
    Wanted wanted = call.body(Wanted.class);
    StoredConfig before = operations.load().current();
    LocalDate today = today();
    boolean outside = Boolean.TRUE.equals(wanted.outside());
    NewDevice.Made made =
        new NewDevice(
                Call.needed(wanted.form(), "form"),
                Call.needed(wanted.name(), "name"),
                wanted.person(),
                NewDevice.lastDay(wanted.expires(), outside, today),
                outside,
                Boolean.TRUE.equals(wanted.iot()))
            .make(before.config(), chance);
    String file = file(made, today).text();
    String picture = QrImage.of(file);
    Changed changed = Changed.of(operations.edit(before.number(), made.config(), call.author()));
    List<Sentence> remarks = new ArrayList<>(changed.remarks());
    String name = made.device().name();
    if (made.reachesNothing(today)) {
      remarks.add(Sentence.of("devices.no-rule", name));
    }
    return Reply.json(
        new Made(
            name,
            "noren-" + name.replaceAll("[^A-Za-z0-9-]", "_") + ".conf",
            file,
            picture,
            changed.number(),
            remarks,
            changed.secondsToConfirm()),
        call.language());
  }

  private DeviceFile file(NewDevice.Made made, LocalDate today) throws IOException {
    RouterStatus status = operations.status();
    int mtuBytes =
        status.tunnels().stream()
            .filter(tunnel -> tunnel.name().equals(made.form().name()))
            .mapToInt(RouterStatus.Tunnel::mtuBytes)
            .findFirst()
            .orElse(0);
    return made.file(shop(status, made.config()), mtuBytes, today);
  }

  private static Cidr shop(RouterStatus status, RouterConfig config) {
    return status.lan() == null ? config.lan().address() : status.lan().address();
  }

  private Reply change(Call call) throws IOException, ConfigException {
    Different wanted = call.body(Different.class);
    RouterStatus status = operations.status();
    return edits.makeRemarked(
        call,
        config ->
            new DeviceChange(wanted.name(), wanted.expires(), wanted.reaches())
                .of(config, call.variable("name"), shop(status, config), today()));
  }

  private Reply lose(Call call) throws IOException, ConfigException {
    return edits.make(call, config -> FormEdit.lose(config, call.variable("name")));
  }

  private Reply remove(Call call) throws IOException, ConfigException {
    return edits.makeRemarked(call, config -> FormEdit.removeDevice(config, call.variable("name")));
  }
}
