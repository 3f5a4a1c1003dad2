package dev.noren.web;

import dev.noren.config.Device;
import dev.noren.config.Form;
import dev.noren.config.RouterConfig;
import dev.noren.forms.Compiled;
import dev.noren.forms.DeviceAccess;
import dev.noren.forms.Grant;
import dev.noren.status.Origin;
import dev.noren.status.RouterStatus;
import dev.noren.status.RouterStatus.Peer;
import dev.noren.text.Sentence;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A device that calls in, as the page shows it: without a secret.
 *
 * @param name what people call it
 * @param form the form by which it calls in
 * @param person whose it is; "" for nobody's
 * @param state good while it is there, off while it is not, bad where it is not let in
 * @param says how it is, in words
 * @param addresses its addresses in the tunnel
 * @param traffic what it received and sent
 * @param reaches what it is let through to, a line each
 * @param lost whether it is lost
 * @param origin from where it speaks: inside or outside, or null while it is not there
 * @param called what that shows of the way in, in words
 */
record DeviceView(
    String name,
    String form,
    String person,
    String state,
    Sentence says,
    String addresses,
    String traffic,
    List<Sentence> reaches,
    boolean lost,
    Origin origin,
    Sentence called) {
  private static final long THERE_SECONDS = 180;

  DeviceView {
    reaches = List.copyOf(reaches);
  }

  /** All of a document, in its order. */
  static List<DeviceView> all(RouterConfig config, RouterStatus status, LocalDate today) {
    Compiled compiled = Compiled.of(config, today);
    List<DeviceView> all = new ArrayList<>();
    for (Form form : config.forms()) {
      for (Device device : form.devices()) {
        all.add(of(compiled, form, device, status, today));
      }
    }
    return all;
  }

  private static DeviceView of(
      Compiled compiled, Form form, Device device, RouterStatus status, LocalDate today) {
    Peer peer = peer(form, device, status);
    boolean there =
        peer != null
            && peer.handshakeAgeSeconds() != null
            && peer.handshakeAgeSeconds() <= THERE_SECONDS;
    boolean letIn = device.isLetIn(today);
    Origin origin = there && letIn ? peer.origin() : null;
    return new DeviceView(
        device.name(),
        form.name().text(),
        device.person() == null ? "" : device.person(),
        letIn ? there ? PartView.GOOD : PartView.OFF : PartView.BAD,
        says(device, peer, there, letIn),
        device.addresses().stream().map(Object::toString).collect(Collectors.joining(", ")),
        peer == null
            ? ""
            : "↓ %s ↑ %s"
                .formatted(
                    Measures.size(peer.traffic().sentBytes()),
                    Measures.size(peer.traffic().receivedBytes())),
        reaches(compiled, form, device),
        device.lost(),
        origin,
        called(origin, peer));
  }

  private static Sentence called(Origin origin, Peer peer) {
    return origin == null
        ? Sentence.of("web.called-not")
        : Sentence.of(
            origin == Origin.OUTSIDE ? "web.called-outside" : "web.called-inside",
            peer.endpoint().replaceAll(":[0-9]+$", ""));
  }

  private static Peer peer(Form form, Device device, RouterStatus status) {
    String key = device.publicKey().toBase64();
    return status.tunnels().stream()
        .filter(tunnel -> tunnel.name().equals(form.name()))
        .flatMap(tunnel -> tunnel.peers().stream())
        .filter(peer -> peer.publicKey().equals(key))
        .findFirst()
        .orElse(null);
  }

  private static Sentence says(Device device, Peer peer, boolean there, boolean letIn) {
    if (device.lost()) {
      return Sentence.of("web.device-lost");
    }
    if (!letIn) {
      return Sentence.of("web.device-expired", device.expires());
    }
    if (there) {
      return Sentence.of("web.device-there");
    }
    Sentence seen = Measures.ago(peer == null ? null : peer.handshakeAgeSeconds());
    return device.expires() == null
        ? Sentence.of("web.device-away", seen)
        : Sentence.of("web.device-away-until", seen, device.expires());
  }

  private static List<Sentence> reaches(Compiled compiled, Form form, Device device) {
    DeviceAccess access =
        compiled.access(form.name()).devices().stream()
            .filter(each -> each.device().equals(device.name()))
            .findFirst()
            .orElse(null);
    List<Sentence> reaches = new ArrayList<>();
    if (access == null) {
      return reaches;
    }
    if (access.signIn()) {
      reaches.add(Sentence.of("web.reaches-sign-in"));
    }
    if (access.internet()) {
      reaches.add(Sentence.of("web.reaches-internet"));
    }
    for (Grant grant : access.grants()) {
      reaches.add(
          grant.services().isEmpty()
              ? Sentence.of("web.reaches-all", grant.to())
              : Sentence.of("web.reaches-some", grant.to(), grant.services()));
    }
    if (access.silent()) {
      reaches.add(Sentence.of("web.reaches-silent"));
    } else if (reaches.isEmpty()) {
      reaches.add(Sentence.of("web.reaches-nothing"));
    }
    return reaches;
  }
}
