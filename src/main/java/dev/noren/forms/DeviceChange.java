package dev.noren.forms;

import dev.noren.config.AccessRule;
import dev.noren.config.AccessRule.Who;
import dev.noren.config.ConfigException;
import dev.noren.config.Device;
import dev.noren.config.DeviceEdit;
import dev.noren.config.Edited;
import dev.noren.config.Form;
import dev.noren.config.FormEdit;
import dev.noren.config.FormEdit.Found;
import dev.noren.config.RouterConfig;
import dev.noren.net.Cidr;
import dev.noren.text.Sentence;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * What is to be different about a device that is let in; what is null stays as it is.
 *
 * @param name what people call it
 * @param expires its last day as a person gives it, or "" for no end
 * @param reaches what rules let it reach and nothing else, as {@link DeviceEdit#limit} takes it
 */
public record DeviceChange(String name, String expires, List<String> reaches) {
  public DeviceChange {
    reaches = reaches == null ? null : List.copyOf(reaches);
  }

  /**
   * The document with the change, and what is to be said about it.
   *
   * @param device the device's name until now
   * @param shop the shop's own network, or null where that is not known
   * @param today the day in the box's time zone
   * @throws IllegalArgumentException with a sentence
   * @throws ConfigException with all that would be wrong
   */
  public Edited of(RouterConfig config, String device, Cidr shop, LocalDate today)
      throws ConfigException {
    RouterConfig after = config;
    List<Sentence> remarks = new ArrayList<>();
    if (expires != null) {
      boolean outside = FormEdit.device(config, device).device().outside();
      String text = expires.isEmpty() ? null : expires;
      after = DeviceEdit.expire(after, device, NewDevice.lastDay(text, outside, today));
    }
    if (reaches != null) {
      after = DeviceEdit.limit(after, device, reaches);
      remarkOthers(after, device, remarks);
      remarkFile(config, after, device, shop, remarks, today);
    }
    if (name != null) {
      after = DeviceEdit.rename(after, device, name);
    }
    return new Edited(after, remarks);
  }

  /** Rules that are for others too let it reach what they say all the same. */
  private static void remarkOthers(RouterConfig after, String device, List<Sentence> remarks) {
    others(after, device).stream()
        .map(rule -> Sentence.of("device.limit-others", device, rule.name()))
        .forEach(remarks::add);
  }

  /** The rules that are for a device without naming it. */
  public static List<AccessRule> others(RouterConfig config, String device) {
    Found found = FormEdit.device(config, device);
    Reach reach = new Reach(config.access());
    return config.access().rules().stream()
        .filter(rule -> !rule.from().contains(new Who(Who.Kind.DEVICE, device)))
        .filter(rule -> reach.isFor(rule, found.form(), found.device()))
        .toList();
  }

  /** What the device has been told to send into the tunnel does not change by itself. */
  private static void remarkFile(
      RouterConfig before,
      RouterConfig after,
      String name,
      Cidr shop,
      List<Sentence> remarks,
      LocalDate today) {
    List<Cidr> told = allowedIps(before, name, shop, today);
    List<Cidr> missing =
        allowedIps(after, name, shop, today).stream()
            .filter(each -> told.stream().noneMatch(other -> covers(other, each)))
            .toList();
    if (!missing.isEmpty()) {
      remarks.add(Sentence.of("device.limit-file", name, missing));
    }
  }

  private static List<Cidr> allowedIps(
      RouterConfig config, String name, Cidr shop, LocalDate today) {
    Found found = FormEdit.device(config, name);
    Form form = found.form();
    Device device = found.device();
    return device.isLetIn(today) && !form.gateway().endpoints().isEmpty()
        ? DeviceFile.of(config, form, device, null, shop, 0, today).allowedIps()
        : List.of();
  }

  private static boolean covers(Cidr wide, Cidr narrow) {
    return wide.prefixLength() <= narrow.prefixLength() && wide.contains(narrow.address());
  }
}
