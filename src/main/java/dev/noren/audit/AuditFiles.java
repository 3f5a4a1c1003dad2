package dev.noren.audit;

import dev.noren.status.LogEntry;
import dev.noren.status.LogEntry.Kind;
import dev.noren.status.LogQuery;
import dev.noren.text.Failed;
import dev.noren.text.Past;
import dev.noren.text.Sentence;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of the audit log, one a month, {@code audit/audit-YYYY-MM.log} in the state folder;
 * read, searched and checked. Any process may read them while the router writes.
 *
 * <p>The chain of hashes shows that a line was changed, taken out or put in afterwards. It does not
 * show that lines are missing at either end, nor that somebody with root's rights wrote all of it
 * anew; for that there is the copy on a syslog server.
 */
public final class AuditFiles {
  /** What is written after a line that a power cut left unfinished, whose own hash nobody knows. */
  static final String AFTER_A_CUT = Past.words("past.after-cut");

  private static final Pattern NAME = Pattern.compile("audit-(\\d{4}-(?:0[1-9]|1[0-2]))\\.log");

  /** No line of ours is as long; what is longer is damage, and read in pieces. */
  private static final int MOST_LINE_BYTES = 1 << 16;

  private final Path folder;

  /** The log of this state folder. */
  public AuditFiles(Path stateFolder) {
    folder = stateFolder.resolve("audit");
  }

  Path folder() {
    return folder;
  }

  Path file(YearMonth month) {
    return folder.resolve("audit-" + month + ".log");
  }

  /** The months that have a file, the first one first. */
  List<YearMonth> months() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> NAME.matcher(file.getFileName().toString()))
          .filter(Matcher::matches)
          .map(matcher -> YearMonth.parse(matcher.group(1)))
          .sorted()
          .toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (AccessDeniedException e) {
      throw new Failed(Sentence.of("store.not-readable", folder), e);
    }
  }

  /** Takes lines. */
  interface LineTaker {
    /**
     * One line.
     *
     * @param number from 1
     * @param line without its end
     * @param ended whether it has one
     */
    void take(int number, byte[] line, boolean ended) throws IOException;
  }

  static void lines(Path file, LineTaker taker) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      int number = 1;
      for (int next = in.read(); next >= 0; next = in.read()) {
        if (next == '\n') {
          taker.take(number++, line.toByteArray(), true);
          line.reset();
        } else {
          line.write(next);
          if (line.size() == MOST_LINE_BYTES) {
            taker.take(number, line.toByteArray(), false);
            line.reset();
          }
        }
      }
      if (line.size() > 0) {
        taker.take(number, line.toByteArray(), false);
      }
    }
  }

  /** The entries that are asked for, the oldest first; damaged lines are left out. */
  public List<LogEntry> entries(LogQuery query) throws IOException {
    ArrayDeque<LogEntry> found = new ArrayDeque<>();
    for (YearMonth month : months()) {
      if (query.since() != null
          && month.isBefore(YearMonth.from(query.since().atZone(ZoneOffset.UTC)))) {
        continue;
      }
      lines(
          file(month),
          (number, line, ended) -> {
            AuditLine parsed = ended ? AuditLine.parse(line) : null;
            if (parsed != null && query.wants(parsed.entry())) {
              found.add(parsed.entry());
              if (found.size() > query.limit()) {
                found.removeFirst();
              }
            }
          });
    }
    return new ArrayList<>(found);
  }

  /**
   * Looks whether each line carries the hash of the one before.
   *
   * @return one sentence: what was looked at
   * @throws IOException with a sentence that names the first line that is wrong
   */
  public Sentence verify() throws IOException {
    Chain chain = new Chain();
    List<YearMonth> months = months();
    for (YearMonth month : months) {
      Path file = file(month);
      lines(
          file,
          (number, line, ended) ->
              chain.next(Sentence.of("place.line", file, number), line, ended));
    }
    chain.end();
    return months.isEmpty()
        ? Sentence.of("audit.none")
        : Sentence.of(
            chain.count == 1 ? "audit.line-as-written" : "audit.lines-as-written",
            chain.count,
            months.getFirst(),
            months.getLast());
  }

  /** Follows the lines. */
  private static final class Chain {
    private int count;
    private String before;
    private Sentence unfinished;
    private boolean lastEnded;

    /** The first line that is left may follow others that grew too old. */
    void next(Sentence where, byte[] line, boolean ended) throws IOException {
      AuditLine parsed = ended ? AuditLine.parse(line) : null;
      if (unfinished != null && !explains(parsed)) {
        throw new Failed("audit.changed", unfinished);
      }
      if (parsed != null && before != null && !parsed.before().equals(before)) {
        throw new Failed("audit.hash", where);
      }
      unfinished = parsed == null ? where : null;
      before = AuditLine.hash(line);
      lastEnded = ended;
      count++;
    }

    private static boolean explains(AuditLine line) {
      return line != null
          && line.entry().kind() == Kind.ROUTER
          && line.entry().what().equals(AFTER_A_CUT);
    }

    /** The very last line may be unfinished: it is being written, or the power has just failed. */
    void end() throws IOException {
      if (unfinished != null && lastEnded) {
        throw new Failed("audit.changed", unfinished);
      }
    }
  }
}
