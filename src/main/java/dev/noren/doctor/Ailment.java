package dev.noren.doctor;

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
  DNS_DEAD("3-1"),
  NAME_UNKNOWN("3-2"),
  CLOCK_WRONG("3-3"),
  FAR_CLOCK_BACK("3-4"),
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
  LATE("6-5");

  private final String number;

  Ailment(String number) {
    this.number = number;
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
