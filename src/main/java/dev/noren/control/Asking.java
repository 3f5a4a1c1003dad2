package dev.noren.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.noren.config.ConfigException;
import dev.noren.linux.Errno;
import dev.noren.linux.LinuxException;
import dev.noren.linux.UnixStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;

/** One question to a router that runs in another process, and its answers; each connects anew. */
final class Asking {
  private final Path socket;

  Asking(Path socket) {
    this.socket = socket;
  }

  /**
   * Whether a router answers there.
   *
   * @throws IOException with a sentence, where that can't be found out, as without the permission
   */
  boolean isThere() throws IOException {
    try (UnixStream stream = UnixStream.connect(socket)) {
      stream.endOutput();
      return true;
    } catch (LinuxException e) {
      if (isNobodyThere(e)) {
        return false;
      }
      throw refused(e);
    }
  }

  private static boolean isNobodyThere(LinuxException e) {
    return switch (e.errno()) {
      // Nor could a router have listened at a path that is too long.
      case Errno.ENOENT, Errno.ECONNREFUSED, Errno.ENAMETOOLONG -> true;
      default -> false;
    };
  }

  private IOException refused(LinuxException e) {
    if (isNobodyThere(e)) {
      return new IOException("the router is not running: noren run starts it", e);
    }
    return e.errno() == Errno.EACCES
        ? new IOException("this user may not speak to the router: run as root", e)
        : e;
  }

  /** What is done with each answer. */
  interface Taker {
    void take(Answer answer) throws IOException, ConfigException;
  }

  /**
   * Asks, and has each answer taken.
   *
   * @throws IOException with a sentence, also where the router refuses
   * @throws ConfigException with all that would be wrong with the document
   */
  void ask(Record request, Taker taker) throws IOException, ConfigException {
    try (UnixStream stream = connect();
        BufferedReader lines = new BufferedReader(new InputStreamReader(stream.input(), UTF_8))) {
      IOException refused = null;
      try {
        stream.output().write((RecordJson.write(request, false) + "\n").getBytes(UTF_8));
      } catch (IOException e) {
        // It may have said why before it hung up.
        refused = e;
      }
      boolean more = true;
      while (more) {
        String line = lines.readLine();
        if (line == null && refused != null) {
          throw refused;
        }
        Answer answer = answer(line);
        taker.take(answer);
        more = Boolean.TRUE.equals(answer.more());
      }
    }
  }

  private UnixStream connect() throws IOException {
    try {
      return UnixStream.connect(socket);
    } catch (LinuxException e) {
      throw refused(e);
    }
  }

  private static Answer answer(String line) throws IOException, ConfigException {
    if (line == null) {
      throw new IOException("the router ended in the midst of its answer");
    }
    Answer answer;
    try {
      answer = RecordJson.read(line, Answer.class);
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "the router's answer can't be understood ("
              + e.getMessage()
              + "): it may be of another version, so start it again",
          e);
    }
    if (answer.error() != null) {
      throw new IOException(answer.error());
    }
    if (answer.errors() != null && !answer.errors().isEmpty()) {
      throw new ConfigException(answer.errors());
    }
    return answer;
  }

  /** Asks for what can't be wrong with a document. */
  void look(Record request, Taker taker) throws IOException {
    try {
      ask(request, taker);
    } catch (ConfigException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
