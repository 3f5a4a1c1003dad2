package dev.noren.plan;

import dev.noren.config.WanConfig;
import dev.noren.config.WanConfig.Pppoe;
import dev.noren.plan.Layout.Line;
import java.util.List;
import java.util.Map;

/**
 * pppd (package ppp) on a port. It has to be root, so the root helper runs it: {@code {helper} pppd
 * PORT DEVICE {folder}}.
 *
 * <p>The file {@code {folder}/options} holds nothing but the lines below, so that the helper can
 * compare them with its own list and refuse any other: an option can name a program, which would
 * run as root. What names programs the helper adds itself: the plugin (pppoe.so, nic-PORT), the
 * unit or name of DEVICE, and scripts that write {@code {folder}/lease} with the keys of {@link
 * DhcpClient} when the line comes up, its mtu that of DEVICE, and take it away when it goes down.
 */
final class PppoeClient {
  /** 1500 less the 8 bytes of PPPoE (RFC 2516). */
  private static final int MTU = 1492;

  private PppoeClient() {}

  static ServicePlan service(Line line, Pppoe account) {
    return new ServicePlan(
        "pppd-" + line.port(),
        List.of(ServicePlan.HELPER, "pppd", line.port(), line.device(), ServicePlan.FOLDER),
        Map.of("options", options(account, line.config().ipv6())));
  }

  /** One that is lost is noticed after 30 s; the supervisor starts it again. */
  private static String options(Pppoe account, WanConfig.Ipv6 ipv6) {
    StringBuilder text = new StringBuilder();
    text.append("user ").append(quoted(account.user())).append('\n');
    text.append("password ").append(quoted(account.password())).append('\n');
    text.append(
        """
        hide-password
        nodetach
        noauth
        noipdefault
        nodefaultroute
        usepeerdns
        mtu %d
        mru %d
        lcp-echo-interval 10
        lcp-echo-failure 3
        """
            .formatted(MTU, MTU));
    return text.append(ipv6 == WanConfig.Ipv6.AUTO ? "+ipv6\n" : "noipv6\n").toString();
  }

  /** As pppd reads a word: between quotes, where a backslash stands before itself and quotes. */
  private static String quoted(String word) {
    return '"' + word.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
