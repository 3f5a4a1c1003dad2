package dev.noren.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.noren.control.SignalText;
import dev.noren.text.Language;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows of what is seen at a moment, as {@link Signs} writes it, and the state that fits it. */
class HealthTest {
  /**
   * A row: lines, tunnels, why, words, and the state of health; behind a {@code +} the finding that
   * goes with it.
   */
  private static final String ROWS =
      """
      1  | -  |                         |        | unclaimed | no-cable
      2  | s  |                         |        | unclaimed | setup
      3  | w  |                         |        | unclaimed | setup
      4  | -- | 25/5/1/0                |        |           | no-cable
      5  | -s | 25/5/1/0                |        |           | no-address
      6  | s  | 25/_/_/60               |        |           | no-address
      7  |    | 25/5/1/0                |        |           | no-address
      8  | w  |                         |        |           | ready
      9  | sw |                         |        |           | fallback
      10 | w  | 25/_/_/0                |        |           | trying
      11 | w  | 25/_/_/29               |        |           | trying
      12 | w  | 25/_/_/30               |        |           | down-4
      13 | w  | 25/_/_/300              |        |           | down-4
      14 | w  | 25/_/_/30?              |        |           | down-3
      15 | w  | 25/5/_/0                |        |           | unproved
      16 | w  | 25/5/601/0              |        |           | unproved
      17 | w  | 25/5/600/0              |        |           | up
      18 | w  | 25/180/3/0              |        |           | up
      19 | w  | 25/181/3/0              |        |           | trying
      20 | w  | 25/100/3/5              |        |           | up
      21 | w  | 25/100/3/6              |        |           | trying
      22 | w  | 25/100/3/30             |        |           | down-4
      23 | sw | 25/5/1/0                |        |           | fallback
      24 | sw | 25/_/_/30               |        |           | down-4
      25 | sw | 25/5/_/0                |        |           | unproved
      26 | ws | 25/5/1/0                |        |           | up
      27 | w  | 25/5/1/0,25/_/_/30      |        |           | degraded
      28 | w  | 25/5/1/0,25/_/_/6       |        |           | degraded
      29 | w  | 25/5/1/0 25/_/_/30      |        |           | degraded
      30 | w  | 25/_/_/30,25/_/_/6      |        |           | trying
      31 | w  | 25/5/1/0,25/5/_/0       |        |           | unproved
      32 | w  | 25/5/1/0,25/9/2/0       |        |           | up
      33 | w  | 0/_/_/0                 |        |           | ready
      34 | w  | 0/5/1/0 0/_/_/0         |        |           | up
      35 | w  | 0/_/_/30                |        |           | down-4
      36 | w  | !25/_/_/0               |        |           | down-5
      37 | w  | 25/5/1/0,!25/_/_/0      |        |           | degraded
      38 | w  | 25/5/1/0 25/9/_/0       |        |           | up
      39 | w  | 25/5/1/0,0/_/_/0        |        |           | up
      40 | w  | 25/5/_/0,0/5/1/0        |        |           | unproved
      41 | w  | 0/60/60/90<             |        |           | up
      42 | w  | 0/200/200/90<?          |        |           | ready
      43 | w  | 0/60/60/90< 0/5/1/0<    |        |           | up
      44 | w  | 25/5/1/0,0/60/60/90<    |        |           | up
      45 | w  | 25/5/1/0 25/60/60/90<   |        |           | up
      46 | w  | 25/_/_/30,0/5/1/0<      |        |           | down-4
      47 | w  | 25/5/_/0 0/5/1/0<       |        |           | up
      48 | w  | !0/_/_/0<               |        |           | down-5
      49 | x  |                         |        | unclaimed | no-cable
      50 | x  | 25/5/1/0                |        |           | no-cable
      51 |    |                         |        | unclaimed | setup

      an address, and no line that leads anywhere
      60 | i  | 25/_/_/60               |        |           | no-internet
      61 | ii | 25/5/1/0                |        |           | no-internet
      62 | is | 25/5/1/0                |        |           | no-internet
      63 | iw | 25/5/1/0                |        |           | fallback

      echoes through the tunnel
      70 | w  | 25/5/29/0s              |        |           | up
      71 | w  | 25/5/30/0s              |        |           | down-6
      72 | w  | 25/5/_/0s               |        |           | down-6
      73 | w  | 25/5/30/0s?             |        |           | down-3
      74 | w  | 25/5/30/0s,25/5/1/0     |        |           | degraded
      75 | w  | 25/5/30/0s,25/_/_/30    |        |           | down-4
      76 | w  | 25/_/_/6s               |        |           | trying
      77 | w  | 25/5/1/0l               |        |           | poor
      78 | w  | 25/5/1/0t               |        |           | poor
      79 | w  | 25/5/1/0e               |        |           | up
      80 | sw | 25/5/1/0l               |        |           | fallback
      81 | w  | 0/5/40/0s<              |        |           | up
      82 | w  | 25/5/30/0s 25/5/1/0     |        |           | degraded

      what the doctor says, where it does not work
      90 | w  | 25/_/_/30               | 5-3    |           | down-5 +5-3
      91 | w  | 25/_/_/30               | 1-2    |           | down-1 +1-2
      92 | w  | 25/_/_/30               | 2-6    |           | down-2 +2-6
      93 | w  | 25/_/_/30               | 3-1    |           | down-3 +3-1
      94 | w  | 25/_/_/30               | 6-4    |           | down-6 +6-4
      95 | w  | 25/_/_/30               | none   |           | down-4
      96 | w  | 25/_/_/30               | 2-2*   |           | no-internet +2-2
      97 | w  | 25/_/_/6                | 2-3*   |           | no-internet +2-3
      98 | w  | 25/_/_/6                | 4-3    |           | trying +4-3
      99 | w  | 25/5/1/0,25/_/_/30      | 4-1@wg1 |          | degraded +4-1
      100 | -  | 25/5/1/0               | 1-1    |           | no-cable +1-1
      101 | s  | 25/5/1/0               | 2-1    |           | no-address +2-1
      102 | i  | 25/5/1/0               | 2-3*   |           | no-internet +2-3
      103 | sw | 25/5/1/0               | 6-1    |           | fallback +6-1
      104 | w  | 25/5/1/0l              | 6-4@wg0 |          | poor +6-4
      105 | w  | 25/5/30/0s             | 6-2@wg0 |          | down-6 +6-2
      106 | w  | 25/_/_/30,0/5/1/0<     | 5-2@wg1:key0… |    | down-4

      what he says where it seems to work
      110 | w  |                        | 2-3*   |           | no-internet +2-3
      111 | w  |                        | none   |           | ready
      112 | w  | 25/5/1/0               | 2-4*   |           | degraded +2-4
      113 | w  | 25/5/1/0               | 6-3@wg0 |          | poor +6-3
      114 | w  | 25/5/1/0               | 3-3    |           | clock +3-3
      115 | w  | 25/5/1/0               | 5-6@wg0 |          | degraded +5-6
      116 | w  | 25/5/1/0,0/5/1/0<      | 5-2@wg1:key0… |    | up
      117 | w  | 25/5/1/0,0/5/1/0<      | 5-2@wg1:key1… |    | degraded +5-2
      118 | w  | 25/5/_/0               | 5-5@wg0 |          | down-5 +5-5
      119 | w  | 25/5/_/0               | 6-2@wg0 |          | down-6 +6-2
      120 | w  | 25/5/_/0,25/5/1/0      | 6-2@wg0 |          | poor +6-2
      121 | w  | 25/5/_/0               | none   |           | unproved
      122 | w  | 25/5/_/0               | 2-2*   |           | no-internet +2-2
      123 | w  | 25/5/_/0,0/5/1/0<      | 5-5@wg0 |          | down-5 +5-5

      the box itself
      130 | w  | 25/5/1/0               |        | clock     | clock
      131 | w  | 25/5/1/0l              |        | clock     | poor
      132 | w  | 25/_/_/30              |        | clock     | down-4
      133 | w  | 25/5/1/0               |        | updating  | updating
      134 | -  | 25/5/1/0               | 1-1    | updating  | updating
      135 | w  |                        |        | unclaimed updating | updating
      136 | w  | 25/5/1/0               |        | stuck     | fault
      137 | -  | 25/5/1/0               | 1-1    | stuck updating | fault
      """;

