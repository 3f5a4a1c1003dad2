package dev.noren.cli;

import java.util.ArrayList;
import java.util.List;

/** A form for people, in the layout of {@code noren status}. */
final class PrettyForm {
  private static final int STEP = 2;

  private final Paint paint;
  private final Speech speech;
  private final HumanUnits units;
  private final StringBuilder text = new StringBuilder();

  PrettyForm(Paint paint, Speech speech) {
    this.paint = paint;
    this.speech = speech;
    this.units = new HumanUnits(paint, speech);
  }

  String text(ShownForm form) {
    text.setLength(0);
    text.append(paint.reset());
    text.append(paint.greenBold(speech.words("label.form")))
        .append(": ")
        .append(paint.green(form.name()))
        .append('\n');
    field("label.way-of-use", form.wayOfUse().in(speech.language()));
    if (form.up() != null) {
      field(
          "label.state",
          form.up()
              ? paint.green(speech.words("shown.up"))
              : paint.red(speech.words("shown.down")));
    }
    field("label.addresses", String.join(", ", form.addresses()));
    if (form.listenPort() != 0) {
      field("label.listening-port", Integer.toString(form.listenPort()));
    }
    if (!form.endpoints().isEmpty()) {
      field("label.reached-at", String.join(", ", form.endpoints()));
    }
    if (form.extent() != null) {
      field(
          "label.takes",
          speech.words(
              form.extent().equals("full") ? "shown.everything" : "shown.what-the-shop-has"));
    }
    if (form.provider() != null) {
      field(
          "label.provider",
          form.provider() + (form.country() == null ? "" : ", " + form.country()));
    }
    form.shops().forEach(this::shop);
    form.desks().forEach(this::desk);
    form.devices().forEach(this::device);
    return text.toString();
  }

  private void shop(ShownForm.FarShop shop) {
    section("label.shop", shop.name());
    field(
        "label.networks",
        shop.subnets().isEmpty() ? speech.words("shown.none") : String.join(", ", shop.subnets()));
    if (shop.internet()) {
      field("label.may-reach", speech.words("shown.internet-through-shop"));
    }
    field(
        "label.called-at", shop.endpoint() == null ? speech.words("shown.calls") : shop.endpoint());
    field(
        "label.latest-handshake",
        shop.handshakeAgeSeconds() == null
            ? speech.words("shown.not-known")
            : units.ago(shop.handshakeAgeSeconds()));
  }

  private void desk(ShownDevice.Reach desk) {
    section("label.desktop", desk.rule());
    field("label.host", String.join(", ", desk.to()));
    field("label.offered", String.join(", ", desk.services()));
  }

  private void device(ShownDevice device) {
    section("label.device", device.name());
    List<String> traits = new ArrayList<>();
    if (device.outside()) {
      traits.add(speech.words("shown.outside"));
    }
    if (device.iot()) {
      traits.add(speech.words("shown.thing"));
    }
    if (device.signsIn()) {
      traits.add(speech.words("shown.signs-in"));
    }
    if (device.person() != null) {
      field("label.person", device.person());
    }
    if (!traits.isEmpty()) {
      field("label.it-is", String.join("; ", traits));
    }
    field("label.addresses", String.join(", ", device.addresses()));
    field("label.public-key", device.publicKey());
    String remark = device.remark(speech);
    if (!remark.isEmpty()) {
      field("label.note", paint.red(remark));
    }
    if (device.expires() != null) {
      field("label.let-in-until", device.expires());
    }
    field("label.last-seen", device.seenInWords(units, speech));
    if (device.letIn()) {
      reach(device);
    }
  }

  private void reach(ShownDevice device) {
    if (device.internet()) {
      field("label.may-reach", speech.words("shown.internet"));
    }
    if (device.reaches().isEmpty()) {
      field("label.may-reach", speech.words("shown.no-reach"));
    }
    for (ShownDevice.Reach reach : device.reaches()) {
      field(
          "label.may-reach",
          reach.services().isEmpty()
              ? speech.words(
                  "shown.detail", String.join(", ", reach.to()), Wrapping.clean(reach.rule()))
              : speech.words(
                  "shown.reach-at",
                  String.join(", ", reach.to()),
                  String.join(", ", reach.services()),
                  Wrapping.clean(reach.rule())));
    }
  }

  private void section(String title, String value) {
    text.append('\n');
    text.append(
        Wrapping.wrap(
            paint.yellowBold(speech.words(title)) + ": ",
            STEP,
            paint.yellow(Wrapping.clean(value))));
  }

  private void field(String name, String value) {
    text.append(
        Wrapping.wrap(" ".repeat(STEP) + paint.bold(speech.words(name)) + ": ", 2 * STEP, value));
  }
}
