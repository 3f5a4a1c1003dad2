package dev.noren.web;

import dev.noren.config.DeviceEdit;
import dev.noren.config.FormEdit;
import dev.noren.config.FormEdit.Found;
import dev.noren.config.LanConfig.Reservation;
import dev.noren.config.RouterConfig;
import dev.noren.forms.DeviceChange;
import dev.noren.net.Cidr;
import dev.noren.status.RouterStatus;
import dev.noren.text.Sentence;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What can be changed about one device, as its page shows it.
 *
 * @param name what people call it
 * @param expires its last day, or "" for no end
 * @param outside whether it is of outside staff, who need one
 * @param lost whether it is lost, so that nothing of this matters any more
 * @param limited whether rules say what it reaches
 * @param reaches what rules that name it let it reach, a line each as it is typed
 * @param others what rules for others let it reach besides
 * @param places what there is to type: the shop's network, and the names of reservations
 */
record DeviceSettings(
    String name,
    String expires,
    boolean outside,
    boolean lost,
    boolean limited,
    List<String> reaches,
    List<Sentence> others,
    List<String> places) {
  DeviceSettings {
    reaches = List.copyOf(reaches);
    others = List.copyOf(others);
    places = List.copyOf(places);
  }

  /**
   * Those of a device.
   *
   * @throws IllegalArgumentException with a sentence, where there is none
   */
  static DeviceSettings of(RouterConfig config, RouterStatus status, String name) {
    Found found = FormEdit.device(config, name);
    Cidr shop = status.lan() == null ? config.lan().address() : status.lan().address();
    return new DeviceSettings(
        name,
        found.device().expires() == null ? "" : found.device().expires().toString(),
        found.device().outside(),
        found.device().lost(),
        DeviceEdit.isLimited(found),
        DeviceEdit.reaches(config, name),
        DeviceChange.others(config, name).stream()
            .map(
                rule ->
                    rule.services().isEmpty()
                        ? Sentence.of("web.reaches-all", rule.to())
                        : Sentence.of("web.reaches-some", rule.to(), rule.services()))
            .toList(),
        Stream.concat(
                Stream.ofNullable(shop).map(own -> own.masked().toString()),
                config.lan().reservations().stream()
                    .map(Reservation::name)
                    .filter(Objects::nonNull))
            .toList());
  }
}
