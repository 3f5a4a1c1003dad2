package dev.noren.web;

import dev.noren.config.DeviceEdit;
import dev.noren.config.FormEdit;
import dev.noren.config.FormEdit.Found;
import dev.noren.config.RouterConfig;
import dev.noren.forms.DeviceChange;
import dev.noren.status.RouterStatus;
import dev.noren.text.Sentence;
import java.util.List;

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
 * @param choices what there is to choose from
 */
record DeviceSettings(
    String name,
    String expires,
    boolean outside,
    boolean lost,
    boolean limited,
    List<String> reaches,
    List<Sentence> others,
    Choices choices) {
  DeviceSettings {
    reaches = List.copyOf(reaches);
    others = List.copyOf(others);
  }

  /**
   * Those of a device.
   *
   * @throws IllegalArgumentException with a sentence, where there is none
   */
  static DeviceSettings of(RouterConfig config, RouterStatus status, String name) {
    Found found = FormEdit.device(config, name);
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
        Choices.of(config, status));
  }
}
