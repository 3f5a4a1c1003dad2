package dev.noren.street;

import java.util.List;
import java.util.Map;

/** Kea, which gives the shop an IPv6 prefix out of 2001:db8:70::/48 on the line. */
public final class PrefixServer {
  private static final String KEA =
      """
      {"Dhcp6": {
        "interfaces-config": {"interfaces": ["line"], "re-detect": true, "service-sockets-max-retries": 40,
                              "service-sockets-retry-wait-time": 250},
        "lease-database": {"type": "memfile", "persist": false},
        "data-directory": "FOLDER",
        "server-id": {"type": "LL", "persist": false},
        "preferred-lifetime": 300, "valid-lifetime": 600, "renew-timer": 60, "rebind-timer": 120,
        "subnet6": [{
          "subnet": "2001:db8:a::/64", "interface": "line",
          "pd-pools": [{"prefix": "2001:db8:70::", "prefix-len": 48, "delegated-len": 56}]
        }],
        "loggers": [{"name": "kea-dhcp6", "severity": "INFO",
                     "output_options": [{"output": "stdout"}]}]
      }}
      """;

  private PrefixServer() {}

  /** Starts it, from a copy, which no profile of AppArmor confines. */
  public static Running start(ShopStreet street) {
    String folder = street.folder().path().toString();
    Running.run("sh", "-c", "cp \"$(command -v kea-dhcp6)\" " + folder).must();
    street.folder().write("kea.json", KEA.replace("FOLDER", folder));
    return street
        .internet()
        .start(
            Map.of("KEA_PIDFILE_DIR", folder, "KEA_LOCKFILE_DIR", "none"),
            List.of(folder + "/kea-dhcp6", "-c", folder + "/kea.json"));
  }
}
