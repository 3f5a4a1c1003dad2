package dev.noren.bench;

import java.util.Locale;

/** What is measured, in the order and with the names of the table. */
enum Measure {
  TCP_1("TCP 1 stream", "Mbit/s", true),
  TCP_4("TCP 4 streams", "Mbit/s", true),
  UDP("UDP 1200 B received", "Mbit/s", true),
  CPU("CPU per GB, both ends", "s", false),
  PING("ping average, warm", "ms", false),
  PEAK_RSS("peak RSS of an end", "MB", false),
  IDLE_RSS("idle RSS of an end", "MB", false),
  START("start to ready", "ms", false),
  MANY_PEERS("TCP 1, 10,000 peers", "of alone", true),
  MANY_PEERS_RSS("peak RSS, 10,000 peers", "MB", false),
  HANDSHAKES("handshakes answered, 1 core", "/s", true),
  ACCESS("forwarding, 100 devices' access", "of 10", true),
  PAGES("TCP 1, 10 open pages", "of none", true),
  PAGES_CPU("what they take of the router", "% of a core", false),
  PAGES_RSS("peak RSS of a router with them", "MB", false),
  REST_CPU("a router at rest, health and all", "% of a core", false),
  HISTORY_HEAP("a history that is full", "MB", false),
  LED_CPU("lights: CPU", "% of a core", false),
  LED_GARBAGE("lights: garbage a minute", "bytes", false);

  private final String title;
  private final String unit;
  private final boolean moreIsBetter;

  Measure(String title, String unit, boolean moreIsBetter) {
    this.title = title;
    this.unit = unit;
    this.moreIsBetter = moreIsBetter;
  }

  /** Its name in files and in a run's line. */
  String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  String title() {
    return title;
  }

  String unit() {
    return unit;
  }

  boolean moreIsBetter() {
    return moreIsBetter;
  }

  /** A figure of it as people read it: three digits or more. */
  static String number(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value);
  }
}
