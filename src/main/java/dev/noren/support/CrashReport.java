package dev.noren.support;

import java.util.regex.Pattern;

/**
 * What Java wrote when it crashed, without what was in its memory: registers, the stack's words and
 * what objects hold may be keys. Only lines of known kinds stay: what failed, on which thread, and
 * in which methods.
 */
public final class CrashReport {
  private static final int MOST_FRAMES = 200;

  private static final Pattern HEAD =
      Pattern.compile("#.*|(Host|Time|siginfo|vm_info): .*|Current (Compile|VM|thread).*");

  /** A list of methods begins so, and ends with an empty line. */
  private static final Pattern FRAMES =
      Pattern.compile("(Native frames|Java frames|\\[error occurred).*");

  /** A frame of a library or of a method of Java. */
  private static final Pattern FRAME = Pattern.compile("[CVjJvA] {1,2}\\S.*");

  private CrashReport() {}

  /** The lines of a report that may be seen. */
  public static String of(String report) {
    StringBuilder kept = new StringBuilder();
    boolean frames = false;
    int count = 0;
    for (String line : (Iterable<String>) report.lines()::iterator) {
      boolean begins = FRAMES.matcher(line).matches();
      frames = begins || (frames && FRAME.matcher(line).matches());
      if (HEAD.matcher(line).matches() || (frames && count++ < MOST_FRAMES)) {
        kept.append(line).append('\n');
      }
    }
    return kept.toString();
  }
}
