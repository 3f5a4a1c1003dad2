package dev.noren.plan;

import java.util.List;
import java.util.Map;

/**
 * ISC's dhclient (package isc-dhcp-client) where it asks a line for an IPv6 prefix for the shop
 * (RFC 8415) and for nothing else. Like {@link DhcpClient} it touches nothing but {@code
 * {folder}/lease}, whose one key is delegated. It runs with Noren's capabilities and keeps all of
 * its state in its folder, which dhcpcd does not; where AppArmor confines dhclient, as Debian's
 * profile does, that profile has to be off.
 */
final class PrefixClient {
  private static final String SCRIPT =
      """
      #!/bin/sh
      # The prefix that the line gave goes into one file; the router does the rest.
      set -u
      lease='{folder}/lease'

      case "${reason:-}" in
        BOUND6 | RENEW6 | REBIND6 | REBOOT6)
          prefix=$(printf '%s' "${new_ip6_prefix:-}" | tr -cd '0-9a-fA-F:/')
          if [ -n "$prefix" ]; then
            printf 'delegated=%s\\n' "$prefix" >"$lease.new" && mv "$lease.new" "$lease"
          fi
          ;;
        PREINIT6 | EXPIRE6 | RELEASE6 | STOP6)
          rm -f "$lease"
          ;;
      esac
      exit 0
      """;

  private PrefixClient() {}

  /**
   * @param device the line's interface
   */
  static ServicePlan service(String device) {
    String folder = ServicePlan.FOLDER;
    return new ServicePlan(
        "dhclient6-" + device,
        List.of(
            "dhclient",
            "-6",
            "-P",
            "-d",
            "-q",
            "-D",
            "LL",
            "-cf",
            folder + "/dhclient.conf",
            "-lf",
            folder + "/leases",
            "--no-pid",
            "-sf",
            folder + "/script",
            device),
        Map.of("script", SCRIPT, "dhclient.conf", "timeout 30;\nretry 30;\n"));
  }
}
