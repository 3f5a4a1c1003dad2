package dev.noren.services;

import dev.noren.text.Sentence;
import java.util.Map;

/** The Debian packages of the programs that Noren runs, so that a missing one can be named. */
final class DebianPackages {
  private static final Map<String, String> OF =
      Map.ofEntries(
          Map.entry("bash", "bash"),
          Map.entry("bridge", "iproute2"),
          Map.entry("busybox", "busybox"),
          Map.entry("chronyd", "chrony"),
          Map.entry("dhclient", "isc-dhcp-client"),
          Map.entry("dnsmasq", "dnsmasq-base"),
          Map.entry("ip", "iproute2"),
          Map.entry("nft", "nftables"),
          Map.entry("pppd", "ppp"),
          Map.entry("prlimit", "util-linux"),
          Map.entry("setpriv", "util-linux"),
          Map.entry("signify-openbsd", "signify-openbsd"),
          Map.entry("sysctl", "procps"),
          Map.entry("udhcpc", "udhcpc"),
          Map.entry("wget", "wget"));

  private DebianPackages() {}

  /** That a program is missing, and what to do. */
  static Sentence missing(String program) {
    String of = OF.get(program);
    return of == null
        ? Sentence.of("program.missing", program)
        : Sentence.of("program.package", program, of);
  }
}
