package dev.noren.process;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import org.tinylog.Logger;

/**
 * Notices that somebody deleted the {@code wg} tool's socket, which is how a user-space WireGuard
 * is told to end.
 */
final class SocketWatch implements AutoCloseable {
  /** Watches nothing. */
  static final SocketWatch NONE = new SocketWatch(null);

  private final WatchService service;

  private SocketWatch(WatchService service) {
    this.service = service;
  }

  /**
   * Watches a file that exists.
   *
   * @param deleted called once, when it is gone
   */
  static SocketWatch start(Path file, Runnable deleted) {
    try {
      WatchService service = file.getFileSystem().newWatchService();
      file.getParent().toRealPath().register(service, StandardWatchEventKinds.ENTRY_DELETE);
      Thread thread =
          new Thread(() -> follow(service, file, deleted), "noren-socket-watch " + file);
      thread.setDaemon(true);
      thread.start();
      return new SocketWatch(service);
    } catch (IOException e) {
      Logger.debug("{} is not watched: {}", file, e.getMessage());
      return NONE;
    }
  }

  private static void follow(WatchService service, Path file, Runnable deleted) {
    try {
      while (Files.exists(file)) {
        WatchKey key = service.take();
        key.pollEvents();
        key.reset();
      }
      deleted.run();
    } catch (ClosedWatchServiceException e) {
      // The interface ends by itself.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    if (service == null) {
      return;
    }
    try {
      service.close();
    } catch (IOException e) {
      Logger.debug("closing the watch: {}", e.getMessage());
    }
  }
}
