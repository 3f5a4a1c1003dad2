package dev.noren.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/**
 * The step of the last code that each person used, so that none is taken twice, not even over a
 * restart: it is kept before anybody is let in. A line each: the name in base64, and the step.
 */
public final class UsedSteps {
  /** More people than a shop has; of more, those go whose last code is the oldest. */
  static final int MOST = 1000;

  private final Map<String, Long> last = new HashMap<>();
  private final Keeper keeper;
  private final long floor;

  /** Keeps a text of ASCII. */
  public interface Keeper {
    /** When this returns, the text outlives a power cut. */
    void keep(String text) throws IOException;
  }

  private UsedSteps(Keeper keeper, long floor) {
    this.keeper = keeper;
    this.floor = floor;
  }

  /**
   * What was kept.
   *
   * @param text what the keeper was given last; "" where that was never
   * @throws IllegalArgumentException where it is none of ours
   */
  public static UsedSteps of(String text, Keeper keeper) {
    UsedSteps steps = new UsedSteps(keeper, Totp.NONE);
    for (String line : text.lines().toList()) {
      String[] words = line.split(" ", -1);
      if (words.length != 2) {
        throw new IllegalArgumentException("it is damaged");
      }
      steps.last.put(
          new String(Base64.getDecoder().decode(words[0]), UTF_8), Long.parseLong(words[1]));
    }
    return steps;
  }

  /** Where nobody knows what was used: nothing that could have been until now is taken. */
  public static UsedSteps unknown(Instant now, Keeper keeper) {
    return new UsedSteps(keeper, Totp.stepOf(now) + Totp.TOLERANCE);
  }

  /** The last step that a person used. */
  long last(String person) {
    return Math.max(floor, last.getOrDefault(person, Totp.NONE));
  }

  /**
   * A person uses a step, which is kept when this returns.
   *
   * @throws IOException where it can't be kept, and then it is not used
   */
  void use(String person, long step) throws IOException {
    Map<String, Long> after = new HashMap<>(last);
    after.put(person, step);
    while (after.size() > MOST) {
      after.remove(
          after.entrySet().stream()
              .min(Map.Entry.comparingByValue(Comparator.naturalOrder()))
              .orElseThrow()
              .getKey());
    }
    StringBuilder text = new StringBuilder();
    after.forEach(
        (name, used) ->
            text.append(Base64.getEncoder().encodeToString(name.getBytes(UTF_8)))
                .append(' ')
                .append(used)
                .append('\n'));
    keeper.keep(text.toString());
    last.clear();
    last.putAll(after);
  }
}
