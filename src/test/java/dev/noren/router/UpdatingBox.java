package dev.noren.router;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.noren.control.UpdateDesk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Updates over a root helper that is made up: it says in its file what a test has it say. */
public final class UpdatingBox implements UpdateWatch.Sight, AutoCloseable {
  /** What the helper was asked. */
  public final List<String> asked = Collections.synchronizedList(new ArrayList<>());

  /** Who did what. */
  public final List<String> log = Collections.synchronizedList(new ArrayList<>());

  /** The file that the helper was given last. */
  public volatile byte[] given;

  /** Why it does nothing, or null. */
  public volatile IOException failure;

  volatile Instant now = Instant.parse("2026-11-29T12:00:00Z");
  volatile boolean clockIsKept = true;
  volatile boolean pageAnswers = true;
  volatile long stuckNs;
  private final Path state;
  private final AtomicLong nowNs = new AtomicLong();
  private Updates updates;

  /** A box with this state folder. */
  public UpdatingBox(Path state) throws IOException {
    this.state = state;
    Files.createDirectories(state.resolve("helper"));
    start();
  }

  /** The router starts, perhaps once more. */
  public void start() {
    close();
    updates =
        new Updates(
            state,
            this::ask,
            (who, what) -> log.add(who + ": " + what),
            () -> now,
            () -> clockIsKept,
            this);
  }

  /** Whether the lights are to say that it is being written to. */
  boolean isUnderWay() {
    return updates.isUnderWay();
  }

  private void ask(String request) throws IOException {
    if (failure != null) {
      throw failure;
    }
    asked.add(request);
    if (request.equals("update install")) {
      given = Files.readAllBytes(folder().resolve("image"));
    } else if (request.equals("update commit")) {
      says("idle");
    }
  }

  /** The helper says this from now on; null for nothing. */
  public void says(String line) throws IOException {
    Path file = state.resolve("helper/update");
    if (line == null) {
      Files.deleteIfExists(file);
      return;
    }
    Path fresh = Files.writeString(state.resolve("helper/update.new"), line + "\n");
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** What fetched files are given to. */
  Updates updates() {
    return updates;
  }

  /** So much time passes, and nobody looks. */
  void passes(long seconds) {
    nowNs.addAndGet(SECONDS.toNanos(seconds));
    now = now.plusSeconds(seconds);
  }

  /** What the page and the command line ask. */
  public UpdateDesk desk() {
    return updates;
  }

  /** Gives a whole file in parts of so many bytes. */
  void give(byte[] file, int partBytes) throws IOException {
    for (int at = 0; at < file.length; at += partBytes) {
      int end = Math.min(file.length, at + partBytes);
      updates.giveUpdate(at, file.length, Arrays.copyOfRange(file, at, end), "owner");
    }
  }

  /** So much time passes, and the router looks. */
  public void look(long seconds) {
    nowNs.addAndGet(SECONDS.toNanos(seconds));
    updates.look();
  }

  Path folder() {
    return state.resolve("update");
  }

  List<String> files() throws IOException {
    if (!Files.exists(folder())) {
      return List.of();
    }
    try (var all = Files.list(folder())) {
      return all.map(each -> each.getFileName().toString()).sorted().toList();
    }
  }

  @Override
  public long nowNs() {
    return nowNs.get();
  }

  @Override
  public boolean pageAnswers() {
    return pageAnswers;
  }

  @Override
  public long stuckNs() {
    return stuckNs;
  }

  @Override
  public long staleNs() {
    return 0;
  }

  @Override
  public void pause() {
    LockSupport.parkNanos(1_000_000);
  }

  @Override
  public void close() {
    if (updates != null) {
      updates.close();
    }
  }
}
