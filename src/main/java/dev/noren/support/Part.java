package dev.noren.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * One part of a support file.
 *
 * @param title what it is, on one line
 * @param body its lines
 * @param mostBytes how much of it is kept at most, in UTF-8
 * @param keep which end of it is kept where it is longer
 */
public record Part(String title, String body, int mostBytes, Keep keep) {
  /** Which end is kept. */
  public enum Keep {
    BEGIN,

    /** As of a log, whose last lines say most. */
    END
  }

  /** One whose begin says most. */
  public static Part of(String title, String body, int mostBytes) {
    return new Part(title, body, mostBytes, Keep.BEGIN);
  }

  /** One whose last lines say most. */
  public static Part log(String title, String body, int mostBytes) {
    return new Part(title, body, mostBytes, Keep.END);
  }

  /**
   * The same of which no more is left than may be. Whole lines go, so that what is to be hidden is
   * never cut in two and then missed.
   */
  Part bounded() {
    List<String> lines = body.lines().toList();
    Deque<String> kept = new ArrayDeque<>();
    int bytes = 0;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(keep == Keep.BEGIN ? i : lines.size() - 1 - i);
      bytes += line.getBytes(UTF_8).length + 1;
      if (bytes > mostBytes) {
        break;
      }
      if (keep == Keep.BEGIN) {
        kept.addLast(line);
      } else {
        kept.addFirst(line);
      }
    }
    int left = lines.size() - kept.size();
    if (left > 0) {
      String remark = "(%,d more lines are left out)".formatted(left);
      if (keep == Keep.BEGIN) {
        kept.addLast(remark);
      } else {
        kept.addFirst(remark);
      }
    }
    return new Part(title, String.join("\n", kept), mostBytes, keep);
  }
}
