package dev.noren.config;

import dev.noren.config.AccessRule.Who;
import dev.noren.crypto.PublicKey;
import dev.noren.text.Refused;
import dev.noren.text.Sentence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Forms and their devices come and go; each result was checked as a whole. */
public final class FormEdit {
  /**
   * A device and where it is.
   *
   * @param form the form that it calls in by
   * @param device the device
   */
  public record Found(Form form, Device device) {}

  /** More letters than these are no help to somebody who mistyped a name. */
  private static final int MOST_NAMED = 280;

  private FormEdit() {}

  /** Another document, in which the devices stay lost that are lost in this one. */
  public static RouterConfig keepLost(RouterConfig now, RouterConfig other) {
    Set<PublicKey> lost =
        now.forms().stream()
            .flatMap(form -> form.devices().stream())
            .filter(Device::lost)
            .map(Device::publicKey)
            .collect(Collectors.toSet());
    return other.withForms(
        other.forms().stream()
            .map(
                form ->
                    form.withDevices(
                        form.devices().stream()
                            .map(each -> lost.contains(each.publicKey()) ? each.asLost() : each)
                            .toList()))
            .toList());
  }

  /**
   * The form of this name.
   *
   * @throws IllegalArgumentException with a sentence, where there is none
   */
  public static Form form(RouterConfig config, String name) {
    return config.forms().stream()
        .filter(form -> form.name().text().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                missing(
                    Sentence.of("thing.form"),
                    name,
                    config.forms().stream().map(each -> each.name().text()).toList()));
  }

  /**
   * The device of this name.
   *
   * @throws IllegalArgumentException with a sentence, where there is none
   */
  public static Found device(RouterConfig config, String name) {
    List<String> names = new ArrayList<>();
    for (Form form : config.forms()) {
      for (Device device : form.devices()) {
        if (device.name().equals(name)) {
          return new Found(form, device);
        }
        names.add(device.name());
      }
    }
    throw missing(Sentence.of("thing.device"), name, names);
  }

  static Refused missing(Sentence what, String name, List<String> names) {
    String near = Suggestion.nearest(name, names);
    if (near != null) {
      return new Refused("thing.none-near", what, Values.quoted(name), near);
    }
    return names.isEmpty() || String.join(", ", names).length() > MOST_NAMED
        ? new Refused("thing.none", what, Values.quoted(name))
        : new Refused("thing.none-others", what, Values.quoted(name), names);
  }

  /**
   * Adds a form.
   *
   * @param fields JSON or text by the field's path in the form, as {@link RouterEdit#set} takes
   *     them
   * @throws ConfigException with all that would be wrong
   */
  public static RouterConfig add(
      RouterConfig config, Form.Kind kind, String name, Map<String, String> fields)
      throws ConfigException {
    String at = "forms[" + config.forms().size() + "]";
    Map<String, String> values = new LinkedHashMap<>();
    values.put(at + ".kind", Fields.wordOf(kind));
    values.put(at + ".name", RouterEdit.quoted(name));
    fields.forEach((path, value) -> values.put(at + "." + path, value));
    return RouterEdit.setAll(config, values);
  }

  /**
   * Takes a form away, with its devices and with what rules say of them.
   *
   * @throws IllegalArgumentException with a sentence, where there is no such form
   * @throws ConfigException with all that would be wrong
   */
  public static Edited remove(RouterConfig config, String name) throws ConfigException {
    Form form = form(config, name);
    List<Who> gone = new ArrayList<>(List.of(new Who(Who.Kind.FORM, name)));
    List<Sentence> remarks = new ArrayList<>();
    for (Device device : form.devices()) {
      gone.add(new Who(Who.Kind.DEVICE, device.name()));
      remarks.add(Sentence.of("gone.device", Values.quoted(device.name())));
    }
    for (Shop shop : form.shops()) {
      remarks.add(Sentence.of("gone.shop", Values.quoted(shop.name())));
    }
    RouterConfig without =
        config
            .withForms(
                config.forms().stream().filter(each -> !each.name().equals(form.name())).toList())
            .withoutUsesOf(form.name());
    return new Edited(withoutWho(without, gone, remarks), remarks);
  }

  /** Takes some out of all rules; a rule that is then for nobody goes too. */
  static RouterConfig withoutWho(RouterConfig config, List<Who> gone, List<Sentence> remarks)
      throws ConfigException {
    List<AccessRule> left = new ArrayList<>();
    for (AccessRule rule : config.access().rules()) {
      List<Who> from = rule.from().stream().filter(who -> !gone.contains(who)).toList();
      if (from.isEmpty()) {
        remarks.add(Sentence.of("gone.rule", Values.quoted(rule.name())));
      } else {
        left.add(new AccessRule(rule.name(), from, rule.to(), rule.services()));
      }
    }
    Access access = config.access();
    return RouterEdit.checked(
        config.withAccess(new Access(access.people(), access.groups(), left, access.page())));
  }

  /**
   * Adds a device to a form.
   *
   * @throws IllegalArgumentException with a sentence, where the form is not there or takes none
   * @throws ConfigException with all that would be wrong
   */
  public static RouterConfig addDevice(RouterConfig config, String name, Device device)
      throws ConfigException {
    Form form = form(config, name);
    checkTakesDevices(form);
    List<Device> devices = new ArrayList<>(form.devices());
    devices.add(device);
    return RouterEdit.checked(with(config, form, form.withDevices(devices)));
  }

  /**
   * Refuses a form that devices can't call in by.
   *
   * @throws IllegalArgumentException with a sentence
   */
  public static void checkTakesDevices(Form form) {
    switch (form) {
      case SiteForm site -> throw new Refused("form.site-devices", site.name());
      case CloudForm cloud -> throw new Refused("form.cloud-devices", cloud.name());
      case RemoteForm remote -> checkHasPort(remote);
      case VdiForm vdi -> checkHasPort(vdi);
      case BundleForm bundle -> checkHasPort(bundle);
    }
  }

  private static void checkHasPort(Form form) {
    if (form.gateway().listenPort() == 0) {
      throw new Refused("form.no-port", form.name());
    }
  }

  static RouterConfig with(RouterConfig config, Form old, Form next) {
    return config.withForms(
        config.forms().stream().map(each -> each.equals(old) ? next : each).toList());
  }

  /**
   * Marks a device as lost: it is never let in again, and its place stays taken.
   *
   * @throws IllegalArgumentException with a sentence, where there is no such device
   * @throws ConfigException with all that would be wrong
   */
  public static RouterConfig lose(RouterConfig config, String name) throws ConfigException {
    return DeviceEdit.with(config, name, Device::asLost);
  }

  /**
   * Takes a device away, with what rules say of it. Its addresses are not given to another.
   *
   * @throws IllegalArgumentException with a sentence, where there is no such device
   * @throws ConfigException with all that would be wrong
   */
  public static Edited removeDevice(RouterConfig config, String name) throws ConfigException {
    Found found = device(config, name);
    Form form = found.form();
    Gateway gateway = form.gateway();
    List<Device> devices =
        form.devices().stream().filter(each -> !each.equals(found.device())).toList();
    Form next =
        form.withDevices(devices).withGateway(gateway.withAllotted(AddressNumbers.greatest(form)));
    List<Sentence> remarks = new ArrayList<>();
    RouterConfig without =
        withoutWho(with(config, form, next), List.of(new Who(Who.Kind.DEVICE, name)), remarks);
    return new Edited(without, remarks);
  }
}
