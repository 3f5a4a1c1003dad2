package dev.noren.street;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Who stands at the left end of a tunnel, and who at the right. */
public record Ends(Maker left, Maker right) {
  /**
   * Noren against wireguard-go both ways round, and against itself; `-Dstreet.ends` asks for
   * others.
   */
  public static List<Ends> all() {
    return parse(System.getProperty("street.ends", "NOREN-GO,GO-NOREN,NOREN-NOREN"));
  }

  /**
   * Those of {@link #all}, and the same with segmentation offload off at each Noren, and at one of
   * two: for what brings traffic.
   */
  public static List<Ends> withOffloadsOnAndOff() {
    List<Ends> ends = new ArrayList<>(all());
    for (Ends each : all()) {
      ends.add(new Ends(each.left().withoutOffloads(), each.right().withoutOffloads()));
      if (each.left().isNoren() && each.right().isNoren()) {
        ends.add(new Ends(each.left(), each.right().withoutOffloads()));
      }
    }
    return ends.stream().distinct().toList();
  }

  /** Those of {@link #all}, and two Norens with segmentation offload off: for what takes long. */
  public static List<Ends> andOffloadsOff() {
    return withOffloadsOnAndOff().stream()
        .filter(ends -> all().contains(ends) || ends.equals(new Ends(Maker.PLAIN, Maker.PLAIN)))
        .toList();
  }

  /** Those of {@link #all} whose left end is the one under test: for what is done to one end. */
  public static List<Ends> leftUnderTest() {
    return all().stream().filter(e -> e.left().isNoren() || !e.right().isNoren()).toList();
  }

  /** The makers that are under test: for what takes one end only. */
  public static List<Maker> makersUnderTest() {
    return leftUnderTest().stream().map(Ends::left).distinct().toList();
  }

  private static List<Ends> parse(String list) {
    return Arrays.stream(list.split(",", -1))
        .map(pair -> pair.strip().split("-", -1))
        .map(pair -> new Ends(Maker.valueOf(pair[0]), Maker.valueOf(pair[1])))
        .toList();
  }

  @Override
  public String toString() {
    return left + "-" + right;
  }
}
