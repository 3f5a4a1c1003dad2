package dev.noren.plan;

import dev.noren.config.WanConfig.Pppoe;
import dev.noren.plan.Layout.Line;
import java.util.List;
import java.util.Map;

/**
 * pppd (package ppp) on a port. It has to be root, so what is supervised is a script that asks
 * {@code noren-helper} for it and stays as long as it runs: who ends the script ends pppd, and a
 * script that is started again gets a new one. What the line gave is in the helper's folder, with
 * the keys of {@link DhcpClient}.
 */
final class PppoeClient {
  /** 1500 less the 8 bytes of PPPoE (RFC 2516). */
  private static final int MTU = 1492;

  private static final String SCRIPT =
      """
      #!/bin/sh
      # Has noren-helper, which is root, run pppd, and stays as long as that does.
      set -u
      helper='{folder}/../../helper'
      name=$1
      id=$(printf '%x%x' $$ "$(date +%s)")

      die() {
        echo "$*" >&2
        exit 1
      }

      # One line, written at once. A FIFO that nobody reads would hold us for good.
      ask() {
        [ -p "$helper/requests" ] &&
          printf '%s\n' "$id $1" | timeout 5 sh -c 'cat >"$0"' "$helper/requests"
      }

      leave() {
        trap '' TERM INT HUP
        ask "pppd stop $name"
        exit 0
      }

      # Whether the pppd that the helper wrote down is still there, and no other with its number.
      runs() {
        { read -r pid ticks _ <"$helper/pppd-$name.pid"; } 2>/dev/null || return 1
        stat=$(cat "/proc/$pid/stat" 2>/dev/null) || return 1
        # shellcheck disable=SC2086 # words are meant
        set -- ${stat##*) }
        [ "$1" != Z ] && [ "${20}" = "$ticks" ]
      }

      trap leave TERM INT HUP
      ask "$(cat '{folder}/request')" || die "noren-helper, which runs pppd as root, does not run"
      tries=0
      while :; do
        answer=$(cat "$helper/answer" 2>/dev/null) || answer=
        case $answer in
          "$id ok") break ;;
          "$id "*) die "pppd is not run: ${answer#* }" ;;
        esac
        # Somebody else's request may have been answered since.
        [ $tries -lt 20 ] || ! runs || break
        [ $tries -lt 100 ] || die "noren-helper gave no answer within 10 s"
        tries=$((tries + 1))
        sleep 0.1
      done
      while runs; do sleep 1; done
      words=$(grep -v '^Exit' "$helper/pppd-$name.log" | tail -n 1)
      # One that was killed has left what its line gave.
      ask "pppd stop $name"
      die "pppd ended, its last words: $words"
      """;

  private PppoeClient() {}

  static ServicePlan service(Line line, Pppoe account) {
    String request =
        "pppd start %s %s %d %s %s\n"
            .formatted(
                line.device(), line.port(), MTU, word(account.user()), word(account.password()));
    return new ServicePlan(
        "pppd-" + line.port(),
        List.of("sh", ServicePlan.FOLDER + "/script", line.device()),
        Map.of("script", SCRIPT, "request", request));
  }

  /** As the helper reads a word, in which there can be no blank. */
  private static String word(String text) {
    return text.replace("%", "%25").replace(" ", "%20");
  }
}
