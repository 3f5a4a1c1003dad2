package dev.noren.probe;

/**
 * How a host answers echoes.
 *
 * @param asked how many were sent lately; 0 while nothing is known
 * @param lost how many of them were not answered
 * @param microseconds how long an answer takes, the median; or null where none came
 */
public record Answering(int asked, int lost, Long microseconds) {
  /** Nothing is known yet. */
  public static final Answering UNKNOWN = new Answering(0, 0, null);
}
