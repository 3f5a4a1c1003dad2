package dev.noren.services;

import dev.noren.plan.ServicePlan;
import dev.noren.text.Sentence;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.tinylog.Logger;

/**
 * One supervised program. The supervisor's thread starts and ends it; only {@link #lastWords} comes
 * from the thread that reads its output.
 */
final class Service {
  private final ServicePlan plan;
  private final ServiceFolder folder;
  private final CommandRunner commands;
  private final Runnable ended;
  private final Backoff backoff = new Backoff();
  private Process process;
  private long sinceNs;
  private long dueNs;
  private int restarts;
  private Sentence problem;
  private volatile String lastWords = "";

  Service(ServicePlan plan, ServiceFolder folder, CommandRunner commands, Runnable ended) {
    this.plan = plan;
    this.folder = folder;
    this.commands = commands;
    this.ended = ended;
  }

  ServicePlan plan() {
    return plan;
  }

  /**
   * Starts it for the first time, or as soon as its program is there.
   *
   * @param takesOver whether it goes on with what its line gave the one before it
   */
  void begin(boolean takesOver, long nowNs) throws IOException {
    if (!takesOver) {
      folder.forget();
    }
    try {
      start(nowNs);
    } catch (MissingProgramException e) {
      missed(e, nowNs);
    }
  }

  private void missed(IOException why, long nowNs) {
    rest(nowNs, 0);
    Sentence sentence = Sentence.of(why);
    if (!sentence.equals(problem)) {
      problem = sentence;
      Logger.error("{} can't be started: {}.", plan.name(), problem);
    }
    lastWords = problem.toString();
  }

  private void start(long nowNs) throws IOException {
    folder.write(plan);
    List<String> command = plan.command().stream().map(folder::here).toList();
    Process started =
        commands.start(
            command,
            folder.path(),
            Map.of(ProcessTable.VARIABLE, folder.path().toString()),
            this::says);
    folder.record(started.pid());
    process = started;
    problem = null;
    sinceNs = nowNs;
    // What the supervisor does about it, its own thread does.
    CompletableFuture<Void> unused = started.onExit().thenRun(ended);
  }

  private void says(String line) {
    if (!line.isBlank()) {
      lastWords = line.strip();
      Logger.info("{}: {}", plan.name(), lastWords);
    }
  }

  /**
   * Looks after it: notices that it ended, and starts it again when that is due.
   *
   * @return when to look again, unless it ends before
   */
  long poll(long nowNs, long graceNs) {
    if (process != null && !process.isAlive()) {
      int exitCode = process.exitValue();
      process = null;
      clearUp(graceNs);
      rest(nowNs, nowNs - sinceNs);
      Logger.warn(
          "{} ended with {}; it is started again in {} s.",
          plan.name(),
          exitCode,
          (dueNs - nowNs) / 1_000_000_000);
    }
    if (process == null && nowNs - dueNs >= 0) {
      try {
        start(nowNs);
        restarts++;
      } catch (IOException e) {
        missed(e, nowNs);
      }
    }
    return process == null ? dueNs : Long.MAX_VALUE;
  }

  private void rest(long nowNs, long ranNs) {
    sinceNs = nowNs;
    dueNs = nowNs + backoff.ended(ranNs);
  }

  /** Its children would stand in its successor's way. */
  private void clearUp(long graceNs) {
    try {
      folder.endAll(graceNs);
    } catch (IOException e) {
      Logger.warn("{}.", e.getMessage());
    }
  }

  /** Ends it for good. */
  void stop(long graceNs) throws IOException {
    giveWay(graceNs);
    folder.forget();
  }

  /** Ends it for one that takes over what its line gave. */
  void giveWay(long graceNs) throws IOException {
    process = null;
    folder.endAll(graceNs);
    folder.delete(plan);
  }

  /** Why it could not be started, or null. */
  Sentence problem() {
    return problem;
  }

  ServiceState state() {
    return new ServiceState(plan.name(), process != null, sinceNs, restarts, lastWords);
  }
}
