package dev.noren.doctor;

import static dev.noren.doctor.Symptom.CONNECT;
import static dev.noren.doctor.Symptom.CUT;
import static dev.noren.doctor.Symptom.LEAK;
import static dev.noren.doctor.Symptom.SLOW;

import dev.noren.status.Finding;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * All that can be found, with the number that is said on the telephone: its group (the light blinks
 * so often: 1 wiring, 2 line and upstream router, 3 names and clock, 4 far end's answer, 5 keys and
 * permissions, 6 quality) and its place in it. A number is never given to something else. The words
 * are {@code finding.KEY} and, for what to do, {@code finding.KEY-next}.
 */
enum Ailment {
  NO_LINK("1-1"),
  NO_ADDRESS("2-1"),
  GATEWAY_SILENT("2-2"),
  NOTHING_BEYOND("2-3"),
  PORTAL("2-4"),
  DOUBLE_NAT("2-5"),
  IPV6_LEAK("2-6"),
  DNS_DEAD("3-1"),
  NAME_UNKNOWN("3-2"),
  CLOCK_WRONG("3-3"),
  FAR_CLOCK_BACK("3-4"),
  DNS_LEAK("3-5"),
  NO_ANSWER("4-1"),
  PORT_REFUSED("4-2"),
  FAR_SILENT("4-3"),
  NOT_WIREGUARD("4-4"),
  ANSWERS_LOST("4-5"),
  NO_TUNNEL("5-1"),
  PSK("5-2"),
  KEY_UNKNOWN("5-3"),
  OTHER_KEY("5-4"),
  FOREIGN_SOURCE("5-5"),
  OVERLAP("5-6"),
  RULE_BLOCKS("5-7"),
  FALLBACK("6-1"),
  ONE_WAY("6-2"),
  MTU_HOLE("6-3"),
  LOSS("6-4"),
  LATE("6-5"),
  BUSY("6-6"),
  LINE_FULL("6-7"),
  OFTEN_CUT("6-8");

  private final String number;

  Ailment(String number) {
    this.number = number;
  }

  /** Whether a finding is of something that makes people complain so. */
  static boolean fits(Finding finding, Symptom symptom) {
    return Arrays.stream(values())
        .filter(each -> each.number.equals(finding.number()))
        .anyMatch(each -> each.symptoms().contains(symptom));
  }

  /** What people complain of who have it. */
  private List<Symptom> symptoms() {
    return switch (this) {
      case NO_LINK, NO_ADDRESS, GATEWAY_SILENT, NOTHING_BEYOND -> List.of(CONNECT, CUT);
      case FALLBACK, LOSS -> List.of(SLOW, CUT);
      case MTU_HOLE -> List.of(SLOW, CONNECT);
      case LATE, BUSY, LINE_FULL -> List.of(SLOW);
      case OFTEN_CUT -> List.of(CUT);
      case DNS_LEAK, IPV6_LEAK -> List.of(LEAK);
      case PORTAL,
          DOUBLE_NAT,
          DNS_DEAD,
          NAME_UNKNOWN,
          CLOCK_WRONG,
          FAR_CLOCK_BACK,
          NO_ANSWER,
          PORT_REFUSED,
          FAR_SILENT,
          NOT_WIREGUARD,
          ANSWERS_LOST,
          NO_TUNNEL,
          PSK,
          KEY_UNKNOWN,
          OTHER_KEY,
          FOREIGN_SOURCE,
          OVERLAP,
          RULE_BLOCKS,
          ONE_WAY ->
          List.of(CONNECT);
    };
  }

  /** As said on the telephone. */
  String number() {
    return number;
  }

  /** What it is called in JSON, and by its words. */
  String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
