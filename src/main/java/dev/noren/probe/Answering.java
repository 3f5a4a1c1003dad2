package dev.noren.probe;

/**
 * How a host answers echoes.
 *
 * @param asked how many were sent lately; 0 while nothing is known
 * @param lost how many of them were not answered
 * @param microseconds how long an answer takes, the median; or null where none came
 * @param silent whether it has answered once, and the last ones it did not
 */
public record Answering(int asked, int lost, Long microseconds, boolean silent) {
  /** Nothing is known yet. */
  public static final Answering UNKNOWN = new Answering(0, 0, null, false);
}