  private static Stream<String> rows() {
    return ROWS.lines().filter(line -> line.contains("|"));
  }

  private static String[] columns(String row) {
    return Arrays.stream(row.split("\\|", -1)).map(String::strip).toArray(String[]::new);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void whatIsSeenLeadsToOneState(String row) {
    String[] columns = columns(row);
    HealthSigns signs = Signs.of(columns[1], columns[2], columns[3], columns[4]);
    Health fits = signs.fits();
    Finding finding = signs.finding(fits);
    assertEquals(columns[5], fits.key() + (finding == null ? "" : " +" + finding.number()));
  }

  /** No state is there without its row, and each has words of its own in both languages. */
  @Test
  void eachStateHasItsRowAndItsWords() {
    Set<String> reached =
        rows()
            .map(row -> columns(row)[5].replaceAll(" .*", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    reached.add(Health.STARTING.key());
    assertEquals(
        Arrays.stream(Health.values())
            .map(Health::key)
            .collect(Collectors.toCollection(TreeSet::new)),
        reached);
    Set<String> said = new HashSet<>();
    for (Health health : Health.values()) {
      for (Language language : Language.values()) {
        String says = SignalText.says(SignalFile.TABLE.of(health)).in(language);
        assertFalse(says.isBlank(), health.key());
        said.add(says);
      }
      assertEquals(health, Health.of(health.key()));
    }
    assertEquals(Health.values().length * Language.values().length, said.size());
  }

  @Test
  void numbersOfRowsAreGivenOnce() {
    assertEquals(rows().count(), rows().map(row -> columns(row)[0]).distinct().count());
  }

  @Test
  void whatIsWellNeedsNobodyToFindOutWhy() {
    for (Health health : Health.values()) {
      if (health.isWell()) {
        assertFalse(health.isWrong(), health.key());
      }
      assertEquals(health == Health.UNPROVED || health.isWell(), !health.isWrong(), health.key());
    }
    assertNotEquals(Health.UP.isLike(Health.READY), Health.TRYING.isLike(Health.DOWN_6));
  }
}
