package dev.noren.web;

import dev.noren.config.Form;
import dev.noren.config.FormEdit;
import dev.noren.config.RouterConfig;
import dev.noren.control.VisitDesk.Visitor;
import dev.noren.forms.DeviceFile;
import dev.noren.text.Sentence;
import java.util.List;

/**
 * Whether a technician may look from elsewhere, and by what he could.
 *
 * @param left how long he still may, or null where he may not
 * @param forms the ways of use by which he could call in
 */
record VisitView(Sentence left, List<String> forms) {
  VisitView {
    forms = List.copyOf(forms);
  }

  static VisitView of(RouterConfig config, Visitor visitor) {
    return new VisitView(
        visitor == null
            ? null
            : Sentence.of("web.minutes", Math.ceilDiv(visitor.secondsLeft(), 60)),
        config.forms().stream()
            .filter(form -> takes(config, form))
            .map(form -> form.name().text())
            .toList());
  }

  private static boolean takes(RouterConfig config, Form form) {
    try {
      FormEdit.checkTakesDevices(form);
      DeviceFile.endpoint(config, form);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
