package dev.noren.uapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.noren.linux.Errno;
import dev.noren.linux.LinuxException;
import dev.noren.linux.UnixStream;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Asks running interfaces for their state, ours and other user-space WireGuards' alike. */
public final class UapiClient {
  private UapiClient() {}

  /** The names of the interfaces whose socket answers, sorted. */
  public static List<String> interfaces() throws IOException {
    List<String> names = new ArrayList<>();
    try (Stream<Path> files = Files.list(UapiServer.FOLDER)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(UapiServer.SUFFIX) && isAlive(file)) {
          names.add(name.substring(0, name.length() - UapiServer.SUFFIX.length()));
        }
      }
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (AccessDeniedException e) {
      throw new IOException(UapiServer.FOLDER + " may not be read: run as root", e);
    }
    return names;
  }

  static boolean isAlive(Path socket) {
    try (UnixStream stream = UnixStream.connect(socket)) {
      stream.endOutput();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Asks for an interface's keys, peers and traffic.
   *
   * @return the answer to {@code get=1}, to its {@code errno=} line
   * @throws IOException with a sentence, if there is no such interface or it may not be asked
   */
  public static String get(String name) throws IOException {
    return ask(name, "get=1\n\n");
  }

  private static String ask(String name, String request) throws IOException {
    try (UnixStream stream = UnixStream.connect(UapiServer.path(name))) {
      stream.output().write(request.getBytes(UTF_8));
      stream.endOutput();
      return new String(stream.input().readAllBytes(), UTF_8);
    } catch (LinuxException e) {
      throw switch (e.errno()) {
        case Errno.ENOENT, Errno.ECONNREFUSED ->
            new IOException(name + ": there is no running interface of this name", e);
        case Errno.EACCES, Errno.EPERM ->
            new IOException(name + ": its configuration socket may not be opened: run as root", e);
        default -> new IOException(name + ": " + e.getMessage(), e);
      };
    }
  }
}
