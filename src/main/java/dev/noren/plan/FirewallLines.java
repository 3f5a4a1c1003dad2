package dev.noren.plan;

import dev.noren.config.WanConfig;
import dev.noren.plan.Layout.Line;
import java.util.ArrayList;
import java.util.List;

/** The lines in the words of nft. */
final class FirewallLines {
  /** The MTU of a line that says nothing else, bytes. */
  private static final int ETHERNET_MTU = 1500;

  private final Layout layout;
  private final FirewallLan lan;

  FirewallLines(Layout layout, FirewallLan lan) {
    this.layout = layout;
    this.lan = lan;
  }

  /** Their devices, in quotes. */
  List<String> devices() {
    return layout.lines().stream().map(line -> NftChain.quoted(line.device())).toList();
  }

  /** The devices of those whose packets are smaller than Ethernet's. */
  List<String> small() {
    return layout.lines().stream()
        .filter(FirewallLines::isSmall)
        .map(line -> NftChain.quoted(line.device()))
        .toList();
  }

  private static boolean isSmall(Line line) {
    boolean told =
        line.lease() != null
            && line.lease().mtuBytes() > 0
            && line.lease().mtuBytes() < ETHERNET_MTU;
    return told || line.config().method() instanceof WanConfig.Pppoe;
  }

  /** What leaves by a line: a packet with the line's own mark, or one that any line may take. */
  List<String> ownMarks() {
    return layout.lines().stream()
        .map(
            line ->
                "oifname \"%s\" meta mark { %s, %s }"
                    .formatted(
                        line.device(),
                        Marks.hex(Marks.ofLine(line.number())),
                        Marks.hex(Marks.DIRECT)))
        .toList();
  }

  /** Which clients' packets go on to lines; beside, the shop's own network lies there too. */
  List<String> matches() {
    if (!layout.beside()) {
      return devices().isEmpty() ? List.of() : List.of("oifname " + NftChain.set(devices()));
    }
    if (!lan.isThere()) {
      return List.of();
    }
    String device = "oifname " + lan.device();
    List<String> matches = new ArrayList<>();
    matches.add(device + " ip daddr != " + NftChain.set(lan.networks(false)));
    matches.add(device + " ip6 daddr != " + NftChain.set(lan.near6()));
    return matches;
  }

  /** The same of one family. */
  List<String> matches(boolean v6) {
    List<String> matches = matches();
    return layout.beside() && lan.isThere() ? List.of(matches.get(v6 ? 1 : 0)) : matches;
  }
}
