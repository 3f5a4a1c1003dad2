package dev.noren.config;

import java.util.List;

/** Finds the word that was probably meant. */
public final class Suggestion {
  /** Shorter words begin many. */
  private static final int LEAST_BEGINNING = 3;

  private Suggestion() {}

  /** The known word that takes the fewest typing mistakes to reach, or null if none is near. */
  public static String nearest(String word, List<String> known) {
    int most = Math.max(1, word.length() / 3);
    String best = null;
    for (String candidate : known) {
      int distance = distance(Values.lower(word), Values.lower(candidate));
      if (distance <= most) {
        most = distance - 1;
        best = candidate;
      }
    }
    return best == null ? beginning(word, known) : best;
  }

  /** The only known word that begins so, or null. */
  private static String beginning(String word, List<String> known) {
    if (word.length() < LEAST_BEGINNING) {
      return null;
    }
    List<String> longer =
        known.stream().filter(each -> Values.lower(each).startsWith(Values.lower(word))).toList();
    return longer.size() == 1 ? longer.getFirst() : null;
  }

  /** Letters to add, drop, change or swap with their neighbour (optimal string alignment). */
  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(d[i - 1][j - 1] + change, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
