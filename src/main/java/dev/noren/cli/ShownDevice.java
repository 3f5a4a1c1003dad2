package dev.noren.cli;

import dev.noren.config.Device;
import dev.noren.config.Form;
import dev.noren.forms.Compiled;
import dev.noren.forms.DeviceAccess;
import dev.noren.status.RouterStatus;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * A device as it is shown, without a secret. Days are those of the box's time zone.
 *
 * @param name what people call it
 * @param form the form by which it calls in
 * @param person whose it is, or null
 * @param publicKey its key
 * @param addresses its addresses in the tunnel
 * @param letIn whether it is let in
 * @param lost whether it is lost
 * @param expires the last day on which it is let in, or null for no end
 * @param expired whether that day is over
 * @param outside whether it is of outside staff
 * @param iot whether it is a thing that starts no connection
 * @param signsIn whether its person signs in each time
 * @param internet whether it goes out to the internet through the shop
 * @param reaches what it is let through to
 * @param handshakeAgeSeconds how long ago the last handshake was, or null where that is not known
 * @param lastSeen the day of the last handshake that is known, or null
 * @param unseenDays for how many days nobody has seen it, where that is long; else null
 */
record ShownDevice(
    String name,
    String form,
    String person,
    String publicKey,
    List<String> addresses,
    boolean letIn,
    boolean lost,
    String expires,
    boolean expired,
    boolean outside,
    boolean iot,
    boolean signsIn,
    boolean internet,
    List<Reach> reaches,
    Long handshakeAgeSeconds,
    String lastSeen,
    Long unseenDays) {
  /** For so long a device may be out of sight, days. */
  static final long UNSEEN_DAYS = 90;

  private static final long DAY_SECONDS = 24 * 60 * 60;

  /**
   * What somebody is let through to.
   *
   * @param rule the rule that says so, or the desktop
   * @param to subnets and hosts
   * @param services at which ports; none for all
   */
  record Reach(String rule, List<String> to, List<String> services) {}

  static ShownDevice of(
      Compiled compiled, Form form, Device device, FormFacts facts, LocalDate today) {
    DeviceAccess access =
        compiled.access(form.name()).devices().stream()
            .filter(each -> each.device().equals(device.name()))
            .findFirst()
            .orElse(null);
    String key = device.publicKey().toString();
    RouterStatus.Peer peer = facts.peer(form.name(), key);
    Long age = peer == null ? null : peer.handshakeAgeSeconds();
    FormFacts.Days days = facts.days().get(key);
    LocalDate seen = age != null && age < DAY_SECONDS ? today : days == null ? null : days.seen();
    boolean letIn = device.isLetIn(today);
    return new ShownDevice(
        device.name(),
        form.name().text(),
        device.person(),
        key,
        ShownForm.texts(device.addresses()),
        letIn,
        device.lost(),
        device.expires() == null ? null : device.expires().toString(),
        device.expires() != null && today.isAfter(device.expires()),
        device.outside(),
        device.iot(),
        access != null && access.signIn(),
        access != null && access.internet(),
        access == null
            ? List.of()
            : access.grants().stream()
                .map(
                    grant ->
                        new Reach(
                            grant.rule(),
                            ShownForm.texts(grant.to()),
                            ShownForm.texts(grant.services())))
                .toList(),
        age,
        seen == null ? null : seen.toString(),
        letIn ? unseenDays(days, seen, today) : null);
  }

  /** One that was never seen counts from the day on which the router came to know it. */
  private static Long unseenDays(FormFacts.Days days, LocalDate seen, LocalDate today) {
    LocalDate since = seen != null ? seen : days == null ? null : days.known();
    if (since == null) {
      return null;
    }
    long unseen = ChronoUnit.DAYS.between(since, today);
    return unseen < UNSEEN_DAYS ? null : (Long) unseen;
  }

  /** When it was seen, in words. */
  String seenInWords(HumanUnits units, Speech speech) {
    if (handshakeAgeSeconds != null && handshakeAgeSeconds < DAY_SECONDS) {
      return units.ago(handshakeAgeSeconds);
    }
    return lastSeen == null ? speech.words("shown.never") : lastSeen;
  }

  /** What a person should know of it before all else, or an empty text. */
  String remark(Speech speech) {
    if (lost) {
      return speech.words("shown.lost");
    }
    if (expired) {
      return speech.words("shown.expired");
    }
    return unseenDays == null ? "" : speech.words("shown.unseen", unseenDays);
  }
}
