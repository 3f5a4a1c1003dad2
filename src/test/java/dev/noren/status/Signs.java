package dev.noren.status;

import dev.noren.config.TunnelName;
import dev.noren.config.TunnelUse.Mode;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import dev.noren.status.HealthSigns.Why;
import dev.noren.status.RouterStatus.Line;
import dev.noren.status.RouterStatus.Peer;
import dev.noren.status.RouterStatus.Tunnel;
import dev.noren.text.Sentence;
import java.util.ArrayList;
import java.util.List;

/**
 * What is seen of a router, written shortly.
 *
 * <p>Lines: {@code w} is well, {@code s} gives no address, {@code i} has one and leads nowhere,
 * {@code -} has no cable, and {@code x} is a box that has none, since no port has a cable.
 *
 * <p>Tunnels, with a comma between two, {@code !} before one whose interface is not there, and a
 * word for each far end: keepalive seconds, handshake's age, data's age, called in vain for; {@code
 * _} for never, {@code ?} behind one whose name is not found, {@code <} behind one that only calls
 * in; {@code s} where its echoes are silent, {@code l} where some are lost, {@code t} where they
 * take long, {@code e} where all is well with them.
 *
 * <p>Why, as far as the doctor has looked: a finding's number, {@code *} behind one that says that
 * nothing answers beyond the line, and behind that {@code @} with the tunnel and {@code :} with the
 * far end; {@code none} for nothing; empty where he has not looked.
 *
 * <p>Words: {@code unclaimed}, {@code clock}, {@code updating}, {@code stuck}.
 */
final class Signs {
  private Signs() {}

  static HealthSigns of(String lines, String tunnels, String why, String words) {
    List<Echoes> echoes = new ArrayList<>();
    List<Tunnel> made = tunnels(tunnels, echoes);
    return new HealthSigns(
        !words.contains("unclaimed"),
        !lines.equals("x"),
        lines(lines.replace("x", "")),
        made,
        echoes,
        why(why),
        words.contains("clock"),
        words.contains("updating"),
        words.contains("stuck"));
  }

  /** What the doctor says. */
  static Why why(String text) {
    if (text.isEmpty()) {
      return Why.UNKNOWN;
    }
    return text.equals("none")
        ? new Why(true, null, false)
        : new Why(true, finding(text.replace("*", "")), text.contains("*"));
  }

  /** One of this number, at a place behind an @. */
  static Finding finding(String text) {
    String[] parts = text.split("[@:]", -1);
    return new Finding(
        parts[0],
        "key",
        true,
        parts.length > 1 ? parts[1] : null,
        parts.length > 2 ? parts[2] : null,
        Sentence.plain("it is so"),
        List.of(),
        Sentence.plain("do that"));
  }

  private static List<Line> lines(String letters) {
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < letters.length(); i++) {
      char c = letters.charAt(i);
      lines.add(
          new Line(
              i,
              "eth" + i,
              "dhcp",
              c == 'w' || c == 'i' ? Cidr.parse("192.0.2.2/29") : null,
              null,
              List.of(),
              c != '-',
              c == 'w',
              null,
              Traffic.total(0, 0)));
    }
    return lines;
  }

  private static List<Tunnel> tunnels(String text, List<Echoes> echoes) {
    List<Tunnel> tunnels = new ArrayList<>();
    for (String each : text.isEmpty() ? new String[0] : text.split(",", -1)) {
      String name = "wg" + tunnels.size();
      List<Peer> peers = new ArrayList<>();
      for (String word : each.replace("!", "").split(" ", -1)) {
        peers.add(peer(word, "key" + peers.size()));
        echoes(name, word, "key" + (peers.size() - 1), echoes);
      }
      tunnels.add(
          new Tunnel(
              new TunnelName(name),
              !each.startsWith("!"),
              Mode.SPLIT,
              true,
              null,
              1420,
              0,
              List.of(),
              peers,
              null));
    }
    return tunnels;
  }

  private static Peer peer(String word, String key) {
    String[] numbers = word.replaceAll("[?<slte]", "").split("/", -1);
    return new Peer(
        null,
        key,
        word.contains("?") ? null : "192.0.2.1:51820",
        word.contains("<"),
        age(numbers[1]),
        age(numbers[2]),
        Long.parseLong(numbers[3]),
        Traffic.total(0, 0),
        Integer.parseInt(numbers[0]),
        List.of(),
        null);
  }

  private static Long age(String number) {
    return number.equals("_") ? null : (Long) Long.parseLong(number);
  }

  private static void echoes(String tunnel, String word, String key, List<Echoes> echoes) {
    IpAddress target = IpAddress.parse("10.9.0.1");
    if (word.contains("s")) {
      echoes.add(new Echoes(tunnel, key, target, 12, 12, null, true));
    } else if (word.contains("l")) {
      echoes.add(new Echoes(tunnel, key, target, 20, 2, 9_000L, false));
    } else if (word.contains("t")) {
      echoes.add(new Echoes(tunnel, key, target, 20, 1, 800_000L, false));
    } else if (word.contains("e")) {
      echoes.add(new Echoes(tunnel, key, target, 20, 1, 799_999L, false));
    }
  }
}
