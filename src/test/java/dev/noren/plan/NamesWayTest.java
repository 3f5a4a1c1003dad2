package dev.noren.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.noren.config.ConfigException;
import dev.noren.config.RouterConfig;
import dev.noren.config.RouterJson;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whom the box asks for names, and which of the questions go past a tunnel that takes all. */
class NamesWayTest {
  private static final String KEY = "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=";

  /** A line that gives its own router, 192.168.9.1, and 203.0.113.53 as name servers. */
  private static RouterPlan plan(RouterConfig config, String names) {
    RouterFacts.Port port = RouterFacts.Port.of("eth0", "02:00:00:00:01:00", true, 1500);
    RouterFacts.Port inner = RouterFacts.Port.of("eth1", "02:00:00:00:01:01", true, 1500);
    RouterFacts.Lease lease =
        new RouterFacts.Lease(
            Cidr.parse("192.168.9.20/24"),
            IpAddress.parse("192.168.9.1"),
            List.of(names.strip().split(" +", -1)).stream().map(IpAddress::parse).toList(),
            null,
            0,
            null);
    return RouterPlan.of(
        config,
        true,
        new RouterFacts(
            "0123456789abcdef0123456789abcdef",
            List.of(port, inner),
            Map.of("eth0", lease),
            "eth0",
            Set.of(),
            Map.of(),
            true));
  }

  private static String tunnel(String name, String address, String use) {
    return """
    {"name": "%s", "privateKey": "%s", "addresses": ["%s"], %s,
     "peers": [{"publicKey": "%s", "endpoint": "198.51.100.7:51820",
                "allowedIps": ["0.0.0.0/0"]}]}\
    """
        .formatted(name, PRIVATE, address, use, KEY);
  }

  private static final String PRIVATE = "yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=";

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # what                             | role   | line's servers           | dns                                 | the tunnel's use                                                            | asked                    | past
          all goes into the tunnel           | router | 203.0.113.53             |                                     | "use": {"mode": "full"}, "killSwitch": true                                          | 203.0.113.53             | ''
          all does, while it stays up        | router | 192.168.9.1 203.0.113.53 |                                     | "use": {"mode": "full"}, "killSwitch": false                                         | 192.168.9.1 203.0.113.53 | ''
          the line's router is not asked     | router | 192.168.9.1 203.0.113.53 |                                     | "use": {"mode": "full"}, "killSwitch": true                                          | 203.0.113.53             | ''
          the server is an exception         | router | 203.0.113.53             |                                     | "use": {"mode": "full", "exceptSubnets": ["203.0.113.0/24"]}, "killSwitch": true     | 203.0.113.53             | hq all 203.0.113.53
          one of two is                      | router | 203.0.113.53 9.9.9.9     |                                     | "use": {"mode": "full", "exceptSubnets": ["203.0.113.0/24"]}, "killSwitch": true     | 203.0.113.53 9.9.9.9     | hq all 203.0.113.53
          one that was chosen is             | router | 203.0.113.53             | "upstream": ["9.9.9.9"]             | "use": {"mode": "full", "exceptSubnets": ["9.9.9.9/32"]}, "killSwitch": true         | 9.9.9.9                  | hq all 9.9.9.9
          some goes by the tunnel            | router | 203.0.113.53             |                                     | "use": {"mode": "split", "subnets": ["10.50.0.0/16"]}                                | 203.0.113.53             | ''
          some devices do                    | router | 203.0.113.53             |                                     | "use": {"mode": "split", "devices": ["02:00:00:00:00:07"]}                           | 203.0.113.53             | hq devices 203.0.113.53
          and the server is there            | router | 203.0.113.53             | "upstream": ["10.50.0.53"]          | "use": {"mode": "split", "devices": ["02:00:00:00:00:07"], "subnets": ["10.50.0.0/16"]} | 10.50.0.53            | ''
          beside, the upstream router        | beside | 192.168.9.1              |                                     | "use": {"mode": "full"}, "killSwitch": false                                         | 192.168.9.1              | hq all 192.168.9.1
          beside, another of the network     | beside | 192.168.9.5              |                                     | "use": {"mode": "full"}, "killSwitch": false                                         | 192.168.9.5              | ''
          beside, the kill switch keeps it   | beside | 192.168.9.1 203.0.113.53 |                                     | "use": {"mode": "full"}, "killSwitch": true                                          | 203.0.113.53             | ''
          beside, somebody chose it          | beside | 203.0.113.53             | "upstream": ["192.168.9.1"]         | "use": {"mode": "full"}, "killSwitch": true                                          | 192.168.9.1              | hq all 192.168.9.1
          beside, nobody is made to ask      | beside | 192.168.9.1              | "forceClients": false               | "use": {"mode": "full"}, "killSwitch": false                                         | 192.168.9.1              | ''
          """)
  void eachServerIsAskedByItsWay(
      String name,
      String role,
      String lineServers,
      String dns,
      String use,
      String asked,
      String past)
      throws ConfigException {
    RouterConfig config =
        RouterJson.read(
            name,
            """
            {"schema": 1, "role": "%s", "dns": {%s}, "tunnels": [%s]}
            """
                .formatted(role, dns == null ? "" : dns, tunnel("hq", "10.9.0.2/32", use)));
    NamesWay way = NamesWay.of(config, plan(config, lineServers), true);
    assertEquals(asked, said(way.servers()), name);
    assertEquals(
        past,
        way.past().stream()
            .map(
                each -> each.tunnel() + (each.all() ? " all " : " devices ") + said(each.servers()))
            .collect(Collectors.joining(", ")),
        name);
  }

  private static String said(List<IpAddress> servers) {
    return servers.stream().map(IpAddress::toString).collect(Collectors.joining(" "));
  }
}
