package dev.noren.status;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.noren.config.TunnelName;
import dev.noren.config.TunnelUse.Mode;
import dev.noren.status.RouterStatus.Line;
import dev.noren.status.RouterStatus.Peer;
import dev.noren.status.RouterStatus.Tunnel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthTest {
  /**
   * Lines: {@code w} is well, {@code s} is sick, {@code -} has no cable, and {@code x} is a box
   * that has none, since no port has a cable. Tunnels, with a comma between two, {@code !} before
   * one whose interface is not there, and a word for each far end: keepalive seconds, handshake's
   * age, data's age, called in vain for; {@code _} for never, {@code ?} behind one whose name is
   * not found, {@code <} behind one that only calls in.
   */
  @ParameterizedTest(name = "{0}: {1} {2} {3}")
  @CsvSource(
      delimiter = '|',
      value = {
        "1  | unclaimed | -  |                                | no-cable",
        "2  | unclaimed | s  |                                | setup",
        "3  | unclaimed | w  |                                | setup",
        "4  | claimed   | -- | 25/5/1/0                       | no-cable",
        "5  | claimed   | -s | 25/5/1/0                       | no-address",
        "6  | claimed   | s  | 25/_/_/60                      | no-address",
        "7  | claimed   | '' | 25/5/1/0                       | no-address",
        "8  | claimed   | w  |                                | ready",
        "9  | claimed   | sw |                                | fallback",
        "10 | claimed   | w  | 25/_/_/0                       | trying",
        "11 | claimed   | w  | 25/_/_/29                      | trying",
        "12 | claimed   | w  | 25/_/_/30                      | down-4",
        "13 | claimed   | w  | 25/_/_/300                     | down-4",
        "14 | claimed   | w  | 25/_/_/30?                     | down-3",
        "15 | claimed   | w  | 25/5/_/0                       | unproved",
        "16 | claimed   | w  | 25/5/601/0                     | unproved",
        "17 | claimed   | w  | 25/5/600/0                     | up",
        "18 | claimed   | w  | 25/180/3/0                     | up",
        "19 | claimed   | w  | 25/181/3/0                     | trying",
        "20 | claimed   | w  | 25/100/3/5                     | up",
        "21 | claimed   | w  | 25/100/3/6                     | trying",
        "22 | claimed   | w  | 25/100/3/30                    | down-4",
        "23 | claimed   | sw | 25/5/1/0                       | fallback",
        "24 | claimed   | sw | 25/_/_/30                      | down-4",
        "25 | claimed   | sw | 25/5/_/0                       | unproved",
        "26 | claimed   | ws | 25/5/1/0                       | up",
        "27 | claimed   | w  | 25/5/1/0,25/_/_/30             | degraded",
        "28 | claimed   | w  | 25/5/1/0,25/_/_/6              | degraded",
        "29 | claimed   | w  | 25/5/1/0 25/_/_/30             | degraded",
        "30 | claimed   | w  | 25/_/_/30,25/_/_/6             | trying",
        "31 | claimed   | w  | 25/5/1/0,25/5/_/0              | unproved",
        "32 | claimed   | w  | 25/5/1/0,25/9/2/0              | up",
        "33 | claimed   | w  | 0/_/_/0                        | ready",
        "34 | claimed   | w  | 0/5/1/0 0/_/_/0                | up",
        "35 | claimed   | w  | 0/_/_/30                       | down-4",
        "36 | claimed   | w  | !25/_/_/0                      | down-5",
        "37 | claimed   | w  | 25/5/1/0,!25/_/_/0             | degraded",
        "38 | claimed   | w  | 25/5/1/0 25/9/_/0              | up",
        "39 | claimed   | w  | 25/5/1/0,0/_/_/0               | up",
        "40 | claimed   | w  | 25/5/_/0,0/5/1/0               | unproved",
        "41 | claimed   | w  | 0/60/60/90<                    | up",
        "42 | claimed   | w  | 0/200/200/90<?                 | ready",
        "43 | claimed   | w  | 0/60/60/90< 0/5/1/0<           | up",
        "44 | claimed   | w  | 25/5/1/0,0/60/60/90<           | up",
        "45 | claimed   | w  | 25/5/1/0 25/60/60/90<          | up",
        "46 | claimed   | w  | 25/_/_/30,0/5/1/0<             | down-4",
        "47 | claimed   | w  | 25/5/_/0 0/5/1/0<              | up",
        "48 | claimed   | w  | !0/_/_/0<                      | down-5",
        "49 | unclaimed | x  |                                | no-cable",
        "50 | claimed   | x  | 25/5/1/0                       | no-cable",
        "51 | unclaimed | '' |                                | setup",
      })
  void whatASnapshotSaysLeadsToOneState(
      int row, String claimed, String lines, String tunnels, String health) {
    assertEquals(
        health,
        Health.of(
                claimed.equals("claimed"),
                !lines.equals("x"),
                lines(lines.replace("x", "")),
                tunnels(tunnels))
            .key(),
        "" + row);
  }

  @Test
  void wholeSnapshots() {
    assertEquals(Health.SETUP, Health.of(Statuses.UNCLAIMED));
    assertEquals(Health.UP, Health.of(Statuses.FULL));
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
              null,
              null,
              List.of(),
              c != '-',
              c == 'w',
              null,
              Traffic.total(0, 0)));
    }
    return lines;
  }

  private static List<Tunnel> tunnels(String text) {
    List<Tunnel> tunnels = new ArrayList<>();
    if (text == null) {
      return tunnels;
    }
    for (String each : text.split(",", -1)) {
      boolean up = !each.startsWith("!");
      List<Peer> peers = new ArrayList<>();
      for (String word : each.replace("!", "").split(" ", -1)) {
        peers.add(peer(word));
      }
      tunnels.add(
          new Tunnel(
              new TunnelName("wg" + tunnels.size()),
              up,
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

  private static Peer peer(String word) {
    String[] numbers = word.replaceAll("[?<]", "").split("/", -1);
    return new Peer(
        null,
        "key",
        word.endsWith("?") ? null : "192.0.2.1:51820",
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
}
