package dev.noren.bench;

/** What is measured, in the order and with the names of the table. */
enum Measure {
  TCP_1("TCP 1 stream, Mbit/s"),
  TCP_4("TCP 4 streams, Mbit/s"),
  UDP("UDP 1200 B received, Mbit/s"),
  PING("ping average, ms"),
  CPU("CPU seconds per GB, both ends"),
  RSS("peak RSS of an end, MB");

  private final String title;

  Measure(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }
}
