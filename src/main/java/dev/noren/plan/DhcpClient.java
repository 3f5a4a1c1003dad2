package dev.noren.plan;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * busybox's udhcpc (package udhcpc) with a script that touches nothing but a file: what the line
 * gave, one KEY=VALUE a line, in {@code {folder}/lease}. Without the file there is no lease.
 *
 * <p>One that takes another's place, since that one ended or since the box has another name, finds
 * what that one was given, and its line goes on with it while the new one asks.
 *
 * <p>The keys are address, prefix, gateway, dns (several between spaces), domain and mtu; what the
 * line did not give is left out.
 */
final class DhcpClient {
  /**
   * Values are cut where they hold what does not belong there: they come from whoever answers on
   * the line.
   */
  private static final String SCRIPT =
      """
      #!/bin/sh
      # What the line gave goes into one file, whole or not at all; the router does the rest.
      set -u
      lease='{folder}/lease'

      line() {
        value=$(printf '%s' "$2" | tr -cd 'A-Za-z0-9. -')
        [ -z "$value" ] || printf '%s=%s\\n' "$1" "$value"
      }

      first() {
        printf '%s' "${1:-}"
      }

      case "$1" in
        deconfig)
          # A client says so as it begins, too: what the one before it got goes on then.
          begun='{folder}/begun'
          if [ "$(cat "$begun" 2>/dev/null)" = "$PPID" ]; then
            rm -f "$lease"
          else
            printf '%s\\n' "$PPID" >"$begun"
          fi
          ;;
        leasefail)
          rm -f "$lease"
          ;;
        bound | renew)
          {
            line address "${ip:-}"
            line prefix "${mask:-24}"
            line gateway "$(first ${router:-})"
            line dns "${dns:-}"
            line domain "${domain:-}"
            line mtu "${mtu:-}"
          } >"$lease.new" && mv "$lease.new" "$lease"
          ;;
      esac
      """;

  private DhcpClient() {}

  /**
   * @param port where it asks
   * @param hostName what the box calls itself
   */
  static ServicePlan service(String port, String hostName) {
    String script = ServicePlan.FOLDER + "/script";
    // Three questions, 3 s apart, and again after 10 s.
    String command =
        "udhcpc -f -i %s -s %s -t 3 -T 3 -A 10 -O mtu -x hostname:%s"
            .formatted(port, script, hostName.toLowerCase(Locale.ROOT));
    return new ServicePlan(
        "udhcpc-" + port, List.of(command.split(" ", -1)), Map.of("script", SCRIPT));
  }
}
