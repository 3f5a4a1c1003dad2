package dev.noren.cli;

import java.util.ArrayList;
import java.util.List;

/** A form for people, in the layout of {@code noren status}. */
final class PrettyForm {
  private static final int STEP = 2;

  private final Paint paint;
  private final HumanUnits units;
  private final StringBuilder text = new StringBuilder();

  PrettyForm(Paint paint) {
    this.paint = paint;
    this.units = new HumanUnits(paint);
  }

  String text(ShownForm form) {
    text.setLength(0);
    text.append(paint.reset());
    text.append(paint.greenBold("form")).append(": ").append(paint.green(form.name())).append('\n');
    field("way of use", form.wayOfUse());
    if (form.up() != null) {
      field("state", form.up() ? paint.green("up") : paint.red("down"));
    }
    field("addresses", String.join(", ", form.addresses()));
    if (form.listenPort() != 0) {
      field("listening port", Integer.toString(form.listenPort()));
    }
    if (!form.endpoints().isEmpty()) {
      field("reached at", String.join(", ", form.endpoints()));
    }
    if (form.extent() != null) {
      field("takes", form.extent().equals("full") ? "everything" : "what the shop has");
    }
    if (form.provider() != null) {
      field("provider", form.provider() + (form.country() == null ? "" : ", " + form.country()));
    }
    form.shops().forEach(this::shop);
    form.desks().forEach(this::desk);
    form.devices().forEach(this::device);
    return text.toString();
  }

  private void shop(ShownForm.FarShop shop) {
    section("shop", shop.name());
    field("networks", shop.subnets().isEmpty() ? "none" : String.join(", ", shop.subnets()));
    if (shop.internet()) {
      field("may reach", "the internet, through this shop");
    }
    field("called at", shop.endpoint() == null ? "nowhere: it calls" : shop.endpoint());
    field(
        "latest handshake",
        shop.handshakeAgeSeconds() == null
            ? "not known"
            : shop.handshakeAgeSeconds() == 0
                ? "now"
                : units.duration(shop.handshakeAgeSeconds()) + " ago");
  }

  private void desk(ShownDevice.Reach desk) {
    section("desktop", desk.rule());
    field("host", String.join(", ", desk.to()));
    field("services", String.join(", ", desk.services()));
  }

  private void device(ShownDevice device) {
    section("device", device.name());
    List<String> traits = new ArrayList<>();
    if (device.outside()) {
      traits.add("of outside staff");
    }
    if (device.iot()) {
      traits.add("a thing that starts no connection");
    }
    if (device.signsIn()) {
      traits.add("its person signs in each time");
    }
    if (device.person() != null) {
      field("person", device.person());
    }
    if (!traits.isEmpty()) {
      field("it is", String.join("; ", traits));
    }
    field("addresses", String.join(", ", device.addresses()));
    field("public key", device.publicKey());
    if (!device.remark().isEmpty()) {
      field("note", paint.red(device.remark()));
    }
    if (device.expires() != null) {
      field("let in until", device.expires());
    }
    field("last seen", device.seenInWords(units));
    if (device.letIn()) {
      reach(device);
    }
  }

  private void reach(ShownDevice device) {
    if (device.internet()) {
      field("may reach", "the internet");
    }
    if (device.reaches().isEmpty()) {
      field("may reach", "nothing in the shop: no rule lets it");
    }
    for (ShownDevice.Reach reach : device.reaches()) {
      field(
          "may reach",
          String.join(", ", reach.to())
              + (reach.services().isEmpty() ? "" : " at " + String.join(", ", reach.services()))
              + " ("
              + Wrapping.clean(reach.rule())
              + ")");
    }
  }

  private void section(String title, String value) {
    text.append('\n');
    text.append(
        Wrapping.wrap(paint.yellowBold(title) + ": ", STEP, paint.yellow(Wrapping.clean(value))));
  }

  private void field(String name, String value) {
    text.append(Wrapping.wrap(" ".repeat(STEP) + paint.bold(name) + ": ", 2 * STEP, value));
  }
}
