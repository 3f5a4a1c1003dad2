package dev.noren.router;

import dev.noren.street.Host;
import dev.noren.street.Running;
import dev.noren.street.ShopStreet;
import java.util.ArrayList;
import java.util.List;

/**
 * What a computer of the shop sends all the time: echoes whole and in fragments, TCP, UDP, and
 * questions to its own and to other resolvers, over IPv4 and IPv6.
 */
public final class ClientLoad implements AutoCloseable {
  private final Host pc;
  private final List<Running> running = new ArrayList<>();

  /** That of a computer; it is silent yet. */
  public ClientLoad(Host pc) {
    this.pc = pc;
  }

  /** Begins. */
  public void start() {
    // To the host that the router itself may ask.
    loop("ping -n -c 3 -i 0.2 -W 1 " + ShopStreet.FAR_4);
    for (String address : List.of(ShopStreet.WEB_4, ShopStreet.WEB_6)) {
      loop("ping -n -c 3 -i 0.2 -W 1 " + address);
      loop("ping -n -c 1 -W 1 -s 3000 " + address);
    }
    loop("curl -s -o /dev/null --max-time 1 http://" + ShopStreet.WEB_4 + "/cgi-bin/who");
    loop("curl -s -o /dev/null --max-time 1 http://[" + ShopStreet.WEB_6 + "]/cgi-bin/who");
    loop("dig +tries=1 +time=1 @" + ShopStreet.OTHER_RESOLVER_4 + " www.example");
    loop("dig +tries=1 +time=1 +tcp @" + ShopStreet.OTHER_RESOLVER_4 + " www.example");
    loop("dig +tries=1 +time=1 www.example AAAA");
    loop("echo a | busybox nc -w 1 " + ShopStreet.WEB_4 + " 853");
    loop("echo a | busybox nc -u -w 1 " + ShopStreet.BANK_4 + " 4433");
  }

  private void loop(String command) {
    running.add(
        pc.start("sh", "-c", "while :; do " + command + "; sleep 0.2; done >/dev/null 2>&1"));
  }

  @Override
  public void close() {
    for (Running each : running) {
      pc.end(each);
    }
  }
}
