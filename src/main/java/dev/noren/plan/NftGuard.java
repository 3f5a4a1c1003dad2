package dev.noren.plan;

import dev.noren.config.TunnelName;
import dev.noren.net.Cidr;
import java.util.List;

/**
 * The nftables table that goes with a default route: it drops packets from outside to the tunnel's
 * own address (CVE-2019-14899), and lets the replies to outer packets carry their mark, so that the
 * reverse path filter finds the way they came.
 *
 * @param name the interface
 * @param v6 which family
 * @param mark the outer packets' mark
 * @param addresses the interface's, of both families
 */
record NftGuard(TunnelName name, boolean v6, long mark, List<Cidr> addresses) {
  /** The table's family. */
  String family() {
    return v6 ? "ip6" : "ip";
  }

  /** The table's name, in which nft takes no = and no +, and an interface's has no slash. */
  String table() {
    return "noren-" + name.text().replace("=", "/3d").replace("+", "/2b");
  }

  /** A text for {@code nft -f} that makes the table, in place of one left from before. */
  String text() {
    String head = "table " + family() + " " + table();
    StringBuilder text = new StringBuilder();
    text.append("add ").append(head).append('\n');
    text.append("delete ").append(head).append('\n');
    text.append(head).append(" {\n");
    chain(text, "preraw", "prerouting priority raw");
    for (Cidr cidr : addresses) {
      if (cidr.address().v6() == v6) {
        rule(
            text,
            "iifname != \"%s\" %s daddr %s fib saddr type != local drop"
                .formatted(name, family(), cidr.address()));
      }
    }
    text.append("\t}\n");
    chain(text, "premangle", "prerouting priority mangle");
    rule(text, "meta l4proto udp meta mark set ct mark");
    text.append("\t}\n");
    chain(text, "postmangle", "postrouting priority mangle");
    rule(text, "meta l4proto udp meta mark 0x%x ct mark set meta mark".formatted(mark));
    return text.append("\t}\n}\n").toString();
  }

  private static void chain(StringBuilder text, String chain, String hook) {
    text.append("\tchain ").append(chain).append(" {\n");
    rule(text, "type filter hook " + hook + "; policy accept;");
  }

  private static void rule(StringBuilder text, String rule) {
    text.append("\t\t").append(rule).append('\n');
  }
}
